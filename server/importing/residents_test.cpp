// Without these, a community would type its people into a round one by one, or the same person twice.
#include <gmock/gmock.h>

#include "desks/screening/rounds/facts.hpp"
#include "importing/command_sink.hpp"
#include "importing/testing.hpp"
#include "importing/testing/resident_id.hpp"

namespace fx::importing {
namespace {

using ::testing::IsEmpty;
using ::testing::SizeIs;

ImportFile read(const std::string& bytes, const std::string& profile = {}) {
  auto file = read_import(bytes, testing::catalogue(),
                          {.now = testing::at("2022-08-12T18:00:00+08:00"), .profile = profile});
  EXPECT_TRUE(file) << (file ? "" : testing::said(file.error()));
  return file ? *std::move(file) : ImportFile{};
}

const std::string document = testing::resident_id("990121", "19860412", 113);

std::string listed(const std::string& township = "990121100") {
  return "姓名,身份证号,联系电话,乡镇街道代码,楼栋\n王芳," + document + ",13800138002," + township +
         ",3栋2单元\n李强,,13800138003,,\n";
}

TEST(Residents, the_header_tells_a_population_list) {
  const ImportFile file = read(listed());
  EXPECT_EQ(file.kind, ItemKind::resident);
  ASSERT_THAT(file.items, SizeIs(2));
  const auto& row = std::get<ResidentRow>(file.items[0].body);
  EXPECT_EQ(row.document_number, document);
  EXPECT_EQ(row.sex, Sex::male) << "by the document";
  EXPECT_EQ(row.township, "990121100");
  EXPECT_EQ(row.building, "3栋2单元");
  EXPECT_EQ(read("姓名,身份证号,返乡日期\n王芳," + document + ",2022-08-01\n").kind, ItemKind::returnee);
}

TEST(Residents, a_township_is_a_code_and_a_person_is_somebody) {
  EXPECT_THAT(read(listed("石桥镇")).items.at(0).faults, SizeIs(1));
  const ImportFile nobody = read("姓名,身份证号,联系电话,乡镇街道代码,楼栋\n王芳,,,990121100,\n");
  ASSERT_THAT(nobody.items.at(0).faults, SizeIs(1));
  EXPECT_EQ(nobody.items[0].faults[0].code, "F-SHAPE");
  const ImportFile twice = read(listed() + "王芳," + document + ",13800138002,990121100,3栋2单元\n");
  EXPECT_EQ(twice.items.at(2).same_as, twice.items[0].row);
}

struct Rosters : ::testing::Test {
  Rosters() {
    ledger.exists = [this](std::string_view table, const RawId& id) {
      return table == screening::RoundPerson::table && id == enrolled;
    };
    ledger.person_with = [](std::string_view, std::string_view) { return std::optional<RawId>(); };
  }
  ItemPlan plan(std::size_t line = 0) {
    const ImportFile file = read(listed());
    const ImportItem& item = file.items.at(line);
    return plan_resident(item, std::get<ResidentRow>(item.body), {place, ledger, made});
  }

  ImportPlace place{.jurisdiction = 990121};
  ImportLookups ledger;
  std::unordered_set<RawId> made;
  RawId enrolled;
};

TEST_F(Rosters, people_are_registered_and_put_on_the_list_of_the_round) {
  EXPECT_THAT(plan().commands, SizeIs(1)) << "without a round nobody is enrolled";
  place.round = screening::RoundId{*RawId::parse("00000000-0000-8000-8000-00000000000a")};
  const ItemPlan planned = plan();
  ASSERT_THAT(planned.commands, SizeIs(2));
  EXPECT_EQ(planned.commands[0].operation, "people.register_person");
  EXPECT_EQ(planned.commands[1].operation, "screening.enrol_people");
  EXPECT_EQ(planned.commands[1].fields.at("round").as_string(), place.round->raw.text());
  const auto& one = planned.commands[1].fields.at("people").at(0);
  EXPECT_EQ(one.at("person"), planned.commands[0].fields.at("person"));
  EXPECT_EQ(one.at("township").as_int64(), 990121100);
  EXPECT_EQ(one.at("building").as_string(), "3栋2单元");
  EXPECT_EQ(plan(1).commands.at(1).fields.at("people").at(0).at("township").as_int64(), 0);
  EXPECT_EQ(planned.commands[1].id, plan().commands[1].id) << "the same in every run";
}

TEST_F(Rosters, who_stands_on_the_list_stays_there) {
  place.round = screening::RoundId{*RawId::parse("00000000-0000-8000-8000-00000000000a")};
  enrolled = plan().commands.at(1).makes;
  EXPECT_EQ(plan().recorded, true);
  EXPECT_THAT(plan().commands, IsEmpty());
  EXPECT_THAT(plan(1).commands, SizeIs(2));
}

}  // namespace
}  // namespace fx::importing
