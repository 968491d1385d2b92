// Without these, somebody could be on the way for ever, two would share a vehicle that may not, or one party would sign for
// both ends.
#include <gmock/gmock.h>

#include "desks/isolation/testing/isolation_bench.hpp"

namespace fx::isolation {
namespace {

using namespace testing;

struct Journeys : Isolation {
  VehicleId vehicle = id<VehicleId>(1);

  Journeys() { as_driver("register_vehicle", RegisterVehicle{vehicle, "A1", 4}); }
  template <class C>
  Answer at_ward(std::string_view operation, C c) {
    return bench.as(ward, hospital, {Role::DOC}).ask(operation, std::move(c));
  }
  LegId sent_out(std::uint64_t n, std::optional<VehicleId> by = {}) {
    return as_doctor("send_out", SendOut{stay(n), hospital, words("腹痛"), by, {}}).get<LegStarted>().leg;
  }
  void at_hospital(std::uint64_t n) {
    admitted(n, n);
    ASSERT_THAT(at_ward("end_transfer", EndTransfer{sent_out(n), {}}), happened("isolation.leg_ended"));
  }
  LegId on_the_way_back(std::uint64_t n) {
    at_hospital(n);
    return at_ward("send_back", SendBack{stay(n), {}, {}}).get<LegStarted>().leg;
  }
  Answer fetched(std::uint64_t n, std::optional<UnitId> to = {}) {
    return as_driver("start_transfer", StartTransfer{id<LegId>(n), stay(n), vehicle, bench.time(), to});
  }
  void turns_positive(std::uint64_t n) {
    answered(n, n, TestState::positive);
    ASSERT_EQ(bench.get<Stay>(stay(n)).state, StayState::converted);
  }
};

TEST_F(Journeys, BackToNoStayAreSignedForByTheSite) {
  const LegId positive = on_the_way_back(1);
  EXPECT_THAT(as_manager("end_transfer", EndTransfer{positive, {}}), refused("R-STY-12"))
      << "take_back signs";
  turns_positive(1);
  EXPECT_THAT(as_manager("take_back", TakeBack{stay(1)}), refused("R-STATE"));
  EXPECT_THAT(as_manager("end_transfer", EndTransfer{positive, {}}), happened("isolation.leg_ended"));
  const LegId withdrawn = on_the_way_back(2);
  as_officer("cancel_stay", CancelStay{stay(2), words("排除")});
  EXPECT_THAT(as_manager("end_transfer", EndTransfer{withdrawn, {}}), happened("isolation.leg_ended"));
}

TEST_F(Journeys, OfWhoTurnsPositiveMayEndAtAHospital) {
  as_officer("order_stay", order(1));
  fetched(1);
  EXPECT_THAT(at_ward("end_transfer", EndTransfer{id<LegId>(1), hospital}), refused("F-REF"));
  turns_positive(1);
  EXPECT_THAT(at_ward("end_transfer", EndTransfer{id<LegId>(1), hospital}), happened("isolation.leg_ended"));
  EXPECT_EQ(bench.get<Stay>(stay(1)).holder, hospital);
  EXPECT_EQ(bench.get<Stay>(stay(1)).site, site) << "the measure was of the site";
}

TEST_F(Journeys, APatientsVehicleStaysOneUntilDisinfected) {
  admitted(1, 1);
  turns_positive(1);
  admitted(2, 2);
  ASSERT_TRUE(fetched(1, hospital).refusals.empty());
  sent_out(2, vehicle);  // protects life: recorded as it was
  EXPECT_TRUE(bench.get<Vehicle>(vehicle).carries_case);
  as_officer("order_stay", order(3));
  EXPECT_THAT(fetched(3), refused("R-TRF-2"));
}

TEST_F(Journeys, TheWayBackTakesAVehicleThatMayGo) {
  at_hospital(1);
  const auto back = [&] { return at_ward("send_back", SendBack{stay(1), vehicle, {}}); };
  admitted(2, 2);
  turns_positive(2);
  fetched(2, hospital);
  EXPECT_THAT(back(), refused("R-TRF-2"));
  at_ward("end_transfer", EndTransfer{id<LegId>(2), {}});
  EXPECT_THAT(back(), refused("R-TRF-1"));
  as_driver("disinfect_vehicle", DisinfectVehicle{vehicle, "Cl"});
  EXPECT_THAT(back(), happened("isolation.leg_started"));
}

TEST_F(Journeys, WhoNeverArrivedAtTheHospitalIsTakenBackByAnother) {
  admitted(1, 1);
  sent_out(1);
  EXPECT_THAT(as_doctor("take_back", TakeBack{stay(1)}), refused("R-JRN-1")) << "one hand for both ends";
  EXPECT_THAT(as_manager("take_back", TakeBack{stay(1)}),
              happened("isolation.leg_ended isolation.taken_back"));
}

TEST_F(Journeys, WhoeverLostSomebodyDoesNotFindHim) {
  const UnitId police = bench.unit(UnitKind::police);
  admitted(1, 1);
  sent_out(1);
  as_manager("report_left_control", ReportLeftControl{stay(1), words("走了")});
  const RecordLocated found{stay(1), words("家")};
  EXPECT_THAT(as_manager("record_located", found), refused("R-JRN-1")) << "of the party that escorted him";
  EXPECT_THAT(bench.as(officer, police, {Role::POL}).ask("record_located", found),
              happened("isolation.leg_ended isolation.located"));
}

TEST_F(Journeys, APatientWaitsFromTheResultUntilFetched) {
  admitted(1, 1);
  turns_positive(1);
  EXPECT_FALSE(bench.get<Stay>(stay(1)).ended_at.has_value());
  bench.now("2022-07-18 09:00");
  fetched(1, hospital);
  bench.now("2022-07-18 09:30");
  at_ward("end_transfer", EndTransfer{id<LegId>(1), {}});
  EXPECT_EQ(bench.get<Stay>(stay(1)).ended_at, fx::testing::at("2022-07-18 09:00"));
}

}  // namespace
}  // namespace fx::isolation
