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

TEST_F(Orders, OfThePersonHoldTheContactOfEveryCase) {
  bench.rules.set("F.close_contact", R"({"days":7,"then":{"days":3}})");
  open(1);
  open(2);
  name(1, {met(1, 11)});
  name(2, {met(2, 11)});
  for (const std::uint64_t n : {1, 2}) judge(n, ContactClass::close);
  EXPECT_THAT(take(2), refused("R-CON-3"));
  order(1, 11);
  EXPECT_FALSE(row(2).order) << "given for the contact of the other case";
  ASSERT_THAT(take(2), happened("investigation.contact_in_control"));
  bench.now("2022-07-28 00:00");
  const CompleteContact over{contact(2), true, words("all negative")};
  EXPECT_THAT(as_officer("complete_contact", over), refused("R-CON-5")) << "the stay goes on";
  order(1, 11, std::nullopt);
  EXPECT_THAT(as_officer("complete_contact", over), happened("investigation.contact_completed"));
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

TEST_F(Orders, GivenAfterTheSampleDoNotThoughTheContactIsInControlByThen) {
  open(1);
  name(1, {met(1, 11)});
  judge(1, ContactClass::close);
  ASSERT_THAT(order(1, 11), happened("investigation.order_noted"));
  ASSERT_THAT(take(1), happened("investigation.contact_in_control"));
  const Answer outside = positive(11, "2022-07-17 19:00");
  EXPECT_FALSE(outside.get<CaseOpened>().in_ring);
  EXPECT_EQ(outside.get<CaseOpened>().found_by, FoundBy::community);
}

TEST_F(Orders, GivenAfterTheSampleDoNot) {
  bench.now("2022-07-17 20:00");
  order(1, 11);
  EXPECT_FALSE(positive(11, "2022-07-17 19:00").get<CaseOpened>().in_ring);
}

}  // namespace
}  // namespace fx::investigation::testing
