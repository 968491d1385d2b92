// Real files of laboratories and public line lists. They are not part of this repository; where they are
// missing these tests say so and pass.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <map>
#include <set>

#include "importing/command_sink.hpp"
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

/// A realm that takes everything but a second infector, and knows what it took.
class Realm {
 public:
  ImportReport bring(const std::string& path, const std::string& profile = {}) {
    const ImportFile file = read(shared_data() / path, {.profile = profile});
    sink_.begin_file(file);
    return run_import(file, sink_, {});
  }
  /// Infector and infected, by the numbers of the list.
  std::multiset<std::pair<std::string, std::string>> pairs(
      const std::string& name_space, const std::vector<std::string>& numbers,
      std::string_view operation = "investigation.link_infector") const {
    std::map<std::string, std::string> of;
    for (const std::string& number : numbers)
      of[listed_id(case_key(name_space, number), "case", place.jurisdiction).text()] = number;
    std::multiset<std::pair<std::string, std::string>> out;
    for (const PlannedCommand& one : issued)
      if (one.operation == operation)
        out.emplace(of.at(std::string(one.fields.at("infector").as_string())),
                    of.at(std::string(one.fields.at("case_id").as_string())));
    return out;
  }
  [[nodiscard]] std::size_t count(std::string_view operation) const {
    return static_cast<std::size_t>(std::ranges::count(issued, operation, &PlannedCommand::operation));
  }

  ImportPlace place{
      .jurisdiction = 990121, .default_pathogen = "covid19-cn", .now = at("2022-07-17T21:30:00+08:00")};
  std::vector<PlannedCommand> issued;

 private:
  std::vector<fx::Outcome> issue(const std::vector<PlannedCommand>& commands) {
    std::vector<fx::Outcome> out(commands.size());
    for (std::size_t i = 0; i < commands.size(); ++i) {
      out[i].replayed = !keys_.insert(commands[i].id).second;
      if (commands[i].operation == "investigation.link_infector" && !linked(commands[i])) {
        out[i].kind = fx::Outcome::Kind::refused;
        out[i].refusals.add("R-CAS-13", "/case_id");
        continue;
      }
      out[i].kind = fx::Outcome::Kind::accepted;
      if (!out[i].replayed) issued.push_back(commands[i]);
      made_.insert(commands[i].makes);
    }
    return out;
  }
  /// As the desk has it: a case has one infector at most.
  bool linked(const PlannedCommand& link) {
    const std::string infector(link.fields.at("infector").as_string());
    return infectors_.try_emplace(std::string(link.fields.at("case_id").as_string()), infector)
               .first->second == infector;
  }

  std::set<RawId> keys_;
  std::set<RawId> made_;
  std::map<std::string, std::string> infectors_;
  CommandSink sink_{place,
                    {.in_force = [](Instant, const std::string&) { return false; },
                     .exists = [this](std::string_view, const RawId& id) { return made_.contains(id); },
                     .can = [](std::string_view) { return true; },
                     .person_with = [](std::string_view, std::string_view) { return std::nullopt; }},
                    [this](const std::vector<PlannedCommand>& commands) { return issue(commands); }};
};

/// Two columns of a published file, as they stand in it.
std::multiset<std::pair<std::string, std::string>> published(const std::string& path, std::size_t from,
                                                             std::size_t to) {
  const std::string text = read_whole_file(shared_data() / path);
  CsvReader csv(text);
  (void)csv.next();
  std::multiset<std::pair<std::string, std::string>> out;
  while (const auto row = csv.next())
    if (*row && (*row)->fields[from] != "NA" && !(*row)->fields[from].empty())
      out.emplace((*row)->fields[from], (*row)->fields[to]);
  return out;
}

