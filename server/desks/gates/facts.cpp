// What events do to gates, shifts, checks and the control list.
#include "desks/gates/facts.hpp"

#include <algorithm>

#include "kernel/derive.hpp"
#include "kernel/view.hpp"

namespace fx::gates {
namespace {

void hold(Claim& claim, const RawId& id, std::string_view kind, const RawId& holder) {
  claim = {id, std::string(kind), holder};
}
void keep(Claim& claim, AccountId keeper, const RawId& holder) {
  hold(claim, gate_of_keeper(keeper), "gate_keeper", holder);
}
void lead(Claim& claim, AccountId leader, const RawId& holder) {
  hold(claim, gate_of_leader(leader), "gate_leader", holder);
}

template <class E>
std::optional<RawId> claim_of_leader(const E& e) {
  return e.leader ? std::optional(gate_of_leader(*e.leader)) : std::nullopt;
}

void move(GateShift& row, CheckOutcome from, CheckOutcome to) {
  --row.of(from);
  ++row.of(to);
}

void record(Check& row, const CheckRecorded& e, const Stamp& at) {
  row.id = e.check;
  row.gate = e.gate;
  row.shift = e.shift;
  row.person = e.person;
  row.keeper = e.keeper;
  row.lane = e.lane;
  row.at = at.occurred_at;
  row.outcome = e.outcome;
  row.verdict = e.verdict;
  row.reasons = e.reasons;
  row.health = e.health;
  row.travel = e.travel;
  row.source = e.source;
  row.service_health = e.service_health;
  row.service_at = e.service_at;
  row.temperature = e.temperature;
  row.certificate_at = e.certificate_at;
  row.places = e.places;
  row.history_settled = e.history_settled;
  row.list_version = e.list_version;
  row.alone = e.alone;
  if (e.outcome != CheckOutcome::checked) {
    row.decided_at = at.occurred_at;
    row.decided_by = at.actor;
  }
}

void renew(Check& row, const CheckRenewed& e, const Stamp&) {
  row.health = e.health;
  row.travel = e.travel;
  row.source = e.source;
  row.temperature = e.temperature;
  row.certificate_at = e.certificate_at;
  row.places = e.places;
  row.history_settled = e.history_settled;
  row.list_version = e.list_version;
  row.verdict = e.verdict;
  row.reasons = e.reasons;
}

void decide(Check& row, CheckOutcome to, const Stamp& at) {
  row.outcome = to;
  row.decided_at = at.occurred_at;
  row.decided_by = at.actor;
}

void note_ground(Controlled& row, PersonId person, ControlSourceId source, ControlKind kind, bool stands,
                 const Stamp& at) {
  row.id = person;
  std::erase_if(row.grounds, [&](const Ground& ground) { return ground.source == source; });
  if (stands) row.grounds.push_back({source, kind});
  const bool stopped = !row.grounds.empty();
  if (stopped != row.stopped) row.since = at.occurred_at;
  row.stopped = stopped;
}

}  // namespace

std::int32_t& GateShift::of(CheckOutcome outcome) {
  switch (outcome) {
    case CheckOutcome::checked: return checked;
    case CheckOutcome::passed: return passed;
    case CheckOutcome::second_check: return second_check;
    case CheckOutcome::fever_clinic: return fever_clinic;
    case CheckOutcome::red_channel: return red_channel;
    case CheckOutcome::emergency: break;
  }
  return emergency;
}

RawId gate_of_keeper(AccountId keeper) { return named_id("gate_keeper", keeper.text()); }
RawId gate_of_leader(AccountId leader) { return named_id("gate_leader", leader.text()); }

void evolve_gates(Desk& desk) {
  desk.table<Gate>({.indexes = {"open"}});
  desk.table<GateShift>({.indexes = {"gate, starts"}});
  desk.evolves<GateOpened, Gate>(&GateOpened::gate,
                                 [](Gate& row, const GateOpened& e, const Stamp& at) {
                                   row.id = e.gate;
                                   row.kind = e.kind;
                                   row.open = true;
                                   row.since = at.occurred_at;
                                   row.silent_from = e.silent_from;
                                 })
      .evolves<GateClosed, Gate>(&GateClosed::gate,
                                 [](Gate& row, auto&, const Stamp& at) {
                                   row.open = false;
                                   row.shift.reset();
                                   row.leader.reset();
                                   row.keepers.clear();
                                   row.silent_from.reset();
                                   row.since = at.occurred_at;
                                 })
      .evolves<GateWatched, Gate>(
          &GateWatched::gate, [](Gate& row, const GateWatched& e, auto&) { row.silent_from = e.silent_from; })
      .evolves<GateShiftBegun, Gate>(&GateShiftBegun::gate,
                                     [](Gate& row, const GateShiftBegun& e, auto&) {
                                       row.shift = e.shift;
                                       row.leader = e.leader;
                                     })
      .evolves<GateShiftBegun, GateShift>(&GateShiftBegun::shift,
                                          [](GateShift& row, const GateShiftBegun& e, const Stamp& at) {
                                            row.id = e.shift;
                                            row.gate = e.gate;
                                            row.leader = e.leader;
                                            row.starts = at.occurred_at;
                                          })
      .evolves<GateShiftEnded, GateShift>(
          &GateShiftEnded::shift,
          [](GateShift& row, auto&, const Stamp& at) { row.ended_at = at.occurred_at; })
      .evolves<GateLeaderNamed, Gate>(
          &GateLeaderNamed::gate, [](Gate& row, const GateLeaderNamed& e, auto&) { row.leader = e.leader; })
      .evolves<GateLeaderNamed, GateShift>(
          &GateLeaderNamed::shift,
          [](GateShift& row, const GateLeaderNamed& e, auto&) { row.leader = e.leader; })
      .evolves<KeeperJoined, Gate>(&KeeperJoined::gate,
                                   [](Gate& row, const KeeperJoined& e, auto&) {
                                     if (std::ranges::find(row.keepers, e.keeper) == row.keepers.end())
                                       row.keepers.push_back(e.keeper);
                                   })
      .evolves<KeeperLeft, Gate>(
          &KeeperLeft::gate, [](Gate& row, const KeeperLeft& e, auto&) { std::erase(row.keepers, e.keeper); })
      .evolves<KeeperJoined, Claim>(
          [](const KeeperJoined& e) { return gate_of_keeper(e.keeper); },
          [](Claim& claim, const KeeperJoined& e, auto&) { keep(claim, e.keeper, e.gate.raw); })
      .evolves<KeeperLeft, Claim>([](const KeeperLeft& e) { return gate_of_keeper(e.keeper); },
                                  [](Claim& claim, const KeeperLeft& e, auto&) { keep(claim, e.keeper, {}); })
      .evolves<GateShiftBegun, Claim>(
          claim_of_leader<GateShiftBegun>,
          [](Claim& claim, const GateShiftBegun& e, auto&) { lead(claim, *e.leader, e.gate.raw); })
      .evolves<GateShiftEnded, Claim>(
          claim_of_leader<GateShiftEnded>,
          [](Claim& claim, const GateShiftEnded& e, auto&) { lead(claim, *e.leader, {}); })
      .evolves<GateLeaderNamed, Claim>(
          [](const GateLeaderNamed& e) {
            std::vector<RawId> claims{gate_of_leader(e.leader)};
            if (e.former) claims.push_back(gate_of_leader(*e.former));
            return claims;
          },
          [](Claim& claim, const GateLeaderNamed& e, auto&) {
            // The row was loaded by one of the two keys; which one, its id says. A fresh row is the new leader's.
            const bool former = e.former && claim.id == gate_of_leader(*e.former);
            lead(claim, former ? *e.former : e.leader, former ? RawId{} : e.gate.raw);
          });
}

void evolve_checks(Desk& desk) {
  desk.table<Check>({.indexes = {"gate, at", "person", "outcome, gate"}});
  desk.evolves<CheckRecorded, Check>(&CheckRecorded::check, record)
      .evolves<CheckRecorded, GateShift>(&CheckRecorded::shift,
                                         [](GateShift& row, const CheckRecorded& e, auto&) {
                                           ++row.records;
                                           ++row.of(e.outcome);
                                         })
      .evolves<CheckRenewed, Check>(&CheckRenewed::check, renew)
      .evolves<CheckDecided, Check>(&CheckDecided::check, [](Check& row, const CheckDecided& e,
                                                             const Stamp& at) { decide(row, e.to, at); })
      .evolves<CheckDecided, GateShift>(
          &CheckDecided::shift, [](GateShift& row, const CheckDecided& e, auto&) { move(row, e.from, e.to); })
      .evolves<OutcomeUndone, Check>(&OutcomeUndone::check,
                                     [](Check& row, auto&, auto&) {
                                       row.outcome = CheckOutcome::checked;
                                       row.decided_at.reset();
                                       row.decided_by.reset();
                                     })
      .evolves<OutcomeUndone, GateShift>(
          &OutcomeUndone::shift,
          [](GateShift& row, const OutcomeUndone& e, auto&) { move(row, e.from, CheckOutcome::checked); })
      .evolves<PersonHandedOver, Check>(&PersonHandedOver::check,
                                        [](Check& row, const PersonHandedOver& e, const Stamp& at) {
                                          row.receiver = e.receiver;
                                          row.handed_over_at = at.occurred_at;
                                        })
      .evolves<PersonHandedOver, GateShift>(&PersonHandedOver::shift,
                                            [](GateShift& row, auto&, auto&) { ++row.handed_over; })
      .evolves<GateEmergency, Check>(&GateEmergency::check,
                                     [](Check& row, const GateEmergency& e, const Stamp& at) {
                                       if (!e.from) {
                                         row.id = e.check;
                                         row.gate = e.gate;
                                         row.shift = e.shift;
                                         row.person = e.person;
                                         row.keeper = e.keeper;
                                         row.at = at.occurred_at;
                                       }
                                       decide(row, CheckOutcome::emergency, at);
                                     })
      .evolves<GateEmergency, GateShift>(&GateEmergency::shift,
                                         [](GateShift& row, const GateEmergency& e, auto&) {
                                           if (e.from) return move(row, *e.from, CheckOutcome::emergency);
                                           ++row.records;
                                           ++row.emergency;
                                         })
      .evolves<CheckDisputed, Check>(&CheckDisputed::check,
                                     [](Check& row, const CheckDisputed& e, auto&) {
                                       row.dispute = e.code;
                                       row.was_disputed = true;
                                     })
      .evolves<DisputeSettled, Check>(&DisputeSettled::check,
                                      [](Check& row, auto&, auto&) { row.dispute.clear(); });
}

void evolve_control(Desk& desk) {
  desk.table<CodeNow>().table<ControlSource>({.indexes = {"person"}});
  desk.table<Controlled>({.indexes = {"stopped"}});
  desk.evolves<CodeAnswered, CodeNow>(&CodeAnswered::person,
                                      [](CodeNow& row, const CodeAnswered& e, auto&) {
                                        row = {e.person, e.service, e.health, e.travel, e.answered_at};
                                      })
      .evolves<ControlNoted, ControlSource>(&ControlNoted::source,
                                            [](ControlSource& row, const ControlNoted& e, const Stamp& at) {
                                              row = {e.source, e.person, e.kind, e.stands, at.occurred_at};
                                            })
      .evolves<ControlNoted, Controlled>(&ControlNoted::person,
                                         [](Controlled& row, const ControlNoted& e, const Stamp& at) {
                                           note_ground(row, e.person, e.source, e.kind, e.stands, at);
                                         })
      .evolves<ControlSettled, ControlSource>(&ControlSettled::source,
                                              [](ControlSource& row, auto&, const Stamp& at) {
                                                row.stands = false;
                                                row.since = at.occurred_at;
                                              })
      .evolves<ControlSettled, Controlled>(
          &ControlSettled::person, [](Controlled& row, const ControlSettled& e, const Stamp& at) {
            note_ground(row, e.person, e.source, ControlKind::contact, false, at);
          });
}

}  // namespace fx::gates
