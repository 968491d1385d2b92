#include "desks/investigation/operations.hpp"

namespace fx::investigation {
namespace {

Result<Decision> record_core_facts(const RecordCoreFacts& c, const View& view, const Context& context) {
  const Case* file = view.find<Case>(c.case_id);
  if (file == nullptr) return unknown("/case_id");
  Refusals no;
  if (!is_open_case(file->state)) no.add(not_open(*file));
  if (c.onset_day && *c.onset_day > day_of(context.now)) no.add("F-FUTURE", "/onset_day");
  if (c.note.empty()) no.add(missing("/note"));
  if (!no.empty()) return no;
  Decision decision{{CoreFactsRecorded{c.case_id, context.actor.account, c.onset_day,
                                       c.occupation.value_or(""), c.note.ref}}};
  if (c.onset_day && c.onset_day != file->onset_day)
    decision.events.push_back(OnsetKnown{
        c.case_id, *c.onset_day, infectious_from(context, c.onset_day, file->sampled_at, c.case_id.home())});
  return decision;
}

}  // namespace

void add_record_core_facts(Desk& desk) {
  desk.operation<RecordCoreFacts>("record_core_facts", {"核心信息调查", "Core facts"})
      .by({Role::INV, Role::CDC})
      .keys(own_case<RecordCoreFacts>)
      .place(cdc_of_case<RecordCoreFacts>)
      .decide(record_core_facts);
}

}  // namespace fx::investigation
