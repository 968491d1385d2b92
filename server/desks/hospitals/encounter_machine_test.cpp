// Without this, some order of steps nobody thought of could lose a patient, share a room or let a positive go. The bench
// checks every law after every accepted command; what was refused must change nothing.
#include "desks/hospitals/testing/fever_clinic.hpp"

#include <rapidcheck/gtest.h>  // after gtest, which it does not include itself

namespace fx::hospitals::testing {
namespace {

constexpr std::uint64_t visits = 3;

std::uint64_t any_visit() { return *rc::gen::inRange<std::uint64_t>(1, visits + 1); }
std::uint64_t any_room() { return *rc::gen::inRange<std::uint64_t>(1, 4); }

SampleResult any_result() {
  return *rc::gen::element(SampleResult::negative, SampleResult::positive, SampleResult::grey,
                           SampleResult::invalid);
}

Answer any_clinic_step(FeverClinic& f, std::uint64_t n) {
  switch (*rc::gen::inRange(0, 9)) {
    case 0: return f.arrive(n, *rc::gen::element(HealthCode::green, HealthCode::red));
    case 1:
      if (*rc::gen::arbitrary<bool>()) return f.as_nurse("triage_1", Triage1{visit(n), 38, true, true});
      return f.as_nurse(
          "triage_2",
          Triage2{visit(n), 38, *rc::gen::element(HealthCode::green, HealthCode::red), false, {}, {}});
    case 2: return f.assign(n, any_room());
    case 3: return f.clear(n);
    case 4: return f.depart(n);
    case 5: return f.as_nurse("release_room", ReleaseRoom{room(any_room())});
    case 6: return f.as_nurse("disinfect_room", DisinfectRoom{room(any_room()), f.head});
    case 7: return f.as_head("close_room", CloseRoom{room(any_room())});
    default: return f.add_room(any_room());
  }
}

Answer any_result_step(FeverClinic& f, std::uint64_t n) {
  const std::uint64_t t = 10 * n + *rc::gen::inRange<std::uint64_t>(0, 2);
  switch (*rc::gen::inRange(0, 4)) {
    case 0: return f.sample(n, t);
    case 1:
      return f.as_system("note_failed_sample", NoteFailedSample{visit(n), tube(t), ResampleReason::rejected});
    case 2: return f.result(n, t, any_result());
    default: return f.result(n, t, any_result(), true);
  }
}

Answer any_rare_step(FeverClinic& f, std::uint64_t n) {
  const std::optional<PersonId> stranger;
  switch (*rc::gen::inRange(0, 9)) {
    case 7: return f.emergency(n, stranger, room(any_room()));
    case 8: return f.as_nurse("identify_patient", IdentifyPatient{visit(n), person(any_visit())});
    case 0: return f.left_early(n);
    case 1: return f.as_command("acknowledge_search", AcknowledgeSearch{visit(n)});
    case 2: return f.found(n, *rc::gen::element(FoundPlace::home, FoundPlace::clinic));
    case 3: return f.emergency(n, person(*rc::gen::inRange<std::uint64_t>(1, visits + 1)), room(any_room()));
    case 4: return f.as_doctor("transfer_patient", TransferPatient{visit(n), f.other_hospital});
    case 5: return f.as_doctor("admit_patient", AdmitPatient{visit(n), {}});
    default:
      return f.as_doctor(
          "close_encounter",
          CloseEncounter{visit(n), *rc::gen::element(Outcome::handed_over, Outcome::died), {}});
  }
}

/// What people would do next with this patient.
Answer the_usual_step(FeverClinic& f, std::uint64_t n) {
  const Encounter* row = f.bench.find<Encounter>(visit(n));
  if (row == nullptr) return f.arrive(n, *rc::gen::element(HealthCode::green, HealthCode::red));
  using enum EncounterState;
  switch (row->state) {
    case arrived: return f.as_nurse("triage_1", Triage1{visit(n), 38, true, true});
    case triaged_1: return f.as_nurse("triage_2", Triage2{visit(n), 38, HealthCode::green, false, {}, {}});
    case triaged_2: return f.assign(n, any_room());
    case in_room:
    case sampled:
    case emergency: return f.sample(n, 10 * n + *rc::gen::inRange<std::uint64_t>(0, 2));
    case awaiting:
      if (row->result == SampleResult::negative) return f.clear(n);
      return f.result(n, row->tube == tube(10 * n) ? 10 * n : 10 * n + 1, any_result());
    case cleared: return f.depart(n);
    case left_early:
    case recalled: return f.found(n, FoundPlace::home);
    case isolated: return f.as_doctor("transfer_patient", TransferPatient{visit(n), f.other_hospital});
    default: return f.result(n, 10 * n, any_result(), true);
  }
}

Answer any_step(FeverClinic& f) {
  switch (*rc::gen::inRange(0, 6)) {
    case 0: return any_clinic_step(f, any_visit());
    case 1: return any_result_step(f, any_visit());
    case 2: return any_rare_step(f, any_visit());
    default: return the_usual_step(f, any_visit());
  }
}

std::string image(FeverClinic& f) {
  std::string out = to_json(f.rooms());
  for (std::uint64_t n = 1; n <= visits; ++n)
    if (const Encounter* row = f.bench.find<Encounter>(visit(n))) out += to_json(*row);
  for (std::uint64_t r = 1; r <= 3; ++r) out += to_json(f.bench.get<Room>(room(r)));
  return out;
}

RC_GTEST_PROP(EncounterMachine, KeepsItsLawsUnderAnySteps, ()) {
  FeverClinic f;
  const int steps = *rc::gen::resize(100, rc::gen::inRange(20, 80));
  for (int i = 0; i < steps; ++i) {
    f.bench.now(f.bench.time() + std::chrono::minutes(7));
    const std::string before = image(f);
    const Answer answer = any_step(f);
    if (!answer.refusals.empty()) RC_ASSERT(image(f) == before);
  }
  for (std::uint64_t n = 1; n <= visits; ++n)
    if (const Encounter* row = f.bench.find<Encounter>(visit(n))) RC_TAG(std::string(enum_text(row->state)));
}

/// A law nothing can break protects nothing: each is shown a row that breaks it.
TEST(EncounterLaws, SeeTheirBreach) {
  const auto breaches = [](auto spoil) {
    FeverClinic f;
    f.waiting(1, 1);
    f.result(1, 1, SampleResult::positive);
    Encounter row = f.row(1);
    Room in = f.bench.get<Room>(room(1));
    Clinic clinic = f.rooms();
    spoil(row, in, clinic);
    f.bench.plant(row);
    f.bench.plant(in);
    f.bench.plant(clinic);
    const auto found = f.bench.breaches();
    return found.empty() ? std::string() : found.front().substr(0, found.front().find(':'));
  };
  EXPECT_EQ(breaches([](auto&, auto&, auto&) {}), "");
  EXPECT_EQ(breaches([](Encounter& e, auto&, auto&) { e.state = EncounterState::cleared; }),
            "results carry states");
  EXPECT_EQ(breaches([](Encounter& e, auto&, auto&) { e.state = EncounterState::awaiting; }),
            "results carry states");
  EXPECT_EQ(breaches([](Encounter& e, auto&, auto&) { e.search_open = true; }), "absence is consistent");
  EXPECT_EQ(breaches([](auto&, Room& r, auto&) { r.encounter.reset(); }), "one patient, one room");
  EXPECT_EQ(breaches([](Encounter& e, auto&, auto&) { e.person = person(9); }), "a person is in one room");
  EXPECT_EQ(breaches([](auto&, auto&, Clinic& c) { ++c.free; }), "rooms add up");
  EXPECT_EQ(breaches([](Encounter& e, auto&, auto&) { e.at_home = true, e.room.reset(); }),
            "one patient, one room");
}

/// R-FEV-4, said as a law over whole lives: whoever is cleared has a negative of this visit and nothing against it.
RC_GTEST_PROP(EncounterMachine, ClearsNobodyWithoutAnOwnNegative, ()) {
  FeverClinic f;
  f.waiting(1, 1);
  for (int i = *rc::gen::inRange(0, 12); i > 0; --i) any_result_step(f, 1);
  const Encounter before = f.row(1);
  const bool cleared = f.clear(1).refusals.empty();
  const auto has = [&](SampleResult result) {
    return std::ranges::any_of(before.samples, [&](const Sample& s) { return s.result == result; });
  };
  if (has(SampleResult::positive) || has(SampleResult::pending) || !has(SampleResult::negative))
    RC_ASSERT(!cleared);
}

}  // namespace
}  // namespace fx::hospitals::testing
