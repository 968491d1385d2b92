// Blanks at the ends of what was typed. Without these a reason of three blanks would pass for one, and a name with a blank
// behind it would be another person's.
#include "base/trimmed.hpp"

#include <gtest/gtest.h>
#include <boost/json/serialize.hpp>

#include "base/json_reader.hpp"

namespace fx {
namespace {

std::string trimmed(std::string_view json) {
  auto value = read_json(json).value;
  trim_texts(value);
  EXPECT_FALSE(has_blank_ends(value));
  return boost::json::serialize(value);
}

TEST(TrimTexts, TakesBlanksOffBothEndsAtAnyDepth) {
  EXPECT_EQ(
      trimmed(R"({"reason":"   ","names":[" 张三 ","a b"],"in":{"x":"\n\tbox\r\n"},"n":1,"none":null})"),
      R"({"reason":"","names":["张三","a b"],"in":{"x":"box"},"n":1,"none":null})");
}

TEST(TrimTexts, TheWideBlankOfChineseInputIsOne) {
  EXPECT_EQ(trimmed("{\"name\":\"\u3000张\u3000三\u3000 \u3000\"}"), "{\"name\":\"张\u3000三\"}");
  EXPECT_EQ(trimmed("[\"\u3000\"]"), "[\"\"]");
}

TEST(TrimTexts, WhatHasNoneIsSeenWithoutATouch) {
  EXPECT_FALSE(has_blank_ends(read_json(R"({"a":["x y",{"b":"z"}],"c":2.5})").value));
  EXPECT_TRUE(has_blank_ends(read_json(R"({"a":["x y",{"b":"z "}]})").value));
  EXPECT_FALSE(has_blank_ends(read_json(R"({" name of a field ":"x"})").value));
}

}  // namespace
}  // namespace fx
