#include "desks/investigation/classing/reassess.hpp"
#include "desks/investigation/trajectory/operations.hpp"

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
  const bool moves = c.onset_day && c.onset_day != file->onset_day;
  const FactChange change = onset_known(*file, moves ? c.onset_day : std::nullopt, view, context, decision);
  if (moves) reassess(view.find<ContactList>(contacts_of_case(c.case_id)), change, view, context, decision);
  return decision;
}

void more_keys(const RecordCoreFacts& c, const View& view, const Context& context, KeySet& keys) {
  const Case* file = view.find<Case>(c.case_id);
  if (file != nullptr && c.onset_day && c.onset_day != file->onset_day)
    own_onset(*file, *c.onset_day, Loaded(keys), view, context, keys);
}

}  // namespace

void add_record_core_facts(Desk& desk) {
  desk.operation<RecordCoreFacts>("record_core_facts", {"核心信息调查", "Core facts"})
      .by({Role::INV, Role::CDC})
      .keys([](const RecordCoreFacts& c, const Context&, KeySet& keys) {
        keys.own<Case>(c.case_id)
            .own<Trajectory>(trajectory_of(c.case_id))
            .own<ContactList>(contacts_of_case(c.case_id));
      })
      .more_keys(more_keys)
      .place(cdc_of_case<RecordCoreFacts>)
      .decide(record_core_facts);
}

}  // namespace fx::investigation
