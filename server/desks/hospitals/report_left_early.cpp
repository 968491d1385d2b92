// → LEFT_EARLY, told by whoever saw it. The report is never refused for who makes it or how late.
#include "desks/hospitals/operations.hpp"

namespace fx::hospitals {
namespace {

Result<Decision> decide(const ReportLeftEarly& c, const View& view, const Context& context) {
  const Encounter* e = view.find<Encounter>(c.encounter);
  if (e == nullptr) return unknown("/encounter");
  using enum EncounterState;
  const bool stays_at_home = e->at_home && is_one_of(e->state, {awaiting, isolated});
  if (!held(*e) && !stays_at_home)
    return wrong_state(e->state,
                       {arrived, triaged_1, triaged_2, in_room, sampled, awaiting, isolated, emergency});
  if (c.seen_at && *c.seen_at > context.now) return refuse("F-FUTURE", "/seen_at");
  Decision out{{PatientLeftEarly{.encounter = e->id,
                                 .person = e->person,
                                 .clinic = e->clinic,
                                 .hospital = e->hospital,
                                 .county = e->county,
                                 .tube = e->tube,
                                 .exit = c.exit,
                                 .seen_by = c.seen_by ? c.seen_by->ref : TextRef{},
                                 .seen_at = c.seen_at,
                                 .came_at = e->came_at}}};
  release_room(out, *e);
  return out;
}

}  // namespace

void report_left_early(Desk& desk) {
  desk.operation<ReportLeftEarly>("report_left_early", {"报告擅自离开", "Report a patient who left early"})
      .by({Role::NUR, Role::DOC, Role::SMP, Role::FRP, Role::LAB, Role::GK, Role::GRID, Role::POL, Role::DO,
           Role::DL, Role::CMD, Role::CDC, Role::INV, Role::HA})
      .deed()
      .keys(own_encounter<ReportLeftEarly>)
      .more_keys(own_way<ReportLeftEarly>)
      .decide(decide);  // no place: any observer
}

}  // namespace fx::hospitals
