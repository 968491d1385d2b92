// Hand-made cases: one for each rule. Without them a number of the rulebook could be applied the wrong way round.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "engines/exposure/testing/world.hpp"
#include "engines/exposure/trace.hpp"

namespace fx::exposure {
namespace {

using testing::at;
using testing::at_least;
using testing::built;
using testing::by;
using ::testing::ElementsAre;
using ::testing::IsEmpty;
using testing::who;

constexpr std::int64_t day_s = 86'400;

std::vector<std::uint32_t> people(const std::vector<Contact>& contacts) {
  std::vector<std::uint32_t> out;
  for (const Contact& one : contacts) out.push_back(number(one.person));
  return out;
}
std::vector<std::uint32_t> met(const std::vector<Visit>& visits, const Source& source,
                               const MeetingRules& rules) {
  return people(ring(built(visits), std::vector{source}, rules));
}

// Without this, 15 minutes would mean more than 15 minutes.
TEST(Exposure, an_overlap_of_exactly_the_minimum_counts) {
  const std::vector visits{at(1, 7, 0, 1000), at(2, 7, 100, 1100), at(3, 7, 101, 1100)};
  EXPECT_THAT(met(visits, who(1), at_least(900)), ElementsAre(2));
}

// Without this, who leaves when another comes would be a contact.
TEST(Exposure, visits_that_touch_are_no_meeting) {
  EXPECT_THAT(met({at(1, 7, 0, 100), at(2, 7, 100, 200)}, who(1), at_least(0)), IsEmpty());
  EXPECT_THAT(met({at(1, 7, 0, 100), at(2, 7, 99, 200)}, who(1), at_least(0)), ElementsAre(2));
}

TEST(Exposure, a_visit_without_length_meets_nobody_and_is_kept) {
  const auto view = built({at(1, 7, 50, 50), at(2, 7, 0, 100)});
  EXPECT_THAT(ring(view, std::vector{who(1)}, at_least(0)), IsEmpty());
  EXPECT_THAT(ring(view, std::vector{who(2)}, at_least(0)), IsEmpty());
  EXPECT_THAT(visits_of(view, PersonNo{1}), ElementsAre(at(1, 7, 50, 50)));
}

TEST(Exposure, nobody_is_met_in_another_place_and_nobody_meets_oneself) {
  EXPECT_THAT(met({at(1, 7, 0, 100), at(2, 8, 0, 100), at(1, 7, 50, 150)}, who(1), at_least(1)), IsEmpty());
}

// Without this, a night at home would be cut in two at 24:00.
TEST(Exposure, midnight_and_the_edge_of_an_epoch_are_moments_like_others) {
  for (const std::int64_t edge : {day_s, packed::epoch_s, -packed::epoch_s, std::int64_t{0}}) {
    const std::vector visits{at(1, 7, edge - 600, edge + 600), at(2, 7, edge - 300, edge + 900),
                             at(3, 7, edge, edge + 599)};
    const auto contacts = ring(built(visits), std::vector{who(1)}, at_least(900));
    EXPECT_THAT(contacts, ElementsAre(Contact{PersonNo{2}, 1, edge - 300, edge + 600, 900, 900})) << edge;
    EXPECT_THAT(people(ring(built(visits), std::vector{who(3)}, at_least(599))), ElementsAre(1, 2)) << edge;
  }
}

TEST(Exposure, a_stay_of_weeks_is_met_on_each_of_its_days) {
  const std::vector visits{at(1, 7, 0, 60 * day_s), at(2, 7, 59 * day_s, 59 * day_s + 900),
                           at(3, 7, 100, 200)};
  EXPECT_THAT(met(visits, who(1), at_least(900)), ElementsAre(2));
  EXPECT_THAT(met(visits, who(2), at_least(900)), ElementsAre(1));
  EXPECT_THAT(met(visits, who(3), at_least(100)), ElementsAre(1));
}

TEST(Exposure, the_visit_of_a_case_is_cut_to_its_window) {
  const std::vector visits{at(1, 7, 0, 2000), at(2, 7, 0, 2000)};
  EXPECT_THAT(met(visits, who(1, {1100, 5000}), at_least(900)), ElementsAre(2));
  EXPECT_THAT(met(visits, who(1, {1101, 5000}), at_least(900)), IsEmpty());
  EXPECT_THAT(met(visits, who(1, {-100, 900}), at_least(900)), ElementsAre(2));
  EXPECT_THAT(met(visits, who(1, {2000, 9000}), at_least(1)), IsEmpty());
  EXPECT_THAT(met(visits, who(1, {900, 100}), at_least(1)), IsEmpty())
      << "a window that ends before it begins";
}

// Without this, a person entered twice would double everybody's exposure.
TEST(Exposure, windows_of_one_case_that_overlap_count_once) {
  const auto view = built({at(1, 7, 0, 2000), at(2, 7, 0, 2000)});
  const std::vector sources{who(1, {0, 1000}), who(1, {500, 1500}), who(1, {0, 1000})};
  EXPECT_THAT(ring(view, sources, at_least(1)), ElementsAre(Contact{PersonNo{2}, 1, 0, 1500, 1500, 1500}));
}

TEST(Exposure, cases_and_those_left_out_are_not_listed) {
  const auto view = built({at(1, 7, 0, 2000), at(2, 7, 0, 2000), at(3, 7, 0, 2000), at(4, 7, 0, 2000)});
  const std::vector sources{who(1), who(2, {9000, 9001})};
  EXPECT_THAT(people(ring(view, sources, at_least(900), std::vector{PersonNo{3}})), ElementsAre(4));
}

TEST(Exposure, unknown_people_and_places_are_answered_with_nobody) {
  const auto view = built({at(1, 7, 0, 2000), at(2, 7, 0, 2000)});
  EXPECT_THAT(ring(view, std::vector{who(max_person)}, at_least(1), std::vector{PersonNo{max_person}}),
              IsEmpty());
  EXPECT_THAT(ring(VisitView{}, std::vector{who(0)}, at_least(1)), IsEmpty());
  EXPECT_THAT(visits_of(view, PersonNo{9}), IsEmpty());
}

TEST(Exposure, single_meetings_are_judged_alone_and_sums_together) {
  const std::vector visits{at(1, 7, 0, 500), at(1, 7, 1000, 1500), at(2, 7, 0, 2000), at(3, 7, 0, 400)};
  EXPECT_THAT(met(visits, who(1), at_least(900)), IsEmpty());
  MeetingRule rule{.min_overlap_s = 900, .counting = Counting::summed};
  EXPECT_THAT(ring(built(visits), std::vector{who(1)}, by(rule)),
              ElementsAre(Contact{PersonNo{2}, 2, 0, 1500, 500, 1000}));
  rule.min_overlap_s = 1000;
  EXPECT_THAT(met(visits, who(1), by(rule)), ElementsAre(2));
  rule.min_overlap_s = 1001;
  EXPECT_THAT(met(visits, who(1), by(rule)), IsEmpty());
}

// Without this, two registrations of one evening would make half an hour of a quarter.
TEST(Exposure, time_together_that_two_registrations_cover_counts_once) {
  const std::vector visits{at(1, 7, 0, 500), at(1, 7, 0, 500), at(2, 7, 0, 500)};
  EXPECT_THAT(met(visits, who(1), by({.min_overlap_s = 501, .counting = Counting::summed})), IsEmpty());
}

TEST(Exposure, sums_of_two_cases_are_not_added_to_each_other) {
  const auto view = built({at(1, 7, 0, 500), at(2, 7, 500, 1000), at(3, 7, 0, 1000)});
  EXPECT_THAT(
      ring(view, std::vector{who(1), who(2)}, by({.min_overlap_s = 600, .counting = Counting::summed})),
      IsEmpty());
}

// Rows in front and behind, by type of vehicle; row 1 is the first.
TEST(Exposure, in_a_vehicle_those_so_many_rows_in_front_and_behind_are_near) {
  std::vector visits{at(1, 7, 0, 1000, {.section = 4, .row = 10})};
  for (std::uint16_t row = 5; row <= 15; ++row)
    visits.push_back(at(row, 7, 0, 1000, {.section = 4, .row = row}));
  visits.push_back(at(30, 7, 0, 1000, {.section = 5, .row = 10}));
  visits.push_back(at(31, 7, 0, 1000));
  visits.push_back(at(32, 7, 0, 1000, {.section = 5}));
  MeetingRule rule{.min_overlap_s = 1, .rows = Rows{.ahead = 3, .behind = 2}, .unknown_spot_meets = false};
  EXPECT_THAT(met(visits, who(1), by(rule)), ElementsAre(7, 8, 9, 10, 11, 12));
  rule.unknown_spot_meets = true;
  EXPECT_THAT(met(visits, who(1), by(rule)), ElementsAre(7, 8, 9, 10, 11, 12, 31));
}

// Seen from the other end the rows turn round.
TEST(Exposure, candidates_for_the_source_sat_where_the_case_is_near_to_them) {
  const auto view =
      built({at(1, 7, 0, 1000, {.row = 10}), at(2, 7, 0, 1000, {.row = 13}), at(3, 7, 0, 1000, {.row = 7})});
  const auto rules = by({.min_overlap_s = 1, .rows = Rows{.ahead = 3, .behind = 0}});
  EXPECT_THAT(people(possible_sources(view, PersonNo{1}, always, rules)), ElementsAre(2));
}

TEST(Exposure, rooms_of_one_house_are_apart_when_the_rule_says_so) {
  const std::vector visits{at(1, 7, 0, 1000, {.section = 301}), at(2, 7, 0, 1000, {.section = 302}),
                           at(3, 7, 0, 1000, {.section = 301}), at(4, 7, 0, 1000)};
  EXPECT_THAT(met(visits, who(1), by({.same_section = true})), ElementsAre(3, 4));
  EXPECT_THAT(met(visits, who(1), by({.same_section = true, .unknown_spot_meets = false})), ElementsAre(3));
  EXPECT_THAT(met(visits, who(1), by({})), ElementsAre(2, 3, 4));
  EXPECT_THAT(
      met({at(1, 7, 0, 9), at(2, 7, 0, 9)}, who(1), by({.same_section = true, .unknown_spot_meets = false})),
      IsEmpty());
}

TEST(Exposure, a_badly_ventilated_place_still_counts_when_the_case_has_left) {
  const std::vector visits{at(1, 7, 0, 1000), at(2, 7, 1200, 3000), at(3, 7, 1201, 3000)};
  EXPECT_THAT(met(visits, who(1), by({.min_overlap_s = 300, .lingers_s = 500})), ElementsAre(2));
  EXPECT_THAT(people(possible_sources(built(visits), PersonNo{2}, always, std::vector{who(1)},
                                      by({.min_overlap_s = 300, .lingers_s = 500}))),
              ElementsAre(1));
  EXPECT_THAT(met(visits, who(1), at_least(1)), IsEmpty());
  EXPECT_THAT(met(visits, who(1, {1000, 5000}), by({.lingers_s = 500})), IsEmpty())
      << "it left before its window";
  EXPECT_THAT(met(visits, who(2), by({.min_overlap_s = 1, .lingers_s = 500})), ElementsAre(3))
      << "only forward in time";
}

TEST(Exposure, each_place_has_the_rule_of_its_class) {
  MeetingRules rules;
  rules.classes = {{.min_overlap_s = 900}, {.is_counted = false}, {.min_overlap_s = 60}};
  rules.class_of_place = {0, 1, 2};
  std::vector<Visit> visits;
  for (std::uint32_t place = 0; place < 4; ++place) {
    visits.push_back(at(9, place, place * 10'000, place * 10'000 + 300));
    visits.push_back(at(place, place, place * 10'000, place * 10'000 + (place == 3 ? 900 : 300)));
  }
  visits.push_back(at(9, 3, 30'300, 30'900));
  visits.push_back(at(9, 3, 31'000, 32'000));
  visits.push_back(at(4, 3, 31'000, 31'900));
  EXPECT_THAT(met(visits, who(9), rules), ElementsAre(2, 4));
}

TEST(Exposure, the_protected_are_left_out_on_the_side_the_rule_names) {
  auto ward = at(1, 7, 0, 1000);
  ward.is_protected = true;
  const std::vector visits{ward, at(2, 7, 0, 1000)};
  MeetingRules rules = at_least(900);
  EXPECT_THAT(met(visits, who(2), rules), IsEmpty());
  EXPECT_THAT(met(visits, who(1), rules), ElementsAre(2));
  rules.protected_source_counts = false;
  rules.protected_contact_counts = true;
  EXPECT_THAT(met(visits, who(2), rules), ElementsAre(1));
  EXPECT_THAT(met(visits, who(1), rules), IsEmpty());
}

TEST(Exposure, evidence_names_place_time_seat_and_source_of_knowledge) {
  auto ride = at(1, 7, 100, 1000, {.section = 2, .row = 5, .column = 1});
  ride.knowledge = Knowledge{3};
  const auto view = built({ride, at(2, 7, 0, 900), at(2, 8, 2000, 3000), at(1, 8, 2000, 3000)});
  const Meeting first{PersonNo{1}, PersonNo{2}, PlaceNo{7}, {100, 900}, ride.spot, {}, Knowledge{3}, {}};
  const Meeting second{PersonNo{1}, PersonNo{2}, PlaceNo{8}, {2000, 3000}, {}, {}, {}, {}};
  EXPECT_THAT(ring_meetings(view, std::vector{who(1)}, at_least(1)), ElementsAre(first, second));
  EXPECT_THAT(meetings_of(view, PersonNo{2}, always, std::vector{who(1)}, at_least(1)),
              ElementsAre(first, second));
  EXPECT_THAT(meetings_of(view, PersonNo{2}, {0, 2000}, std::vector{who(1)}, at_least(1)),
              ElementsAre(first));
}

// Without this, the window of a contact's contacts would begin before it could infect anybody, or nobody would close it.
TEST(Exposure, the_second_ring_begins_with_the_first_exposure_and_lists_nobody_twice) {
  const std::vector visits{at(1, 7, 0, 1000),    at(2, 7, 0, 1000),    at(2, 8, 5000, 6000),
                           at(3, 8, 5000, 6000), at(1, 8, 5000, 5001), at(2, 9, 9500, 12000),
                           at(4, 9, 9500, 12000)};
  const auto view = built(visits);
  const auto found = rings(view, std::vector{who(1)}, at_least(900), {.length_s = 10'000}, 2);
  ASSERT_EQ(found.size(), 2U);
  EXPECT_THAT(people(found[0]), ElementsAre(2));
  EXPECT_THAT(people(found[1]), ElementsAre(3)) << "person 4 was met for 500 seconds inside the window";
  EXPECT_THAT(people(rings(view, std::vector{who(1)}, at_least(900), {.length_s = 12'000}, 2)[1]),
              ElementsAre(3, 4));
  EXPECT_THAT(
      rings(view, std::vector{who(1)}, at_least(900), {.length_s = 12'000, .not_after_s = 5000}, 2)[1],
      IsEmpty());
  EXPECT_THAT(rings(view, std::vector{who(1)}, at_least(900), {.delay_s = 5101, .length_s = 1000}, 2)[1],
              IsEmpty());
}

TEST(Exposure, candidates_count_only_while_they_were_infectious_and_the_case_could_catch_it) {
  const auto view = built({at(1, 7, 0, 1000), at(2, 7, 0, 1000), at(3, 7, 0, 1000)});
  const std::vector candidates{who(2, {500, 5000}), who(3, {0, 100})};
  EXPECT_THAT(possible_sources(view, PersonNo{1}, {0, 800}, candidates, at_least(200)),
              ElementsAre(Contact{PersonNo{2}, 1, 500, 800, 300, 300}));
  EXPECT_THAT(people(possible_sources(view, PersonNo{1}, {0, 800}, at_least(200))), ElementsAre(2, 3));
}

TEST(Exposure, a_visit_that_no_index_can_hold_is_refused_and_changes_nothing) {
  VisitBook book;
  EXPECT_EQ(book.append(at(1, 1, 10, 9)), VisitFault::ends_before_it_begins);
  EXPECT_EQ(book.append(at(max_person + 1, 1, 0, 1)), VisitFault::person_too_large);
  EXPECT_EQ(book.append(at(1, max_place + 1, 0, 1)), VisitFault::place_too_large);
  EXPECT_EQ(book.append(at(1, 1, max_time_s + 1, max_time_s + 2)), VisitFault::time_out_of_range);
  EXPECT_EQ(book.append(at(1, 1, 0, max_stay_s + 1)), VisitFault::stay_too_long);
  EXPECT_EQ(book.size(), 0U);
  EXPECT_EQ(book.append(at(max_person, max_place, max_time_s, max_time_s + max_stay_s)), VisitFault::none);
  EXPECT_EQ(book.append(at(3, max_place, max_time_s, max_time_s + 1)), VisitFault::none);
  EXPECT_THAT(people(ring(book.view(), std::vector{who(3)}, at_least(1))), ElementsAre(max_person));
}

}  // namespace
}  // namespace fx::exposure
