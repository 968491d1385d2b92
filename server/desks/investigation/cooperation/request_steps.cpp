// SENT → RECEIVED → ACCEPTED, or on to whom it concerns. Until it is accepted the sender stays responsible.
#include "desks/investigation/cooperation/operations.hpp"
#include "desks/investigation/facts.hpp"

namespace fx::investigation {
namespace {

using enum RequestState;

Result<Decision> send(const SendRequest& c, const View& view, const Context&) {
  const Request* request = view.find<Request>(c.request);
  if (request == nullptr) return unknown("/request");
  Refusals no;
  if (request->state != draft) no.add(wrong_state(request->state, {draft}));
  if (request->lines == 0) no.add("R-COP-3", "/request");
  if (!no.empty()) return no;
  return Decision{{RequestSent{request->id, request->sender, request->addressee, request->lines}}};
}

Result<Decision> receive(const ReceiveRequest& c, const View& view, const Context& context) {
  const Request* request = view.find<Request>(c.request);
  if (request == nullptr || !request->receiver) return unknown("/request");  // a draft is not there yet
  if (request->state != sent) return wrong_state(request->state, {sent});
  return Decision{{RequestReceived{request->id, request->sender, *request->receiver, context.actor.account}}};
}

Result<Decision> accept(const AcceptRequest& c, const View& view, const Context& context) {
  const Request* request = view.find<Request>(c.request);
  if (request == nullptr || !request->receiver) return unknown("/request");  // a draft is not there yet
  if (!is_one_of(request->state, {sent, received})) return wrong_state(request->state, {sent, received});
  RequestAccepted event{.request = request->id,
                        .sender = request->sender,
                        .receiver = *request->receiver,
                        .by = context.actor.account,
                        .lines = request->line_ids,
                        .contacts = {}};
  for (const RequestLineId id : request->line_ids) {
    const RequestLine& line = view.get<RequestLine>(id);
    if (line.task == RequestTask::take_over && line.contact) event.contacts.push_back({id, *line.contact});
  }
  return Decision{{std::move(event)}};
}

Result<Decision> redirect(const RedirectRequest& c, const View& view, const Context& context) {
  const Request* request = view.find<Request>(c.request);
  if (request == nullptr || !request->receiver) return unknown("/request");  // a draft is not there yet
  Refusals no;
  if (!is_one_of(request->state, {sent, received})) no.add(wrong_state(request->state, {sent, received}));
  const Unit* to = context.reference.unit(c.to);
  if (to == nullptr || !to->active || to->kind != UnitKind::cdc || c.to == request->receiver ||
      c.to == request->sender)
    no.add("R-COP-2", "/to");
  if (c.reason.empty()) no.add(missing("/reason"));
  if (!no.empty()) return no;
  return Decision{{RequestRedirected{request->id, request->sender, c.to, *request->receiver,
                                     context.actor.account, c.reason.ref}}};
}

Result<Decision> withdraw(const WithdrawRequest& c, const View& view, const Context&) {
  const Request* request = view.find<Request>(c.request);
  if (request == nullptr) return unknown("/request");
  Refusals no;
  // What was accepted is the receiver's affair: it answers, the sender closes.
  if (!is_one_of(request->state, {draft, sent, received}))
    no.add(wrong_state(request->state, {draft, sent, received}));
  if (c.reason.empty()) no.add(missing("/reason"));
  if (!no.empty()) return no;
  return Decision{{RequestWithdrawn{request->id, c.reason.ref}}};
}

void own_lines(const AcceptRequest& c, const View& view, const Context&, KeySet& keys) {
  if (const Request* request = view.find<Request>(c.request))
    for (const RequestLineId line : request->line_ids) keys.own<RequestLine>(line);
}

const std::vector<Role> officers{Role::CDC, Role::INV};

}  // namespace

void add_request_steps(Desk& desk) {
  desk.operation<SendRequest>("send_request", {"发出协查函", "Send the request"})
      .by(officers)
      .keys(own_request<SendRequest>)
      .place(sender_of<SendRequest>)
      .decide(send);
  desk.operation<ReceiveRequest>("receive_request", {"签收协查函", "Receive the request"})
      .by(officers)
      .keys(own_request<ReceiveRequest>)
      .place(receiver_of<ReceiveRequest>)
      .decide(receive);
  desk.operation<AcceptRequest>("accept_request", {"接受协查", "Accept the request"})
      .by(officers)
      .keys(own_request<AcceptRequest>)
      .more_keys(own_lines)
      .place(receiver_of<AcceptRequest>)
      .decide(accept);
  desk.operation<RedirectRequest>("redirect_request", {"转办协查函", "Redirect the request"})
      .by(officers)
      .keys(own_request<RedirectRequest>)
      .place(receiver_of<RedirectRequest>)
      .decide(redirect);
  desk.operation<WithdrawRequest>("withdraw_request", {"撤回协查函", "Withdraw the request"})
      .by(officers)
      .keys(own_request<WithdrawRequest>)
      .place(sender_of<WithdrawRequest>)
      .decide(withdraw);
}

}  // namespace fx::investigation
