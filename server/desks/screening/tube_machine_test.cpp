// Without this, some order of steps nobody thought of could lose a tube, double a person or make a pool a case. The
// bench checks every law after every accepted command; what was refused must change nothing.
#include "desks/screening/testing/point.hpp"

#include <rapidcheck/gtest.h>  // after gtest, which it does not include itself

namespace fx::screening::testing {
namespace {

constexpr std::uint64_t tubes = 4;

TestResult any_result() {
  return *rc::gen::element(TestResult::negative, TestResult::positive, TestResult::grey, TestResult::invalid);
}

Answer any_sampling_step(Point& p, std::uint64_t n) {
  const PersonId who = person(*rc::gen::inRange<std::uint64_t>(1, 4));
  switch (*rc::gen::inRange(0, 7)) {
    case 0:
      return p.print(n, *rc::gen::element(1, 1, 5, 20),
                     *rc::gen::element(SpecimenClass::voluntary, SpecimenClass::contact));
    case 1: return p.link(n, who);
    case 2:
      return p.as_sampler(
          "link_person",
          LinkPerson{tube(n), who, {}, {}, tube(*rc::gen::inRange<std::uint64_t>(1, tubes + 1))});
    case 3: return p.seal(n);
    case 4: {
      const bool replace = *rc::gen::arbitrary<bool>();
      const PersonId right = person(*rc::gen::inRange<std::uint64_t>(1, 4));
      return p.as_sampler(
          "correct_link",
          CorrectLink{tube(n), who, replace ? std::optional(right) : std::nullopt, {}, words("why")});
    }
    case 5: return p.as_sampler("void_tube", VoidTube{tube(n), words("why")});
    default: return p.as_sampler("declare_lost", DeclareLost{tube(n), words("why")});
  }
}

Answer any_laboratory_step(Point& p, std::uint64_t n) {
  switch (*rc::gen::inRange(0, 7)) {
    case 0: return p.receive(n);
    case 1: return p.as_tester("reject_tube", RejectTube{tube(n), RejectReason::leaking, {}});
    case 2: return p.start(n);
    case 3: return p.read(n, any_result(), *rc::gen::weightedElement<bool>({{4, true}, {1, false}}));
    case 4: return p.authorise(n, any_result());
    case 5: return p.amend(n, any_result());
    default:
      return p.as_sampler("box_tubes", BoxTubes{box(n),
                                                write_code({'B', *rc::gen::inRange<std::uint64_t>(0, 6)}),
                                                p.laboratory,
                                                {tube(n)},
                                                {}});
  }
}

/// What people would do next with this tube.
Answer the_usual_step(Point& p, std::uint64_t n) {
  const Tube* row = p.bench.find<Tube>(tube(n));
  if (row == nullptr) return p.print(n, *rc::gen::element(1, 5), SpecimenClass::voluntary);
  using enum TubeState;
  switch (row->state) {
    case printed: return p.link(n, person(*rc::gen::inRange<std::uint64_t>(1, 4)));
    case open: return p.seal(n);
    case sealed:
    case in_transit: return p.receive(n);
    case received: return p.start(n);
    case testing: return p.read(n, any_result());
    case provisional: return p.authorise(n, any_result());
    default: return p.amend(n, any_result());
  }
}

Answer any_step(Point& p, std::uint64_t n) {
  switch (*rc::gen::inRange(0, 4)) {
    case 0: return any_sampling_step(p, n);
    case 1: return any_laboratory_step(p, n);
    default: return the_usual_step(p, n);
  }
}

std::string image(Point& p) {
  std::string out;
  for (std::uint64_t n = 1; n <= tubes; ++n)
    if (const Tube* row = p.bench.find<Tube>(tube(n))) out += to_json(*row);
  return out;
}

RC_GTEST_PROP(TubeMachine, KeepsItsLawsUnderAnySteps, ()) {
  Point p;
  const int steps = *rc::gen::resize(100, rc::gen::inRange(20, 80));
  int with_result = 0;
  for (int i = 0; i < steps; ++i) {
    const auto n = *rc::gen::inRange<std::uint64_t>(1, tubes + 1);
    const std::string before = image(p);
    if (!any_step(p, n).refusals.empty()) RC_ASSERT(image(p) == before);
  }
  for (std::uint64_t n = 1; n <= tubes; ++n)
    if (const Tube* row = p.bench.find<Tube>(tube(n))) with_result += row->has_result() ? 1 : 0;
  RC_TAG(with_result);  // how far lives went: printed by RapidCheck
}

/// A law nothing can break protects nothing: each is shown a row that breaks it.
TEST(TubeLaws, SeeTheirBreach) {
  const auto breaches = [](auto spoil) {
    Point p;
    p.sealed_pool(1, 5, 2);
    p.authorised(1, TestResult::positive);
    p.sealed_single(2);
    p.authorised(2, TestResult::positive);
    Tube pool = p.row(1);
    Tube single = p.row(2);
    spoil(pool, single);
    p.bench.plant(pool);
    p.bench.plant(single);
    const auto found = p.bench.breaches();
    return found.empty() ? std::string() : found.front().substr(0, found.front().find(':'));
  };
  EXPECT_EQ(breaches([](Tube&, Tube&) {}), "");
  EXPECT_EQ(breaches([](Tube& pool, Tube&) { pool.size = 1, pool.case_id = CaseId{}; }),
            "members fit the tube");
  EXPECT_EQ(breaches([](Tube& pool, Tube&) { pool.members[0].state = MemberState::pos; }),
            "a pool makes nobody positive");
  EXPECT_EQ(breaches([](Tube& pool, Tube&) { pool.members[0].state = MemberState::neg; }),
            "members follow the tube");
  EXPECT_EQ(breaches([](Tube&, Tube& single) { single.case_id.reset(); }),
            "an individual positive has a case");
  EXPECT_EQ(breaches([](Tube&, Tube& single) { single.authoriser = single.tester; }), "two people sign");
  EXPECT_EQ(breaches([](Tube&, Tube& single) {
              single.state = TubeState::open, single.received_at.reset();
            }).empty(),
            false);
  EXPECT_EQ(breaches([](Tube&, Tube& single) { single.code = "T000000000"; }), "a code names one thing");
}

/// From a random point onwards the usual way always leads to a result: no state is a trap.
RC_GTEST_PROP(TubeMachine, AlwaysLetsTheUsualWayEnd, ()) {
  Point p;
  const TestResult result = any_result();
  p.print(1, 5, SpecimenClass::voluntary);
  const int members = *rc::gen::inRange(1, 6);
  for (int i = 0; i < members; ++i) p.link(1, person(static_cast<std::uint64_t>(i)));
  for (int i = *rc::gen::inRange(0, 10); i > 0; --i) {
    any_laboratory_step(p, 1);
    if (p.row(1).state == TubeState::rejected || p.row(1).state == TubeState::lost) return;
  }
  p.seal(1);
  p.receive(1);
  p.start(1);
  p.read(1, result);
  p.authorise(1, result);
  RC_ASSERT(p.row(1).has_result());
}

}  // namespace
}  // namespace fx::screening::testing