// Without this, a chain taken over from elsewhere could be another one than was published.
TEST(SharedOutbreaks, the_mers_chain_is_the_published_one) {
  FX_NEED_SHARED_DATA();
  Realm realm;
  EXPECT_EQ(realm.bring("outbreaks/mers_korea_2015_contacts.csv").summary.refused, 98U)
      << "no case is known yet: every row is named";
  EXPECT_EQ(realm.bring("outbreaks/mers_korea_2015_linelist.csv").summary,
            (ImportSummary{.read = 162, .accepted = 162}));
  EXPECT_EQ(realm.bring("outbreaks/mers_korea_2015_contacts.csv").summary,
            (ImportSummary{.read = 98, .accepted = 98}));
  std::vector<std::string> numbers;
  for (int n = 1; n <= 162; ++n) numbers.push_back("SK_" + std::to_string(n));
  // SK_39 has three infectors in the source and SK_107 two; a case has one link. Who is named stands whole, the first named
  // is the link.
  const auto named = realm.pairs("mers-korea-2015", numbers, "investigation.name_infector_candidate");
  EXPECT_EQ(named, published("outbreaks/mers_korea_2015_contacts.csv", 0, 1));
  const auto chain = realm.pairs("mers-korea-2015", numbers);
  auto left = named;
  for (const auto& link : chain) left.erase(left.find(link));
  const std::multiset<std::pair<std::string, std::string>> candidates_only{
      {"SK_11", "SK_39"}, {"SK_12", "SK_39"}, {"SK_87", "SK_107"}};
  EXPECT_EQ(left, candidates_only);
  EXPECT_TRUE(chain.contains({"SK_16", "SK_107"}));
  std::map<std::string, int> infected;
  for (const auto& [from, to] : chain) ++infected[from];
  EXPECT_EQ(infected["SK_14"], 38);
  EXPECT_EQ(infected["SK_1"], 26);
  EXPECT_EQ(infected["SK_16"], 21);
  const auto died = std::ranges::count_if(realm.issued, [](const PlannedCommand& one) {
    return one.fields.contains("outcome") && one.fields.at("outcome").as_string() == "died";
  });
  EXPECT_EQ(died, 19);
  EXPECT_EQ(realm.bring("outbreaks/mers_korea_2015_linelist.csv").summary.unchanged, 162U);
  EXPECT_EQ(realm.bring("outbreaks/mers_korea_2015_contacts.csv").summary.unchanged, 98U);
}

TEST(SharedOutbreaks, the_measles_chain_stands_in_the_line_list_itself) {
  FX_NEED_SHARED_DATA();
  Realm realm;
  EXPECT_EQ(realm.bring("outbreaks/measles_hagelloch_1861.csv").summary,
            (ImportSummary{.read = 188, .accepted = 188}));
  std::vector<std::string> numbers;
  for (int n = 1; n <= 188; ++n) numbers.push_back(std::to_string(n));
  EXPECT_EQ(realm.pairs("measles-hagelloch-1861", numbers),
            published("outbreaks/measles_hagelloch_1861.csv", 1, 0));
}

TEST(SharedGoData, cases_contacts_links_and_results_find_each_other) {
  FX_NEED_SHARED_DATA();
  Realm realm;
  const ImportReport cases = realm.bring("godata/cases_clean.csv");
  EXPECT_EQ(cases.summary, (ImportSummary{.read = 56, .accepted = 55, .refused = 1}))
      << "one was discarded: no case";
  EXPECT_EQ(realm.bring("godata/contacts_clean.csv").summary, (ImportSummary{.read = 66, .accepted = 66}));
  const ImportReport links = realm.bring("godata/relationships_clean.csv");
  EXPECT_EQ(links.summary.read, 100U);
  EXPECT_EQ(links.summary.accepted + links.summary.refused, 100U);
  EXPECT_EQ(realm.count("investigation.name_infector_candidate") + realm.count("investigation.name_contacts"),
            links.summary.accepted);
  EXPECT_LT(realm.count("investigation.link_infector"), realm.count("investigation.name_infector_candidate"))
      << "some cases have several infectors in the source, and one link";
  for (const RowFault& fault : links.faults) EXPECT_EQ(fault.code, "F-REF") << fault.row << fault.reason.en;
  const ImportReport results = realm.bring("godata/lab_results_clean.csv");
  EXPECT_EQ(results.summary.read, 40U);
  EXPECT_EQ(realm.count("screening.record_external_result"), results.summary.accepted);
  EXPECT_GE(results.summary.refused, 10U) << "ten have no result yet";
}

TEST(SharedGoData, its_templates_are_workbooks_that_can_be_read) {
  FX_NEED_SHARED_DATA();
  for (const char* level : {"1", "2", "3"}) {
    const auto sheets = read_workbook(
        read_whole_file(shared_data() / ("godata/admin_" + std::string(level) + "_import_template.xlsx")));
    ASSERT_TRUE(sheets) << testing::said(sheets.error());
    ASSERT_FALSE(sheets->empty());
    EXPECT_GT(sheets->front().lines.size(), 5U);
    EXPECT_GT(sheets->front().lines.front().cells.size(), 3U);
  }
}

