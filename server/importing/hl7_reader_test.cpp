#include "importing/hl7_reader.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include "importing/testing.hpp"

namespace fx::importing {
namespace {

using testing::at;
using testing::catalogue;
using testing::day;

/// A message of a county laboratory, put together from parts so that a test can spoil one of them.
struct Message {
  std::string msh =
      "MSH|^~\\&|LIS|北岭市疾控^12990100MB0^USCC|FX|990121|20220717224000+0800||ORU^R01^ORU_R01|M1|P|2.5.1";
  std::string pid =
      "PID|1||990121198604121130^^^CN&1.2&ISO^NNCHN||张^伟^^^^^L||19860412|M|||林溪县示范路3号^^北岭市^^"
      "990121^CHN||13800138000^PRN^CP";
  std::string obr =
      "OBR|1|P-7^LIS|F-9^LAB|94500-6^SARS-CoV-2 "
      "RNA^LN|||20220717182500+0800|||||||20220717191000+0800||||||||20220717223500+0800|||F";
  std::string obx =
      "OBX|1|CWE|94500-6^新型冠状病毒核酸^LN||260373001^检出^SCT|||A|||F|||20220717182500+0800|||||"
      "20220717220000+0800||||县检验所^^^^^^^^^91990121X";
  std::string spm =
      "SPM|1|S1^T20220717001||258500001^鼻咽拭子^SCT|||||||||||||20220717182500+0800|20220717191000+0800";

