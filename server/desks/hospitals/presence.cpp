// What events do to the record of who was in a clinic on a day.
#include <algorithm>

#include "desks/hospitals/facts.hpp"
#include "kernel/derive.hpp"

namespace fx::hospitals {
namespace {

Presence* still_there(ClinicDay& row, EncounterId encounter) {
  const auto found = std::ranges::find_if(
      row.presences, [&](const Presence& p) { return p.encounter == encounter && !p.until; });
  return found == row.presences.end() ? nullptr : &*found;
}

void enter(ClinicDay& row, UnitId clinic, Presence presence) {
  row.clinic = clinic;
  row.day = day_of(presence.from);
  row.id = clinic_day_id(clinic, row.day);
  row.presences.push_back(presence);
}

/// A patient who leaves, by whatever way, is no longer near anybody here.
template <class E>
void leave(Desk& desk) {
  desk.evolves<E, ClinicDay>([](const E& e) { return clinic_day_id(e.clinic, day_of(e.came_at)); },
                             [](ClinicDay& row, const E& e, const Stamp& stamp) {
                               row.id = clinic_day_id(e.clinic, day_of(e.came_at));
                               row.clinic = e.clinic;
                               row.day = day_of(e.came_at);
                               if (Presence* p = still_there(row, e.encounter)) p->until = stamp.occurred_at;
                             });
}

}  // namespace

ClinicDayId clinic_day_id(UnitId clinic, Day day) { return derive<ClinicDayTag>(clinic.raw, format(day)); }

void evolve_presence(Desk& desk) {
  desk.evolves<PatientArrived, ClinicDay>(
          [](const PatientArrived& e) { return clinic_day_id(e.clinic, day_of(e.arrived_at)); },
          [](ClinicDay& row, const PatientArrived& e, auto&) {
            enter(row, e.clinic, {e.person, e.encounter, PresenceKind::patient, e.arrived_at, {}});
          })
      .evolves<StaffPresent, ClinicDay>(
          [](const StaffPresent& e) { return clinic_day_id(e.clinic, day_of(e.from)); },
          [](ClinicDay& row, const StaffPresent& e, auto&) {
            enter(row, e.clinic, {e.person, {}, PresenceKind::staff, e.from, e.until});
          })
      .evolves<PatientFound, ClinicDay>(
          [](const PatientFound& e) {
            return e.person && e.place == FoundPlace::clinic
                       ? std::optional(clinic_day_id(e.clinic, day_of(e.found_at)))
                       : std::nullopt;
          },
          [](ClinicDay& row, const PatientFound& e, auto&) {
            enter(row, e.clinic, {*e.person, e.encounter, PresenceKind::patient, e.found_at, {}});
          })
      .evolves<EmergencyDeclared, ClinicDay>(
          [](const EmergencyDeclared& e) {
            return e.person ? std::optional(clinic_day_id(e.clinic, day_of(e.came_at))) : std::nullopt;
          },
          [](ClinicDay& row, const EmergencyDeclared& e, auto&) {
            if (still_there(row, e.encounter) == nullptr)
              enter(row, e.clinic, {*e.person, e.encounter, PresenceKind::patient, e.came_at, {}});
          });
  desk.evolves<PatientIdentified, ClinicDay>(
      [](const PatientIdentified& e) {
        return e.present ? std::optional(clinic_day_id(e.clinic, day_of(e.came_at))) : std::nullopt;
      },
      [](ClinicDay& row, const PatientIdentified& e, auto&) {
        enter(row, e.clinic, {e.person, e.encounter, PresenceKind::patient, e.came_at, {}});
      });
  leave<PatientLeft>(desk);
  leave<PatientLeftEarly>(desk);
  leave<PatientAdmitted>(desk);
  leave<PatientTransferred>(desk);
  leave<EncounterClosed>(desk);
}

}  // namespace fx::hospitals
