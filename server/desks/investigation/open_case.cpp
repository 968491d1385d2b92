#include "desks/investigation/operations.hpp"

namespace fx::investigation {
namespace {

/// Who investigates: the CDC of the county where the hospital stands; a county without one falls to the hospital's
/// own unit, so that the case never lies with nobody.
UnitId investigator(const Context& context, const Unit& hospital) {
  return unit_of_county(context, UnitKind::cdc, hospital.jurisdiction).value_or(hospital.id);
}

Result<Decision> open_case(const OpenCase& c, const View& view, const Context& context) {
  const Unit* hospital = context.reference.unit(c.hospital);
  if (hospital == nullptr) return unknown("/hospital");
  Refusals no;
  const Case* file = view.find<Case>(c.case_id);
  if (!c.individual_specimen) no.add("R-CAS-1", "/individual_specimen");
  if (file != nullptr && !(file->state == CaseState::excluded)) no.add("R-CAS-5", "/case_id");
  if (!no.empty()) return no;
  return Decision{{CaseOpened{c.case_id, c.person, c.pathogen, CaseState::screen_positive, false, c.hospital, c.clinic,
                              investigator(context, *hospital),
                              unit_of_county(context, UnitKind::command_post, hospital->jurisdiction), c.tube, c.encounter,
                              c.onset_day, c.sampled_at,
                              infectious_from(context, c.onset_day, c.sampled_at, hospital->jurisdiction)}}};
}

}  // namespace

void add_open_case(Desk& desk) {
  desk.operation<OpenCase>("open_case", {"立案（初筛阳性）", "Open a case (screen-positive)"})
      .by({Role::CDC, Role::INV})
      .deed()
      .keys(own_case<OpenCase>)
      .place([](const OpenCase& c, const View&, const Context&) { return std::optional(c.hospital); })
      .decide(open_case);
}

}  // namespace fx::investigation
