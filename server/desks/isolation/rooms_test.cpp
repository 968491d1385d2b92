// Without this, who leaves a shared room first would take the other's place along, in ledgers from before places were counted.
#include <algorithm>

#include "desks/isolation/site_events.hpp"
#include "desks/isolation/testing/isolation_bench.hpp"

namespace fx::isolation {
namespace {

using namespace testing;

void fold(const Desk& desk, const RoomLeft& event, Claim& claim) {
  for (const Evolver& evolver : desk.evolvers().at(std::string(RoomLeft::name))) {
    if (evolver.table != &table_type<Claim>()) continue;
    std::vector<RawId> keys;
    evolver.keys(&event, keys);
    if (std::ranges::find(keys, claim.id) != keys.end()) evolver.apply(&claim, &event, Stamp{});
  }
}

struct Places : ::testing::Test {
  Desk isolation = desk();
  Claim first{place_in_room(room(1), 1), "place_in_room", stay(1).raw};
  Claim second{place_in_room(room(1), 2), "place_in_room", stay(2).raw};

  void left(const RoomLeft& event) {
    fold(isolation, event, first);
    fold(isolation, event, second);
  }
};

TEST_F(Places, AnOldDepartureFreesThePlaceTheStayHad) {
  left({.room = room(1), .site = {}, .stay = stay(1), .last = false, .place = {}});
  EXPECT_TRUE(first.holder.is_nil());
  EXPECT_EQ(second.holder, stay(2).raw);
  left({.room = room(1), .site = {}, .stay = stay(2), .last = true, .place = {}});
  EXPECT_TRUE(second.holder.is_nil());
}

TEST_F(Places, ADepartureFreesThePlaceItNames) {
  left({.room = room(1), .site = {}, .stay = stay(2), .last = false, .place = 2});
  EXPECT_EQ(first.holder, stay(1).raw);
  EXPECT_TRUE(second.holder.is_nil());
}

}  // namespace
}  // namespace fx::isolation
