// What the investigation shows besides its lists. Without these a trace could name people to those who have no business
// with them, leave out somebody who was there, or hand out a report that no word processor opens.
#include <gmock/gmock.h>
#include <zip.h>

#include "api/testing/story.hpp"
#include "bin/docx.hpp"
#include "bin/report_page.hpp"
#include "bin/trace_page.hpp"

namespace fx::bin {
namespace {

using api::testing::Caller;
using api::testing::code_in;
using api::testing::json_in;
using api::testing::Story;
using api::testing::World;
using ::testing::HasSubstr;
using ::testing::Not;

/// A file of a packed document; empty when it is no ZIP or holds no such file.
std::string unpacked(const std::string& packed, const char* name) {
  zip_error_t error;
  zip_source_t* source = zip_source_buffer_create(packed.data(), packed.size(), 0, &error);
  zip_t* archive = zip_open_from_source(source, ZIP_RDONLY | ZIP_CHECKCONS, &error);
  if (archive == nullptr) {
    zip_source_free(source);
    return {};
  }
  std::string out;
  if (zip_file_t* file = zip_fopen(archive, name, 0)) {
    char piece[4096];
    for (auto n = zip_fread(file, piece, sizeof piece); n > 0; n = zip_fread(file, piece, sizeof piece))
      out.append(piece, static_cast<std::size_t>(n));
    zip_fclose(file);
  }
  zip_discard(archive);
  return out;
}

/// A case of the county, and visits of the day before it was found.
struct CasePages : testing::Test {
  CasePages()
      : world({.pages = [this](World& of) {
          index = std::make_unique<VisitIndex>(*of.readers, *of.registry);
          auto pages = report_pages();
          pages.push_back(trace_page(*index));
          return pages;
        }}) {
    Story story(world);
    story.arrives("张伟");
    story.sampled();
    story.authorised("positive");
    person = story.person;
    nurse = std::make_unique<Caller>(world.sign_in("nurse"));
    cdc = std::make_unique<Caller>(world.sign_in("cdc"));
    const auto cases = json_in(cdc->get("/v1/investigation/cases?person=" + person));
    case_id = std::string(cases.at("rows").at(0).at("id").as_string());
  }

  static std::string visit(const std::string& who, const char* place, const char* from, const char* until) {
    return fmt::format(
        R"({{"person":"{}","place":"{}","from":"2022-07-17T{}:00+08:00","until":"2022-07-17T{}:00+08:00","section":0,"row":0,"known_by":"scan","is_protected":false}})",
        who, place, from, until);
  }
  std::string record(const std::string& visits) {
    const std::string batch = World::id();
    Story::done(cdc->run("investigation/record_visits",
                         fmt::format(R"({{"visit_batch":"{}","visits":[{}]}})", batch, visits)));
    world.settle();
    return batch;
  }
  void follow() {
    while (index->follow()) {
    }
  }
  boost::json::value trace() {
    follow();
    const auto answer = cdc->get("/v1/investigation/trace?case=" + case_id);
    EXPECT_EQ(answer.status, 200U) << answer.body;
    return json_in(answer);
  }
  static std::string met(const boost::json::value& ring) {
    std::string out;
    for (const auto& row : ring.at("rows").as_array()) out += std::string(row.at("person").as_string()) + " ";
    return out;
  }

