// The part of the card that is about co-operation requests: what is refused, what is shown, what must hold.
#include <map>

#include "desks/investigation/cooperation/facts.hpp"
#include "desks/investigation/facts.hpp"
#include "kernel/guards.hpp"

namespace fx::investigation {
namespace {

std::string of_request(const Request& request) {
  using enum RequestState;
  const std::string name = "request " + request.id.text();
  if (is_one_of(request.state, {answered, closed}) && request.answered != request.lines)
    return name + " is answered, but not for everybody in it";
  if (request.state == draft && request.receiver) return name + " is a draft that another county sees";
  if (is_one_of(request.state, {accepted, answered, closed}) && !request.accepted_at)
    return name + " went on without being accepted";
  return {};
}

/// Each line counts once; nobody sees a line who did not accept the request.
std::vector<std::string> lines_agree(const Tables& tables) {
  std::map<RequestId, Request> requests;
  for (const Request& request : tables.all<Request>()) requests[request.id] = request;
  std::map<RequestId, std::pair<std::int32_t, std::int32_t>> real;
  std::vector<std::string> breaches;
  for (const RequestLine& line : tables.all<RequestLine>()) {
    auto& [lines, answered] = real[line.request];
    ++lines;
    answered += line.outcome ? 1 : 0;
    if (line.receiver.has_value() != requests[line.request].accepted_at.has_value())
      breaches.push_back("line " + line.id.text() + " is seen by who did not accept it");
  }
  for (const auto& [id, request] : requests)
    if (real[id] != std::pair(request.lines, request.answered))
      breaches.push_back("request " + id.text() + " counts its lines wrongly");
  return breaches;
}

/// Until a request is accepted the sender stays responsible.
std::vector<std::string> handed_over_to_somebody(const Tables& tables) {
  std::map<ContactId, bool> accepted;
  for (const RequestLine& line : tables.all<RequestLine>())
    if (line.contact && line.receiver) accepted[*line.contact] = true;
  std::vector<std::string> breaches;
  for (const Contact& contact : tables.all<Contact>())
    if (contact.state == ContactState::handed_over && !accepted[contact.id])
      breaches.push_back("contact " + contact.id.text() + " was handed over to nobody");
  return breaches;
}

void add_refusals(Desk& desk) {
  desk.refusal("R-COP-1", {"该协查已登记", "This part of a request exists already"})
      .refusal("R-COP-2", {"协查须发往另一地的疾控中心", "A request goes to the CDC of another place"})
      .refusal("R-COP-3", {"协查函没有协查对象", "The request asks about nobody"})
      .refusal("R-COP-4", {"移交须指明本地登记的接触者", "To hand over, say which contact of ours"})
      .refusal("R-COP-5", {"还有人没有结果，不能回复", "Somebody in it has no outcome yet"})
      .refusal("R-CON-4", {"对方尚未接受协查，仍由本地负责",
                           "The other county has not accepted: this one stays responsible"});
}

void add_readings(Desk& desk) {
  const std::vector<Role> readers{Role::CDC, Role::INV, Role::DO, Role::DL, Role::CMD, Role::HA};
  desk.list<Request>({.desk = {},
                      .name = "cooperation_requests",
                      .title = {"协查函", "Co-operation requests"},
                      .table = nullptr,
                      .readers = readers,
                      .filters = {"state", "sender", "receiver"},
                      .order_by = "id",
                      .descending = true,
                      .unit_fields = {"sender", "receiver"}});
  desk.list<RequestLine>({.desk = {},
                          .name = "request_lines",
                          .title = {"协查对象", "Lines of requests"},
                          .table = nullptr,
                          .readers = readers,
                          .filters = {"request", "task", "outcome", "person", "contact"},
                          .order_by = "id",
                          .descending = false,
                          .unit_fields = {"receiver"}});
}

}  // namespace

void add_cooperation(Desk& desk) {
  add_cooperation_facts(desk);
  add_draft_request(desk);
  add_request_steps(desk);
  add_answer_request(desk);
  add_hand_over_contact(desk);
  add_refusals(desk);
  add_readings(desk);
  desk.row_law<Request>("D4: nobody in a request is forgotten", of_request);
  desk.law("D4: the receiver sees what it accepted, and nothing else", lines_agree);
  desk.law("D4: until accepted the sender stays responsible", handed_over_to_somebody);
}

}  // namespace fx::investigation
