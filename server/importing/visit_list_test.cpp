// Without these, a broken table of visits would lose people silently, or end the program.
#include "importing/visit_list.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

namespace fx::importing {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

/// "line column: code" of each fault.
std::vector<std::string> said(const RowFaults& faults) {
  std::vector<std::string> out;
  for (const RowFault& one : faults) {
    EXPECT_FALSE(one.reason.en.empty());
    EXPECT_FALSE(one.reason.zh.empty());
    out.push_back(std::to_string(one.row) + " " + one.field + ": " + one.code);
  }
  return out;
}
std::vector<std::string> visits_say(std::string_view text) {
  VisitList list;
  return said(read_visits(text, list));
}
std::vector<std::string> cases_say(std::string_view text) {
  VisitList list;
  return said(read_cases(text, list));
}

TEST(VisitList, names_of_people_and_places_may_be_any_text) {
  VisitList list;
  EXPECT_THAT(read_visits("person,place,enter_s,leave_s\n7,\"Market, hall 2\",0,900\n王,7,-5,5\n", list),
              IsEmpty());
  ASSERT_EQ(list.visits.size(), 2U);
  EXPECT_EQ(list.people.name(1), "王");
  EXPECT_EQ(list.places.name(number(list.visits[0].place)), "Market, hall 2");
  EXPECT_EQ(list.visits[1].span(), (exposure::Span{-5, 5}));
}

TEST(VisitList, columns_are_known_by_name_and_others_are_not_looked_at) {
  VisitList list;
  EXPECT_THAT(
      read_visits(
          "row;leave_s;note;enter_s;place;person;section;protected\n12;900;x;0;p;a;4;1\n;9;;0;p;b;;\n", list),
      IsEmpty());
  ASSERT_EQ(list.visits.size(), 2U);
  EXPECT_EQ(list.visits[0].spot, (exposure::Spot{4, 12, 0}));
  EXPECT_TRUE(list.visits[0].is_protected);
  EXPECT_EQ(list.visits[1].spot, exposure::Spot{});
}

TEST(VisitList, every_fault_names_line_and_column) {
  constexpr std::string_view head = "person,place,enter_s,leave_s\n";
  const auto after_head = [&](std::string_view rows) {
    return visits_say(std::string(head) + std::string(rows));
  };
  EXPECT_THAT(after_head("1,2,a,4\n"), ElementsAre("2 enter_s: F-SHAPE"));
  EXPECT_THAT(after_head("1,2,3,4\n1,2,5,4\n"), ElementsAre("3 leave_s: F-SHAPE"));
  EXPECT_THAT(after_head(",,,\n"), ElementsAre("2 person: F-SHAPE", "2 place: F-SHAPE", "2 enter_s: F-SHAPE",
                                               "2 leave_s: F-SHAPE"));
  EXPECT_THAT(after_head("1,2,3\n1,2,3,4\n"), ElementsAre("2 : F-SHAPE"));
  EXPECT_THAT(after_head("1,2,3.5,4\n"), ElementsAre("2 enter_s: F-SHAPE"));
  EXPECT_THAT(after_head("1,2,99999999999999999999,4\n"), ElementsAre("2 enter_s: F-SHAPE"));
  EXPECT_THAT(after_head("1,2,9223372036854775807,9223372036854775807\n"), ElementsAre("2 enter_s: F-SHAPE"));
  EXPECT_THAT(after_head("1,2,-9223372036854775808,9223372036854775807\n"),
              ElementsAre("2 enter_s: F-SHAPE"));
  EXPECT_THAT(after_head("1,2,0,3000000000\n"), ElementsAre("2 leave_s: F-SHAPE"));
  EXPECT_THAT(after_head("\"1,2,0,3\n1,2,0,3\n"), ElementsAre("2 : F-SHAPE"));
  EXPECT_THAT(after_head(std::string(65, 'x') + ",2,0,3\n"), ElementsAre("2 person: F-SHAPE"));
  EXPECT_THAT(visits_say("person,place,enter_s,leave_s,row\n1,2,0,3,70000\n"), ElementsAre("2 row: F-SHAPE"));
  EXPECT_THAT(visits_say("person,place,enter_s,leave_s,protected\n1,2,0,3,maybe\n"),
              ElementsAre("2 protected: F-SHAPE"));
}

TEST(VisitList, a_table_without_its_columns_is_refused_whole) {
  EXPECT_THAT(visits_say(""), ElementsAre("1 : F-SHAPE"));
  EXPECT_THAT(visits_say("person,place,enter_s\n1,2,3\n"), ElementsAre("1 leave_s: F-SHAPE"));
  EXPECT_THAT(visits_say("person,person,place,enter_s,leave_s\n"), ElementsAre("1 person: F-SHAPE"));
  EXPECT_THAT(visits_say("1,2,3,4\n"), ::testing::SizeIs(4));
  EXPECT_THAT(visits_say(std::string_view("person\0place\xFF\xFE\n", 15)),
              ::testing::SizeIs(::testing::Ge(1U)));
}

TEST(VisitList, cases_have_windows_that_end_after_they_begin) {
  constexpr std::string_view head = "person,window_start_s,window_end_s\n";
  EXPECT_THAT(cases_say(std::string(head) + "1,0,10\n1,20,30\n"), IsEmpty());
  EXPECT_THAT(cases_say(std::string(head) + "1,10,10\n2,,5\n"),
              ElementsAre("2 window_end_s: F-SHAPE", "3 window_start_s: F-SHAPE"));
  EXPECT_THAT(cases_say(std::string(head) + "1,-9223372036854775808,0\n"),
              ElementsAre("2 window_start_s: F-SHAPE"));
}

TEST(VisitList, rings_are_written_with_numbers_by_value_before_other_names) {
  Numbering people;
  std::vector<exposure::Contact> ring;
  for (const char* name : {"b", "10", "9", "a,b", "=1+1", "010"})
    ring.push_back({exposure::PersonNo{people.number_of(name)}, 1, 5, 9, 4, 4});
  EXPECT_EQ(write_ring(ring, people),
            "person,first_exposure,longest_overlap,total_overlap,qualifying_pairs\n9,5,4,4,1\n010,5,4,4,"
            "1\n10,5,4,4,1\n"
            "'=1+1,5,4,4,1\n\"a,b\",5,4,4,1\nb,5,4,4,1\n");
}

TEST(VisitList, times_of_the_command_line_have_a_unit) {
  EXPECT_EQ(parse_seconds("900s"), 900);
  EXPECT_EQ(parse_seconds("15m"), 900);
  EXPECT_EQ(parse_seconds("4d"), 345'600);
  for (const char* no : {"", "s", "900", "-1s", "1.5h", "4 d", "4w", "99999999999d", "9223372036854775807d"})
    EXPECT_FALSE(parse_seconds(no)) << no;
}

RC_GTEST_PROP(VisitList, any_bytes_are_read_or_refused, (const std::string& bytes, bool with_head)) {
  const std::string text = (with_head ? "person,place,enter_s,leave_s\n" : "") + bytes;
  VisitList list;
  const auto faults = read_visits(text, list);
  for (const auto& visit : list.visits) RC_ASSERT(fault_of(visit) == exposure::VisitFault::none);
  RC_ASSERT(with_head || !faults.empty());
  (void)read_cases(text, list);
}

}  // namespace
}  // namespace fx::importing
