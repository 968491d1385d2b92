// DRAFT: who, or which place, and what is asked. A request carries no more than each task needs.
#include <set>

#include "desks/investigation/cooperation/operations.hpp"
#include "desks/investigation/facts.hpp"
#include "desks/places.hpp"

namespace fx::investigation {
namespace {

constexpr std::size_t most_lines = 1'000;

bool is_cdc_of_another_place(UnitId receiver, UnitId sender, const Context& context) {
  const Unit* unit = context.reference.unit(receiver);
  return unit != nullptr && unit->active && unit->kind == UnitKind::cdc && receiver != sender;
}

const Contact* contact_of(const NewRequestLine& line, const View& view) {
  return line.contact ? view.find<Contact>(*line.contact) : nullptr;
}

void judge_line(const NewRequestLine& line, const std::string& path, const View& view, Refusals& no) {
  const bool asks_what = line.what && !line.what->empty();
  const Contact* contact = contact_of(line, view);
  if (view.find<RequestLine>(line.line) != nullptr) no.add("R-COP-1", path + "/line");
  if (line.contact && contact == nullptr) no.add(unknown(path + "/contact"));
  if (contact != nullptr && line.person && *line.person != contact->person) no.add(unknown(path + "/person"));
  if (line.task == RequestTask::take_over && contact == nullptr) no.add("R-COP-4", path + "/contact");
  if (line.task == RequestTask::find_contacts && !asks_what) no.add(missing(path + "/what"));
  if (line.task != RequestTask::find_contacts && !line.contact && !line.person)
    no.add(missing(path + "/person"));
}

Decision lines_of(RequestId request, const std::vector<NewRequestLine>& lines, const View& view,
                  Refusals& no) {
  Decision decision;
  std::set<RequestLineId> seen;
  if (lines.size() > most_lines)
    no.add(malformed("/persons", "一次最多登记1000人", "at most 1,000 lines at once"));
  for (std::size_t i = 0; no.empty() && i < lines.size(); ++i) {
    const NewRequestLine& line = lines[i];
    const std::string path = "/persons/" + std::to_string(i);
    judge_line(line, path, view, no);
    if (!seen.insert(line.line).second) no.add("R-COP-1", path + "/line");
    const Contact* contact = contact_of(line, view);
    decision.events.emplace_back(RequestLineAdded{line.line, request, line.task,
                                                  contact != nullptr ? contact->person : line.person,
                                                  line.contact, line.what ? line.what->ref : TextRef{}});
  }
  return decision;
}

Result<Decision> draft_request(const DraftRequest& c, const View& view, const Context& context) {
  const UnitId sender = desks::unit_at(context.reference, UnitKind::cdc, context.actor.jurisdiction)
                            .value_or(context.actor.unit);
  Refusals no;
  if (view.find<Request>(c.request) != nullptr) no.add("R-COP-1", "/request");
  if (!is_cdc_of_another_place(c.receiver, sender, context)) no.add("R-COP-2", "/receiver");
  Decision lines = lines_of(c.request, c.persons, view, no);
  if (!no.empty()) return no;
  Decision decision{{RequestDrafted{c.request, sender, c.receiver, c.text ? c.text->ref : TextRef{}}}};
  std::ranges::move(lines.events, std::back_inserter(decision.events));
  return decision;
}

Result<Decision> add_to_request(const AddToRequest& c, const View& view, const Context&) {
  const Request* request = view.find<Request>(c.request);
  if (request == nullptr) return unknown("/request");
  Refusals no;
  if (request->state != RequestState::draft) no.add(wrong_state(request->state, {RequestState::draft}));
  if (c.persons.empty()) no.add(missing("/persons"));
  Decision decision = lines_of(c.request, c.persons, view, no);
  if (!no.empty()) return no;
  return decision;
}

template <class C>
void keys(const C& c, const Context&, KeySet& keys) {
  keys.own<Request>(c.request);
  for (const NewRequestLine& line : c.persons) {
    keys.own<RequestLine>(line.line);
    if (line.contact) keys.read<Contact>(*line.contact);
  }
}

template <class C>
void seal(C& c, const Context& context, Sealer& sealer) {
  for (NewRequestLine& line : c.persons)
    if (line.what && !line.what->empty())
      line.what->ref = sealer.seal(context.new_id<TextTag>("what:" + line.line.text()),
                                   line.what->words.open_for("sealing before the ledger"));
}

}  // namespace

void add_draft_request(Desk& desk) {
  desk.operation<DraftRequest>("draft_request", {"起草协查函", "Draft a co-operation request"})
      .by({Role::INV, Role::CDC})
      .prepare(seal<DraftRequest>)
      .keys(keys<DraftRequest>)
      .decide(draft_request);
  desk.operation<AddToRequest>("add_to_request", {"补充协查对象", "Add to a co-operation request"})
      .by({Role::INV, Role::CDC})
      .prepare(seal<AddToRequest>)
      .keys(keys<AddToRequest>)
      .place(sender_of<AddToRequest>)
      .decide(add_to_request);
}

}  // namespace fx::investigation
