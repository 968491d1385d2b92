#include "importing/hl7_syntax.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include "importing/hl7_time.hpp"
#include "importing/testing.hpp"

namespace fx::importing {
namespace {

using testing::at;

constexpr const char* msh = "MSH|^~\\&|app|fac^1.2.3^ISO|||20220717224000+0800||ORU^R01^ORU_R01|42|P|2.5.1";

Hl7Segment only(const Hl7File& file, std::size_t n) { return file.messages.at(0).segments().at(n); }

// Without this, fields would be read one place off, which puts a birth date where the name belongs.
TEST(Hl7Syntax, fields_components_and_repetitions_count_from_one) {
  const std::string text = std::string(msh) + "\rPID|1||a^^^auth&9.8&ISO^PI~b^^^x^SS||Zhang^Wei^^^^^L\r";
  const Hl7File file = read_hl7_file(text);
  ASSERT_EQ(file.messages.size(), 1U);
  EXPECT_TRUE(file.messages[0].faults.empty());
  const Hl7Segment header = only(file, 0);
  EXPECT_EQ(header.raw_field(1), "|");
  EXPECT_EQ(header.raw_field(2), "^~\\&");
  EXPECT_EQ(header.text(3), "app");
  EXPECT_EQ(header.field(4).at(2).text(), "1.2.3");
  EXPECT_EQ(header.text(10), "42");
  EXPECT_EQ(header.text(12), "2.5.1");
  EXPECT_EQ(header.text(99), "");
  const Hl7Segment pid = only(file, 1);
  ASSERT_EQ(pid.repetitions(3).size(), 2U);
  EXPECT_EQ(pid.repetitions(3)[1].at(5).text(), "SS");
  EXPECT_EQ(pid.field(3).at(4).sub(1), "auth");
  EXPECT_EQ(pid.field(3).at(4).sub(2), "9.8");
  EXPECT_EQ(pid.field(3).at(4).text(), "auth 9.8 ISO");
  EXPECT_EQ(pid.field(5).at(7).text(), "L");
  EXPECT_EQ(pid.row(), 2U);
}

TEST(Hl7Syntax, any_line_ending_and_mllp_frames) {
  for (const std::string end : {"\r", "\n", "\r\n"}) {
    const std::string text =
        "\x0B" + std::string(msh) + end + "PID|1" + end + "\x1C" + end + "\x0B" + msh + end + "\x1C\r";
    const Hl7File file = read_hl7_file(text);
    ASSERT_EQ(file.messages.size(), 2U);
    EXPECT_EQ(file.messages[0].lines.size(), 2U);
    EXPECT_TRUE(file.messages[0].faults.empty());
    EXPECT_EQ(file.messages[1].row, 4U);
  }
}

TEST(Hl7Syntax, the_sender_chooses_the_delimiters) {
  const Hl7File file = read_hl7_file("MSH#*!%$#app#fac*1\rPID#1##a*b$c!d");
  EXPECT_EQ(only(file, 0).text(3), "app");
  EXPECT_EQ(only(file, 1).field(3).at(2).sub(2), "c");
  EXPECT_EQ(only(file, 1).repetitions(3).size(), 2U);
}

TEST(Hl7Syntax, escapes) {
  const Hl7Delimiters d;
  EXPECT_EQ(unescape_hl7("a\\F\\b\\S\\c\\T\\d\\R\\e\\E\\f", d), "a|b^c&d~e\\f");
  EXPECT_EQ(unescape_hl7("one\\.br\\two \\H\\bold\\N\\", d), "one\ntwo bold");
  EXPECT_EQ(unescape_hl7("\\XE5BCA0\\", d), "张");
  EXPECT_EQ(unescape_hl7("\\XFF\\ \\X1\\ \\Zabc\\ \\", d), "\\XFF\\ \\X1\\ \\Zabc\\ \\")
      << "unknown ones stay";
  EXPECT_EQ(unescape_hl7("C:\\dir\\T\\x", d), "C:\\dir&x");
}

TEST(Hl7Syntax, batches_are_taken_off_and_their_counts_checked) {
  const std::string two = std::string("FHS|^~\\&|x\rBHS|^~\\&|x\r") + msh + "\rPID|1\r" + msh + "\rPID|1\r";
  const std::string right = two + "BTS|2\rFTS|1\r";
  const Hl7File good = read_hl7_file(right);
  EXPECT_EQ(good.messages.size(), 2U);
  EXPECT_TRUE(good.warnings.empty());
  const std::string miscounted = two + "BTS|25\rFTS|1\r";
  const Hl7File wrong = read_hl7_file(miscounted);
  ASSERT_EQ(wrong.warnings.size(), 1U);
  EXPECT_EQ(wrong.warnings[0].field, "BTS-1");
  EXPECT_EQ(wrong.warnings[0].row, 7U);
  const Hl7File cut = read_hl7_file(two);
  ASSERT_EQ(cut.warnings.size(), 1U);
  EXPECT_EQ(cut.warnings[0].segment, "BTS");
}

// Without this, a line that lost its beginning would vanish, and with it perhaps a result.
TEST(Hl7Syntax, what_is_no_hl7_is_named) {
  const auto faults = [](const std::string& text) {
    const Hl7File file = read_hl7_file(text);
    return file.messages.empty() ? RowFaults{} : file.messages.front().faults;
  };
  EXPECT_EQ(faults("hello\nworld").size(), 2U);
  EXPECT_EQ(faults("PID|1\r")[0].segment, "PID");
  EXPECT_EQ(faults(std::string(msh) + "\rcontinued text|x")[0].row, 2U);
  EXPECT_EQ(faults("MSH|^~\\")[0].field, "MSH-2");
  EXPECT_EQ(faults("MSH|^^\\&|a|b")[0].field, "MSH-2");
  EXPECT_EQ(faults("MSH|||||||")[0].field, "MSH-2");
  EXPECT_EQ(faults("MSH")[0].field, "MSH-2");
  EXPECT_TRUE(read_hl7_file("").messages.empty());
  EXPECT_TRUE(read_hl7_file("\r\n\x1C\r").messages.empty());
}

TEST(Hl7Time, stamps) {
  const Duration cn = std::chrono::hours(8);
  EXPECT_EQ(parse_hl7_instant("20220717224000+0800", cn), at("2022-07-17T22:40:00+08:00"));
  EXPECT_EQ(parse_hl7_instant("20220717224000", cn), at("2022-07-17T22:40:00+08:00"));
  EXPECT_EQ(parse_hl7_instant("20221205134200.000-0500", cn), at("2022-12-05T13:42:00-05:00"));
  EXPECT_EQ(parse_hl7_instant("20210623161533.2340-0400", cn), at("2021-06-23T16:15:33.234-04:00"));
  EXPECT_EQ(parse_hl7_instant("202207172240", cn), at("2022-07-17T22:40:00+08:00"));
  EXPECT_EQ(parse_hl7_instant("20220717", cn), at("2022-07-17T00:00:00+08:00"));
  EXPECT_EQ(parse_hl7_instant("20220717+0000", cn), at("2022-07-17T00:00:00Z"));
  for (const char* bad : {"", "2022", "202207", "20220732", "20221301", "20220717250000", "20220717236000",
                          "DATE!", "01/Jun/2020 05:05:00:00", "20220717224000+08", "20220717224000+1500",
                          "20220717224000.", "202207172"}) {
    EXPECT_EQ(parse_hl7_instant(bad, cn), std::nullopt) << bad;
  }
  EXPECT_EQ(parse_hl7_day("19361023"), testing::day("1936-10-23"));
  EXPECT_EQ(parse_hl7_day("19361023235959-0500"), testing::day("1936-10-23"))
      << "a birth date moves with nobody";
  EXPECT_EQ(parse_hl7_day("19361323"), std::nullopt);
  EXPECT_EQ(parse_hl7_day("1936"), std::nullopt);
}

RC_GTEST_PROP(Hl7Syntax, every_line_lands_in_one_place, ()) {
  const auto lines = *rc::gen::container<std::vector<std::string>>(rc::gen::element<std::string>(
      msh, "PID|1", "OBX|1|ST", "FHS|^~\\&", "BTS|1", "FTS|1", "junk", "", "\x1C", "MSH|", "ZZZ"));
  std::string text;
  std::size_t message_lines = 0;
  for (const std::string& line : lines) {
    text += line + "\r";
    const std::string name = line.substr(0, 3);
    const bool blank = line.empty() || line == "\x1C";
    message_lines += blank || name == "FHS" || name == "BTS" || name == "FTS" || line == "junk" ? 0 : 1;
  }
  std::size_t found = 0;
  for (const Hl7Message& message : read_hl7_file(text).messages) found += message.lines.size();
  RC_ASSERT(found == message_lines);
}

}  // namespace
}  // namespace fx::importing
