#include "importing/linelist.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <algorithm>

#include "importing/csv.hpp"
#include "importing/testing.hpp"

namespace fx::importing {
namespace {

using testing::catalogue;
using testing::day;
using ::testing::ElementsAre;

const TableProfile& profile(const std::string& id) {
  for (const TableProfile& one : catalogue().profiles) {
    if (one.id() == id) return one;
  }
  throw std::out_of_range(id);
}

/// By one profile alone.
Result<LineList> read_by(std::string_view text, const TableProfile& by, const LineListOptions& options) {
  const auto table = read_table(text, std::span(&by, 1), by.id());
  if (!table) return table.error();
  return read_line_list(*table, options);
}

LineList read(const std::string& text, const char* profile_id, const char* today = "2022-07-17",
              const char* shift_to = nullptr) {
  auto list = read_by(
      text, profile(profile_id),
      {.today = day(today), .shift_to = shift_to != nullptr ? std::optional(day(shift_to)) : std::nullopt});
  EXPECT_TRUE(list) << (list ? "" : testing::said(list.error()));
  return list ? *list : LineList{};
}

constexpr const char* zh_list =
    "病例编号,姓名,证件类型,证件号码,性别,年龄,联系电话,病例分类,临床分型,发病日期,确诊日期,感染来源\n"
    "BL-1,张伟,居民身份证,990121198604121130,男,36岁,13800138000,确诊病例,轻型,2022-07-16,2022年7月17日,"
    "不详\n"
    "BL-2,李娜,身份证,990121196807150485,女,8个月,,无症状,,,2022/7/17,病例1 的家属\n";

// Without this, a county could not hand over the list it keeps in a spreadsheet.
TEST(LineList, reads_the_standard_template_in_chinese) {
  const LineList list = read(zh_list, "standard");
  ASSERT_EQ(list.rows.size(), 2U);
  EXPECT_TRUE(list.rows[0].faults.empty());
  const CaseRow& a = list.rows[0].value;
  EXPECT_EQ(a.case_id, "BL-1");
  EXPECT_EQ(a.name, "张伟");
  EXPECT_EQ(a.document_type, "resident_id");
  EXPECT_EQ(a.sex, Sex::male);
  EXPECT_EQ(a.age_months, 36 * 12);
  EXPECT_EQ(a.case_class, "confirmed");
  EXPECT_EQ(a.severity, "mild");
  EXPECT_EQ(a.onset_day, day("2022-07-16"));
  EXPECT_EQ(a.confirmed_day, day("2022-07-17"));
  EXPECT_EQ(a.infection_source, "") << "unknown is left empty, not kept as a word";
  const CaseRow& b = list.rows[1].value;
  EXPECT_EQ(b.age_months, 8);
  EXPECT_EQ(b.case_class, "asymptomatic");
  EXPECT_EQ(b.onset_day, std::nullopt);
  EXPECT_THAT(b.linked_cases, ElementsAre("1"));
}

TEST(LineList, reads_the_standard_template_in_english_with_semicolons) {
  const LineList list =
      read("Case id;Sex;Confirmation date;Severity\nX1;F;2022-07-01;critical\n", "standard");
  ASSERT_EQ(list.rows.size(), 1U);
  EXPECT_EQ(list.rows[0].value.sex, Sex::female);
  EXPECT_EQ(list.rows[0].value.severity, "critical");
}

TEST(LineList, the_templates_it_hands_out_can_be_read) {
  for (const TableProfile& one : catalogue().profiles) {
    for (const HeaderLanguage language : {HeaderLanguage::zh, HeaderLanguage::en}) {
      const std::string file = table_template(one, language);
      EXPECT_TRUE(file.starts_with("\xEF\xBB\xBF"));
      const auto list = read_by(file, one, {.today = day("2022-07-17")});
      ASSERT_TRUE(list);
      EXPECT_TRUE(list->rows.empty());
      EXPECT_THAT(list->unused_headers, ::testing::IsEmpty());
    }
  }
}

// Without this, a wrong cell would be imported as nothing, and an onset that was typed wrong would be lost.
TEST(LineList, names_what_is_wrong_in_each_row) {
  const LineList list = read(
      "病例编号,性别,年龄,确诊日期,发病日期\n"
      "1,男,30,2022-07-17,2022-07-16\n"
      ",男,30,2022-07-17,\n"
      "3,X,30,2022-07-17,\n"
      "4,男,old,2022-02-30,16/07/2022\n"
      "5,男,30\n"
      "1,男,30,2022-07-17,\n"
      "7,男,30,2022-07-18,\n"
      "8,男,30,不详,\n",
      "standard");
  ASSERT_EQ(list.rows.size(), 8U);
  const auto faults = [&](std::size_t i) {
    std::vector<std::string> all;
    for (const RowFault& fault : list.rows[i].faults) {
      EXPECT_EQ(fault.row, i + 2);
      EXPECT_FALSE(fault.reason.zh.empty());
      all.push_back(fault.field + " " + fault.code);
    }
    return all;
  };
  EXPECT_THAT(faults(0), ElementsAre());
  EXPECT_THAT(faults(1), ElementsAre("病例编号 F-SHAPE"));
  EXPECT_THAT(faults(2), ElementsAre("性别 F-REF"));
  EXPECT_THAT(faults(3),
              ::testing::UnorderedElementsAre("年龄 F-SHAPE", "确诊日期 F-SHAPE", "发病日期 F-SHAPE"));
  EXPECT_THAT(faults(4), ElementsAre(" F-SHAPE"));
  EXPECT_THAT(faults(5), ElementsAre("病例编号 F-SHAPE"));
  EXPECT_THAT(faults(6), ElementsAre("确诊日期 F-FUTURE"));
  EXPECT_THAT(faults(7), ElementsAre("确诊日期 F-SHAPE"));
}

TEST(LineList, doubtful_orders_of_days_warn) {
  const LineList list = read(
      "case_id,Confirmation date,Onset date,Date of death,Exposed from,Exposed until\n"
      "1,2022-07-01,2022-07-02,2022-06-30,2022-06-10,2022-06-09\n",
      "standard");
  EXPECT_TRUE(list.rows.at(0).faults.empty());
  EXPECT_EQ(list.rows[0].warnings.size(), 3U);
}

TEST(LineList, without_what_it_needs_a_file_is_refused_as_a_whole) {
  const auto refused = [](const std::string& text) {
    const auto list = read_by(text, profile("standard"), {.today = day("2022-07-17")});
    return list ? "" : testing::said(list.error());
  };
  EXPECT_THAT(refused("病例编号,姓名\n1,张伟\n"), ::testing::HasSubstr("确诊日期"));
  EXPECT_THAT(refused(""), ::testing::HasSubstr("no header"));
  EXPECT_THAT(refused("\"open\n"), ::testing::HasSubstr("no header"));
}

TEST(LineList, the_header_chooses_the_profile) {
  EXPECT_EQ(read_table(zh_list, catalogue().profiles, "")->profile->id(), "standard");
  EXPECT_EQ(
      read_table("case_id,gender ,age,symptom_onset,confirm_date\n", catalogue().profiles, "")->profile->id(),
      "tianjin-2020");
  const auto none = read_table("a,b\n", catalogue().profiles, "");
  ASSERT_FALSE(none);
  EXPECT_EQ(none.error().list().front().code, "F-REF");
}

TEST(LineList, cases_named_in_a_source) {
  const TableProfile& tj = profile("tianjin-2020");
  EXPECT_THAT(tj.cases_named("family member of TJ72, TJ85", "TJ86"), ElementsAre("TJ72", "TJ85"));
  EXPECT_THAT(tj.cases_named("wife of case 110 shopping at the store; TJ110", "TJ122"), ElementsAre("TJ110"));
  EXPECT_THAT(tj.cases_named("case TJ6 (family)", "TJ11"), ElementsAre("TJ6"));
  EXPECT_THAT(tj.cases_named("TJ9 himself", "TJ9"), ElementsAre());
  EXPECT_THAT(tj.cases_named("Wuhan, TJ14 and JN25", "TJ59"), ElementsAre("TJ14"));
}

TEST(LineList, days_and_ages_as_people_write_them) {
  EXPECT_EQ(read_day("1/2/2020", "d/m/Y"), day("2020-02-01"));
  EXPECT_EQ(read_day("2020年2月1日", "Y年m月d日"), day("2020-02-01"));
  EXPECT_EQ(read_day("2020-02-01 10:30", "Y-m-d"), day("2020-02-01"));
  EXPECT_EQ(read_day("2020-02-01T10:30:00", "Y-m-d"), day("2020-02-01"));
  for (const char* bad :
       {"2020-02-30", "20-02-01", "2020-02-01x", "2020-02-01 evening", "2020-2", "", "2020/02/01"}) {
    EXPECT_EQ(read_day(bad, "Y-m-d"), std::nullopt) << bad;
  }
  EXPECT_EQ(read_age_months("0"), 0);
  EXPECT_EQ(read_age_months("130岁"), 130 * 12);
  EXPECT_EQ(read_age_months("8月龄"), 8);
  EXPECT_EQ(read_age_months("3 Months"), 3);
  EXPECT_EQ(read_age_months("20天"), 0);
  EXPECT_EQ(read_age_months("36.0"), 36 * 12);
  for (const char* bad : {"131", "-1", "old", "", "12 parsecs", "1000"})
    EXPECT_EQ(read_age_months(bad), std::nullopt) << bad;
}

// Without this, a demonstration with old data would bend incubation times.
RC_GTEST_PROP(LineList, shifting_keeps_all_distances_and_lands_on_the_day, ()) {
  const auto offsets = *rc::gen::nonEmpty(rc::gen::container<std::vector<int>>(rc::gen::inRange(0, 400)));
  const int target = *rc::gen::inRange(-2000, 2000);
  const Day base = day("2020-01-01");
  std::string text = "case_id,Confirmation date,Onset date,Date of birth\n";
  for (std::size_t i = 0; i < offsets.size(); ++i) {
    text += std::to_string(i) + "," + format(base + offsets[i]) + "," + format(base + (offsets[i] - 5)) +
            ",1980-05-05\n";
  }
  const Day shift_to = base + target;
  const auto plain = read_by(text, profile("standard"), {.today = base + 10'000});
  const auto moved = read_by(text, profile("standard"), {.today = base + 10'000, .shift_to = shift_to});
  RC_ASSERT(plain && moved);
  Day latest = base + -100'000;
  for (std::size_t i = 0; i < offsets.size(); ++i) {
    const CaseRow& a = plain->rows[i].value;
    const CaseRow& b = moved->rows[i].value;
    RC_ASSERT(*b.confirmed_day - *a.confirmed_day == moved->shifted_days);
    RC_ASSERT(*b.onset_day - *a.onset_day == moved->shifted_days);
    RC_ASSERT(a.birth_day == b.birth_day);
    RC_ASSERT(plain->rows[i].content == moved->rows[i].content);
    latest = std::max(latest, *b.confirmed_day);
  }
  RC_ASSERT(latest == shift_to);
}

RC_GTEST_PROP(LineList, no_table_breaks_the_reader, ()) {
  const auto cell = rc::gen::element<std::string>("1", "", "NA", "2020-01-01", "99999999999999999999", "男",
                                                  "\xFF", "36岁", "TJ9", "\"");
  const auto rows = *rc::gen::container<std::vector<std::vector<std::string>>>(
      rc::gen::container<std::vector<std::string>>(4, cell));
  std::string text = "case_id,Confirmation date,Age,Sex\n";
  for (const auto& row : rows) text += write_csv_row(row);
  const auto list =
      read_by(text, profile("standard"), {.today = day("2022-07-17"), .shift_to = day("2022-07-17")});
  RC_ASSERT(list.has_value());
  const auto blank = std::ranges::count(rows, std::vector<std::string>(4));
  RC_ASSERT(list->rows.size() + static_cast<std::size_t>(blank) == rows.size());
}

// Without this, one byte that is no text would cost a county its whole list.
TEST(LineList, a_byte_that_is_no_text_costs_its_row_alone) {
  const std::string list =
      "case_id,Confirmation date,Age,Sex,shoe size\n"
      "A1,2022-07-01,36,男,\n"
      "A\xFF"
      "2,2022-07-01,36,F,\n"
      "A3,2022-07-01,36,F,\xE9\n";
  const LineList read_list = read(list, "standard");
  ASSERT_EQ(read_list.rows.size(), 3U);
  EXPECT_TRUE(read_list.rows[0].faults.empty());
  ASSERT_EQ(read_list.rows[1].faults.size(), 1U);
  EXPECT_EQ(read_list.rows[1].faults[0].code, "F-ENCODING");
  EXPECT_EQ(read_list.rows[1].faults[0].row, 3U);
  EXPECT_EQ(read_list.rows[1].faults[0].field, "case_id");
  EXPECT_TRUE(read_list.rows[2].faults.empty()) << "a column nobody reads spoils nothing";
  std::string nul = "case_id,Confirmation date\nA1,2022-07-01\nA2,2022-0_-01\n";
  nul[nul.rfind('_')] = '\0';
  const LineList with_nul = read(nul, "standard");
  ASSERT_EQ(with_nul.rows.size(), 2U);
  EXPECT_TRUE(with_nul.rows[0].faults.empty());
  EXPECT_EQ(with_nul.rows[1].faults.at(0).code, "F-ENCODING");
}

TEST(LineList, bytes_without_a_header_are_no_list) {
  const auto none = read_by("\xFF\xD8\xFF\xE0 a,b\n", profile("standard"), {.today = day("2022-07-17")});
  ASSERT_FALSE(none);
  EXPECT_EQ(none.error().list().front().code, "F-ENCODING");
}

TEST(TableProfile, faults_of_a_profile_are_named_with_their_line) {
  const auto read = TableProfile::load(R"(id = "p"
zh = "某"
en = "some"
day_forms = ["m月d日", "d/Y"]
colour = "red"
[constant]
case_class = "ill"
[[column]]
field = "case_id"
zh = "编号"
en = "id"
[[column]]
field = "shoe_size"
zh = "编号"
en = "size"
[[column]]
field = "sex"
zh = "性别"
en = "sex"
values = { men = ["M"] }
)",
                                       "p.toml");
  ASSERT_FALSE(read);
  const std::string all = testing::said(read.error());
  for (const char* part : {"p.toml:4", "day_forms: d/Y", "p.toml:5", "colour", "p.toml:7", "ill", "p.toml:13",
                           "shoe_size", "twice: 编号", "p.toml:20", "men"}) {
    EXPECT_NE(all.find(part), std::string::npos) << part << "\n" << all;
  }
  EXPECT_EQ(all.find("m月d日"), std::string::npos) << "a day without a year is the latest that has been";
}

}  // namespace
}  // namespace fx::importing
