#include <gmock/gmock.h>

#include "rulebook/testing/bench.hpp"

namespace fx::rulebook::testing {
namespace {

using ::testing::HasSubstr;

std::string with_rule(const std::string& from, const std::string& to) {
  std::string text = R"([[duty]]
id = "OB-X"
name = { zh = "报卡", en = "card" }
opens = { event = "investigation.case_classified", where = { class = "confirmed" } }
about = "case"
owed_by = "hospital:DOC"
owed_to = "hospital.county.cdc"
within = "@X.h"
met_by = { event = "reporting.card_submitted", same = "case" }
ladder = "std"
source = "N1"
evidence = "S"
)";
  const std::size_t at = text.find(from);
  FX_ASSERT(at != std::string::npos, from);
  return problems_of({base_file(), rules(text.replace(at, from.size(), to))});
}

TEST(Load, AGoodRulebookHasNoProblems) {
  EXPECT_EQ(with_rule("OB-X", "OB-X"), "");
  EXPECT_EQ(load_well({base_file()})->version(), load_well({base_file()})->version());
}

TEST(Load, APlantedWrongNameIsFoundWithItsLine) {
  EXPECT_EQ(with_rule("reporting.card_submitted", "reporting.card_submited"),
            "rules.toml:9: [OB-X] unknown event \"reporting.card_submited\" (did you mean "
            "\"reporting.card_submitted\"?)\n");
}

TEST(Load, EachWrongWordHasItsSentence) {
  EXPECT_THAT(with_rule("\"confirmed\"", "\"confirmd\""),
              HasSubstr("rules.toml:4: [OB-X] field class knows no \"confirmd\""));
  EXPECT_THAT(with_rule("class =", "clas ="), HasSubstr("has no field \"clas\" (did you mean \"class\"?)"));
  EXPECT_THAT(
      with_rule("about = \"case\"", "about = \"tube\""),
      HasSubstr("rules.toml:5: [OB-X] investigation.case_classified has no field with the id of \"tube\""));
  EXPECT_THAT(with_rule("hospital:DOC", "hospitl:DOC"),
              HasSubstr("rules.toml:6: [OB-X] \"hospitl:DOC\": a route cannot start at"));
  EXPECT_THAT(with_rule("hospital:DOC", "hospital:DOCTOR"), HasSubstr("unknown role \"DOCTOR\""));
  EXPECT_THAT(with_rule("hospital.county.cdc", "hospital.county.cdx"), HasSubstr("unknown word \"cdx\""));
  EXPECT_THAT(with_rule("hospital.county.cdc", "hospital.county"), HasSubstr("ends at a place"));
  EXPECT_THAT(with_rule("@X.h", "@X.hs"),
              HasSubstr("rules.toml:8: [OB-X] unknown value \"X.hs\" (did you mean \"X.h\"?)"));
  EXPECT_THAT(with_rule("@X.h", "2 hours"), HasSubstr("a time limit is a value"));
  EXPECT_THAT(with_rule("@X.h", "@L.half"), HasSubstr("unit percent, which is no time limit"));
  EXPECT_THAT(with_rule("\"std\"", "\"sdt\""), HasSubstr("unknown ladder \"sdt\" (did you mean \"std\"?)"));
  EXPECT_THAT(with_rule("source = \"N1\"", "source = \"N2\""), HasSubstr("unknown source \"N2\""));
  EXPECT_THAT(with_rule("evidence =", "evidense ="), HasSubstr("/evidence: required"));
  EXPECT_THAT(with_rule("evidence =", "evidense ="),
              HasSubstr("rules.toml:12: [OB-X] /evidense: unknown field"));
  EXPECT_THAT(with_rule("about = \"case\"", "about = 3"),
              HasSubstr("rules.toml:5: [OB-X] /about: expected text"));
  EXPECT_THAT(with_rule("within = \"@X.h\"\n", ""), HasSubstr("rules.toml:1: [OB-X] /within: required"));
  EXPECT_THAT(with_rule("[[duty]]", "[[dutty]]"), HasSubstr("unknown kind of entry [[dutty]]"));
  EXPECT_THAT(with_rule("id = \"OB-X\"", "id = \"OB-X"), HasSubstr("TOML syntax"));
}

TEST(Load, AllProblemsComeAtOnceAndNothingIsLoaded) {
  File base = base_file();
  base.text += "[[value]]\nid = \"Y\"\nunit = \"hour\"\n";
  const Loaded loaded =
      load(std::vector<File>{base, rules("[[duty]]\nid = \"A\"\n[[bar]]\nid = \"B\"\n")}, fake_registry());
  EXPECT_EQ(loaded.rulebook, nullptr);
  EXPECT_GE(loaded.problems.size(), 6U);
  EXPECT_THAT(check(loaded), HasSubstr("rulebook not loaded"));
}

TEST(Load, PendingEntriesAreNotNameCheckedAndListedAsUnused) {
  const auto book = load_well({base_file(), rules(R"(
[[duty]]
id = "OB-FUTURE"
name = { zh = "将来", en = "future" }
opens = { event = "kitchen.meal_served" }
source = "N1"
evidence = "P"
pending = true
)")});
  EXPECT_THAT(unused(*book), HasSubstr("OB-FUTURE"));
}

TEST(Load, TwoEntriesForOneIdAndPlace) {
  File twice = base_file();
  twice.name = "again.toml";
  twice.text =
      "pathogen = \"covid19-cn\"\n[[value]]\nid = \"X.h\"\nunit = \"hour\"\nmeaning = { zh = \"a\", en = "
      "\"a\" }\nv8 = { value = 1, source = \"N1\", evidence = \"S\" }\n";
  EXPECT_THAT(problems_of({base_file(), twice}),
              HasSubstr("again.toml:3: [X.h] X.h already stands in base.toml:"));
}

TEST(Load, ProfilesMayNotOverlapOrLeaveGaps) {
  const auto shifted = [](const std::string& day) {
    File file = base_file();
    const std::string from = "from = 2022-06-28";
    file.text.replace(file.text.find(from), from.size(), "from = " + day);
    return problems_of({file});
  };
  EXPECT_THAT(shifted("2022-06-27"), HasSubstr("overlaps with profile v8"));
  EXPECT_THAT(shifted("2022-06-29"), HasSubstr("leaves a gap after profile v8"));
}

TEST(Load, CellsAreWellFormed) {
  const auto cell = [](const std::string& text) {
    File file = base_file();
    const std::string from = "v9 = { value = 2,";
    file.text.replace(file.text.find(from), from.size(), "v9 = { " + text);
    return problems_of({file});
  };
  EXPECT_EQ(cell("value = 2,"), "");
  EXPECT_THAT(cell("value = \"two\","), HasSubstr("unit is hour: expected a number"));
  EXPECT_THAT(cell("value = 2, off = true,"), HasSubstr("exactly one of value"));
  EXPECT_THAT(cell("as = \"X.none\","), HasSubstr("unknown value \"X.none\""));
  EXPECT_THAT(cell("as = \"X.h\","), HasSubstr("goes round in a circle"));
}

TEST(Load, RulesSayWhenWhereAndHowSure) {
  EXPECT_THAT(with_rule("evidence = \"S\"", "evidence = \"Z\""),
              HasSubstr("rules.toml:12: [OB-X] evidence is one of C, S, M, P, T"));
  EXPECT_THAT(with_rule("source = \"N1\"", "source = \"\""),
              HasSubstr("rules.toml:11: [OB-X] the source is empty"));
  EXPECT_THAT(with_rule("id = \"OB-X\"", "id = \"\""), HasSubstr("rules.toml:2: [duty] the id is empty"));
  const auto more = [](const std::string& keys) {
    return with_rule("evidence = \"S\"", "evidence = \"S\"\n" + keys);
  };
  EXPECT_EQ(more("from = 2022-01-01\nuntil = 2022-02-01\njurisdiction = 990121"), "");
  EXPECT_THAT(more("from = 2022-02-01\nuntil = 2022-01-01"),
              HasSubstr("rules.toml:14: [OB-X] the rule ends before it begins"));
  EXPECT_THAT(more("jurisdiction = 123"), HasSubstr("rules.toml:13: [OB-X] 123 is no division code"));
}

TEST(Load, NumbersHaveAnOrderAndAMeaning) {
  const auto value = [](const std::string& from, const std::string& to) {
    File file = base_file();
    const std::size_t at = file.text.find(from, file.text.find("id = \"X.h\""));
    file.text.replace(at, from.size(), to);
    return problems_of({file});
  };
  EXPECT_THAT(value("stricter = \"less\"\n", ""), HasSubstr("[X.h] a number says stricter ="));
  EXPECT_THAT(value("value = 2", "value = -2"), HasSubstr("-2 hour is less than nothing"));
  EXPECT_THAT(value("value = 2", "value = 0"), HasSubstr("0 hours is no time limit"));
  EXPECT_THAT(value("value = 2", "value = inf"), HasSubstr("expected a finite number"));
  EXPECT_THAT(value("value = 2", "value = 99999999999999"), HasSubstr("is longer than 100 years"));
  EXPECT_THAT(value("stricter = \"less\"", "stricter = \"less\"\nbounds = { lax = 1, strict = 3 }"),
              HasSubstr("[X.h] bounds: lax (1) is stricter than strict (3)"));
  EXPECT_THAT(value("stricter = \"less\"", "stricter = \"none\"\nbounds = { lax = 3 }"),
              HasSubstr("bounds want a number with an order"));
  EXPECT_THAT(value("id = \"X.h\"", "id = \" \""), HasSubstr("the id is empty"));
}

TEST(Load, ARulebookWithoutProfilesOrSourcesIsNone) {
  EXPECT_EQ(problems_of({}),
            "profiles.toml:1: [profile] there is no [[profile]]: nothing is ever in force\n");
  File file = base_file();
  const std::size_t source = file.text.find("[[source]]");
  file.text.erase(source, file.text.find("[[value]]") - source);
  EXPECT_EQ(problems_of({file}),
            "sources.toml:1: [source] there is no [[source]]: nothing says where a number is written\n");
}

// ---- overlays ----

std::string overlay(const std::string& text) {
  File file{"linxi.toml",
            "pathogen = \"covid19-cn\"\n[[overlay]]\nid = \"X.h\"\njurisdiction = 990121\nsource = "
            "\"N1\"\nevidence = \"S\"\n" +
                text};
  return problems_of({base_file(), file});
}

TEST(Overlay, LaxerNeedsApprovalAboveAndStricterIsFlagged) {
  EXPECT_THAT(overlay("profile = \"v9\"\nfrom = 2022-07-01\nvalue = 3\n"),
              HasSubstr("linxi.toml:9: [X.h] laxer than 2 of profile v9: needs approval above"));
  EXPECT_EQ(overlay("profile = \"v9\"\nfrom = 2022-07-01\nvalue = 3\napproved_by = \"990100\"\n"), "");
  EXPECT_THAT(overlay("profile = \"v9\"\nfrom = 2022-07-01\nvalue = 3\napproved_by = \"990122\"\n"),
              HasSubstr("approved_by is the code of a jurisdiction above"));
  EXPECT_THAT(overlay("profile = \"v9\"\nfrom = 2022-07-01\nvalue = 1\n"),
              HasSubstr("warning: [X.h] layer-by-layer tightening (层层加码)"));
  EXPECT_THAT(overlay("id2 = 1\nfrom = 2022-07-01\nvalue = 2\n"), HasSubstr("/id2: unknown field"));
  EXPECT_THAT(overlay("from = 2022-07-01\n"), HasSubstr("exactly one of value"));
}

TEST(Overlay, BoundsReplaceTheValueItself) {
  File file = base_file();
  const std::string value = "v9 = { value = 2, source = \"N1\", evidence = \"S\" }";
  file.text.replace(file.text.find(value), value.size(), value + "\nbounds = { lax = 3, strict = 2 }");
  const auto said = [&](int number) {
    return problems_of(
        {file,
         {"linxi.toml",
          "pathogen = \"covid19-cn\"\n[[overlay]]\nid = \"X.h\"\njurisdiction = 990121\nprofile = "
          "\"v9\"\nfrom = 2022-07-01\nsource = \"N1\"\nevidence = \"S\"\nvalue = " +
              std::to_string(number) + "\n"}});
  };
  EXPECT_EQ(said(3), "");
  EXPECT_EQ(said(2), "");
  EXPECT_THAT(said(4), HasSubstr("needs approval"));
  EXPECT_THAT(said(1), HasSubstr("层层加码"));
}

TEST(Overlay, CountyOverCityOverNationInTheProfileOfTheTime) {
  const File local{"local.toml", R"(
pathogen = "covid19-cn"
[[overlay]]
id = "X.h"
jurisdiction = 990100
source = "N1"
evidence = "S"
from = 2022-07-01
value = 1.5
[[overlay]]
id = "X.h"
jurisdiction = 990121
profile = "v9"
source = "N1"
evidence = "S"
from = 2022-07-10
until = 2022-07-20
value = 1
)"};
  const auto book = load_well({base_file(), local});
  const auto hours = [&](std::string_view when, std::int32_t place) {
    return book->value("X.h", at(when), place).number();
  };
  EXPECT_EQ(hours("2022-06-01", 990121), 4);
  EXPECT_EQ(hours("2022-06-30", 990121), 2);
  EXPECT_EQ(hours("2022-07-05", 990121), 1.5);
  EXPECT_EQ(hours("2022-07-10 00:00", 990121), 1);
  EXPECT_EQ(hours("2022-07-10 00:00", 990122), 1.5);
  EXPECT_EQ(hours("2022-07-20 00:00", 990121), 1.5);
  EXPECT_EQ(hours("2022-07-10 00:00", 110000), 2);
  const RuleValue inherited = book->value("L.county_min", at("2022-07-10"), 990121);
  EXPECT_EQ(inherited.profile, "v8");
  EXPECT_EQ(inherited.state, RuleValue::State::value);
  EXPECT_EQ(book->value("X.h", at("2010-01-01"), 990121).state, RuleValue::State::absent);
  EXPECT_EQ(book->value("X.h", at("2022-07-01"), 990121, "measles").state, RuleValue::State::absent);
  EXPECT_EQ(book->value("X.h", at("2022-07-01"), 0, "covid19-cn").number(), 2);
  EXPECT_THAT(why(*book, "X.h", at("2022-07-12"), 990121), HasSubstr("990121"));
}

// ---- bars ----

TEST(Bar, MayNotRefuseWhatSavesLives) {
  EXPECT_THAT(problems_of({base_file(), rules(R"(
[[bar]]
id = "B"
name = { zh = "a", en = "a" }
source = "N1"
evidence = "S"
refuses = "hospitals.declare_emergency"
always = true
code = "R-1"
say = { zh = "不", en = "no" }
)")}),
              HasSubstr("rules.toml:7: [B] hospitals.declare_emergency saves lives"));
}

TEST(Bar, RefusesWithACodeThatADeskDeclares) {
  EXPECT_THAT(
      problems_of({base_file(), rules(R"(
[[bar]]
id = "B"
name = { zh = "a", en = "a" }
source = "N1"
evidence = "S"
refuses = "hospitals.clear_patient"
always = true
code = "R-FEV-44"
say = { zh = "不", en = "no" }
)")}),
      HasSubstr(
          "rules.toml:9: [B] no desk declares the refusal code \"R-FEV-44\" (did you mean \"R-FEV-4\"?)"));
}

TEST(Bar, FactsLieAtMostTwoRowsAway) {
  const auto fact = [](const std::string& path) {
    return problems_of(
        {base_file(),
         rules("[[bar]]\nid = \"B\"\nname = { zh = \"a\", en = \"a\" }\nsource = \"N1\"\nevidence = \"S\"\n"
               "refuses = \"hospitals.clear_patient\"\ncode = \"R-1\"\nsay = { zh = \"不\", en = \"no\" }\n"
               "until = { fact = \"" +
               path + "\", exists = true }\n")});
  };
  EXPECT_EQ(fact("encounter.result"), "");
  EXPECT_EQ(fact("encounter.tube.received_at"), "");
  EXPECT_THAT(fact("encounter.tube.encounter.result"), HasSubstr("at most two rows away"));
  EXPECT_THAT(fact("encounter.resul"),
              HasSubstr("encounter has no field \"resul\" (did you mean \"result\"?)"));
  EXPECT_THAT(fact("patient.result"), HasSubstr("leads to no row"));
}

struct BarTest : ::testing::Test {
  static std::shared_ptr<const Rulebook> book_of(const std::string& condition) {
    return load_well(
        {base_file(),
         rules(
             "[[bar]]\nid = \"H3\"\nname = { zh = \"a\", en = \"a\" }\nsource = \"N1\"\nevidence = \"S\"\n"
             "refuses = \"hospitals.clear_patient\"\ncode = \"R-FEV-4\"\nsay = { zh = \"不\", en = \"no\" }\n"
             "lifts = { zh = \"阴性\", en = \"a negative\" }\n" +
             condition + "\n")});
  }
  Refusals ask(const Rulebook& book, std::optional<Outcome> result, bool exists = true) {
    Bench bench(book, place);
    if (exists)
      bench.put(table_type<Encounter>(), std::make_shared<Encounter>(Encounter{encounter, {}, result}));
    const Operation& operation = *fake_registry().operation("hospitals.clear_patient");
    const ClearPatient command{encounter};
    const Context context{at("2022-07-17 22:45"),
                          at("2022-07-17 22:45"),
                          Actor{{}, place.clinic, 990121, {Role::DOC}},
                          {},
                          place.reference,
                          book};
    KeySet keys;
    book.bar_keys(operation, &command, bench, context, keys);
    EXPECT_EQ(keys.entries().size(), 1U);
    return book.bars(operation, &command, bench, context);
  }
  Place place;
  EncounterId encounter = make_id<EncounterId>(1);
};

TEST_F(BarTest, RefusesUntilTheFactIsSo) {
  const auto book = book_of("until = { fact = \"encounter.result\", is = \"negative\" }");
  const Refusals no = ask(*book, Outcome::positive);
  ASSERT_EQ(no.list().size(), 1U);
  EXPECT_EQ(no.list()[0].code, "R-FEV-4");
  EXPECT_EQ(no.list()[0].rule, "H3");
  EXPECT_EQ(no.list()[0].source, "N1");
  EXPECT_EQ(no.list()[0].path, "/encounter");
  EXPECT_EQ(no.list()[0].lifts.en, "a negative");
  EXPECT_FALSE(ask(*book, std::nullopt).empty());
  EXPECT_TRUE(ask(*book, Outcome::negative).empty());
  EXPECT_TRUE(ask(*book, Outcome::positive, false).empty());  // no such encounter: the desk says so
}

TEST_F(BarTest, SpeaksOnlyUnderItsProfilesAndConditions) {
  EXPECT_TRUE(ask(*book_of("until = { fact = \"encounter.result\", is = \"negative\" }\nprofiles = [\"v8\"]"),
                  Outcome::positive)
                  .empty());
  EXPECT_TRUE(ask(*book_of("until = { fact = \"encounter.result\", is = \"negative\" }\nwhen = { value = "
                           "\"@X.h\", is = 4 }"),
                  Outcome::positive)
                  .empty());
  EXPECT_FALSE(ask(*book_of("until = { fact = \"encounter.result\", is = \"negative\" }\nwhen = { value = "
                            "\"@X.h\", is = 2 }"),
                   Outcome::positive)
                   .empty());
}

}  // namespace
}  // namespace fx::rulebook::testing
