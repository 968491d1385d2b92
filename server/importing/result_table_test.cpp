#include "importing/result_table.hpp"

#include <gtest/gtest.h>

#include "importing/testing.hpp"

namespace fx::importing {
namespace {

const ResultTable& table() { return testing::catalogue().results; }
Coded loinc(const char* code) { return {.code = code, .system = "LN"}; }
Coded snomed(const char* code) { return {.code = code, .system = "SCT"}; }
Coded written(const char* text) { return {.text = text}; }

// Without this, a code mistyped in the table would match nothing, for ever.
TEST(ResultTable, loinc_codes_carry_a_check_digit) {
  for (const char* good : {"94558-4", "94500-6", "600-7", "28-1", "41458-1", "97099-6", "30525-0"})
    EXPECT_TRUE(is_loinc(good)) << good;
  for (const char* bad :
       {"94558-5", "94585-4", "", "-4", "94558", "94558-", "9455a-4", "1234567-8", "94558-44"})
    EXPECT_FALSE(is_loinc(bad)) << bad;
}

TEST(ResultTable, codes_and_texts_give_the_verdict) {
  const auto verdict = [](const Coded& value) {
    return table().read(loinc("94500-6"), value, false).verdict;
  };
  EXPECT_EQ(verdict(snomed("260373001")), LabVerdict::positive);
  EXPECT_EQ(verdict(snomed("260415000")), LabVerdict::negative);
  EXPECT_EQ(verdict(snomed("419984006")), LabVerdict::indeterminate);
  EXPECT_EQ(verdict(snomed("455371000124106")), LabVerdict::invalid);
  EXPECT_EQ(verdict(written("  Not   Detected ")), LabVerdict::negative);
  EXPECT_EQ(verdict(written("阳性")), LabVerdict::positive);
  EXPECT_EQ(verdict(written("未检出")), LabVerdict::negative);
  EXPECT_EQ(verdict({.code = "POSITIVE", .text = "POSITIVE", .system = "L"}), LabVerdict::positive);
  EXPECT_EQ(verdict(snomed("1234")), LabVerdict::unreadable);
  EXPECT_EQ(verdict({}), LabVerdict::unreadable);
  EXPECT_EQ(verdict(written("not detected yet")), LabVerdict::unreadable) << "whole texts only";
}

// A pool that is positive says nothing of one of its members (SC-03: 0 of 137 held are cases).
TEST(ResultTable, a_positive_pool_is_no_positive_person) {
  EXPECT_EQ(table().read(loinc("94500-6"), snomed("462371000124108"), false).verdict,
            LabVerdict::indeterminate);
}

TEST(ResultTable, an_organism_is_positive_for_its_own_test_only) {
  EXPECT_EQ(table().read(loinc("94558-4"), snomed("840533007"), false).verdict, LabVerdict::positive);
  EXPECT_EQ(table().read(loinc("92142-9"), snomed("840533007"), false).verdict, LabVerdict::unreadable);
}

TEST(ResultTable, the_test_names_the_pathogen_by_code_or_by_name) {
  const auto pathogen = [](const Coded& test) {
    return table().read(test, snomed("260373001"), false).pathogen;
  };
  EXPECT_EQ(pathogen(loinc("92142-9")), "influenza-a");
  EXPECT_EQ(pathogen({.code = "94558-4", .system = "km36ck"}), "sars-cov-2")
      << "some senders spoil the system's name";
  EXPECT_EQ(pathogen({.alt_code = "3556190", .alt_text = "Coronavirus COVID-19 Result"}), "sars-cov-2");
  EXPECT_EQ(pathogen(written("新型冠状病毒核酸检测")), "sars-cov-2");
  EXPECT_EQ(pathogen(written("Influenza A, Influenza B and SARS-CoV-2 panel")), "") << "two names are none";
  EXPECT_EQ(pathogen(loinc("600-7")), "");
  EXPECT_EQ(table().read(written("BLOOD CULTURE"), written("yeast"), false).verdict, LabVerdict::none)
      << "not ours to judge";
}

TEST(ResultTable, faults_of_the_table_are_named_with_their_line) {
  const auto read = ResultTable::load(R"([[status]]
standing = "final"
codes = ["F"]
[[value]]
verdict = "positive"
texts = ["yes", "YES"]
[[pathogen]]
id = "x"
zh = "某"
en = "x"
[[test]]
pathogen = "y"
method = "antigen"
loinc = ["94558-5"]
[[question]]
asks = "a"
loinc = ["65222-2"]
)",
                                      "t.toml");
  ASSERT_FALSE(read);
  const std::string all = testing::said(read.error());
  for (const char* part : {"t.toml:2", "final_result", "t.toml:6", "twice: yes", "t.toml:12", "pathogen: y",
                           "t.toml:14", "loinc: 94558-5"}) {
    EXPECT_NE(all.find(part), std::string::npos) << part << "\n" << all;
  }
  EXPECT_EQ(read.error().list().size(), 4U) << all;
  const auto broken = ResultTable::load("[[status]\n", "t.toml");
  ASSERT_FALSE(broken);
  EXPECT_EQ(broken.error().list().front().path, "t.toml:1");
}

}  // namespace
}  // namespace fx::importing
