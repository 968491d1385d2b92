#pragma once

// A fever clinic for this desk's tests: its hospital, its county, the people in it, and the usual way of a patient.

#include <gtest/gtest.h>

#include "base/code.hpp"
#include "desks/hospitals/commands.hpp"
#include "desks/hospitals/desk.hpp"
#include "desks/hospitals/facts.hpp"
#include "kernel/testing/desk_bench.hpp"

namespace fx::hospitals::testing {

using fx::testing::Answer;
using fx::testing::at;
using fx::testing::DeskBench;
using fx::testing::happened;
using fx::testing::id;
using fx::testing::refused;
using fx::testing::words;

inline PersonId person(std::uint64_t n) { return id<PersonId>(1'000 + n); }
inline EncounterId visit(std::uint64_t n) { return id<EncounterId>(2'000 + n); }
inline TubeId tube(std::uint64_t n) { return id<TubeId>(3'000 + n); }
inline RoomId room(std::uint64_t n) { return id<RoomId>(4'000 + n); }

struct FeverClinic {
  DeskBench bench{desk()};
  UnitId command_post = bench.unit(UnitKind::command_post);
  UnitId hospital = bench.unit(UnitKind::hospital);
  UnitId clinic = bench.unit(UnitKind::fever_clinic, hospital);
  UnitId other_hospital = bench.unit(UnitKind::hospital);
  UnitId village = bench.unit(UnitKind::village);
  AccountId head = bench.holder(clinic, Role::FRP);
  AccountId nurse = bench.holder(clinic, Role::NUR);
  AccountId doctor = bench.holder(clinic, Role::DOC);
  AccountId duty_officer = bench.holder(command_post, Role::DO);
  AccountId grid_worker = bench.holder(village, Role::GRID);

  /// Open, with rooms 1 to 3, the third in the red lane.
  FeverClinic() {
    bench.now("2021-08-05 08:00");
    bench.rules.set("H.fever.result_h", 6);
    as_head("open_clinic", OpenClinic{clinic, hospital});
    for (std::uint64_t n = 1; n <= 3; ++n) add_room(n, n == 3);
  }

  // ---- who asks
  template <class C>
  Answer as_head(std::string_view operation, C c) {
    return bench.as(head, clinic, {Role::FRP}).ask(operation, std::move(c));
  }
  template <class C>
  Answer as_nurse(std::string_view operation, C c) {
    return bench.as(nurse, clinic, {Role::NUR}).ask(operation, std::move(c));
  }
  template <class C>
  Answer as_doctor(std::string_view operation, C c) {
    return bench.as(doctor, clinic, {Role::DOC}).ask(operation, std::move(c));
  }
  template <class C>
  Answer as_command(std::string_view operation, C c) {
    return bench.as(duty_officer, command_post, {Role::DO}).ask(operation, std::move(c));
  }
  template <class C>
  Answer as_grid(std::string_view operation, C c) {
    return bench.as(grid_worker, village, {Role::GRID}).ask(operation, std::move(c));
  }
  template <class C>
  Answer as_system(std::string_view operation, C c) {
    return bench.as_system().ask(operation, std::move(c));
  }

  // ---- the usual way of a patient
  Answer add_room(std::uint64_t n, bool red_lane = false) {
    return as_head("open_room", OpenRoom{room(n), clinic, static_cast<std::int32_t>(n), red_lane});
  }
  Answer arrive(std::uint64_t n, HealthCode code = HealthCode::green) {
    return as_nurse(
        "record_arrival",
        RecordArrival{visit(n), clinic, person(n), "covid19-cn", code, 38.2, {Symptom::fever}, {}, false});
  }
  Answer triage(std::uint64_t n, HealthCode code = HealthCode::green) {
    as_nurse("triage_1", Triage1{visit(n), 38.2, true, true});
    return as_nurse("triage_2", Triage2{visit(n), 38.1, code, false, {}, {}});
  }
  Answer assign(std::uint64_t n, std::uint64_t r) {
    return as_doctor("assign_room", AssignRoom{visit(n), room(r)});
  }
  Answer sample(std::uint64_t n, std::uint64_t t) {
    return as_system("note_sample", NoteSample{visit(n), tube(t), bench.time(), "covid19-cn"});
  }
  Answer result(std::uint64_t n, std::uint64_t t, SampleResult value, bool amended = false) {
    return as_system("receive_result", ReceiveResult{visit(n), tube(t), value, amended, {}});
  }
  Answer clear(std::uint64_t n) { return as_doctor("clear_patient", ClearPatient{visit(n)}); }
  Answer depart(std::uint64_t n) { return as_nurse("record_departure", RecordDeparture{visit(n)}); }
  Answer left_early(std::uint64_t n) {
    return as_nurse("report_left_early", ReportLeftEarly{visit(n), Exit::side_door, words("guard Wu"), {}});
  }
  Answer found(std::uint64_t n, FoundPlace place) {
    return as_grid("record_found", RecordFound{visit(n), place, {}});
  }
  Answer emergency(std::uint64_t n, std::optional<PersonId> who = {}, std::optional<RoomId> buffer = {}) {
    return as_doctor("declare_emergency",
                     DeclareEmergency{visit(n), clinic, who, buffer, words("team 1"), words("arrest")});
  }

  void in_room(std::uint64_t n, std::uint64_t r) {
    arrive(n);
    triage(n);
    assign(n, r);
  }
  /// Patient n in room r, sample in tube n sealed.
  void waiting(std::uint64_t n, std::uint64_t r) {
    in_room(n, r);
    sample(n, n);
  }
  void gone_home(std::uint64_t n, std::uint64_t r) {
    waiting(n, r);
    result(n, n, SampleResult::negative);
    clear(n);
    depart(n);
  }

  const Encounter& row(std::uint64_t n) { return bench.get<Encounter>(visit(n)); }
  EncounterState state(std::uint64_t n) { return row(n).state; }
  RoomState room_state(std::uint64_t r) { return bench.get<Room>(room(r)).state; }
  const Clinic& rooms() { return bench.get<Clinic>(clinic); }
};

}  // namespace fx::hospitals::testing
