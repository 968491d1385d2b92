#pragma once

// A motorway gate of Linxi with its people, for tests of the desk.

#include "desks/gates/commands.hpp"
#include "desks/gates/desk.hpp"
#include "desks/gates/facts.hpp"
#include "desks/gates/regions/commands.hpp"
#include "desks/gates/regions/facts.hpp"
#include "kernel/testing/desk_bench.hpp"

namespace fx::gates::testing {

using fx::testing::Answer;
using fx::testing::DeskBench;
using fx::testing::id;
using fx::testing::words;

inline PersonId person(std::uint64_t n) { return id<PersonId>(1'000 + n); }
inline CheckId check(std::uint64_t n) { return id<CheckId>(2'000 + n); }
inline GateShiftId shift(std::uint64_t n) { return id<GateShiftId>(3'000 + n); }
inline ControlSourceId source(std::uint64_t n) { return id<ControlSourceId>(4'000 + n); }

struct Highway {
  DeskBench bench{desk()};
  UnitId command = bench.unit(UnitKind::command_post);
  UnitId cdc = bench.unit(UnitKind::cdc);
  UnitId gate = bench.unit(UnitKind::gate);
  UnitId other_gate = bench.unit(UnitKind::gate);
  UnitId hospital = bench.unit(UnitKind::hospital);
  AccountId keeper = bench.holder(gate, Role::GK);
  AccountId second_keeper = bench.holder(gate, Role::GK);
  AccountId head = bench.holder(gate, Role::FRP);
  AccountId leader = bench.holder(command, Role::DL);
  AccountId officer = bench.holder(cdc, Role::CDC);
  AccountId nurse = bench.holder(hospital, Role::NUR);

  Highway() {
    bench.now("2022-07-18 08:00");
    bench.rules.set("G.temp_c", 37.3);
    bench.rules.set("G.codes", R"(["health","travel"])");
    bench.rules.set("G.codes.travel_until", "2022-12-13");
    bench.rules.set("G.history.classes", R"(["high","medium"])");
    bench.rules.set("G.code.fresh_min", 10);
    bench.rules.set("G.undo_s", 10);
    bench.rules.set("E.cert.h.travel", 48);
    as_head("open_gate", OpenGate{gate, GateKind::hospital, shift(1), leader});
    as_keeper("join_gate", JoinGate{gate});
  }
  template <class C>
  Answer as_keeper(std::string_view operation, C c) {
    return bench.as(keeper, gate, {Role::GK}).ask(operation, std::move(c));
  }
  template <class C>
  Answer as_second(std::string_view operation, C c) {
    return bench.as(second_keeper, gate, {Role::GK}).ask(operation, std::move(c));
  }
  template <class C>
  Answer as_head(std::string_view operation, C c) {
    return bench.as(head, gate, {Role::FRP}).ask(operation, std::move(c));
  }
  template <class C>
  Answer as_nurse(std::string_view operation, C c) {
    return bench.as(nurse, hospital, {Role::NUR}).ask(operation, std::move(c));
  }
  template <class C>
  Answer as_officer(std::string_view operation, C c) {
    return bench.as(officer, cdc, {Role::CDC}).ask(operation, std::move(c));
  }
  template <class C>
  Answer as_system(std::string_view operation, C c) {
    return bench.as_system().ask(operation, std::move(c));
  }
  /// Green and clear, no fever, nothing else.
  [[nodiscard]] CheckPerson seen(std::uint64_t n) const {
    CheckPerson c;
    c.check = check(n);
    c.gate = gate;
    c.person = person(n);
    c.health = HealthCode::green;
    c.travel = TravelCode::clear;
    c.temperature = 36.5;
    return c;
  }
  [[nodiscard]] RecordPassage passage(std::uint64_t n, CheckOutcome outcome = CheckOutcome::passed) const {
    RecordPassage c;
    c.check = check(n);
    c.gate = gate;
    c.person = person(n);
    c.health = HealthCode::green;
    c.travel = TravelCode::clear;
    c.temperature = 36.5;
    c.outcome = outcome;
    return c;
  }
  const Check& row(std::uint64_t n) { return bench.get<Check>(check(n)); }
  const GateShift& totals(std::uint64_t n = 1) { return bench.get<GateShift>(shift(n)); }
  /// passed / second_check / red_channel / fever_clinic = records
  std::string sums(std::uint64_t n = 1) {
    const GateShift& s = totals(n);
    return fmt::format("{} / {} / {} / {} = {}", s.passed, s.second_check, s.red_channel, s.fever_clinic,
                       s.records);
  }
};

}  // namespace fx::gates::testing
