// Without these, a place could switch the law off for itself, and nobody above it would hear.
#include <gmock/gmock.h>

#include "rulebook/testing/bench.hpp"

namespace fx::rulebook::testing {
namespace {

using ::testing::AllOf;
using ::testing::HasSubstr;
using ::testing::Not;

File national() {
  File file = base_file();
  file.text += R"(
[[value]]
id = "S.stay"
unit = "table"
meaning = { zh = "a", en = "a" }
v8 = { value = { regime = "central", days = 7, tests = [1, 4] }, source = "N1", evidence = "S" }
[[value]]
id = "S.stay.inbound"
unit = "table"
meaning = { zh = "a", en = "a" }
v8 = { as = "S.stay", source = "N1", evidence = "S" }
[[value]]
id = "S.often"
unit = "text"
meaning = { zh = "a", en = "a" }
v8 = { local = true, source = "N1", evidence = "S" }
v9 = { value = "2 per week", widen = false, source = "N1", evidence = "S" }
[[value]]
id = "S.every_d"
unit = "day"
meaning = { zh = "a", en = "a" }
stricter = "less"
v8 = { local = true, widen = false, source = "N1", evidence = "S" }
v9 = { value = 3, widen = false, source = "N1", evidence = "S" }
[[value]]
id = "S.cutoff"
unit = "clock"
meaning = { zh = "a", en = "a" }
stricter = "less"
v8 = { value = "15:00", source = "N1", evidence = "S" }
[[value]]
id = "S.first_d"
unit = "day"
meaning = { zh = "a", en = "a" }
stricter = "none"
v8 = { value = 3, source = "N1", evidence = "S" }
[[value]]
id = "S.gate_h"
unit = "hour"
meaning = { zh = "a", en = "a" }
stricter = "less"
v8 = { off = true, source = "N1", evidence = "S" }
v9 = { not_allowed = true, source = "N1", evidence = "S" }
)";
  return file;
}

/// What the load says of one overlay of Linxi County, in the ninth edition unless `keys` name another.
std::string said(const std::string& id, const std::string& keys, const std::string& approved_by = {}) {
  const bool elsewhere = keys.find("profile = ") != std::string::npos;
  std::string text = "pathogen = \"covid19-cn\"\n[[overlay]]\nid = \"" + id +
                     "\"\njurisdiction = 990121\nsource = \"N1\"\nevidence = \"S\"\n" + keys + "\n";
  if (!elsewhere) text += "profile = \"v9\"\nfrom = 2022-07-01\n";
  if (!approved_by.empty()) text += "approved_by = \"" + approved_by + "\"\n";
  return problems_of({national(), {"linxi.toml", text}});
}

TEST(Overlay, NobodySwitchesOffWhatIsOwed) {
  for (const char* cell : {"off = true", "local = true"}) {
    EXPECT_THAT(said("X.h", cell),
                HasSubstr("linxi.toml:7: [X.h] laxer than 2 of profile v9: needs approval above"));
    EXPECT_EQ(said("X.h", cell, "990100"), "");
  }
  for (const char* cell : {"assessed = true", "not_allowed = true"}) {
    EXPECT_THAT(said("X.h", cell), HasSubstr("other than 2 of profile v9, and no order says it is stricter"));
    EXPECT_EQ(said("X.h", cell, "990000"), "");
  }
  EXPECT_THAT(said("S.gate_h", "value = 4"), HasSubstr("laxer than not_allowed of profile v9"));
  EXPECT_THAT(said("S.gate_h", "off = true"), HasSubstr("laxer than not_allowed of profile v9"));
}

TEST(Overlay, WithoutAnOrderAnyChangeNeedsApproval) {
  for (const char* id : {"S.stay", "S.stay.inbound"}) {  // the second has the value of the first
    EXPECT_THAT(said(id, "value = { regime = \"central\", days = 3, tests = [1, 4] }"),
                HasSubstr("needs approval"));
    EXPECT_THAT(said(id, "value = { regime = \"central\", days = 30, tests = [1, 4] }"),
                HasSubstr("needs approval"));
    EXPECT_EQ(said(id, "value = { days = 7, tests = [1, 4], regime = \"central\" }"), "");
    EXPECT_EQ(said(id, "value = { regime = \"central\", days = 3, tests = [] }", "990100"), "");
  }
  EXPECT_THAT(said("S.first_d", "value = 4"), HasSubstr("other than 3 of profile v9"));
  EXPECT_EQ(said("S.first_d", "value = 3"), "");
}

TEST(Overlay, ClockTimesAreOrdered) {
  EXPECT_THAT(said("S.cutoff", "value = \"16:30\""), HasSubstr("laxer than 15:00"));
  EXPECT_THAT(said("S.cutoff", "value = \"14:00\""),
              HasSubstr("warning: [S.cutoff] layer-by-layer tightening"));
  EXPECT_EQ(said("S.cutoff", "value = \"15:00\""), "");
}

TEST(Overlay, WhatMayNotBeWidenedIsRefusedEvenApproved) {
  EXPECT_THAT(said("S.often", "value = \"7 per week\"", "990100"),
              HasSubstr("profile v9 lets nobody set more than 2 per week, approved or not"));
  EXPECT_THAT(said("S.every_d", "value = 1", "990100"), HasSubstr("lets nobody set more than 3"));
  EXPECT_EQ(said("S.every_d", "value = 5", "990100"), "");  // less of it, and approved
  const std::string old = "profile = \"v8\"\nfrom = 2022-01-01\nvalue = ";
  EXPECT_THAT(said("S.every_d", old + "3", "990100"), HasSubstr("lets nobody set more than local"));
  EXPECT_EQ(said("S.often", old + "\"3 per week\""), "");  // left to the place
}

TEST(Overlay, ALimitWhereTheNationHasNoneIsFlagged) {
  EXPECT_THAT(said("S.gate_h", "profile = \"v8\"\nfrom = 2022-01-01\nvalue = 4"),
              HasSubstr("warning: [S.gate_h] layer-by-layer tightening (层层加码): stricter than off"));
}

TEST(Overlay, WhatACitySetsBindsItsCounties) {
  const auto with_city = [](const std::string& city, const std::string& county) {
    const auto text = [](const char* place, const std::string& keys) {
      return std::string("[[overlay]]\nid = \"X.h\"\njurisdiction = ") + place +
             "\nsource = \"N1\"\nevidence = \"S\"\nfrom = 2022-07-01\n" + keys + "\n";
    };
    return problems_of(
        {national(),
         {"county.toml", "pathogen = \"covid19-cn\"\n" + text("990121", county) + text("990100", city)}});
  };
  EXPECT_THAT(with_city("value = 1", "value = 2"), HasSubstr("laxer than 1 (990100) of profile v9"));
  EXPECT_THAT(with_city("value = 1", "value = 1"), Not(HasSubstr("[X.h] laxer")));
  EXPECT_THAT(
      with_city("value = 6\napproved_by = \"990000\"", "value = 5"),
      AllOf(HasSubstr("warning: [X.h]"), HasSubstr("stricter than 6 (990100)"), Not(HasSubstr("laxer"))));
  EXPECT_THAT(with_city("value = 6\napproved_by = \"990000\"\nuntil = 2022-08-01", "value = 5"),
              HasSubstr("laxer than 2 of profile v9"));  // not for all of that time
  EXPECT_THAT(with_city("value = 1\nuntil = 2022-08-01", "value = 2"),
              HasSubstr("county.toml:8: [X.h] laxer than 1 (990100)"));  // not even while it lasts
}

TEST(Overlay, WhatWasSetAboveLaterIsAWarning) {
  const auto text = [](const char* place, const char* from, const char* value) {
    return fmt::format(
        "[[overlay]]\nid = \"X.h\"\njurisdiction = {}\nsource = \"N1\"\nevidence = \"S\"\nfrom = {}\nvalue = "
        "{}\n",
        place, from, value);
  };
  const auto both = [&](const char* above, const char* from) {
    return problems_of({national(),
                        {"county.toml", "pathogen = \"covid19-cn\"\n" + text("990121", "2022-07-01", "2") +
                                            text(above, from, "1")}});
  };
  EXPECT_THAT(both("990100", "2022-07-02"), HasSubstr("warning: [X.h] laxer than 1 (990100)"));
  EXPECT_THAT(both("0", "2022-07-01"),
              AllOf(HasSubstr("[X.h] laxer than 1 of profile v9"), Not(HasSubstr("warning: [X.h] laxer"))));
}

TEST(Overlay, LiesInItsProfilesIntervalAndInAPlace) {
  const auto in = [](const std::string& keys) { return said("X.h", "value = 2\n" + keys); };
  EXPECT_EQ(in("profile = \"v9\"\nfrom = 2022-06-28"), "");
  EXPECT_THAT(in("profile = \"v9\"\nfrom = 2022-06-27"),
              HasSubstr("begins outside the interval of profile v9"));
  EXPECT_THAT(said("X.h", "value = 4\nprofile = \"v8\"\nfrom = 2022-07-01"),
              HasSubstr("begins outside the interval of profile v8"));
  EXPECT_THAT(said("X.h", "value = 4\nprofile = \"v8\"\nfrom = 2022-06-01\nuntil = 2022-07-01"),
              HasSubstr("ends after the interval of profile v8"));
  EXPECT_THAT(problems_of({national(), {"linxi.toml", R"(
pathogen = "covid19-cn"
[[overlay]]
id = "X.h"
jurisdiction = 5
value = 2
source = ""
evidence = "S"
from = 2019-07-01
until = 2019-08-01
)"}}),
              AllOf(HasSubstr("linxi.toml:5: [X.h] 5 is no division code"),
                    HasSubstr("linxi.toml:7: [X.h] the source is empty"),
                    HasSubstr("linxi.toml:9: [X.h] no profile is in force in its interval"),
                    Not(HasSubstr("laxer"))));
}

}  // namespace
}  // namespace fx::rulebook::testing
