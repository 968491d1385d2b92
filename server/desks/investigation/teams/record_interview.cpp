// The structured interview: saved as far as it has come, sitting by sitting.

#include "desks/investigation/classing/reassess.hpp"
#include "desks/investigation/trajectory/operations.hpp"

namespace fx::investigation {
namespace {

TextRef ref_of(const std::optional<FreeText>& text) { return text ? text->ref : TextRef{}; }

Result<Decision> record_interview(const RecordInterview& c, const View& view, const Context& context) {
  const Case* file = view.find<Case>(c.case_id);
  if (file == nullptr) return unknown("/case_id");
  Refusals no;
  if (!is_open_case(file->state)) no.add(not_open(*file));
  const Day today = day_of(context.now);
  if (c.onset_day && *c.onset_day > today) no.add("F-FUTURE", "/onset_day");
  if (c.last_dose_day && *c.last_dose_day > today) no.add("F-FUTURE", "/last_dose_day");
  if (c.doses && *c.doses < 0) no.add(malformed("/doses", "剂次不为负", "not below 0"));
  if (c.household_size && *c.household_size < 1)
    no.add(malformed("/household_size", "同住人数含本人，至少为1", "the household counts the person, too"));
  if (!no.empty()) return no;
  Decision decision{
      {InterviewAmended{interview_of(c.case_id), c.case_id, file->person, file->cdc, context.actor.account,
                        c.symptoms, c.onset_day, c.occupation, c.doses, c.last_dose_day, c.household_size,
                        c.illnesses, ref_of(c.household), ref_of(c.workplaces), ref_of(c.remarks)}}};
  const bool moves = c.onset_day && c.onset_day != file->onset_day;
  const FactChange change = onset_known(*file, moves ? c.onset_day : std::nullopt, view, context, decision);
  if (moves) reassess(view.find<ContactList>(contacts_of_case(c.case_id)), change, view, context, decision);
  return decision;
}

void more_keys(const RecordInterview& c, const View& view, const Context& context, KeySet& keys) {
  const Case* file = view.find<Case>(c.case_id);
  if (file != nullptr && c.onset_day && c.onset_day != file->onset_day)
    own_onset(*file, *c.onset_day, Loaded(keys), view, context, keys);
}

}  // namespace

void add_record_interview(Desk& desk) {
  desk.operation<RecordInterview>("record_interview", {"流调询问", "Interview"})
      .by({Role::INV, Role::CDC})
      .keys([](const RecordInterview& c, const Context&, KeySet& keys) {
        keys.own<Case>(c.case_id)
            .own<Interview>(interview_of(c.case_id))
            .own<Trajectory>(trajectory_of(c.case_id))
            .own<ContactList>(contacts_of_case(c.case_id));
      })
      .more_keys(more_keys)
      .place(cdc_of_case<RecordInterview>)
      .decide(record_interview);
}

}  // namespace fx::investigation
