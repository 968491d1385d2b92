// Without these, an instrument's file could turn a cut-off line, a failed control or somebody else's well into a negative.
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <set>

#include "base/code.hpp"
#include "importing/testing.hpp"

namespace fx::importing {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::SizeIs;

std::string code(std::uint64_t n) { return write_code({'T', n}); }

ImportFile read(const std::string& bytes, std::string profile = {}) {
  auto file = read_import(bytes, testing::catalogue(),
                          {.now = testing::at("2022-07-18T08:00:00+08:00"), .profile = std::move(profile)});
  EXPECT_TRUE(file) << (file ? "" : testing::said(file.error()));
  return file ? *std::move(file) : ImportFile{};
}

const SpecimenReading& reading(const ImportItem& item) { return std::get<SpecimenReading>(item.body); }

/// "row field code" of every fault.
std::vector<std::string> faults(const ImportFile& file) {
  std::vector<std::string> out;
  for (const ImportItem& item : file.items)
    for (const RowFault& one : item.faults)
      out.push_back(std::to_string(one.row) + " " + one.field + " " + one.code);
  return out;
}

// ---- tables --------------------------------------------------------------------------------------------------------

TEST(InstrumentTable, one_line_a_well) {
  const ImportFile file =
      read("板号,孔位,管号,ORF1ab Ct,N Ct,内标,结果\nP1,A01," + code(1) + ",,,28.1,阴性\nP1,b2," + code(2) +
           ",\"24,5\",25.25,27,阳性\nP1,G12,阴性对照,,,,\nP1,H12,阳性对照,22,23,25,\n");
  EXPECT_EQ(file.kind, ItemKind::instrument_reading);
  EXPECT_EQ(file.profile, "instrument-template");
  ASSERT_THAT(file.items, SizeIs(2));
  EXPECT_THAT(faults(file), IsEmpty());
  const SpecimenReading& first = reading(file.items[0]);
  EXPECT_EQ(first.tube, code(1));
  EXPECT_EQ(first.plate, "P1");
  EXPECT_EQ(first.well, "A1");
  EXPECT_EQ(first.call, "negative");
  EXPECT_EQ(first.control, InternalControl::passed);
  EXPECT_TRUE(first.plate_valid);
  EXPECT_THAT(first.targets, ElementsAre(TargetCt{"ORF1ab", {}}, TargetCt{"N", {}}));
  EXPECT_THAT(reading(file.items[1]).targets, ElementsAre(TargetCt{"ORF1ab", 24.5}, TargetCt{"N", 25.25}));
  EXPECT_THAT(file.warnings, SizeIs(2)) << "the control wells are said, not dropped";
}

/// As QuantStudio saves it: forty lines about itself, then one line a target.
std::string quantstudio(const std::string& lines) {
  std::string out;
  for (int i = 0; i < 40; ++i) out += "* Block Type = 96-Well 0.2-mL Block\n";
  return out + "\n[Results]\nWell\tWell Position\tOmit\tSample Name\tTarget Name\tTask\tReporter\tCт\n" +
         lines;
}

TEST(InstrumentTable, one_line_a_target_below_forty_lines_of_preamble) {
  const ImportFile file = read(quantstudio(
      "1\tA1\tfalse\t" + code(1) + "\tORF1ab\tUNKNOWN\tFAM\tUndetermined\n1\tA1\tfalse\t" + code(1) +
      "\tN gene\tUNKNOWN\tVIC\t38.5\n1\tA1\tfalse\t" + code(1) + "\tRNase P\tUNKNOWN\tCY5\t26\n" +
      "2\tA2\tfalse\tNTC\tORF1ab\tNTC\tFAM\tUndetermined\n2\tA2\tfalse\tNTC\tN "
      "gene\tNTC\tVIC\tUndetermined\n" +
      "3\tA3\tfalse\t\tORF1ab\tUNKNOWN\tFAM\tUndetermined\n"));
  ASSERT_THAT(file.items, SizeIs(2)) << ::testing::PrintToString(faults(file));
  EXPECT_EQ(file.profile, "instrument-targets");
  EXPECT_EQ(reading(file.items[0]).well, "A1");
  EXPECT_EQ(reading(file.items[0]).control, InternalControl::passed);
  EXPECT_THAT(reading(file.items[0]).targets, ElementsAre(TargetCt{"ORF1ab", {}}, TargetCt{"N", 38.5}));
  EXPECT_EQ(reading(file.items[0]).call, "") << "what the rulebook makes of it is not the file's to say";
  EXPECT_THAT(faults(file), ElementsAre("49 Target Name F-SHAPE"))
      << "a well that lacks a target is no negative";
}

TEST(InstrumentTable, gb18030_reads_the_same) {
  const std::string utf8 = "孔位,管号,内标,结果\nA1," + code(1) + ",合格,阴性\n";
  std::string gb = "\xBF\xD7\xCE\xBB,\xB9\xDC\xBA\xC5,\xC4\xDA\xB1\xEA,\xBD\xE1\xB9\xFB\nA1," + code(1) +
                   ",\xBA\xCF\xB8\xF1,\xD2\xF5\xD0\xD4\n";
  EXPECT_EQ(read(gb).items.at(0).key, read(utf8).items.at(0).key);
  EXPECT_EQ(reading(read(gb).items.at(0)).control, InternalControl::passed);
}

TEST(InstrumentTable, a_failed_control_is_never_passed_over) {
  const auto control = [](const std::string& cell) {
    const ImportFile file = read("孔位,管号,N Ct,内标,结果\nA1," + code(1) + ",," + cell + ",阴性\n");
    return file.items.at(0).faults.empty() ? std::string(enum_text(reading(file.items[0]).control)) : "fault";
  };
  EXPECT_EQ(control("27.5"), "passed");
  EXPECT_EQ(control("合格"), "passed");
  EXPECT_EQ(control("不合格"), "failed");
  EXPECT_EQ(control("Undetermined"), "failed");
  EXPECT_EQ(control(""), "unsaid") << "and then the reading is refused";
  EXPECT_EQ(control("maybe"), "fault");
  const ImportFile contaminated =
      read("孔位,管号,N Ct,内标,结果\nA1," + code(1) + ",,27,阴性\nG12,NTC,33,,\nH12,PC,22,,\n");
  EXPECT_FALSE(reading(contaminated.items.at(0)).plate_valid) << "the negative control has a Ct";
  const ImportFile dead = read("孔位,管号,N Ct,内标,结果\nA1," + code(1) + ",,27,阴性\nH12,阳性对照,,,\n");
  EXPECT_FALSE(reading(dead.items.at(0)).plate_valid) << "the positive control has none";
}

TEST(InstrumentTable, names_what_it_cannot_read_by_row_and_header) {
  const ImportFile file = read("孔位,管号,N Ct,内标,结果\nA1," + code(1) + ",abc,27,阴性\nZ9," + code(2) +
                               ",,27,阴性\nA3,12345,,27,阴性\nA4," + code(4) + ",,27,也许\nA5," + code(1) +
                               ",,27,阴性\nA6," + code(6) + ",-3,27,阴性\nA7," + code(7) + ",,27,阴性\n");
  EXPECT_THAT(faults(file), ElementsAre("2 N Ct F-SHAPE", "3 孔位 F-SHAPE", "4 管号 F-SHAPE", "5 结果 F-REF",
                                        "6 管号 F-SHAPE", "7 N Ct F-SHAPE"));
  EXPECT_EQ(file.items.size(), 7U);
}

// Whatever an instrument writes: every line lands in one item or is named, and nothing makes the reader fail.
RC_GTEST_PROP(InstrumentTable, takes_any_cells, ()) {
  const auto cell = rc::gen::oneOf(rc::gen::element<std::string>("A1", "B12", "NTC", "PC", "27.5", "-",
                                                                 "阴性", "+", "1e9", "nan", "-1", "=1+1"),
                                   rc::gen::just(code(3)), rc::gen::just(std::string()));
  std::string text = "孔位,管号,孔类型,N Ct,内标,结果\n";
  const int rows = *rc::gen::inRange(0, 12);
  for (int i = 0; i < rows; ++i) {
    for (int c = 0; c < 6; ++c) (text += c == 0 ? "" : ",") += *cell;
    text += "\n";
  }
  const auto file =
      read_import(text, testing::catalogue(), {.now = testing::at("2022-07-18T08:00:00+08:00")});
  RC_ASSERT(static_cast<bool>(file));
  for (const ImportItem& item : file->items)
    if (item.faults.empty()) RC_ASSERT(std::holds_alternative<SpecimenReading>(item.body));
}

// ---- messages ------------------------------------------------------------------------------------------------------

std::string head(const std::string& kind, const std::string& version = "2.5.1") {
  return "MSH|^~\\&|QS5|LAB1|FX|LAB1|20220717224000+0800||" + kind + "|M1|P|" + version + "\r";
}

TEST(InstrumentMessage, holds_several_specimens) {
  const ImportFile file = read(
      head("OUL^R22^OUL_R22") + "SPM|1|" + code(1) + "^|\rOBR|1\rOBX|1|NM|ORF1ab^ORF1ab Ct||24.1||||||F\r" +
      "OBX|2|NM|N^N gene Ct||25||||||F\rOBX|3|NM|IC^RNase P Ct||27||||||F\r" + "SPM|2|X&S^" + code(2) +
      "\rOBR|2\rOBX|1|ST|94500-6^SARS-CoV-2 RNA^LN||Negative||||||F\rOBX|2|ST|IC||Pass||||||F\r");
  EXPECT_EQ(file.kind, ItemKind::instrument_reading);
  ASSERT_THAT(file.items, SizeIs(2));
  EXPECT_THAT(faults(file), IsEmpty());
  EXPECT_EQ(reading(file.items[0]).tube, code(1));
  EXPECT_THAT(reading(file.items[0]).targets, ElementsAre(TargetCt{"ORF1ab", 24.1}, TargetCt{"N", 25.0}));
  EXPECT_EQ(reading(file.items[0]).control, InternalControl::passed);
  EXPECT_EQ(reading(file.items[1]).tube, code(2));
  EXPECT_EQ(reading(file.items[1]).call, "negative");
}

TEST(InstrumentMessage, an_observation_report_is_one_when_whoever_brings_it_says_so) {
  const std::string text =
      head("ORU^R01") + "PID|1||7\rOBR|1||" + code(5) +
      "|94500-6^^LN\rOBX|1|CWE|94500-6^^LN||260373001^Detected^SCT||||||F\rOBX|2|NM|RP||25||||||F\r";
  const ImportFile instrument = read(text, std::string(instrument_kind));
  ASSERT_THAT(instrument.items, SizeIs(1));
  EXPECT_THAT(faults(instrument), IsEmpty());
  EXPECT_EQ(reading(instrument.items[0]).call, "positive");
  EXPECT_EQ(read(text).items.at(0).kind, ItemKind::lab_report);
}

TEST(InstrumentMessage, every_check_symbol_is_read_sent_as_scanned_or_escaped) {
  std::set<char> symbols;
  for (std::uint64_t n = 0; n < 37; ++n) {
    const std::string scanned = code(n);
    symbols.insert(scanned.back());
    std::string escaped = scanned;
    if (escaped.back() == '~') escaped.replace(escaped.size() - 1, 1, "\\R\\");
    for (const std::string& sent : {scanned, escaped, escaped + "^X"}) {
      const ImportFile file =
          read(head("OUL^R22") + "SPM|1|" + sent + "\rOBR|1\rOBX|1|ST|RESULT||Negative||||||F\r");
      ASSERT_THAT(file.items, SizeIs(1)) << sent;
      EXPECT_EQ(reading(file.items[0]).tube, scanned) << sent;
    }
  }
  EXPECT_TRUE(symbols.contains('~'));
}

TEST(InstrumentMessage, names_segment_and_field) {
  EXPECT_THAT(faults(read(head("OUL^R22") + "SPM|1|NOCODE\rOBR|1\rOBX|1|NM|N||x||||||F\r")),
              ElementsAre("4 OBX-5 F-SHAPE", "2 SPM-2 F-SHAPE"));
  EXPECT_THAT(faults(read(head("OUL^R22", "2.9") + "SPM|1|" + code(1) + "\r")),
              ElementsAre("1 MSH-12 F-REF"));
  EXPECT_THAT(faults(read(head("OUL^R22") + "OBX|1|NM|N||2||||||F\r")),
              ElementsAre("2 OBX-1 F-SHAPE", "1 SPM F-SHAPE"));
  EXPECT_THAT(faults(read(head("OUL^R22") + "SPM|1|" + code(1) + "\rOBR|1\r")), ElementsAre("2 OBX F-SHAPE"));
  EXPECT_THAT(faults(read(head("OUL^R22") + "SPM|1|" + code(1) + "\rOBX|1|ST|RESULT||Perhaps||||||F\r")),
              ElementsAre("3 OBX-5 F-SHAPE"));
}

// ---- one bad byte --------------------------------------------------------------------------------------------------

// Without this, one broken byte in one message would keep a night's file of good ones out.
TEST(Hl7File, a_byte_that_is_no_text_costs_its_message_alone) {
  const auto message = [](const std::string& number, const std::string& name) {
    return "MSH|^~\\&|app|fac|||20220717224000+0800||ORU^R01|" + number + "|P|2.5.1\rPID|1||7||" + name +
           "^Wei^^^^^L\rOBR|1||F1|94500-6^^LN|||||||||||||||||||||F\rOBX|1|CWE|94500-6^^LN||260415000^^SCT|||"
           "|||F\r";
  };
  const ImportFile file = read(message("M1", "Zhang") + message("M2", "Zh\xFFng") + message("M3", "张"));
  ASSERT_THAT(file.items, SizeIs(3));
  EXPECT_THAT(faults(file), ElementsAre("6 PID-5 F-ENCODING"));
  EXPECT_EQ(file.items[1].label, "M2");
  EXPECT_EQ(std::get<LabReport>(file.items[2].body).patient.family, "张");
}

}  // namespace
}  // namespace fx::importing
