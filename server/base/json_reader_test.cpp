// Reading back what was written. Without these a ratio in an event would come back changed in its last place, and a sound
// ledger would not verify.
#include "base/json_reader.hpp"

#include <gtest/gtest.h>
#include <boost/json/serialize.hpp>

#include <bit>
#include <cmath>
#include <random>

#include "base/described.hpp"

namespace fx {
namespace {

TEST(ReadJson, EveryNumberIsTheOneThatWasWritten) {
  std::mt19937_64 random(1);
  for (int i = 0; i < 200'000; ++i) {
    const double ratio = static_cast<double>(random() % 1000) / static_cast<double>(1 + random() % 1000);
    const double wide = std::bit_cast<double>(random());
    for (const double written : {ratio, -ratio, wide}) {
      if (!std::isfinite(written)) continue;
      std::string text;
      write_json(text, std::vector{written});
      const JsonRead read = read_json(text);
      ASSERT_FALSE(read.error) << text;
      ASSERT_EQ(read.value.at(0).to_number<double>(), written) << text;
    }
  }
  EXPECT_EQ(read_json("0.9090909090909091").value.as_double(), 10.0 / 11.0);
}

TEST(ReadJson, KindsOfNumbersStayApart) {
  const auto read =
      read_json(" [1, -1, 18446744073709551615, 1.0, 1e3, 1E400, 123456789012345678901234567890] ");
  ASSERT_FALSE(read.error);
  const auto& all = read.value.as_array();
  EXPECT_TRUE(all[0].is_int64());
  EXPECT_TRUE(all[1].is_int64());
  EXPECT_TRUE(all[2].is_uint64());
  EXPECT_TRUE(all[3].is_double());
  EXPECT_EQ(all[4].as_double(), 1000.0);
  EXPECT_TRUE(std::isinf(all[5].as_double()));
  EXPECT_EQ(all[6].as_double(), 123456789012345678901234567890.0);
}

TEST(ReadJson, TextsKeysAndNestingAreWhatTheyWere) {
  const std::string text = R"({"a\"b":["\u4e2d\ud83d\ude00",true,false,null,{}],"":[[]],"long":")" +
                           std::string(5000, 'x') + R"("})";
  const auto read = read_json(text);
  ASSERT_FALSE(read.error);
  EXPECT_EQ(read.value.at("a\"b").at(0).as_string(), "中😀");
  EXPECT_EQ(read.value.at("long").as_string().size(), 5000U);
  EXPECT_EQ(read_json(boost::json::serialize(read.value)).value, read.value);
}

TEST(ReadJson, WhatIsWrongIsSaidWithItsPlace) {
  for (const std::string_view wrong : {"", "{", "[1", "[1,]", "1 2", "nul", "\"a", "{\"a\":}", "01", "[1e]"})
    EXPECT_TRUE(read_json(wrong).error) << wrong;
  EXPECT_EQ(read_json("[1] x").used, 4U);
  EXPECT_FALSE(read_json(std::string(32, '[') + std::string(32, ']')).error);
  EXPECT_TRUE(read_json(std::string(33, '[') + std::string(33, ']')).error);
}

}  // namespace
}  // namespace fx
