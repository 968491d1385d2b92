#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <set>

#include "importing/edge/workbook_writer.hpp"
#include "importing/import_report.hpp"
#include "importing/testing.hpp"
#include "importing/testing/dirty_list.hpp"

namespace fx::importing {
namespace {

using testing::at;
using testing::catalogue;
using testing::day;
using testing::DirtyList;
using ::testing::HasSubstr;

ImportFile read(const std::string& bytes) {
  auto file =
      read_import(bytes, catalogue(), {.now = at("2022-10-01T18:00:00+08:00"), .profile = "returnees"});
  EXPECT_TRUE(file) << (file ? "" : testing::said(file.error()));
  return file ? *std::move(file) : ImportFile{};
}

const ReturneeRow& row(const ImportFile& file, std::size_t i) {
  for (const RowFault& fault : file.items.at(i).faults)
    ADD_FAILURE() << fault.field << ": " << fault.reason.en;
  return std::get<ReturneeRow>(file.items.at(i).body);
}

std::string reasons(const RowFaults& faults) {
  std::string out;
  for (const RowFault& fault : faults) out += fault.field + " " + fault.code + " " + fault.reason.en + "\n";
  return out;
}

// Without this, a township would type five thousand people again, by hand, at night.
TEST(Returnees, what_people_write_is_read_as_they_meant_it) {
  std::string small = testing::resident_id("990121", "19910210", 0);
  for (int order = 1; small.back() != 'X'; ++order) small = testing::resident_id("990121", "19910210", order);
  const std::string x = small;
  small.back() = 'x';
  const ImportFile file = read(
      "石桥镇返乡人员名单\n"
      "序号\t联系电话\t姓 名\t身份证号\t返乡日期\t出发地\t现住址\t车次\n"
      "1\t+86 138-0013-8000\t李　强\t'" +
      small +
      "\t2022/9/30\t武汉\t\"石桥村\t3组\"\tG512\n"
      "2\t13800138001\t买买提•吐尔逊\t990121860412113\t44834\t\t\t\n"
      "3\t９９０１２１１９８６０４１２１１３０\t王 芳\t13800138002\t2022年9月30日\t\t\t\n"
      "4\t13800138003\tJohn  Smith\tE12345678\t9月30日\t\t\t\n"
      "合计\t\t4人\t\t\t\t\t\n");
  ASSERT_EQ(file.items.size(), 4U);
  EXPECT_EQ(row(file, 0).document_number, x);
  EXPECT_EQ(row(file, 0).name, "李强");
  EXPECT_EQ(row(file, 0).address, "石桥村 3组");
  EXPECT_EQ(row(file, 1).document_number, testing::resident_id("990121", "19860412", 113));
  EXPECT_THAT(reasons(file.items[1].warnings), HasSubstr("15 digits"));
  EXPECT_EQ(row(file, 1).name, "买买提·吐尔逊");
  EXPECT_EQ(row(file, 1).arrived_day, day("2022-09-30"));
  EXPECT_EQ(row(file, 2).document_number, "990121198604121130") << "put back into its column";
  EXPECT_EQ(row(file, 2).phone, "13800138002");
  EXPECT_EQ(row(file, 3).name, "John Smith");
  EXPECT_EQ(row(file, 3).document_type, "passport");
  EXPECT_EQ(row(file, 3).arrived_day, day("2022-09-30"));
  EXPECT_THAT(reasons(file.warnings), HasSubstr("a total"));
}

TEST(Returnees, what_cannot_be_read_is_named_with_its_cell) {
  const ImportFile file = read(
      "姓名,证件号码,联系电话,抵达日期\n"
      "甲,990121198604121131,13800138000,2022-09-30\n"
      "乙,9.90121E+17,13800138000,2022-09-30\n"
      "丙,990121198604121130,13800138000,下周\n"
      "丁,,,2022-09-30\n"
      ",990121198604121130,13800138000,\n"
      "戊,990121198604121130,13800138000,2022-10-02\n"
      "己,990121198604121130,村长知道,2022-09-30\n");
  ASSERT_EQ(file.items.size(), 7U);
  EXPECT_THAT(reasons(file.items[0].faults), HasSubstr("证件号码 R-PER-2"));
  EXPECT_THAT(reasons(file.items[1].faults), HasSubstr("threw its last digits away"));
  EXPECT_THAT(reasons(file.items[2].faults), HasSubstr("抵达日期 F-SHAPE not a date: 下周"));
  EXPECT_THAT(reasons(file.items[3].faults), HasSubstr("a document number or a telephone is needed"));
  EXPECT_THAT(reasons(file.items[4].faults), HasSubstr("姓名 F-SHAPE"));
  EXPECT_THAT(reasons(file.items[5].faults), HasSubstr("F-FUTURE"));
  EXPECT_TRUE(file.items[6].faults.empty()) << "nobody is left unlooked for because of a telephone";
  EXPECT_THAT(row(file, 6).notes, HasSubstr("村长知道"));
  EXPECT_EQ(file.items[6].row, 8U);
}

TEST(Returnees, who_stands_in_the_list_twice_counts_once) {
  const ImportFile file = read(
      "姓名,证件号码,联系电话\n"
      "张伟,990121198604121130,13800138000\n"
      "张 伟,990121198604121130 ,+8613800138000\n"
      "张伟,990121198604121130,13800138999\n");
  EXPECT_EQ(file.items[1].same_as, 2U);
  EXPECT_EQ(file.items[2].same_as, 2U);
  EXPECT_THAT(reasons(file.items[2].warnings), HasSubstr("the first row counts"));
}

// Without this, a sender's list of today would collide with the one of yesterday, line by line.
TEST(Returnees, a_list_is_known_by_its_people_and_stays_the_same_when_cells_are_put_right) {
  const std::string head = "姓名,证件号码,联系电话\n";
  const ImportFile broken = read(head + "张伟,990121198604121131,13800138000\n李娜,E12345678,13800138001\n");
  const ImportFile mended = read(head + "张 伟,990121198604121130,13800138000\n李娜,E12345678,13800138009\n");
  const ImportFile other = read(head + "张伟,990121198604121130,13800138000\n王芳,E12345679,13800138001\n");
  ASSERT_FALSE(broken.items[0].faults.empty());
  EXPECT_EQ(broken.list_key(), mended.list_key());
  EXPECT_NE(broken.list_key(), other.list_key());
}

/// Remembers keys, as the ledger does.
class Ledger : public ImportSink {
 public:
  SinkAnswer take(const ImportItem& item, bool dry_run) override {
    if (item.same_as != 0 || known.contains(item.key)) return {Outcome::unchanged, {}, {}};
    if (!dry_run) known.insert(item.key);
    return {Outcome::accepted, {}, {}};
  }
  std::set<RawId> known;
};

void adds_up(const ImportSummary& sum) { RC_ASSERT(sum.accepted + sum.refused + sum.unchanged == sum.read); }

// accepted + refused + unchanged = read; what the generator made clean is accepted, what it broke is named with its row;
// a second import changes nothing.
RC_GTEST_PROP(Returnees, a_dirty_list_loses_nobody, (std::uint32_t seed)) {
  const DirtyList list(seed, 60);
  const ImportFile file = read(list.bytes());
  Ledger ledger;
  const ImportReport dry = run_import(file, ledger, {.dry_run = true, .progress = {}});
  RC_ASSERT(ledger.known.empty());
  const ImportReport first = run_import(file, ledger, {});
  adds_up(first.summary);
  RC_ASSERT(dry.summary == first.summary || first.summary.unchanged > 0U);
  RC_ASSERT(first.summary.read == list.rows());
  RC_ASSERT(first.summary.refused == list.broken_rows().size());
  std::set<std::size_t> named;
  for (const RowFault& fault : first.faults) named.insert(fault.row);
  RC_ASSERT(named == list.broken_rows());
  RC_ASSERT(first.summary.accepted == list.people());
  const ImportReport second = run_import(file, ledger, {});
  RC_ASSERT(second.summary.accepted == 0U);
  RC_ASSERT(second.summary.unchanged == first.summary.accepted + first.summary.unchanged);
}

TEST(Returnees, five_thousand_rows_in_every_coat) {
  for (const testing::Coat coat :
       {testing::Coat::csv, testing::Coat::pasted, testing::Coat::gb18030, testing::Coat::workbook}) {
    const DirtyList list(7, 5'000, coat);
    const ImportFile file = read(list.bytes());
    Ledger ledger;
    const ImportReport report = run_import(file, ledger, {});
    EXPECT_EQ(report.summary.read, list.rows());
    EXPECT_EQ(report.summary.accepted, list.people());
    EXPECT_EQ(report.summary.refused, list.broken_rows().size());
    EXPECT_GE(list.kinds_of_dirt().size(), 12U);
  }
}

}  // namespace
}  // namespace fx::importing