  std::unique_ptr<VisitIndex> index;
  World world;
  std::unique_ptr<Caller> nurse, cdc;
  std::string person, case_id;
};

TEST_F(CasePages, ATraceNamesWhoWasThereWithItsEvidenceAndWhomTheyMetInTurn) {
  const std::string friend_ = world.person(*nurse, "李四", Story::fresh_document());
  const std::string third = world.person(*nurse, "王五", Story::fresh_document());
  const std::string passer = world.person(*nurse, "赵六", Story::fresh_document());
  const std::string batch = record(
      visit(person, "990121 集市", "10:00", "11:00") + "," + visit(friend_, "990121 集市", "10:30", "12:00") +
      "," + visit(passer, "990121 集市", "10:57", "11:30") + "," +
      visit(friend_, "990121 茶馆", "13:00", "14:00") + "," + visit(third, "990121 茶馆", "13:00", "13:30"));
  const auto told = trace();
  EXPECT_TRUE(told.at("whole").as_bool());
  EXPECT_EQ(met(told.at("ring1")), friend_ + " ") << "three minutes are less than the rulebook's ten";
  EXPECT_THAT(met(told.at("ring2")), HasSubstr(third));
  const auto& evidence = told.at("ring1").at("rows").at(0).at("evidence").at(0);
  EXPECT_EQ(evidence.at("with").as_string(), person);
  EXPECT_EQ(evidence.at("place").as_string(), "990121 集市");
  EXPECT_EQ(evidence.at("minutes").as_int64(), 30);
  EXPECT_TRUE(told.at("persons").as_object().contains(friend_));
  const auto lines = world.audit("trace_read");
  ASSERT_EQ(lines.size(), 1U);
  EXPECT_THAT(lines.front().detail, HasSubstr(friend_));
  EXPECT_THAT(lines.front().detail, HasSubstr(third));

  Story::done(cdc->run("investigation/withdraw_visits",
                       fmt::format(R"({{"visit_batch":"{}","reason":"登记错误"}})", batch)));
  world.settle();
  EXPECT_FALSE(trace().at("known").as_bool()) << "a withdrawn batch names nobody";
}

TEST_F(CasePages, NobodyWithoutTheRightOrOfAnotherCountyIsTold) {
  for (const std::string page : {"trace?case=", "report?kind=first&case=", "report_docx?kind=first&case="}) {
    EXPECT_EQ(nurse->get("/v1/investigation/" + page + case_id).status, 403U) << page;
    Caller other = world.sign_in("other_cdc");
    EXPECT_EQ(other.get("/v1/investigation/" + page + case_id).status, 404U) << page;
    EXPECT_EQ(cdc->get("/v1/investigation/" + page + "x").status, 400U) << page;
  }
  EXPECT_TRUE(world.audit("trace_read").empty());
  EXPECT_EQ(world.audit("refused").size(), 3U);
}

TEST_F(CasePages, AReportIsDraftedAndASavedPartComesBeforeTheDraftInTheFile) {
  const auto drafted = json_in(cdc->get("/v1/investigation/report?kind=first&case=" + case_id));
  ASSERT_FALSE(drafted.at("parts").as_array().empty());
  EXPECT_EQ(drafted.at("version").as_int64(), 0);
  EXPECT_THAT(std::string(drafted.at("parts").at(0).at("draft").as_string()), HasSubstr("张伟"));
  Story::done(cdc->run(
      "investigation/save_report",
      fmt::format(R"({{"case_id":"{}","kind":"first","basic":"患者自述 <七月> & 发热"}})", case_id)));
  world.settle();
  const auto file = cdc->get("/v1/investigation/report_docx?kind=first&case=" + case_id);
  ASSERT_EQ(file.status, 200U);
  const std::string words = unpacked(file.body, "word/document.xml");
  EXPECT_THAT(words, HasSubstr("患者自述 &lt;七月&gt; &amp; 发热"));
  EXPECT_THAT(words, HasSubstr(std::string(drafted.at("title").as_string())));
  EXPECT_THAT(unpacked(file.body, "[Content_Types].xml"), HasSubstr("/word/document.xml"));
  EXPECT_THAT(unpacked(file.body, "_rels/.rels"), HasSubstr("word/document.xml"));
  EXPECT_EQ(world.audit("report_exported").size(), 1U);
}

TEST_F(CasePages, APublicNoticeNamesNobody) {
  const auto answer = cdc->get("/v1/investigation/report_docx?kind=public_notice&case=" + case_id);
  ASSERT_EQ(answer.status, 200U);
  EXPECT_THAT(unpacked(answer.body, "word/document.xml"), Not(HasSubstr("张伟")));
}

}  // namespace
}  // namespace fx::bin
