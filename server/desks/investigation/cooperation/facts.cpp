// What events do to co-operation requests and their lines.
#include "desks/investigation/cooperation/facts.hpp"

namespace fx::investigation {
namespace {

void draft(Request& row, const RequestDrafted& e, const Stamp&) {
  row.id = e.request;
  row.sender = e.sender;
  row.addressee = e.receiver;
  if (!e.text.hash.empty()) row.text = e.text.id;
}

void add_line(RequestLine& row, const RequestLineAdded& e, const Stamp&) {
  row.id = e.line;
  row.request = e.request;
  row.task = e.task;
  row.person = e.person;
  row.contact = e.contact;
  if (!e.what.hash.empty()) row.what = e.what.id;
}

void redirect(Request& row, const RequestRedirected& e, const Stamp& at) {
  row.state = RequestState::sent;
  row.receiver = e.receiver;
  row.addressee = e.receiver;
  row.passed.push_back(e.former);
  row.sent_at = at.occurred_at;
  row.received_at.reset();
}

void evolve_requests(Desk& desk) {
  desk.evolves<RequestDrafted, Request>(&RequestDrafted::request, draft)
      .evolves<RequestLineAdded, Request>(&RequestLineAdded::request,
                                          [](Request& row, const RequestLineAdded& e, auto&) {
                                            row.line_ids.push_back(e.line);
                                            ++row.lines;
                                          })
      .evolves<RequestSent, Request>(&RequestSent::request,
                                     [](Request& row, const RequestSent& e, const Stamp& at) {
                                       row.state = RequestState::sent;
                                       row.receiver = e.receiver;
                                       row.sent_at = at.occurred_at;
                                     })
      .evolves<RequestReceived, Request>(&RequestReceived::request,
                                         [](Request& row, auto&, const Stamp& at) {
                                           row.state = RequestState::received;
                                           row.received_at = at.occurred_at;
                                         })
      .evolves<RequestAccepted, Request>(&RequestAccepted::request,
                                         [](Request& row, auto&, const Stamp& at) {
                                           row.state = RequestState::accepted;
                                           row.accepted_at = at.occurred_at;
                                         })
      .evolves<RequestRedirected, Request>(&RequestRedirected::request, redirect)
      .evolves<RequestLineAnswered, Request>(
          &RequestLineAnswered::request,
          [](Request& row, const RequestLineAnswered& e, auto&) { row.answered += e.first ? 1 : 0; })
      .evolves<RequestAnswered, Request>(&RequestAnswered::request,
                                         [](Request& row, auto&, const Stamp& at) {
                                           row.state = RequestState::answered;
                                           row.answered_at = at.occurred_at;
                                         })
      .evolves<RequestClosed, Request>(&RequestClosed::request,
                                       [](Request& row, auto&, auto&) { row.state = RequestState::closed; })
      .evolves<RequestWithdrawn, Request>(&RequestWithdrawn::request, [](Request& row, auto&, auto&) {
        row.state = RequestState::withdrawn;
      });
}

}  // namespace

void add_cooperation_facts(Desk& desk) {
  desk.table<Request>({.indexes = {"sender, state", "receiver, state"}})
      .table<RequestLine>({.indexes = {"request", "person", "receiver"}});
  desk.event<RequestDrafted>().event<RequestLineAdded>().event<RequestSent>().event<RequestReceived>();
  desk.event<RequestAccepted>().event<RequestRedirected>().event<RequestLineAnswered>();
  desk.event<RequestAnswered>().event<RequestClosed>().event<RequestWithdrawn>();
  evolve_requests(desk);
  desk.evolves<RequestLineAdded, RequestLine>(&RequestLineAdded::line, add_line)
      .evolves<RequestAccepted, RequestLine>(
          &RequestAccepted::lines,
          [](RequestLine& row, const RequestAccepted& e, auto&) { row.receiver = e.receiver; })
      .evolves<RequestLineAnswered, RequestLine>(
          &RequestLineAnswered::line, [](RequestLine& row, const RequestLineAnswered& e, const Stamp& at) {
            row.outcome = e.outcome;
            row.found = e.found;
            if (!e.note.hash.empty()) row.note = e.note.id;
            row.answered_at = at.occurred_at;
          });
}

}  // namespace fx::investigation
