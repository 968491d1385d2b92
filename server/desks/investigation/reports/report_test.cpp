// Without these, a report could leave out a stop, and a public notice could tell a neighbour who it is about.
#include <gtest/gtest.h>

#include "desks/investigation/reports/draft.hpp"
#include "desks/investigation/reports/identities.hpp"
#include "desks/investigation/testing/county.hpp"

namespace fx::investigation::testing {
namespace {

std::string all_of(const std::vector<ReportPart>& parts) {
  std::string out;
  for (const ReportPart& part : parts) out += part.title + "\n" + part.words + "\n";
  return out;
}

Stop stop_at(std::uint64_t n, StopKind kind, Setting setting, std::string place, std::string service) {
  Stop stop;
  stop.id = testing::stop(n);
  stop.kind = kind;
  stop.setting = setting;
  stop.place = std::move(place);
  stop.service = std::move(service);
  stop.division = 990121001203;
  stop.from = at("2022-07-16 08:07");
  stop.until = at("2022-07-16 09:44");
  stop.row = 12;
  stop.seat = "F";
  stop.carriage = "05";
  stop.in_window = true;
  return stop;
}

ReportFacts facts() {
  ReportFacts out;
  out.file.id = case_id(1);
  out.file.person = person(1);
  out.file.state = CaseState::confirmed;
  out.file.severity = Severity::mild;
  out.file.sampled_at = at("2022-07-17 18:25");
  out.file.onset_day = day("2022-07-16");
  out.name = "张伟";
  Interview interview;
  interview.occupation = "某某小学三年级二班班主任";
  interview.household_size = 3;
  out.interview = interview;
  out.stops = {stop_at(1, StopKind::stay, Setting::shop, "东市场", ""),
               stop_at(2, StopKind::stay, Setting::home, "幸福里小区", ""),
               stop_at(3, StopKind::car, Setting::transport, "张伟的车", "川A12345"),
               stop_at(4, StopKind::train, Setting::transport, "林溪东站", "G77"),
               stop_at(5, StopKind::stay, Setting::workplace, "张氏木器厂", "")};
  out.addresses = {"", "3栋2单元501", "", "", "工业路9号"};
  out.contacts.resize(2);
  out.contacts[0].class_ = ContactClass::close;
  return out;
}

TEST(Draft, TellsEveryStopAndCountsTheContacts) {
  ReportFacts source = facts();
  source.stops[0].withdrawn = true;
  const std::string words = all_of(draft(ReportKind::full, source));
  for (const char* told :
       {"张伟", "确诊病例（轻型）", "幸福里小区（3栋2单元501）", "川A12345", "G77，05号车厢，12排F",
        "工业路9号", "登记接触者2人，已判定1人：密接1人", "尚未排查完", "感染来源尚未写明"})
    EXPECT_NE(words.find(told), std::string::npos) << told << " in\n" << words;
  EXPECT_EQ(words.find("东市场"), std::string::npos);  // withdrawn
  EXPECT_EQ(draft(ReportKind::contacts, source).size(), 3U);
}

TEST(PublicNotice, HoldsNobody) {
  const std::string words = all_of(draft(ReportKind::public_notice, facts()));
  for (const char* secret : {"张", "3栋", "501", "幸福里", "川A12345", "12345", "工业路", "木器厂", "小学",
                             "班主任", "12排", "05号"})
    EXPECT_EQ(words.find(secret), std::string::npos) << secret << " in\n" << words;
  EXPECT_NE(words.find("东市场"), std::string::npos);
  EXPECT_NE(words.find("G77"), std::string::npos);
  EXPECT_NE(words.find("990121001"), std::string::npos);  // a home is told by its township
  EXPECT_EQ(words.find("990121001203"), std::string::npos);
  EXPECT_NE(words.find("08:00至09:40"), std::string::npos);
}

TEST(SaveReport, KeepsVersionsPartByPart) {
  County c;
  c.open(1);
  SaveReport save{.case_id = case_id(1),
                  .kind = ReportKind::first,
                  .basic = words("one"),
                  .trajectory = {},
                  .contacts = {},
                  .source = {},
                  .measures = {}};
  ASSERT_THAT(c.as_investigator("save_report", save), happened("investigation.report_saved"));
  const TextRef basic = c.bench.get<Report>(report_of(case_id(1), ReportKind::first)).basic;
  save.basic = {};
  EXPECT_THAT(c.as_investigator("save_report", save), refused("F-SHAPE"));
  save.measures = words("closed");
  c.as_investigator("save_report", save);
  const Report& row = c.bench.get<Report>(report_of(case_id(1), ReportKind::first));
  EXPECT_EQ(row.version, 2);
  EXPECT_EQ(row.basic, basic);
  save.case_id = case_id(9);
  EXPECT_THAT(c.as_investigator("save_report", save), refused("F-REF"));
}

SaveReport all_parts(std::uint64_t n, ReportKind kind) {
  return {.case_id = case_id(n),
          .kind = kind,
          .basic = words("one"),
          .trajectory = words("two"),
          .contacts = words("three"),
          .source = {},
          .measures = words("four")};
}

TEST(SignReport, StandsForTheVersionThatWasReadAndForNoOther) {
  County c;
  c.open(1);
  c.start(1);
  const auto sign = [&](ReportKind kind, std::int32_t version) {
    return c.as_officer("sign_report", SignReport{case_id(1), kind, version});
  };
  EXPECT_THAT(sign(ReportKind::first, 0), refused("R-STATE")) << "nothing was saved";
  c.as_investigator("save_report", all_parts(1, ReportKind::first));
  EXPECT_THAT(sign(ReportKind::first, 1), refused("R-STATE")) << "core facts come first";
  c.core(1);
  c.as_investigator("save_report", all_parts(1, ReportKind::first));
  EXPECT_THAT(sign(ReportKind::first, 1), refused("R-STATE")) << "somebody wrote on it meanwhile";
  const auto signed_ = sign(ReportKind::first, 2);
  EXPECT_THAT(signed_, happened("investigation.report_signed investigation.first_report_submitted"));
  EXPECT_EQ(c.file(1).stage, InvestigationStage::first_report);
  EXPECT_THAT(sign(ReportKind::first, 2), refused("R-STATE")) << "signed already";
  c.as_investigator("save_report", all_parts(1, ReportKind::first));
  const Report& row = c.bench.get<Report>(report_of(case_id(1), ReportKind::first));
  EXPECT_EQ(row.version, 3);
  EXPECT_EQ(row.signed_version, 2) << "what is written after the signature is a draft";
}

TEST(SignReport, AFullReportWaitsForStopsAndSourceAndANoticeForNeither) {
  County c;
  c.open(1);
  c.start(1);
  c.core(1);
  c.report(1);
  c.as_investigator("save_report", all_parts(1, ReportKind::full));
  const auto no = c.as_officer("sign_report", SignReport{case_id(1), ReportKind::full, 1});
  EXPECT_THAT(no, refused("R-CAS-9 R-CAS-12"));
  c.as_investigator("save_report", all_parts(1, ReportKind::public_notice));
  const auto notice = c.as_officer("sign_report", SignReport{case_id(1), ReportKind::public_notice, 1});
  EXPECT_THAT(notice, happened("investigation.report_signed"));
  EXPECT_EQ(c.file(1).stage, InvestigationStage::first_report);
}

TEST(PublicNotice, WordsTypedIntoItAreLookedThroughForIdentities) {
  const std::vector<std::string> known{"张伟", "李小四", "Li Lei", "云A·12D45", ""};
  for (const char* secret : {"患者张伟去过", "张 伟去过", "电话 138 0000 0000", "电话１３８００００００００",
                             "990121-19860412-1130", "护照G12345678", "同行李小四", "LI LEI met her",
                             "乘云A12D45", "乘 云A 12d45 到", "粤B·D12345的车", "沪Ａ１２３４５"})
    EXPECT_TRUE(names_somebody(secret, known)) << secret;
  EXPECT_FALSE(names_somebody("7月16日08:00至09:40，东市场；区划990121001内活动，请拨12345", known));
  EXPECT_FALSE(names_somebody("乘坐CA1234次航班、G77次列车，云A座12楼，新A区", known));
  EXPECT_FALSE(names_somebody("无", {}));
  EXPECT_FALSE(names_somebody(all_of(draft(ReportKind::public_notice, facts())), known));
}

}  // namespace
}  // namespace fx::investigation::testing
