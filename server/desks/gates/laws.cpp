#include <algorithm>
#include <map>
#include <set>

#include "desks/gates/operations.hpp"

namespace fx::gates {
namespace {

/// G1/G2: a record that passed has nothing that forbids it, unless it is in dispute.
std::string of_check(const Check& check) {
  const std::string name = "check " + check.id.text();
  if (check.outcome == CheckOutcome::passed && !against_passing(check.reasons).empty())
    return name + " passed against its facts";
  if (check.handed_over_at && !check.receiver) return name + " was handed over to nobody";
  const bool decided = check.outcome != CheckOutcome::checked;
  if (decided != check.decided_at.has_value()) return name + " does not say when it was decided";
  return {};
}

/// Shift totals = records by outcome, counted from the records themselves.
std::vector<std::string> totals_are_records(const Tables& tables) {
  std::map<GateShiftId, GateShift> counted;
  for (const Check& check : tables.all<Check>()) {
    if (!check.shift) continue;
    GateShift& shift = counted[*check.shift];
    ++shift.records;
    ++shift.of(check.outcome);
    shift.handed_over += check.handed_over_at ? 1 : 0;
  }
  std::vector<std::string> breaches;
  for (const GateShift& shift : tables.all<GateShift>()) {
    const GateShift& real = counted[shift.id];
    const bool same = shift.records == real.records && shift.checked == real.checked &&
                      shift.passed == real.passed && shift.second_check == real.second_check &&
                      shift.fever_clinic == real.fever_clinic && shift.red_channel == real.red_channel &&
                      shift.emergency == real.emergency && shift.handed_over == real.handed_over;
    if (!same) breaches.push_back("shift " + shift.id.text() + " counts its records wrongly");
  }
  return breaches;
}

/// One leader, one gate; one gatekeeper, one gate.
std::vector<std::string> nobody_stands_at_two_gates(const Tables& tables) {
  std::vector<std::string> breaches;
  std::set<AccountId> leaders;
  std::set<AccountId> keepers;
  for (const Gate& gate : tables.all<Gate>()) {
    if (!gate.open && (gate.shift || gate.leader || !gate.keepers.empty()))
      breaches.push_back("gate " + gate.id.text() + " is closed and still kept");
    if (gate.leader && !leaders.insert(*gate.leader).second) breaches.push_back("one leader leads two gates");
    for (const AccountId keeper : gate.keepers)
      if (!keepers.insert(keeper).second) breaches.push_back("one gatekeeper stands at two gates");
  }
  return breaches;
}

/// The control list is what its sources say.
std::vector<std::string> list_is_its_sources(const Tables& tables) {
  std::map<PersonId, std::set<ControlSourceId>> standing;
  for (const ControlSource& source : tables.all<ControlSource>())
    if (source.stands) standing[source.person].insert(source.id);
  std::vector<std::string> breaches;
  for (const Controlled& row : tables.all<Controlled>()) {
    std::set<ControlSourceId> named;
    for (const Ground& ground : row.grounds) named.insert(ground.source);
    if (named != standing[row.id] || row.stopped == row.grounds.empty())
      breaches.push_back("the control list differs from its sources for " + row.id.text());
  }
  return breaches;
}

}  // namespace

void add_laws(Desk& desk) {
  desk.row_law<Check>("G1: red, fever, unsettled history and the control list never end in PASSED", of_check);
  desk.law("G1: shift totals = records by outcome", totals_are_records);
  desk.law("R-DUT-3: one leader a gate, one gatekeeper a gate", nobody_stands_at_two_gates);
  desk.law("R-GAT-5: the control list is what its sources say", list_is_its_sources);
}

}  // namespace fx::gates
