// Without these, a slip in a list of units leaves half a realm behind, or a county that lies in another province.
#include <gmock/gmock.h>

#include <filesystem>
#include <fstream>

#include "bin/cli.hpp"
#include "bin/division.hpp"
#include "bin/importable.hpp"
#include "bin/realm.hpp"
#include "bin/unit_list.hpp"
#include "journal/testing/author.hpp"

namespace fx::bin {
namespace {

namespace fs = std::filesystem;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

constexpr std::int32_t county = 110101;
const std::string header = "code,name_zh,name_en,kind,jurisdiction,parent\n";

std::vector<std::string> faults(const std::string& rows) {
  return read_unit_list(header + rows, county, {"CMD-110101"}).faults;
}

TEST(UnitList, IsReadWholeAndEachFaultHasItsRow) {
  const auto list = read_unit_list(header +
                                       "H1,县医院,Hospital,hospital,110101,CMD-110101\n"
                                       "L1,检验科,Laboratory,laboratory,110101,H1\n"
                                       "P,市疾控,City CDC,cdc,110100,\n",
                                   county, {"CMD-110101"});
  EXPECT_THAT(list.faults, IsEmpty());
  ASSERT_EQ(list.units.size(), 3U);
  EXPECT_EQ(list.units[1].kind, UnitKind::laboratory);
  EXPECT_EQ(list.units[1].parent, "H1");
  EXPECT_THAT(
      faults("H1,县医院,Hospital,hospitl,abc,\n"
             ",无,None,hospital,110101,H9\n"
             "H1,,Hospital,hospital,777777,\n"
             "H2,外省,Elsewhere,hospital,310101,\n"
             "CMD-110101,演示,Demonstration,hospital,990121,\n"),
      ElementsAre("row 2: jurisdiction 'abc' is no division code of GB/T 2260",
                  HasSubstr("row 2: no kind of unit is called 'hospitl'; kinds: "),
                  "row 3: parent H9 comes later or never", "row 3: code is empty",
                  "row 4: jurisdiction '777777' is no division code of GB/T 2260", "row 4: name_zh is empty",
                  "row 4: code H1 is used already", "row 5: 310101 lies outside the realm's province 110000",
                  "row 6: prefix 99 is for demonstrations", "row 6: code CMD-110101 is used already"));
}

TEST(UnitList, ARowOfNamesStandsAboveIt) {
  EXPECT_THAT(read_unit_list("H1,县医院,Hospital,hospital,110101,\n", county, {}).faults,
              ElementsAre(HasSubstr("row 1: the first row names the columns")));
}

TEST(UnitList, BytesThatAreNoTextAreSaid) {
  EXPECT_THAT(read_unit_list(header + "H1,\xFF\xFE,x,hospital,110101,\n", county, {}).faults,
              ElementsAre(HasSubstr("the file cannot be decoded: byte ")));
}

struct Init : ::testing::Test {
  /// What init says is wrong; empty when it made the realm.
  std::string init(const std::string& rows, const std::string& place = "110101",
                   const std::string& name = "东城区") {
    std::ofstream(folder / "units.csv") << header << rows;
    CLI::App app;
    int exit_code = 0;
    add_init(app, exit_code);
    try {
      app.parse(std::vector<std::string>{"long enough", "--password", (folder / "units.csv").string(),
                                         "--units", "Dongcheng", "--name-en", name, "--name-zh", place,
                                         "--jurisdiction", (folder / "lx").string(), "--data", "init"});
    } catch (const std::exception& error) {
      return error.what();
    }
    return {};
  }

  journal::testing_desk::ScratchDirectory scratch;
  const fs::path& folder = scratch.path();
};

TEST_F(Init, MakesNothingOutOfAFaultyListAndARetryIsFree) {
  EXPECT_THAT(init("H1,县医院,Hospital,hospitl,110101,\nH2,院,Hospital,hospital,abc,\n"),
              AllOf(HasSubstr("nothing was made:"), HasSubstr("units.csv: row 2: no kind"),
                    HasSubstr("units.csv: row 3: jurisdiction 'abc'")));
  EXPECT_FALSE(fs::exists(folder / "lx"));
  EXPECT_EQ(init("H1,县医院,Hospital,hospital,110101,\n"), "");
  const RealmFile realm = load_realm(folder / "lx");
  EXPECT_EQ(realm.jurisdiction, county);
  EXPECT_TRUE(parse_instant(realm.created_at).has_value()) << realm.created_at;
  EXPECT_THAT(init("H1,县医院,Hospital,hospital,110101,\n"), HasSubstr("there is a realm in"));
}

TEST_F(Init, ARealmHasAPlaceAndNames) {
  EXPECT_THAT(init("", "777777"), HasSubstr("'777777' is no division code"));
  EXPECT_THAT(init("", "990121"), HasSubstr("prefix 99"));
  EXPECT_THAT(init("", "110101", " "), HasSubstr("a name in both languages"));
  EXPECT_FALSE(fs::exists(folder / "lx"));
}

TEST(Division, IsACodeOfAProvinceThatExists) {
  EXPECT_EQ(parse_division("990121"), 990121);
  EXPECT_EQ(parse_division("0"), 0);
  for (const char* text : {"", "abc", "123", "777777", "-110101", "1101011", "110101 "})
    EXPECT_FALSE(parse_division(text)) << text;
}

TEST_F(Init, AFolderGivesWhatIsImportedAndNamesWhatIsNot) {
  fs::create_directories(folder / "in/bad");
  for (const char* name :
       {"a.hl7", "LICENSE.reportstream.txt", "bad/b.txt", "README.md", "c.CSV", ".hidden.csv"})
    std::ofstream(folder / "in" / name) << "x";
  const auto found = importable_at((folder / "in").string());
  const auto path = [&](const char* name) { return (folder / "in" / name).string(); };
  EXPECT_THAT(found.files, ElementsAre(path("a.hl7"), path("bad/b.txt"), path("c.CSV")));
  EXPECT_THAT(found.skipped,
              ElementsAre(path(".hidden.csv"), path("LICENSE.reportstream.txt"), path("README.md")));
  EXPECT_THAT(importable_at(path("README.md")).files, ElementsAre(path("README.md")));
}

TEST(Verbs, AWordThatIsNoVerbIsNamed) {
  CLI::App app;
  int exit_code = 0;
  add_rulebook(app, exit_code);
  add_init(app, exit_code);
  EXPECT_EQ(unknown_verb(app, {"rulebook", "check", "folder"}), "");
  EXPECT_EQ(unknown_verb(app, {"--help"}), "");
  EXPECT_EQ(unknown_verb(app, {}), "");
  EXPECT_EQ(unknown_verb(app, {"bogus"}), "there is no 'bogus'; there are: rulebook, init");
  EXPECT_THAT(unknown_verb(app, {"rulebook", "chek"}),
              HasSubstr("there is no 'rulebook chek'; there are: check, why"));
}

}  // namespace
}  // namespace fx::bin
