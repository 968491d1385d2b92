#include <gtest/gtest.h>

#include "importing/testing.hpp"
#include "importing/trajectory_row.hpp"

namespace fx::importing {
namespace {

TEST(Trajectories, seats_as_people_write_them) {
  const auto seat = [](const char* written) {
    Stop stop;
    read_seat(written, stop);
    return stop.service + "|" + stop.carriage + "|" + stop.seat;
  };
  EXPECT_EQ(seat("G512/10车"), "G512|10|");
  EXPECT_EQ(seat("G1716次7车厢11号"), "G1716|7|11");
  EXPECT_EQ(seat("D5982动车/座次03车/07D"), "D5982|3|07D");
  EXPECT_EQ(seat("MU216R 头等舱7A"), "MU216R||7A");
  EXPECT_EQ(seat("LX-451"), "LX-451||");
  EXPECT_EQ(seat("Z50/卧铺"), "Z50||");
  EXPECT_EQ(seat("无"), "||");
}

// Without this, a line with one day for everything would be taken without its stop and nobody told.
TEST(Trajectories, the_only_day_of_a_line_is_that_of_its_stay) {
  const StopWords& words = testing::catalogue().words;
  RowFaults said;
  TrajectoryRow row{.trip_at = "2020-02-04", .place = "某医院", .event = "隔离治疗"};
  const auto stops = stops_of(row, words, 48, said);
  ASSERT_EQ(stops.size(), 1U);
  EXPECT_FALSE(stops[0].trip);
  EXPECT_EQ(stops[0].from, read_moment("2020-02-04"));
  ASSERT_EQ(said.size(), 1U);
  EXPECT_EQ(said[0].row, 48U);
  said.clear();
  row.stay_from = "2020-02-04 10:00";
  EXPECT_EQ(stops_of(row, words, 48, said).size(), 1U);
  EXPECT_TRUE(said.empty()) << "the same day again says nothing new";
  row.stay_from = "2020-02-05";
  EXPECT_EQ(stops_of(row, words, 48, said).size(), 1U);
  EXPECT_EQ(said.size(), 1U);
  said.clear();
  EXPECT_TRUE(stops_of({.trip_at = "2020-02-04", .transport = "自驾"}, words, 48, said).empty());
  EXPECT_EQ(said.size(), 1U) << "a trip from nowhere to nowhere is named";
}

TEST(Trajectories, moments_with_and_without_a_time) {
  EXPECT_EQ(read_moment("2020-01-21 08:30")->at, testing::at("2020-01-21T08:30:00+08:00"));
  EXPECT_TRUE(read_moment("2020-01-21 8:30")->timed);
  EXPECT_FALSE(read_moment("2020-01-21")->timed);
  EXPECT_FALSE(read_moment("上午"));
  EXPECT_FALSE(read_moment(""));
}

TEST(Trajectories, a_line_without_a_number_belongs_to_the_case_above) {
  const std::string text = std::string(
                               "case_no,sex,confirmed,trip_date,transport,train_car_seat,trip_from,trip_to,"
                               "place,event,event_start,event_end\n") +
                           "7,男,2020-01-22,2020-01-18,火车,G512/10车,武汉,石家庄,,,,\n"
                           ",,,,,,,,北柏舍村,聚餐,2020-01-20 18:00,2020-01-20 20:00\n"
                           ",,,,,,,,某药店,买药,,\n"
                           "8,女,2029-01-01,,,,,,市场,购物,2020-01-21,2020-01-20\n"
                           ",,,,,,,,超市,购物,2020-01-21,\n";
  const auto file =
      read_import(text, testing::catalogue(), {.now = testing::at("2022-07-17T21:30:00+08:00")});
  ASSERT_TRUE(file);
  ASSERT_EQ(file->items.size(), 5U);
  const auto& second = std::get<TrajectoryLine>(file->items[1].body);
  EXPECT_EQ(second.of.case_id, "7");
  EXPECT_FALSE(second.first);
  EXPECT_EQ(second.stops.at(0).setting, "dining");
  EXPECT_EQ(file->items[2].faults.at(0).code, "F-SHAPE")
      << "a stay without a day is no stop, and the line says nothing else";
  EXPECT_EQ(file->items[3].faults.at(0).code, "F-FUTURE");
  EXPECT_EQ(file->items[4].faults.at(0).code, "F-REF") << "its case was refused";
}

}  // namespace
}  // namespace fx::importing
