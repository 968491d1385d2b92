#include "importing/csv.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

namespace fx::importing {
namespace {

using Fields = std::vector<std::string>;

struct Read {
  std::vector<std::size_t> lines;
  std::vector<Fields> rows;
  std::vector<std::size_t> broken;
};

Read read_all(std::string_view text, char separator = 0) {
  CsvReader reader(text, separator);
  Read all;
  while (auto next = reader.next()) {
    if (*next) {
      all.lines.push_back((*next)->row);
      all.rows.push_back((*next)->fields);
    } else {
      EXPECT_EQ(next->error().code, "F-SHAPE");
      EXPECT_FALSE(next->error().reason.zh.empty());
      all.broken.push_back(next->error().row);
    }
  }
  return all;
}

// Without this, an address with a comma would shift every column behind it.
TEST(Csv, reads_what_rfc_4180_describes) {
  const Read all = read_all("a,b,c\r\n1,\"x, \"\"y\"\"\",\r\n\"two\nlines\",,3\n4,5,6");
  EXPECT_EQ(all.rows, (std::vector<Fields>{
                          {"a", "b", "c"}, {"1", "x, \"y\"", ""}, {"two\nlines", "", "3"}, {"4", "5", "6"}}));
  EXPECT_THAT(all.lines, testing::ElementsAre(1U, 2U, 3U, 5U)) << "lines of the file, as an editor counts";
  EXPECT_TRUE(all.broken.empty());
}

TEST(Csv, finds_the_separator_in_the_first_row) {
  EXPECT_EQ(CsvReader("a;b;\"x,y,z\"\n").separator(), ';');
  EXPECT_EQ(CsvReader("a\tb\n1,2,3\n").separator(), '\t');
  EXPECT_EQ(CsvReader("one column\n").separator(), ',');
  EXPECT_EQ(read_all("a;b\n1;2,5\n").rows.back(), (Fields{"1", "2,5"}));
}

TEST(Csv, blank_lines_and_empty_fields_behind_the_last_column_do_not_matter) {
  const Read all = read_all("a,b\n\n\r\n1,2,,,\n\n3,4\n\n");
  EXPECT_EQ(all.rows, (std::vector<Fields>{{"a", "b"}, {"1", "2"}, {"3", "4"}}));
  EXPECT_TRUE(all.broken.empty());
  EXPECT_TRUE(read_all("").rows.empty());
  EXPECT_TRUE(read_all("\n\r\n").rows.empty());
}

// Without this, one stray quote among 10,000 rows would swallow the rows behind it.
TEST(Csv, a_broken_row_costs_itself_alone) {
  std::string text = "id,text\n";
  for (int i = 2; i <= 10'001; ++i) {
    if (i == 500)
      text += "500,\"open\n";
    else if (i == 700)
      text += "700,\"closed \"x\n";
    else if (i == 900)
      text += "900\n";
    else if (i == 901)
      text += "901,a,b\n";
    else if (i % 100 == 0)
      text += std::to_string(i) + ",\"quoted, " + std::to_string(i) + "\"\n";
    else
      text += std::to_string(i) + ",plain\n";
  }
  const Read all = read_all(text);
  EXPECT_THAT(all.broken, testing::ElementsAre(500U, 700U, 900U, 901U));
  EXPECT_EQ(all.rows.size(), 10'001U - 4U);
  for (std::size_t i = 1; i < all.rows.size(); ++i) EXPECT_EQ(all.rows[i][0], std::to_string(all.lines[i]));
}

// Without this, a file of nothing but quotes would cost the square of its size.
TEST(Csv, a_file_full_of_open_quotes_ends) {
  std::string text = "a,b\n";
  for (int i = 0; i < 2'000; ++i) text += "\"x" + std::string(100, 'y') + "\n";
  const Read all = read_all(text);
  EXPECT_EQ(all.rows.size(), 1U);
  EXPECT_EQ(all.broken.size(), 2'000U);
}

// Without this, a reason that quotes a cell could run as a formula on the officer's machine.
TEST(Csv, cells_of_a_report_never_begin_like_a_formula) {
  EXPECT_EQ(harmless_cell("=cmd|' /C calc'!A0"), "'=cmd|' /C calc'!A0");
  EXPECT_EQ(harmless_cell("@x"), "'@x");
  EXPECT_EQ(harmless_cell("张伟"), "张伟");
  EXPECT_EQ(harmless_cell(""), "");
}

RC_GTEST_PROP(Csv, reads_back_what_it_wrote, ()) {
  const auto separator = *rc::gen::element(',', ';', '\t');
  const auto width = *rc::gen::inRange<std::size_t>(1, 6);
  const auto field =
      rc::gen::container<std::string>(rc::gen::element('a', '"', ',', ';', '\t', '\n', '\r', ' ', '\xE5'));
  // The last cell of the first row keeps the width; empty ones behind it would be dropped.
  const auto table =
      *rc::gen::nonEmpty(rc::gen::container<std::vector<Fields>>(rc::gen::container<Fields>(width, field)));
  std::string text;
  for (const Fields& row : table) text += write_csv_row(row, separator);
  const Read all = read_all(text, separator);
  RC_ASSERT(all.broken.empty());
  RC_ASSERT(all.rows == table);
}

RC_GTEST_PROP(Csv, any_text_is_read_to_its_end, ()) {
  const auto text = *rc::gen::container<std::string>(rc::gen::element('a', 'b', '"', ',', '\n', '\r'));
  CsvReader reader(text);
  std::size_t last = 0;
  std::size_t width = 0;
  while (auto next = reader.next()) {
    const std::size_t row = *next ? (*next)->row : next->error().row;
    RC_ASSERT(row > last);
    last = row;
    if (!*next) continue;
    if (width == 0) width = (*next)->fields.size();
    RC_ASSERT((*next)->fields.size() == width);
  }
}

}  // namespace
}  // namespace fx::importing
