#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <set>

#include "base/text.hpp"
#include "importing/csv.hpp"
#include "importing/edge/import_files.hpp"
#include "importing/import_report.hpp"
#include "importing/testing.hpp"

namespace fx::importing {
namespace {

using testing::at;
using testing::catalogue;
using testing::day;

/// Remembers keys as the real sink's database does; refuses what it is told to.
class MemorySink : public ImportSink {
 public:
  SinkAnswer take(const ImportItem& item, bool dry_run) override {
    asked.push_back(item.label);
    if (item.label == refuse)
      return {.outcome = Outcome::refused, .faults = {{0, "", "", "R-PER-2", {"证件无效", "bad number"}}}};
    if (known.contains(item.key)) return {.outcome = Outcome::unchanged};
    if (!dry_run) known.insert(item.key);
    return {.outcome = Outcome::accepted, .note = "recorded"};
  }
  std::set<RawId> known;
  std::vector<std::string> asked;
  std::string refuse;
};

const std::string list = "病例编号,确诊日期,性别\nA,2022-07-01,男\nB,2022-07-02,X\nC,2022-07-03,女\n";
const std::string message =
    "MSH|^~\\&|app|fac^1.2^ISO|||20220717224000+0800||ORU^R01|M1|P|2.5.1\rPID|1||7\rOBR|1||F1|94500-6^^LN||||"
    "|||||||||||||||||F\r"
    "OBX|1|CWE|94500-6^^LN||260415000^^SCT||||||F\r";

ImportFile read(const std::string& bytes, ImportOptions options = {}) {
  if (options.now == Instant{}) options.now = at("2022-07-18T08:00:00+08:00");
  auto file = read_import(bytes, catalogue(), options);
  EXPECT_TRUE(file) << (file ? "" : testing::said(file.error()));
  return file ? *std::move(file) : ImportFile{};
}

// Without this, a file could lose rows between "read" and what became of them.
TEST(Import, every_item_is_counted_once_and_every_refusal_says_why) {
  MemorySink sink;
  sink.refuse = "C";
  const ImportReport report = run_import(read(list), sink, {});
  EXPECT_EQ(report.summary, (ImportSummary{.read = 3, .accepted = 1, .refused = 2}));
  EXPECT_THAT(sink.asked, ::testing::ElementsAre("A", "C")) << "a row with faults never reaches the desks";
  ASSERT_EQ(report.faults.size(), 2U);
  EXPECT_EQ(report.faults[0].row, 3U);
  EXPECT_EQ(report.faults[0].field, "性别");
  EXPECT_EQ(report.faults[1].row, 4U);
  EXPECT_EQ(report.faults[1].code, "R-PER-2");
  EXPECT_EQ(report.notes.at("recorded"), 1U);
}

// Issue: importing twice changes nothing; stopping and starting again neither.
TEST(Import, a_second_run_changes_nothing_and_a_stopped_one_goes_on) {
  const std::string rows = "病例编号,确诊日期\nA,2022-07-01\nB,2022-07-02\nC,2022-07-03\n";
  MemorySink sink;
  const auto stop_after_two = [](const ImportSummary& done, std::size_t all) {
    EXPECT_EQ(all, 3U);
    return done.read < 2;
  };
  const ImportReport first = run_import(read(rows), sink, {.progress = stop_after_two});
  EXPECT_TRUE(first.cancelled);
  EXPECT_EQ(first.summary, (ImportSummary{.read = 2, .accepted = 2}));
  const ImportReport second = run_import(read(rows), sink, {});
  EXPECT_FALSE(second.cancelled);
  EXPECT_EQ(second.summary, (ImportSummary{.read = 3, .accepted = 1, .unchanged = 2}));
  const ImportReport third = run_import(read(rows), sink, {});
  EXPECT_EQ(third.summary, (ImportSummary{.read = 3, .unchanged = 3}));
}

TEST(Import, a_dry_run_records_nothing) {
  MemorySink sink;
  const ImportReport report = run_import(read(list), sink, {.dry_run = true});
  EXPECT_EQ(report.summary.accepted, 2U);
  EXPECT_TRUE(sink.known.empty());
}

TEST(Import, keys_follow_from_what_an_item_says) {
  const auto key = [](const std::string& bytes, ImportOptions options = {}) {
    return read(bytes, std::move(options)).items.at(0).key;
  };
  EXPECT_EQ(key(message), key(message));
  std::string other_endings = message;
  for (std::size_t i = 0; (i = other_endings.find('\r', i)) != std::string::npos; i += 2)
    other_endings.replace(i, 1, "\r\n");
  EXPECT_EQ(key(message), key(other_endings)) << "how lines end is no content";
  std::string withdrawn = message;
  withdrawn.replace(withdrawn.rfind("|F\r"), 2, "|W");
  EXPECT_NE(key(message), key(withdrawn)) << "a withdrawal under the same message id is not the same message";
  EXPECT_EQ(key(list), key(list, {.shift_to = day("2022-07-10")})) << "shifting makes no other case";
  EXPECT_NE(key(list), key(list, {.name_space = "another list"}));
  const ImportFile changed = read("病例编号,确诊日期,性别\nA,2022-07-01,女\n");
  EXPECT_EQ(changed.items[0].key, read(list).items[0].key);
  EXPECT_NE(changed.items[0].content, read(list).items[0].content);
}

TEST(Import, a_message_id_used_again_for_something_else_is_said) {
  std::string twice = message + message;
  EXPECT_TRUE(read(twice).items[1].warnings.empty()) << "the same message again is no other";
  twice.replace(twice.rfind("260415000"), 9, "260373001");
  const ImportFile file = read(twice);
  ASSERT_EQ(file.items[1].warnings.size(), 1U);
  EXPECT_EQ(file.items[1].warnings[0].field, "MSH-10");
  EXPECT_NE(file.items[0].key, file.items[1].key);
}

TEST(Import, ids_of_what_an_item_makes_are_the_same_in_every_run) {
  const RawId key = import_key({"a", "b"});
  EXPECT_NE(key, import_key({"ab", ""}));
  EXPECT_NE(key, import_key({"a", "b", ""}));
  const RawId person = item_id(key, "person", at("2022-07-17T22:40:00+08:00"), 990121);
  EXPECT_EQ(person, item_id(key, "person", at("2022-07-17T22:40:00+08:00"), 990121));
  EXPECT_NE(person, item_id(key, "case", at("2022-07-17T22:40:00+08:00"), 990121));
  EXPECT_EQ(person.home(), 990121);
  EXPECT_EQ(import_key({"abc"}).text(), import_key({std::string("abc")}).text());
}

TEST(Import, the_first_bytes_tell_the_kind) {
  EXPECT_TRUE(is_hl7(message));
  EXPECT_TRUE(is_hl7("\x0B" + message));
  EXPECT_TRUE(is_hl7("FHS|^~\\&|x\rBHS|"));
  EXPECT_FALSE(is_hl7(list));
  EXPECT_FALSE(is_hl7("MSH,确诊日期\n"));
  EXPECT_FALSE(is_hl7(""));
}

TEST(Import, a_file_that_cannot_be_decoded_is_refused_as_a_whole) {
  const auto file = read_import(std::string("\x89PNG\r\n\x1A\n\0\0", 10), catalogue(), {});
  ASSERT_FALSE(file);
  EXPECT_EQ(file.error().list().front().code, "F-ENCODING");
  EXPECT_EQ(file.error().list().front().path, "byte 8");
}

TEST(Import, one_broken_row_among_ten_thousand_is_named_and_the_rest_imported) {
  std::string rows = "病例编号,确诊日期,姓名\n";
  for (int i = 2; i <= 10'001; ++i) {
    rows += "C" + std::to_string(i) + ",2022-07-01," + (i == 5000 ? "\"张伟\n" : "张伟\n");
  }
  MemorySink sink;
  const ImportReport report = run_import(read(rows), sink, {});
  EXPECT_EQ(report.summary, (ImportSummary{.read = 10'000, .accepted = 9'999, .refused = 1}));
  ASSERT_EQ(report.faults.size(), 1U);
  EXPECT_EQ(report.faults[0].row, 5000U);
}

TEST(Import, the_error_file_has_row_segment_field_code_reason) {
  const RowFaults faults = {{3, "OBX", "OBX-1", "F-SHAPE", {"重复", "repeated, \"1\""}},
                            {0, "", "=1+1", "F-REF", {"未知", "unknown"}}};
  const std::string en = error_file(faults, ReportLanguage::en);
  EXPECT_EQ(en,
            "\xEF\xBB\xBFrow,segment,field,code,reason\r\n3,OBX,OBX-1,F-SHAPE,\"repeated, "
            "\"\"1\"\"\"\r\n,,'=1+1,F-REF,unknown\r\n");
  EXPECT_TRUE(error_file(faults, ReportLanguage::zh).contains("3,OBX,OBX-1,F-SHAPE,重复\r\n"));
}

TEST(Import, the_catalogue_names_every_fault_of_every_table) {
  const std::vector<std::pair<std::string, std::string>> files = {{"tables/a.toml", "id = 3\n"},
                                                                  {"icd10.toml", "anything"}};
  const auto read = load_catalogue(files);
  ASSERT_FALSE(read);
  const std::string all = testing::said(read.error());
  EXPECT_THAT(all, ::testing::HasSubstr("tables/a.toml:1"));
  EXPECT_THAT(all, ::testing::HasSubstr("hl7-results.toml"));
}

TEST(ImportFiles, files_are_read_whole_and_written_whole) {
  namespace fs = std::filesystem;
  const fs::path folder = fs::temp_directory_path() /
                          ("fx-import-" + import_key({format(Instant{}), std::to_string(getpid())}).text());
  fs::create_directory(folder);
  const std::string big(200'000, 'x');
  write_whole_file(folder / "b.csv", big);
  write_whole_file(folder / "a.csv", "");
  fs::create_directory(folder / "below");
  EXPECT_EQ(read_whole_file(folder / "b.csv"), big);
  EXPECT_EQ(read_whole_file(folder / "a.csv"), "");
  EXPECT_EQ(files_at(folder), (std::vector<std::string>{folder / "a.csv", folder / "b.csv"}));
  EXPECT_EQ(files_at(folder / "b.csv"), (std::vector<std::string>{folder / "b.csv"}));
  EXPECT_EQ(fs::status(folder / "b.csv").permissions(), fs::perms::owner_read | fs::perms::owner_write);
  EXPECT_THROW(read_whole_file(folder / "none"), FileError);
  EXPECT_THROW(read_whole_file(folder), FileError);
  EXPECT_THROW(write_whole_file(folder / "no" / "x", ""), FileError);
  fs::remove_all(folder);
}

}  // namespace
}  // namespace fx::importing
