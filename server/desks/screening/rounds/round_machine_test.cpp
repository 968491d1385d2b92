// Devices, couriers and laboratories in any order, boxes lost, results amended: after every step the counts of the round
// are those of its people and tubes, nobody is in two tubes, and whoever is held is held. Without this, an order nobody
// thought of would close a round with somebody forgotten.
#include "desks/screening/testing/round.hpp"

#include <rapidcheck/gtest.h>

namespace fx::screening::testing {
namespace {

constexpr std::uint64_t tubes = 6;
constexpr std::uint64_t people = 12;

std::uint64_t any_person() {
  return *rc::gen::inRange<std::uint64_t>(1, people + 3);
}  // some are not on the list
std::uint64_t any_tube() { return *rc::gen::inRange<std::uint64_t>(1, tubes + 1); }
TestResult any_result() {
  return *rc::gen::weightedElement<TestResult>({{4, TestResult::negative},
                                                {3, TestResult::positive},
                                                {1, TestResult::grey},
                                                {1, TestResult::invalid}});
}

Answer at_the_point(SmallRound& r, std::uint64_t n) {
  switch (*rc::gen::inRange(0, 9)) {
    case 0: return r.print_for_round(n, *rc::gen::element(1, 5));
    case 1:
    case 2: return r.sample(n, any_person());
    case 3: return r.sample(n, any_person(), tube(any_tube()));
    case 4: {  // told late of something done an hour ago
      r.bench.occurred("2022-08-13 07:00");
      return r.sample(n, any_person());
    }
    case 5: return r.seal(n);
    case 6:
      return r.as_sampler(
          "correct_link",
          CorrectLink{tube(n),
                      person(any_person()),
                      *rc::gen::arbitrary<bool>() ? std::optional(person(any_person())) : std::nullopt,
                      {},
                      words("why")});
    case 7: return r.as_sampler("void_tube", VoidTube{tube(n), words("why")});
    default:
      return r.as_command("exempt_people", ExemptPeople{round_id(1), {person(any_person())}, words("why")});
  }
}

Answer on_the_way(SmallRound& r, std::uint64_t n) {
  const auto b = *rc::gen::inRange<std::uint64_t>(1, 4);
  switch (*rc::gen::inRange(0, 5)) {
    case 0:
      return r.as_sampler("box_tubes", BoxTubes{box(b), write_code({'B', b}), r.laboratory, {tube(n)}, {}});
    case 1:
      return r.as_sampler(
          "box_tubes",
          BoxTubes{box(b), write_code({'B', b}), r.laboratory, {tube(n), tube(n % tubes + 1)}, {}});
    case 2: return r.as_sampler("declare_box_lost", DeclareBoxLost{box(b), words("van")});
    case 3: return r.as_sampler("declare_lost", DeclareLost{tube(n), words("van")});
    default: {
      ReceiveBox c{box(b), {}, {}, {}};
      if (*rc::gen::arbitrary<bool>()) c.missing.push_back(tube(n));
      if (*rc::gen::arbitrary<bool>()) c.rejected.push_back({tube(n % tubes + 1), RejectReason::leaking});
      return r.as_tester("receive_box", c);
    }
  }
}

Answer at_the_laboratory(SmallRound& r, std::uint64_t n) {
  switch (*rc::gen::inRange(0, 9)) {
    case 0: return r.receive(n);
    case 1: return r.as_tester("reject_tube", RejectTube{tube(n), RejectReason::empty, {}});
    case 2: return r.start(n);
    case 3: return r.read(n, any_result(), *rc::gen::weightedElement<bool>({{5, true}, {1, false}}));
    case 4: return r.authorise(n, any_result());
    case 5: return r.amend(n, any_result());
    case 6:
      return r.as_tester(
          "load_plate",
          LoadPlate{id<PlateId>(7'000 + n), "P", "L", {{"A1", tube(n)}, {"A2", tube(n % tubes + 1)}}});
    case 7: {
      const bool valid = *rc::gen::weightedElement<bool>({{4, true}, {1, false}});
      return r.as_tester(
          "record_wells",
          RecordWells{id<PlateId>(7'000 + n),
                      true,
                      {{*rc::gen::element<std::string>("A1", "A2"), any_result(), {}, valid}}});
    }
    default: {
      const auto plate = id<PlateId>(7'000 + n);
      if (r.bench.find<Plate>(plate) != nullptr && r.bench.get<Plate>(plate).state == PlateState::loaded)
        return r.as_tester("read_plate", ReadPlate{plate, true, {}, any_result()});
      return r.as_authoriser("authorise_plate", AuthorisePlate{plate, {}});
    }
  }
}

/// What people would do next with this tube.
Answer the_usual_step(SmallRound& r, std::uint64_t n) {
  const Tube* row = r.bench.find<Tube>(tube(n));
  if (row == nullptr) return r.print_for_round(n, *rc::gen::element(1, 5, 5));
  using enum TubeState;
  switch (row->state) {
    case printed: {
      // A single settles somebody who is held, if there is one.
      for (std::uint64_t pool = 1; pool <= tubes && row->single(); ++pool)
        if (const Tube* other = r.bench.find<Tube>(tube(pool)))
          for (std::uint64_t who = 1; who <= people; ++who)
            for (const Member& m : other->members)
              if (m.person == person(who) && m.state == MemberState::hold)
                return r.sample(n, who, tube(pool));
      return r.sample(n, any_person());
    }
    case open: return *rc::gen::arbitrary<bool>() ? r.sample(n, any_person()) : r.seal(n);
    case sealed:
    case in_transit: return r.receive(n);
    case received: return r.start(n);
    case testing: return r.read(n, any_result());
    case provisional: return r.authorise(n, any_result());
    default: return r.amend(n, any_result());
  }
}

Answer any_step(SmallRound& r) {
  const std::uint64_t n = any_tube();
  switch (*rc::gen::inRange(0, 14)) {
    case 0: return at_the_point(r, n);
    case 1: return on_the_way(r, n);
    case 2: return at_the_laboratory(r, n);
    default: return the_usual_step(r, n);
  }
}

RC_GTEST_PROP(RoundMachine, KeepsItsLawsUnderAnySteps, ()) {
  SmallRound r;
  r.plan();
  r.as_command("approve_round", ApproveRound{round_id(1)});
  r.enrol(1, people);
  r.bench.now("2022-08-13 06:00");
  r.as_command("open_round", OpenRound{round_id(1)});
  r.as_command("order_point", OrderPoint{point_id(1), round_id(1), "square", r.clinic, east, {}, {}, 30, 1});
  if (*rc::gen::arbitrary<bool>()) r.as_sampler("join_point", JoinPoint{point_id(1)});
  r.bench.now("2022-08-13 08:00");
  const int steps = *rc::gen::resize(100, rc::gen::inRange(60, 240));
  for (int i = 0; i < steps; ++i) any_step(r);  // the bench checks every law after every accepted step

  // The equation the round would print is the sum of what the rows say.
  const auto closing = r.as_command("close_sampling", CloseSampling{round_id(1)});
  const RoundEquation e = closing.get<SamplingClosed>().equation;
  RC_ASSERT(e.roster == static_cast<std::int64_t>(people));
  RC_ASSERT(e.roster + e.added == e.sampled + e.tested_elsewhere + e.exempt + e.out_of_area + e.missed);
  RC_ASSERT(e.issued == e.sealed + e.voided + e.unused);
  std::int64_t pending = 0;
  std::int64_t holds = 0;
  int with_result = 0;
  for (std::uint64_t n = 1; n <= tubes; ++n) {
    const Tube* row = r.bench.find<Tube>(tube(n));
    if (row == nullptr) continue;
    const bool ended =
        row->has_result() || row->state == TubeState::rejected || row->state == TubeState::lost;
    pending += !row->members.empty() && !ended ? 1 : 0;
    with_result += row->has_result() ? 1 : 0;
    for (const Member& m : row->members)
      holds += !row->single() && (m.state == MemberState::hold || m.state == MemberState::resampled ||
                                  m.state == MemberState::grey)
                   ? 1
                   : 0;
  }
  RC_ASSERT(e.pending == pending);
  RC_ASSERT(e.holds == holds);
  RC_TAG(with_result);  // how far lives went: printed by RapidCheck
}

}  // namespace
}  // namespace fx::screening::testing
