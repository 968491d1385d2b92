// Without these, a driver would go on untested, be asked twice for what is in date, or vanish when he turns out positive.
#include <gtest/gtest.h>

#include "desks/gates/testing/highway.hpp"
#include "desks/gates/trucks/commands.hpp"
#include "desks/gates/trucks/facts.hpp"

namespace fx::gates {
namespace {

using namespace testing;
using fx::testing::happened;
using fx::testing::refused;

TruckRunId run(std::uint64_t n) { return id<TruckRunId>(7'000 + n); }
TubeId tube(std::uint64_t n) { return id<TubeId>(8'000 + n); }

struct Drivers : ::testing::Test, Highway {
  UnitId warehouse = bench.unit(UnitKind::other);
  UnitId desk120 = bench.unit(UnitKind::transfer_desk);
  AccountId crew = bench.holder(desk120, Role::TRN);

  Drivers() {
    bench.rules.set("G.truck.cert_h", 48);
    bench.rules.set("G.truck.expired", R"({"tests":["nucleic_acid","antigen"]})");
    bench.rules.set("G.landing.follow", R"({"test_count":2,"test_within_d":3,"test_apart_h":24})");
    bench.rules.set("G.landing.again_h", 12);
  }
  void arrived(std::uint64_t n, int hours) {
    CheckPerson c = seen(n);
    c.certificate_at = bench.time() - std::chrono::hours(hours);
    as_keeper("check_person", c);
    ASSERT_THAT(as_keeper("receive_driver", ReceiveDriver{run(n), check(n), "北B·H0573", {}, warehouse}),
                happened("gates.driver_arrived"));
  }
  void sampled(std::uint64_t n, std::uint64_t t) {
    as_system("note_driver_sample", NoteDriverSample{person(n), tube(t), bench.time()});
  }
  Answer answered(std::uint64_t n, std::uint64_t t, DriverResult result, std::optional<CaseId> c = {}) {
    return as_system("note_driver_result", NoteDriverResult{person(n), tube(t), result, c});
  }
  const TruckRun& of(std::uint64_t n) { return bench.get<TruckRun>(run(n)); }
};

TEST_F(Drivers, InDateGoOnWithoutAnotherTest) {
  arrived(1, 48);
  EXPECT_TRUE(of(1).in_date);
  ASSERT_THAT(as_keeper("release_driver", ReleaseDriver{run(1), {}}),
              happened("gates.driver_released gates.check_decided"));
  EXPECT_EQ(of(1).state, DriverState::cleared);
  EXPECT_EQ(of(1).holder, warehouse);
  EXPECT_EQ(row(1).outcome, CheckOutcome::passed);
}

TEST_F(Drivers, AreToldAfterTheShiftByWhoCheckedThem) {
  as_keeper("check_person", seen(1));
  as_keeper("leave_gate", LeaveGate{gate});
  const ReceiveDriver late{run(1), check(1), "北B·H0573", {}, warehouse};
  EXPECT_THAT(as_second("receive_driver", late), refused("R-GAT-1")) << "neither kept nor keeps the gate";
  EXPECT_THAT(as_keeper("receive_driver", late), happened("gates.driver_arrived"));
}

TEST_F(Drivers, OutOfDateOweBothTestsAndANegativeAntigen) {
  arrived(1, 51);
  EXPECT_THAT(as_keeper("release_driver", ReleaseDriver{run(1), {}}), refused("R-GAT-11"));
  sampled(1, 1);
  EXPECT_THAT(as_keeper("release_driver", ReleaseDriver{run(1), {}}), refused("R-GAT-11"));
  as_keeper("read_antigen", ReadAntigen{run(1), AntigenResult::positive});
  EXPECT_THAT(as_keeper("release_driver", ReleaseDriver{run(1), {}}), refused("R-GAT-11"));
  as_keeper("read_antigen", ReadAntigen{run(1), AntigenResult::negative});
  as_keeper("release_driver", ReleaseDriver{run(1), {}});
  EXPECT_EQ(of(1).state, DriverState::released_tracked);
}

TEST_F(Drivers, WithARedFactAreNeverReleased) {
  CheckPerson c = seen(1);
  c.health = HealthCode::red;
  as_keeper("check_person", c);
  as_keeper("receive_driver", ReceiveDriver{run(1), check(1), "北B", {}, warehouse});
  EXPECT_THAT(as_keeper("release_driver", ReleaseDriver{run(1), {}}), refused("R-GAT-2"));
}

TEST_F(Drivers, AreFollowedUpNotTooSoon) {
  arrived(1, 51);
  sampled(1, 1);
  as_keeper("read_antigen", ReadAntigen{run(1), AntigenResult::negative});
  as_keeper("release_driver", ReleaseDriver{run(1), {}});
  const Answer first = answered(1, 1, DriverResult::negative);
  EXPECT_EQ(first.get<LandingTestDue>().not_before, fx::testing::at("2022-07-19 08:00"));
  EXPECT_EQ(first.get<LandingTestDue>().due_at, fx::testing::at("2022-07-22 00:00"));
  const LandingTestId owed = first.get<LandingTestDue>().landing_test;
  EXPECT_EQ(bench.get<LandingTest>(owed).person, person(1)) << "who is lost when it is missed";
  bench.now("2022-07-19 07:59");
  sampled(1, 2);
  EXPECT_TRUE(of(1).landing_test.has_value());
  bench.now("2022-07-19 08:00");
  sampled(1, 3);
  EXPECT_FALSE(of(1).landing_test.has_value());
  EXPECT_EQ(bench.get<LandingTest>(owed).tube, tube(3));
  EXPECT_THAT(answered(1, 2, DriverResult::negative), happened("gates.driver_negative"));
  EXPECT_THAT(answered(1, 3, DriverResult::negative), happened("gates.driver_negative gates.driver_cleared"));
  EXPECT_THAT(answered(1, 3, DriverResult::negative).events, ::testing::IsEmpty()) << "twice is once";
}

TEST_F(Drivers, OweANewSampleWhenThereWasNoAnswer) {
  arrived(1, 51);
  sampled(1, 1);
  const Answer lost = answered(1, 1, DriverResult::no_answer);
  EXPECT_EQ(lost.get<LandingTestDue>().due_at, bench.time() + std::chrono::hours(12));
}

TEST_F(Drivers, ThatArePositiveStopWhereTheyAreAndNameWhoWasNear) {
  arrived(1, 51);
  sampled(1, 1);
  as_keeper("read_antigen", ReadAntigen{run(1), AntigenResult::negative});
  as_keeper("release_driver", ReleaseDriver{run(1), {}});
  const Near loader{person(9), NearDriver::loader, bench.time(), bench.time(), false};
  as_keeper("record_presence", RecordPresence{run(1), {loader}});
  EXPECT_THAT(answered(1, 1, DriverResult::positive).events, ::testing::IsEmpty()) << "no case, no person";
  const Answer stopped = answered(1, 1, DriverResult::positive, id<CaseId>(5));
  ASSERT_THAT(stopped, happened("gates.driver_stopped"));
  EXPECT_EQ(stopped.get<DriverStopped>().holder, warehouse);
  EXPECT_EQ(stopped.get<DriverStopped>().carrier, desk120);
  ASSERT_EQ(stopped.get<DriverStopped>().near.size(), 1U);
  EXPECT_EQ(as_keeper("record_presence", RecordPresence{run(1), {loader}}).get<PresenceRecorded>().case_id,
            id<CaseId>(5));
  const auto fetch = [&](std::vector<PersonId> aboard) {
    return bench.as(crew, desk120, {Role::TRN})
        .ask("fetch_driver", FetchDriver{run(1), hospital, "北A·D0120", std::move(aboard)});
  };
  EXPECT_THAT(fetch({person(9)}), refused("R-TRF-2"));
  as_system("note_control", NoteControl{source(1), person(8), ControlKind::positive, true});
  EXPECT_THAT(fetch({person(8)}), happened("gates.driver_fetched"));
  EXPECT_EQ(of(1).holder, desk120);
  EXPECT_THAT(fetch({}), refused("R-STATE"));
}

}  // namespace
}  // namespace fx::gates