TEST(SharedSormas, captions_are_no_rows_and_say_how_days_are_written) {
  FX_NEED_SHARED_DATA();
  Realm realm;
  const ImportFile cases =
      read(shared_data() / "sormas/sormas_cases_sordev_10361.csv", {.now = at("2022-08-01T00:00:00+08:00")});
  ASSERT_EQ(cases.profile, "sormas-cases");
  ASSERT_EQ(cases.items.size(), 1U);
  const auto& row = std::get<CaseRow>(cases.items[0].body);
  EXPECT_EQ(row.name, "Stina Savoia");
  EXPECT_EQ(row.birth_day, day("1939-05-12"));
  const ImportFile contacts = read(shared_data() / "sormas/sormas_contacts_sordev_10361.csv",
                                   {.now = at("2022-08-01T00:00:00+08:00")});
  ASSERT_EQ(contacts.items.size(), 1U);
  EXPECT_EQ(std::get<ContactRow>(contacts.items[0].body).last_contact_day, day("2022-07-09"));
  EXPECT_EQ(std::get<ContactRow>(contacts.items[0].body).phone, "+49155727103766");
  const ImportFile prio = read(shared_data() / "sormas/TestCase_ImportPrio_template.csv");
  ASSERT_EQ(prio.items.size(), 1U) << "two lines of captions";
  EXPECT_FALSE(prio.items[0].faults.empty())
      << "a row without a number and with a year of two digits is named";
}

TEST(SharedTrajectories, every_line_of_every_bulletin_is_accounted_for) {
  FX_NEED_SHARED_DATA();
  // Different numbers in the column of numbers; a line without one belongs to the case above it.
  const std::map<std::string, std::size_t> cases = {
      {"hebei", 136}, {"henan", 190}, {"shanxi", 50}, {"tianjin", 152}, {"zhejiang", 1139}};
  std::map<std::string, std::size_t> vehicles;
  for (const auto& [province, expected] : cases) {
    const ImportFile file = read(shared_data() / ("trajectories/" + province + "_2020.csv"));
    ASSERT_EQ(file.kind, ItemKind::trajectory);
    std::set<std::string> numbers;
    std::size_t first = 0;
    for (const ImportItem& item : file.items) {
      numbers.insert(item.label);
      const auto* line = std::get_if<TrajectoryLine>(&item.body);
      if (line == nullptr) continue;
      first += line->first ? 1 : 0;
      for (const Stop& stop : line->stops) {
        EXPECT_LE(stop.from->at, stop.until->at) << province << item.row;
        if (stop.trip) ++vehicles[stop.vehicle];
      }
    }
    EXPECT_EQ(numbers.size(), expected) << province;
    EXPECT_GE(first + 5, expected) << province << ": a case is refused for its days only";
    Realm realm;
    const ImportReport report = realm.bring("trajectories/" + province + "_2020.csv");
    EXPECT_EQ(report.summary.read, report.summary.accepted + report.summary.refused);
    EXPECT_GE(realm.count("investigation.record_historic_case"), expected - 5);
    EXPECT_EQ(realm.bring("trajectories/" + province + "_2020.csv").summary.accepted, 0U);
  }
  EXPECT_GT(vehicles["train"], 50U);
  EXPECT_GT(vehicles["plane"], 20U);
}

TEST(SharedTrajectories, a_train_keeps_its_number_and_carriage) {
  FX_NEED_SHARED_DATA();
  const ImportFile file = read(shared_data() / "trajectories/hebei_2020.csv");
  const auto& line = std::get<TrajectoryLine>(file.items.at(0).body);
  ASSERT_EQ(line.stops.size(), 1U);
  EXPECT_EQ(line.stops[0].service, "G512");
  EXPECT_EQ(line.stops[0].carriage, "10");
  EXPECT_EQ(line.stops[0].vehicle, "train");
  EXPECT_EQ(line.of.linked_cases, std::vector<std::string>{"311000007"});
}

}  // namespace
}  // namespace fx::importing
