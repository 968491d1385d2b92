// Without these, whoever is positive inside a quarantine site would count as found outside the ring, and a contact could be
// "in control" in no room at all.
#include "desks/investigation/testing/county.hpp"

namespace fx::investigation::testing {
namespace {

struct Orders : ::testing::Test, County {
  Answer positive(std::uint64_t n, std::string_view sampled) {
    return as_system(
        "open_case",
        OpenCase{case_id(n), person(n), "covid19-cn", hospital, {}, tube(n), {}, {}, at(sampled), true});
  }
};

TEST_F(Orders, StandForTheContactUntilTheyAreOver) {
  open(1);
  name(1, {met(1, 11)});
  judge(1, ContactClass::close);
  EXPECT_THAT(take(1), refused("R-CON-3"));
  ASSERT_THAT(order(1, 11), happened("investigation.order_noted"));
  EXPECT_TRUE(row(1).order);
  EXPECT_THAT(order(1, 11), happened("")) << "said twice";
  const NoteOrder over{*row(1).order, person(11), {}, {}};  // whom it was for is known
  ASSERT_THAT(as_system("note_order", over), happened("investigation.order_noted"));
  EXPECT_FALSE(row(1).order);
  EXPECT_THAT(as_system("note_order", over), happened(""));
  EXPECT_THAT(take(1), refused("R-CON-3")) << "it was withdrawn";
}

TEST_F(Orders, OfSomebodyWhoIsNoContactMakeNone) {
  ASSERT_THAT(order(5, 15), happened("investigation.order_noted"));
  EXPECT_EQ(bench.find<Contact>(contact(5)), nullptr);
}

TEST_F(Orders, PutTheCaseInsideTheRingWhenItWasSampledUnderThem) {
  bench.now("2022-07-17 10:00");
  order(1, 11);
  order(2, 12, FoundBy::home);
  order(3, 13);
  bench.now("2022-07-17 12:00");
  order(3, 13, std::nullopt);
  bench.now("2022-07-17 22:40");
  const Answer inside = positive(11, "2022-07-17 11:00");
  EXPECT_TRUE(inside.get<CaseOpened>().in_ring);
  EXPECT_EQ(inside.get<CaseOpened>().found_by, FoundBy::central);
  EXPECT_EQ(positive(12, "2022-07-17 18:00").get<CaseOpened>().found_by, FoundBy::home);
  EXPECT_FALSE(positive(13, "2022-07-17 12:00").get<CaseOpened>().in_ring) << "released before";
  EXPECT_EQ(file(13).found_by, FoundBy::community);
}

TEST_F(Orders, GivenAfterTheSampleDoNot) {
  bench.now("2022-07-17 20:00");
  order(1, 11);
  EXPECT_FALSE(positive(11, "2022-07-17 19:00").get<CaseOpened>().in_ring);
}

}  // namespace
}  // namespace fx::investigation::testing
