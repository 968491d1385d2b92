// Without these, a demonstration told in several files could play the evening before the noon, or part a step from what is
// expected of it.
#include <gmock/gmock.h>

#include "scenario/testing/parsed.hpp"
#include "scenario/together.hpp"

namespace fx::scenario::testing {
namespace {

std::vector<std::string> texts(const Script& script) {
  std::vector<std::string> out;
  for (const Line& line : script.lines) out.push_back(line.text);
  return out;
}

TEST(Together, CastsFirstThenByTheClockEachStepWithWhatBelongsToIt) {
  Script clinic = parsed(R"(title Night
start 2022-07-17 12:00
unit clinic fever_clinic 990121
post nurse NUR at clinic
12:10 nurse x.a
-> x.happened
20:00 nurse x.b
2022-07-18 00:10 nurse x.c
)");
  Script site = parsed(R"(start 2022-07-17 12:00
unit site quarantine_site 990121
post manager QM at site
12:10 manager x.d
let N = x.happened id
13:00 manager x.e
)");
  clinic.file = "clinic";
  site.file = "site";
  const Script whole = together({clinic, site});
  EXPECT_EQ(whole.title, "Night");
  EXPECT_THAT(texts(whole), ::testing::ElementsAre(
                                "clinic: unit clinic fever_clinic 990121", "clinic: post nurse NUR at clinic",
                                "site: unit site quarantine_site 990121", "site: post manager QM at site",
                                "clinic: 12:10 nurse x.a", "clinic: -> x.happened", "site: 12:10 manager x.d",
                                "site: let N = x.happened id", "site: 13:00 manager x.e",
                                "clinic: 20:00 nurse x.b", "clinic: 2022-07-18 00:10 nurse x.c"));
}

TEST(Together, OneScriptStaysAsItIs) {
  const Script alone = parsed("start 2022-07-17 12:00\nunit clinic fever_clinic 990121\n12:10 nurse x.a\n");
  EXPECT_THAT(texts(together({alone})), ::testing::ElementsAreArray(texts(alone)));
  EXPECT_TRUE(together({}).lines.empty());
}

}  // namespace
}  // namespace fx::scenario::testing
