// Without these, a laboratory that takes its positive back would leave it standing, and call the withdrawal another result.
#include <gmock/gmock.h>

#include <map>

#include "desks/screening/facts.hpp"
#include "importing/ledger_row.hpp"
#include "importing/testing.hpp"

namespace fx::importing {
namespace {

using screening::ExternalResult;
using screening::ExternalStatus;
using screening::TestResult;
using screening::Tube;
using ::testing::IsEmpty;
using ::testing::SizeIs;

/// One message about one specimen; `status` is OBX-11.
std::string message(int number, const char* status, const char* value, const char* specimen = "SP-77",
                    const char* patient = "P123^^^H^MR", const char* name = "WANG^WU") {
  const std::string hour = "202207171" + std::to_string(number) + "0000+0800";
  return "MSH|^~\\&|LIS|LABX|FX|CDC|" + hour + "||ORU^R01^ORU_R01|M" + std::to_string(number) +
         "|P|2.5.1\rPID|1||" + patient + "||" + name + "||19800101|M\rOBR|1||" + specimen +
         "|94500-6^SARS-CoV-2 RNA^LN|||" + hour + "|||||||" + hour + "|||||||||" + hour + "|||" + status +
         "\rOBX|1|CWE|94500-6^SARS-CoV-2 RNA^LN||" + value + "^^SCT||||||" + status + "|||" + hour +
         "\rSPM|1|" + specimen + "||258500001^Nasopharyngeal swab^SCT\r";
}
constexpr const char* detected = "260373001";
constexpr const char* not_detected = "260415000";

struct Reports : ::testing::Test {
  Reports() {
    ledger.exists = [](std::string_view, const RawId&) { return false; };
    ledger.row = [this](std::string_view table, const RawId& id) {
      const auto found = rows.find({std::string(table), id});
      return found == rows.end() ? nullptr : found->second;
    };
  }
  ItemPlan plan(const std::string& text) {
    const auto file = read_import(text, testing::catalogue(), {.now = place.now});
    EXPECT_TRUE(file) << (file ? "" : testing::said(file.error()));
    const ImportItem& item = file->items.at(0);
    EXPECT_THAT(item.faults, IsEmpty());
    return plan_lab_report(item, std::get<LabReport>(item.body), {place, ledger, made});
  }
  template <class T>
  void stands(const RawId& id, T row) {
    rows[{std::string(table_type<T>().name), id}] = std::make_shared<const T>(std::move(row));
  }
  static std::string said(const PlannedCommand& command, const char* field) {
    return std::string(command.fields.at(field).as_string());
  }

  ImportPlace place{.jurisdiction = 990121, .now = testing::at("2022-07-18T08:00:00+08:00")};
  ImportLookups ledger;
  std::unordered_set<RawId> made;
  std::map<std::pair<std::string, RawId>, std::shared_ptr<const void>> rows;
};

TEST_F(Reports, a_correction_and_a_withdrawal_find_their_original) {
  const ItemPlan first = plan(message(5, "F", detected));
  const ItemPlan corrected = plan(message(6, "C", not_detected));
  const ItemPlan withdrawn = plan(message(7, "W", not_detected));
  for (const ItemPlan* one : {&first, &corrected, &withdrawn}) ASSERT_THAT(one->commands, SizeIs(2));
  for (const char* field : {"external_result", "person"}) {
    EXPECT_EQ(said(corrected.commands[1], field), said(first.commands[1], field)) << field;
    EXPECT_EQ(said(withdrawn.commands[1], field), said(first.commands[1], field)) << field;
  }
  EXPECT_EQ(said(first.commands[1], "status"), "reported");
  EXPECT_EQ(said(corrected.commands[1], "status"), "corrected");
  EXPECT_EQ(said(withdrawn.commands[1], "status"), "withdrawn");
  EXPECT_NE(first.commands[1].id, corrected.commands[1].id) << "each message is a command of its own";
}

TEST_F(Reports, another_specimen_is_another_result) {
  const std::string one = said(plan(message(5, "F", detected)).commands[1], "external_result");
  EXPECT_NE(said(plan(message(6, "F", detected, "SP-78")).commands[1], "external_result"), one);
}

// Without this, the positive of a second patient would pass as known: specimen numbers begin anew each day.
TEST_F(Reports, the_same_specimen_number_of_another_patient_is_another_result) {
  const ItemPlan first = plan(message(5, "F", detected));
  ExternalResult row;
  row.id = {*RawId::parse(said(first.commands[1], "external_result"))};
  row.person = PersonId{*RawId::parse(said(first.commands[1], "person"))};
  row.result = TestResult::positive;
  row.status = ExternalStatus::reported;
  stands(row.id.raw, row);
  const ItemPlan other = plan(message(6, "F", detected, "SP-77", "P124^^^H^MR", "LI^SI"));
  ASSERT_THAT(other.commands, SizeIs(2)) << "the positive of another patient is said";
  EXPECT_NE(said(other.commands[1], "external_result"), row.id.text());
  EXPECT_EQ(said(plan(message(7, "C", not_detected)).commands[1], "external_result"), row.id.text());
}

TEST_F(Reports, patients_without_a_number_differ_by_their_names) {
  const ItemPlan wang = plan(message(5, "F", detected, "SP-77", ""));
  const ItemPlan li = plan(message(6, "F", detected, "SP-77", "", "LI^SI"));
  for (const char* field : {"external_result", "person"})
    EXPECT_NE(said(li.commands[1], field), said(wang.commands[1], field)) << field;
}

TEST_F(Reports, a_patient_without_a_number_is_known_by_the_specimen) {
  const ItemPlan first = plan(message(5, "F", detected, "SP-77", ""));
  const ItemPlan corrected = plan(message(6, "C", not_detected, "SP-77", ""));
  EXPECT_EQ(said(corrected.commands[0], "person"), said(first.commands[0], "person"));
}

TEST_F(Reports, a_final_word_said_again_changes_nothing) {
  const ItemPlan first = plan(message(5, "F", detected));
  const RawId id = *RawId::parse(said(first.commands[1], "external_result"));
  ExternalResult row;
  row.id = {id};
  row.person = PersonId{*RawId::parse(said(first.commands[1], "person"))};
  row.result = TestResult::positive;
  row.status = ExternalStatus::reported;
  stands(id, row);
  EXPECT_EQ(plan(message(6, "F", detected)).recorded, true);
  const ItemPlan other = plan(message(7, "F", not_detected));
  ASSERT_THAT(other.commands, SizeIs(2)) << "the desk refuses a final word that is said anew";
  EXPECT_EQ(other.recorded, false);
  row.status = ExternalStatus::withdrawn;
  stands(id, row);
  EXPECT_EQ(plan(message(8, "F", detected)).recorded, false) << "what was withdrawn is not known";
}

TEST_F(Reports, a_tube_of_this_realm_is_no_external_result) {
  const TubeId tube{*RawId::parse("00000000-0000-8000-8000-00000000000a")};
  stands(screening::code_claim("SP-77"), Claim{.id = screening::code_claim("SP-77"), .holder = tube.raw});
  Tube row;
  row.id = tube;
  stands(tube.raw, row);
  const ItemPlan ours = plan(message(5, "F", detected));
  ASSERT_THAT(ours.faults, SizeIs(1));
  EXPECT_EQ(ours.faults[0].field, "SPM-2");
  EXPECT_THAT(plan(message(5, "F", detected, "SP-78")).faults, IsEmpty());
}

}  // namespace
}  // namespace fx::importing
