// Without these, a neighbour county would read our patients, or a guesser would lock a nurse out for the night.
#include <gtest/gtest.h>

#include "access/lockout.hpp"
#include "access/masking.hpp"
#include "access/scope.hpp"

namespace fx {
namespace {

UnitId unit_id(int n) { return {RawId::make(0, 990121, static_cast<std::uint64_t>(n), 0)}; }

Unit unit(int n, UnitKind kind, std::int32_t place, std::optional<int> parent = {}) {
  Unit u{unit_id(n), std::to_string(n), "甲", "A", kind, level_of(place), place, {}, true};
  if (parent) u.parent = unit_id(*parent);
  return u;
}

struct House : testing::Test {
  House() {
    reference.add(unit(1, UnitKind::hospital, 990121));
    reference.add(unit(2, UnitKind::fever_clinic, 990121, 1));
    reference.add(unit(3, UnitKind::laboratory, 990121, 1));
    reference.add(unit(4, UnitKind::cdc, 990121));
    reference.add(unit(5, UnitKind::cdc, 990122));
    reference.add(unit(6, UnitKind::cdc, 990100));
    reference.add(unit(7, UnitKind::hospital, 990122));
    reference.add(unit(8, UnitKind::hospital, 990121, 9));
    reference.add(unit(9, UnitKind::health_authority, 990121));
    reference.add(unit(10, UnitKind::hospital, 990121, 9));
  }
  bool may(int actor, int place) {
    const Unit* own = reference.unit(unit_id(actor));
    return ScopeAccess().in_scope({{}, own->id, own->jurisdiction, {Role::NUR}},
                                  *reference.unit(unit_id(place)), reference);
  }
  Reference reference;
};

TEST_F(House, OwnHouseIsOpenAndTheNeighbourIsShut) {
  EXPECT_TRUE(may(2, 2));
  EXPECT_TRUE(may(2, 1));
  EXPECT_TRUE(may(1, 2));
  EXPECT_TRUE(may(2, 3)) << "clinic and laboratory of one hospital";
  EXPECT_FALSE(may(1, 7));
  EXPECT_FALSE(may(8, 10)) << "two hospitals under one authority are not one house";
  EXPECT_FALSE(may(8, 9));
  EXPECT_FALSE(may(2, 7));
}

TEST_F(House, AuthoritiesReachDownNotSideways) {
  EXPECT_TRUE(may(4, 2));
  EXPECT_FALSE(may(5, 2));
  EXPECT_TRUE(may(6, 2));
  EXPECT_FALSE(may(4, 6));
}

TEST_F(House, ScopeOfAListIsPlacesForAuthoritiesAndUnitsForOthers) {
  const auto clinic = scope_of({{}, unit_id(2), 990121, {Role::NUR}}, reference);
  EXPECT_TRUE(clinic.places.empty());
  EXPECT_EQ(clinic.units, (std::vector{unit_id(2), unit_id(1)}));
  const auto city = scope_of({{}, unit_id(6), 990100, {Role::CDC}}, reference);
  ASSERT_EQ(city.places.size(), 1U);
  EXPECT_EQ(city.places[0], std::pair(990100, 990199));
}

TEST(Masking, ShowsAsLittleAsTheModelAllows) {
  EXPECT_EQ(mask_name("张伟"), "张*");
  EXPECT_EQ(mask_name("欧阳娜娜"), "欧***");
  EXPECT_EQ(mask_document("11010519491231002X"), "110105********002X");
  EXPECT_EQ(mask_document("E1234567"), "E*****67");
  EXPECT_EQ(mask_phone("13800138000"), "*******8000");
}

TEST(Lockout, SlowsAGuesserAndLetsTheVictimBackIn) {
  Failures failures;
  Duration now = std::chrono::hours(5);
  for (int i = 0; i < 4; ++i) failures = after_failure(failures, now);
  EXPECT_EQ(wait_before_try(failures, now), Duration::zero());
  failures = after_failure(failures, now);
  EXPECT_EQ(wait_before_try(failures, now), std::chrono::seconds(2));
  for (int i = 0; i < 100; ++i) failures = after_failure(failures, now);
  EXPECT_EQ(wait_before_try(failures, now), std::chrono::minutes(15));
  EXPECT_EQ(wait_before_try(failures, now + std::chrono::minutes(15)), Duration::zero());
  EXPECT_EQ(after_failure(failures, now + std::chrono::hours(2)).count, 1);
}

TEST(Session, EndsByIdlenessAndByAge) {
  using std::chrono::hours;
  using std::chrono::minutes;
  EXPECT_TRUE(session_alive(hours(0), hours(1), hours(1) + minutes(29), {}));
  EXPECT_FALSE(session_alive(hours(0), hours(1), hours(1) + minutes(30), {}));
  EXPECT_FALSE(session_alive(hours(0), hours(12), hours(12), {}));
}

}  // namespace
}  // namespace fx