  [[nodiscard]] std::string text() const {
    std::string all;
    for (const std::string* segment : {&msh, &pid, &obr, &obx, &spm}) {
      if (!segment->empty()) all += *segment + "\r";
    }
    return all;
  }
};

LabReading read(const std::string& text) {
  const Hl7File file = read_hl7_file(text);
  EXPECT_EQ(file.messages.size(), 1U);
  return read_lab_report(file.messages.at(0), catalogue().results, {.now = at("2022-07-17T22:41:00+08:00")});
}

void replace(std::string& text, std::string_view from, std::string_view to) {
  const std::size_t place = text.find(from);
  ASSERT_NE(place, std::string::npos) << from;
  text.replace(place, from.size(), to);
}

// Without this, a positive from a laboratory's system would reach nobody.
TEST(LabReport, reads_person_specimen_and_result) {
  const LabReading reading = read(Message{}.text());
  ASSERT_TRUE(reading.report) << reading.faults.size();
  EXPECT_TRUE(reading.warnings.empty());
  const LabReport& report = *reading.report;
  EXPECT_EQ(report.message_id, "M1");
  EXPECT_EQ(report.version, "2.5.1");
  EXPECT_EQ(report.sending_facility, "12990100MB0");
  EXPECT_EQ(report.sent_at, at("2022-07-17T22:40:00+08:00"));
  EXPECT_EQ(report.patient.name, "张伟");
  EXPECT_EQ(report.patient.sex, Sex::male);
  EXPECT_EQ(report.patient.birth_day, day("1986-04-12"));
  ASSERT_EQ(report.patient.numbers.size(), 1U);
  EXPECT_EQ(report.patient.numbers[0].value, "990121198604121130");
  EXPECT_EQ(report.patient.numbers[0].type, "NNCHN");
  EXPECT_THAT(report.patient.phones, ::testing::ElementsAre("13800138000"));
  EXPECT_EQ(report.patient.address, "林溪县示范路3号");
  ASSERT_EQ(report.orders.size(), 1U);
  const LabOrder& order = report.orders[0];
  EXPECT_EQ(order.filler_id, "F-9");
  EXPECT_EQ(order.specimen.id, "T20220717001");
  EXPECT_EQ(order.specimen.kind.text, "鼻咽拭子");
  EXPECT_EQ(order.specimen.collected_at, at("2022-07-17T18:25:00+08:00"));
  EXPECT_EQ(order.specimen.received_at, at("2022-07-17T19:10:00+08:00"));
  ASSERT_EQ(order.observations.size(), 1U);
  const Observation& one = order.observations[0];
  EXPECT_EQ(one.verdict, LabVerdict::positive);
  EXPECT_EQ(one.pathogen, "sars-cov-2");
  EXPECT_EQ(one.method, TestMethod::nucleic_acid);
  EXPECT_EQ(one.standing, Standing::final_result);
  EXPECT_EQ(one.performer, "91990121X");
}

TEST(LabReport, version_2_3_1_without_specimen_segment) {
  Message message;
  replace(message.msh, "ORU^R01^ORU_R01|M1|P|2.5.1", "ORU^R01|M1|P|2.3.1");
  message.spm.clear();
  const LabReading reading = read(message.text());
  ASSERT_TRUE(reading.report);
  EXPECT_EQ(reading.report->orders[0].specimen.id, "F-9") << "the order's number stands for the specimen";
  EXPECT_EQ(reading.report->orders[0].specimen.received_at, at("2022-07-17T19:10:00+08:00"));
}

struct Spoiled {
  const char* name;
  std::string Message::* segment;
  const char* from;
  const char* to;
  const char* field;
  const char* code;
};

class SpoiledMessage : public ::testing::TestWithParam<Spoiled> {};

// Without this, a message that lacks what makes it one would be half recorded, or refused without saying why.
TEST_P(SpoiledMessage, is_refused_with_segment_field_and_reason) {
  const Spoiled& spoiled = GetParam();
  Message message;
  if (*spoiled.from == '\0')
    message.*spoiled.segment = spoiled.to;
  else
    replace(message.*spoiled.segment, spoiled.from, spoiled.to);
  const LabReading reading = read(message.text());
  EXPECT_FALSE(reading.report);
  ASSERT_EQ(reading.faults.size(), 1U);
  const RowFault& fault = reading.faults[0];
  EXPECT_EQ(fault.field, spoiled.field);
  EXPECT_EQ(fault.segment, std::string(spoiled.field).substr(0, 3));
  EXPECT_EQ(fault.code, spoiled.code);
  EXPECT_FALSE(fault.reason.zh.empty());
  EXPECT_FALSE(fault.reason.en.empty());
  EXPECT_GT(fault.row, 0U);
}

INSTANTIATE_TEST_SUITE_P(
    LabReport, SpoiledMessage,
    ::testing::Values(
        Spoiled{"time_empty", &Message::msh, "20220717224000+0800", "", "MSH-7", "F-SHAPE"},
        Spoiled{"time_unreadable", &Message::msh, "20220717224000+0800", "yesterday", "MSH-7", "F-SHAPE"},
        Spoiled{"type", &Message::msh, "ORU^R01^ORU_R01", "ADT^A01", "MSH-9", "F-REF"},
        Spoiled{"id_empty", &Message::msh, "|M1|", "||", "MSH-10", "F-SHAPE"},
        Spoiled{"version_empty", &Message::msh, "|2.5.1", "|", "MSH-12", "F-SHAPE"},
        Spoiled{"version_unknown", &Message::msh, "|2.5.1", "|2.9", "MSH-12", "F-REF"},
        Spoiled{"lone_name", &Message::pid, "张^伟^^^^^L", "Pid5", "PID-5", "F-SHAPE"},
        Spoiled{"no_patient", &Message::pid, "", "", "PID", "F-SHAPE"},
        Spoiled{"two_patients", &Message::pid, "", "PID|1||a\rPID|2||b", "PID-1", "F-SHAPE"},
        Spoiled{"nobody", &Message::pid, "", "PID|1", "PID-3", "F-SHAPE"},
        Spoiled{"observation_repeated", &Message::obx, "", "OBX|1|ST|x||y||||||F\rOBX|1|ST|x||y||||||F",
                "OBX-1", "F-SHAPE"},
        Spoiled{"observation_number", &Message::obx, "OBX|1|", "OBX|one|", "OBX-1", "F-SHAPE"},
        Spoiled{"no_test", &Message::obx, "94500-6^新型冠状病毒核酸^LN", "", "OBX-3", "F-SHAPE"}),
    [](const auto& spoiled) { return spoiled.param.name; });

TEST(LabReport, all_faults_are_named_at_once) {
  Message message;
  replace(message.msh, "20220717224000+0800", "");
  replace(message.msh, "|M1|", "||");
  replace(message.pid, "张^伟^^^^^L", "Pid5");
  std::vector<std::string> fields;
  for (const RowFault& fault : read(message.text()).faults) fields.push_back(fault.field);
  EXPECT_THAT(fields, ::testing::ElementsAre("MSH-7", "MSH-10", "PID-5"));
}

TEST(LabReport, results_before_any_order_and_without_status) {
  Message message;
  std::swap(message.obr, message.obx);
  EXPECT_EQ(read(message.text()).faults.at(0).field, "OBX-1");
  Message silent;
  replace(silent.obx, "|F|||", "||||");
  EXPECT_TRUE(read(silent.text()).report) << "the order's status stands for it";
  replace(silent.obr, "|||F", "");
  EXPECT_EQ(read(silent.text()).faults.at(0).field, "OBX-11");
}

// Settled 26: doubtful dates are stored as warnings, since the result is true all the same.
TEST(LabReport, doubtful_dates_warn) {
  Message message;
  replace(message.pid, "||19860412|", "||PIDDOB!|");
  replace(message.obx, "20220717220000+0800", "20280808152805+0000");
  LabReading reading = read(message.text());
  ASSERT_TRUE(reading.report);
  ASSERT_EQ(reading.warnings.size(), 2U);
  EXPECT_EQ(reading.warnings[0].field, "PID-7");
  EXPECT_EQ(reading.warnings[0].code, "F-SHAPE");
  EXPECT_EQ(reading.warnings[1].field, "OBX-19");
  EXPECT_EQ(reading.warnings[1].code, "F-FUTURE");
  EXPECT_EQ(reading.report->patient.birth_day, std::nullopt);
  Message unborn;
  replace(unborn.pid, "||19860412|", "||20300101|");
  reading = read(unborn.text());
  EXPECT_EQ(reading.warnings.at(0).code, "F-FUTURE");
  EXPECT_EQ(reading.report->patient.birth_day, std::nullopt);
}

TEST(LabReport, within_five_minutes_a_clock_may_run_fast) {
  Message message;  // read at 22:41
  replace(message.msh, "20220717224000+0800", "20220717224600+0800");
  EXPECT_TRUE(read(message.text()).warnings.empty());
  replace(message.msh, "20220717224600+0800", "20220717224601+0800");
  EXPECT_EQ(read(message.text()).warnings.size(), 1U);
}

TEST(LabReport, a_withheld_name_is_no_fault) {
  for (const char* name : {"~^^^^^^U", "^^^^^^^s", "", "^^^^^^S"}) {
    Message message;
    replace(message.pid, "张^伟^^^^^L", name);
    const LabReading reading = read(message.text());
    ASSERT_TRUE(reading.report) << name;
    EXPECT_EQ(reading.report->patient.name, "");
  }
  Message latin;
  replace(latin.pid, "张^伟^^^^^L", "Koepp^Lucio^Vi^DVM^^^L");
  EXPECT_EQ(read(latin.text()).report->patient.name, "Lucio Vi Koepp");
  replace(latin.pid, "Koepp^Lucio^Vi^DVM^^^L", "买买提^^^^^^L");
  EXPECT_EQ(read(latin.text()).report->patient.name, "买买提") << "one name is enough with a type";
}

TEST(LabReport, status_decides_what_follows) {
  const std::vector<std::pair<const char*, Standing>> all = {{"F", Standing::final_result},
                                                             {"C", Standing::correction},
                                                             {"P", Standing::without_consequence},
                                                             {"W", Standing::withdrawal},
                                                             {"F^Final^HL70085", Standing::final_result},
                                                             {"X", Standing::without_consequence}};
  for (const auto& [letter, standing] : all) {
    Message message;
    replace(message.obx, "|F|||", std::string("|") + letter + "|||");
    EXPECT_EQ(read(message.text()).report->orders[0].observations[0].standing, standing) << letter;
  }
  Message unknown;
  replace(unknown.obx, "|F|||", "|Q|||");
  const LabReading reading = read(unknown.text());
  ASSERT_TRUE(reading.report);
  EXPECT_EQ(reading.warnings.at(0).field, "OBX-11");
  EXPECT_EQ(reading.report->orders[0].observations[0].standing, Standing::without_consequence);
}

// Without this, a result the table cannot read would pass for "no finding".
TEST(LabReport, an_unreadable_result_of_a_followed_pathogen_warns) {
  Message message;
  replace(message.obx, "260373001^检出^SCT", "1234^^SCT");
  const LabReading reading = read(message.text());
  ASSERT_TRUE(reading.report);
  EXPECT_EQ(reading.report->orders[0].observations[0].verdict, LabVerdict::unreadable);
  ASSERT_EQ(reading.warnings.size(), 1U);
  EXPECT_EQ(reading.warnings[0].field, "OBX-5");
}

TEST(LabReport, answers_to_questions_are_no_results) {
  Message message;
  message.obx +=
      "\rOBX|2|DT|65222-2^Date of onset^LN||20220716||||||F\rOBX|3|CWE|99999-9^own "
      "question^L||Y^Yes^HL70136||||||F||||||||||||||||||QST";
  const auto observations = read(message.text()).report->orders[0].observations;
  EXPECT_EQ(observations.at(1).question, "symptom_onset");
  EXPECT_EQ(observations.at(1).value.text, "20220716");
  EXPECT_EQ(observations.at(2).question, "other");
  EXPECT_EQ(observations.at(2).verdict, LabVerdict::none);
}

TEST(LabReport, notes_belong_to_what_stands_before_them) {
  Message message;
  message.pid += "\rNTE|1|L|about the patient";
  message.obr += "\rNTE|1|L|about the order";
  message.obx += "\rNTE|1|L|about ^ the result";
  const LabReading reading = read(message.text());
  EXPECT_THAT(reading.report->comments, ::testing::ElementsAre("about the patient"));
  EXPECT_THAT(reading.report->orders[0].comments, ::testing::ElementsAre("about the order"));
  EXPECT_THAT(reading.report->orders[0].observations[0].comments,
              ::testing::ElementsAre("about   the result"));
}

TEST(LabReport, the_same_number_in_another_order_or_specimen_is_no_repetition) {
  Message message;
  message.spm +=
      "\rOBX|1|ST|x^y^L||text||||||F\rOBR|2||F-10|94500-6^a^LN|||||||||||||||||||||F\rOBX|1|ST|x||y||||||F";
  const LabReading reading = read(message.text());
  ASSERT_TRUE(reading.report) << reading.faults.at(0).reason.en;
  EXPECT_EQ(reading.report->orders[0].observations.size(), 2U);
  EXPECT_EQ(reading.report->orders[1].specimen.id, "F-10");
}

TEST(LabReport, a_test_message_says_so) {
  Message message;
  replace(message.msh, "|P|2.5.1", "|T|2.5.1");
  const LabReading reading = read(message.text());
  ASSERT_TRUE(reading.report);
  EXPECT_EQ(reading.report->processing, "T");
  EXPECT_EQ(reading.warnings.at(0).field, "MSH-11");
}

/// Spoils a good message in a few random places.
std::string mutated() {
  std::string text = Message{}.text();
  const int times = *rc::gen::inRange(1, 12);
  for (int i = 0; i < times && !text.empty(); ++i) {
    const auto place = *rc::gen::inRange<std::size_t>(0, text.size());
    const auto piece = *rc::gen::element<std::string>("|", "^", "~", "\\", "&", "\r", "\n", "OBX|1|", "PID|",
                                                      "MSH|", "\x0B", "\x1C", "", "\\X", "\"\"", "9", "\xE5",
                                                      "OBR|", "SPM|1|", "|||||||||||");
    if (*rc::gen::arbitrary<bool>())
      text.insert(place, piece);
    else
      text.replace(place, *rc::gen::inRange<std::size_t>(1, 40), piece);
  }
  return text;
}

// Without this, one crafted message would stop the import of a night.
RC_GTEST_PROP(LabReport, no_message_breaks_the_reader, ()) {
  const std::string text = mutated();
  const Hl7File file = read_hl7_file(text);
  for (const Hl7Message& message : file.messages) {
    const LabReading reading =
        read_lab_report(message, catalogue().results, {.now = at("2022-07-17T22:41:00+08:00")});
    RC_ASSERT(reading.report.has_value() == reading.faults.empty());
    if (reading.report) {
      RC_ASSERT(!reading.report->message_id.empty());
      RC_ASSERT(!reading.report->orders.empty());
    }
    for (const RowFault& fault : reading.faults) RC_ASSERT(fault.row > 0 && !fault.reason.zh.empty());
  }
}

RC_GTEST_PROP(LabReport, any_text_is_cut_into_messages, (std::string text)) {
  text.insert(0, "MSH");
  const Hl7File file = read_hl7_file(text);
  for (const Hl7Message& message : file.messages) {
    (void)read_lab_report(message, catalogue().results, {.now = Instant{}});
  }
}

}  // namespace
}  // namespace fx::importing
