// ACCEPTED → ANSWERED → CLOSED: each person has an outcome before the request is answered; the sender closes it.
#include "desks/investigation/cooperation/operations.hpp"

namespace fx::investigation {
namespace {

using enum RequestState;

Result<Decision> answer_line(const AnswerRequestLine& c, const View& view, const Context& context) {
  const RequestLine* line = view.find<RequestLine>(c.line);
  if (line == nullptr) return unknown("/line");
  const Request& request = view.get<Request>(line->request);
  Refusals no;
  if (request.state != accepted) no.add(wrong_state(request.state, {accepted}));
  const bool needs_note = is_one_of(
      c.outcome, {RequestOutcome::not_here, RequestOutcome::untraced, RequestOutcome::not_concerned});
  if (needs_note && (!c.note || c.note->empty())) no.add(missing("/note"));
  if (c.outcome == RequestOutcome::contacts_found && !c.found) no.add(missing("/found"));
  if (c.found && *c.found < 0) no.add(malformed("/found", "人数不能为负", "a number of people"));
  if (!no.empty()) return no;
  return Decision{
      {RequestLineAnswered{line->id, line->request, c.outcome, !line->outcome, c.found.value_or(0),
                           context.actor.account, c.note ? c.note->ref : TextRef{}}}};
}

Result<Decision> answer(const AnswerRequest& c, const View& view, const Context&) {
  const Request* request = view.find<Request>(c.request);
  if (request == nullptr || !request->receiver) return unknown("/request");
  Refusals no;
  if (request->state != accepted) no.add(wrong_state(request->state, {accepted}));
  if (request->answered < request->lines)
    no.add(refuse_because("R-COP-5", "/request",
                          fmt::format("还有 {} 项没有结果", request->lines - request->answered),
                          fmt::format("{} lines have no outcome", request->lines - request->answered)));
  if (!no.empty()) return no;
  return Decision{{RequestAnswered{request->id, request->sender, *request->receiver, request->lines}}};
}

Result<Decision> close(const CloseRequest& c, const View& view, const Context&) {
  const Request* request = view.find<Request>(c.request);
  if (request == nullptr) return unknown("/request");
  if (request->state != answered) return wrong_state(request->state, {answered});
  return Decision{{RequestClosed{request->id}}};
}

void own_request_of(const AnswerRequestLine& c, const View& view, const Context&, KeySet& keys) {
  if (const RequestLine* line = view.find<RequestLine>(c.line)) keys.own<Request>(line->request);
}

/// Nobody but who accepted may answer; before that the line is not there for the receiver.
std::optional<UnitId> accepter(const AnswerRequestLine& c, const View& view, const Context&) {
  const RequestLine* line = view.find<RequestLine>(c.line);
  return line != nullptr ? line->receiver : std::nullopt;
}

}  // namespace

void add_answer_request(Desk& desk) {
  desk.operation<AnswerRequestLine>("answer_request_line", {"登记协查结果", "Record an outcome"})
      .by({Role::CDC, Role::INV})
      .keys([](const AnswerRequestLine& c, const Context&, KeySet& keys) { keys.own<RequestLine>(c.line); })
      .more_keys(own_request_of)
      .place(accepter)
      .decide(answer_line);
  desk.operation<AnswerRequest>("answer_request", {"回复协查函", "Answer the request"})
      .by({Role::CDC, Role::INV})
      .keys(own_request<AnswerRequest>)
      .place(receiver_of<AnswerRequest>)
      .decide(answer);
  desk.operation<CloseRequest>("close_request", {"协查函销号", "Close the request"})
      .by({Role::CDC, Role::INV})
      .keys(own_request<CloseRequest>)
      .place(sender_of<CloseRequest>)
      .decide(close);
}

}  // namespace fx::investigation
