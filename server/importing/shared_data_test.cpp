// Real files of laboratories and public line lists. They are not part of this repository; where they are
// missing these tests say so and pass.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <map>

#include "importing/csv.hpp"
#include "importing/edge/import_files.hpp"
#include "importing/import_report.hpp"
#include "importing/testing.hpp"
#include "importing/text_encoding.hpp"

namespace fx::importing {
namespace {

using testing::at;
using testing::catalogue;
using testing::day;
using testing::shared_data;

ImportFile read(const std::filesystem::path& path, ImportOptions options = {}) {
  if (options.now == Instant{}) options.now = at("2022-07-17T21:30:00+08:00");
  auto file = read_import(read_whole_file(path), catalogue(), options);
  EXPECT_TRUE(file) << path << "\n" << (file ? "" : testing::said(file.error()));
  return file ? *std::move(file) : ImportFile{};
}

bool is_message_file(const std::string& path) {
  return path.ends_with(".hl7") || (path.ends_with(".txt") && path.find("LICENSE") == std::string::npos);
}

std::vector<ImportItem> good_messages() {
  std::vector<ImportItem> all;
  for (const std::string& path : files_at(shared_data() / "hl7")) {
    if (!is_message_file(path)) continue;
    ImportFile file = read(path);
    EXPECT_EQ(file.kind, ItemKind::lab_report) << path;
    for (ImportItem& item : file.items) all.push_back(std::move(item));
  }
  return all;
}

// Without this, what laboratories really send would be refused on the first night.
TEST(SharedHl7, all_51_messages_are_read) {
  FX_NEED_SHARED_DATA();
  const std::vector<ImportItem> items = good_messages();
  EXPECT_EQ(items.size(), 51U);
  std::map<RawId, std::string> keys;
  for (const ImportItem& item : items) {
    for (const RowFault& fault : item.faults)
      ADD_FAILURE() << item.row << " " << fault.field << ": " << fault.reason.en;
    EXPECT_TRUE(keys.emplace(item.key, item.label).second) << item.label << ": two messages with one key";
  }
}

TEST(SharedHl7, verdicts_and_standings_are_those_a_person_reads) {
  FX_NEED_SHARED_DATA();
  std::map<LabVerdict, int> verdicts;
  std::map<Standing, int> standings;
  for (const ImportItem& item : good_messages()) {
    for (const LabOrder& order : std::get<LabReport>(item.body).orders) {
      EXPECT_FALSE(order.specimen.id.empty());
      for (const Observation& one : order.observations) {
        ++standings[one.standing];
        if (one.pathogen == "sars-cov-2") ++verdicts[one.verdict];
      }
    }
  }
  // Counted apart from this program: codes of OBX-5 where OBX-3 is a SARS-CoV-2 test.
  EXPECT_EQ(verdicts[LabVerdict::positive], 19);       // Detected 11, presumptive 1, organism 2, disease 5
  EXPECT_EQ(verdicts[LabVerdict::negative], 11);       // Not detected 7, Negative 3, text 1
  EXPECT_EQ(verdicts[LabVerdict::indeterminate], 14);  // Inconclusive 11, suspected 2, positive pool 1
  EXPECT_EQ(verdicts[LabVerdict::invalid], 3);         // invalid 1, unsatisfactory 2
  EXPECT_EQ(verdicts[LabVerdict::unreadable], 3);      // "1234", an exposure, a vaccination
  EXPECT_EQ(standings[Standing::withdrawal], 1);
  EXPECT_EQ(standings[Standing::without_consequence], 6);
  EXPECT_EQ(standings[Standing::correction], 100);
  EXPECT_EQ(standings[Standing::final_result], 290);
}

TEST(SharedHl7, doubtful_values_are_warned_of) {
  FX_NEED_SHARED_DATA();
  std::map<std::string, int> places;
  for (const ImportItem& item : good_messages()) {
    for (const RowFault& warning : item.warnings) ++places[warning.field + " " + warning.code];
  }
  EXPECT_GE(places["PID-7 F-SHAPE"], 2) << "PIDDOB! and DeIdentified";
  EXPECT_GE(places["MSH-7 F-FUTURE"], 1) << "a message from 2028";
  EXPECT_EQ(places["OBX-5 F-REF"], 3);
  const ImportFile batch = read(shared_data() / "hl7" / "reportstream_covid_batch_input.hl7");
  ASSERT_EQ(batch.warnings.size(), 1U) << "BTS-1 states 25, the file holds 20";
  EXPECT_EQ(batch.warnings[0].field, "BTS-1");
}

TEST(SharedHl7, the_five_faulty_messages_are_refused_by_name) {
  FX_NEED_SHARED_DATA();
  const std::map<std::string, std::string> expected = {{"DUPLICATE_OBX1", "OBX-1"},
                                                       {"NO_MSH7", "MSH-7"},
                                                       {"NO_MSH10", "MSH-10"},
                                                       {"NO_MSH12", "MSH-12"},
                                                       {"PID5_ERROR", "PID-5"}};
  std::size_t seen = 0;
  for (const std::string& path : files_at(shared_data() / "hl7" / "bad")) {
    for (const auto& [name, field] : expected) {
      if (path.find(name + ".txt") == std::string::npos) continue;
      const ImportFile file = read(path);
      ASSERT_EQ(file.items.size(), 1U);
      ASSERT_EQ(file.items[0].faults.size(), 1U) << path;
      const RowFault& fault = file.items[0].faults[0];
      EXPECT_EQ(fault.field, field);
      EXPECT_EQ(fault.segment, field.substr(0, 3));
      EXPECT_EQ(fault.code, "F-SHAPE");
      EXPECT_FALSE(fault.reason.zh.empty());
      ++seen;
    }
  }
  EXPECT_EQ(seen, 5U);
}

TEST(SharedLineList, all_135_cases_of_tianjin_are_read) {
  FX_NEED_SHARED_DATA();
  const ImportFile file = read(shared_data() / "linelist" / "tianjin_135_cases.csv");
  EXPECT_EQ(file.items.size(), 135U);
  std::map<std::string, int> severities;
  int deaths = 0;
  int onsets = 0;
  int linked = 0;
  for (const ImportItem& item : file.items) {
    for (const RowFault& fault : item.faults)
      ADD_FAILURE() << item.row << " " << fault.field << ": " << fault.reason.en;
    const CaseRow& one = std::get<CaseRow>(item.body);
    EXPECT_NE(one.sex, Sex::unknown) << one.case_id;
    EXPECT_TRUE(one.confirmed_day.has_value()) << one.case_id;
    EXPECT_EQ(one.case_class, "confirmed");
    ++severities[one.severity];
    deaths += one.death_day ? 1 : 0;
    onsets += one.onset_day ? 1 : 0;
    linked += one.linked_cases.empty() ? 0 : 1;
  }
  EXPECT_EQ(deaths, 3);
  EXPECT_EQ(onsets, 125) << "ten are NA";
  EXPECT_EQ(severities["mild"], 1);
  EXPECT_EQ(severities[""], 7) << "six spellings of unclassified, one empty";
  EXPECT_GT(linked, 50);
  EXPECT_EQ(std::get<CaseRow>(file.items[0].body).age_months, 59 * 12);
}

TEST(SharedLineList, shifted_to_the_demonstration_day) {
  FX_NEED_SHARED_DATA();
  const ImportFile file =
      read(shared_data() / "linelist" / "tianjin_135_cases.csv", {.shift_to = day("2022-07-17")});
  Day latest{};
  for (const ImportItem& item : file.items)
    latest = std::max(latest, *std::get<CaseRow>(item.body).confirmed_day);
  EXPECT_EQ(latest, day("2022-07-17"));
  EXPECT_EQ(std::get<CaseRow>(file.items[0].body).confirmed_day,
            day("2022-07-17") + -(day("2020-02-22") - day("2020-01-21")));
}

TEST(SharedTables, other_systems_files_are_read_row_by_row) {
  FX_NEED_SHARED_DATA();
  const std::map<std::string, std::size_t> rows = {{"trajectories/hebei_2020.csv", 0},
                                                   {"lab_csv/simplereport_1001_lines.csv", 1000},
                                                   {"outbreaks/mers_korea_2015_linelist.csv", 163},
                                                   {"godata/cases_clean.csv", 57},
                                                   {"timeseries/china_city_daily_2020.csv", 32107}};
  for (const auto& [name, expected] : rows) {
    const auto text = decode_text(read_whole_file(shared_data() / name));
    ASSERT_TRUE(text) << name;
    CsvReader csv(text->utf8);
    std::size_t good = 0;
    while (auto next = csv.next()) {
      if (*next)
        ++good;
      else
        ADD_FAILURE() << name << " row " << next->error().row << ": " << next->error().reason.en;
    }
    if (expected > 0)
      EXPECT_EQ(good, expected) << name;
    else
      EXPECT_GT(good, 137U);
  }
}

}  // namespace
}  // namespace fx::importing
