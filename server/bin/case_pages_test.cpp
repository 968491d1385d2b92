// What the investigation shows besides its lists. Without these a trace could name people to those who have no business
// with them, leave out somebody who was there, or hand out a report that no word processor opens.
#include <gmock/gmock.h>
#include <zip.h>

#include <filesystem>
#include <fstream>

#include "bin/docx.hpp"
#include "bin/testing/case_pages.hpp"
#include "bin/visit_snapshot.hpp"
#include "rulebook/compile.hpp"

namespace fx::bin {
namespace {

using api::testing::Caller;
using api::testing::code_in;
using api::testing::json_in;
using api::testing::Story;
using api::testing::World;
using testing::CasePages;
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
  EXPECT_EQ(met(told.at("ring2")), "") << "counted; listed when asked for";
  EXPECT_GE(told.at("ring2").at("total").as_int64(), 1);
  const auto onward = json_in(cdc->get("/v1/investigation/trace?ring=ring2&case=" + case_id));
  EXPECT_THAT(met(onward.at("ring2")), HasSubstr(third));
  const auto& evidence = told.at("ring1").at("rows").at(0).at("evidence").at(0);
  EXPECT_EQ(evidence.at("with").as_string(), person);
  EXPECT_EQ(evidence.at("place").as_string(), "990121 集市");
  EXPECT_EQ(evidence.at("minutes").as_int64(), 30);
  EXPECT_EQ(evidence.at("known_by").as_string(), "scan");
  EXPECT_EQ(evidence.at("contact_known_by").as_string(), "scan");
  EXPECT_FALSE(evidence.as_object().contains("seat")) << "none is known";
  EXPECT_TRUE(told.at("persons").as_object().contains(friend_));
  const auto lines = world.audit("trace_read");
  ASSERT_EQ(lines.size(), 2U);
  EXPECT_THAT(lines.back().detail, HasSubstr(friend_));
  EXPECT_THAT(lines.back().detail, Not(HasSubstr(third)));
  EXPECT_THAT(lines.front().detail, HasSubstr(third)) << "the newest first";

  Story::done(cdc->run("investigation/withdraw_visits",
                       fmt::format(R"({{"visit_batch":"{}","reason":"登记错误"}})", batch)));
  world.settle();
  EXPECT_FALSE(trace().at("known").as_bool()) << "a withdrawn batch names nobody";
}

/// Without this, a restart would read the whole ledger again; or, worse, tell of another one, or of a torn file.
TEST_F(CasePages, TheIndexGoesOnFromItsFileAndIsMadeAgainWhereTheFileIsOfNoUse) {
  const std::filesystem::path file = world.directory / "visits.index";
  const std::string friend_ = world.person(*nurse, "李四", Story::fresh_document());
  const std::string later = world.person(*nurse, "王五", Story::fresh_document());
  const std::string batch = record(visit(person, "990121 集市", "10:00", "11:00") + "," +
                                   visit(friend_, "990121 集市", "10:00", "10:40"));
  const auto met_in = [&](VisitIndex& of) {
    while (of.follow()) {
    }
    std::set<std::string> out;
    of.ask([&](const IndexNow& now) {
      for (const RawId& one : now.numbers.people()) out.insert(one.text());
      out.insert(std::to_string(now.view.visits()));
    });
    return out;
  };
  const auto fresh = [&] { return VisitIndex(*world.readers, *world.registry, file); };
  std::int64_t saved = 0;
  {
    auto first = fresh();
    EXPECT_FALSE(first.load()) << "there is none yet";
    met_in(first);
    EXPECT_TRUE(first.save());
    saved = first.cursor();
  }
  record(visit(later, "990121 集市", "10:10", "10:50"));
  {
    auto second = fresh();
    ASSERT_TRUE(second.load());
    EXPECT_EQ(second.cursor(), saved) << "it goes on from there";
    auto anew = VisitIndex(*world.readers, *world.registry);
    EXPECT_EQ(met_in(second), met_in(anew)) << "the same as made from the ledger";
    EXPECT_EQ(second.cursor(), anew.cursor());
  }
  std::string whole;
  {
    std::ifstream in(file, std::ios::binary);
    whole = {std::istreambuf_iterator<char>(in), {}};
  }
  const auto put = [&](const std::string& bytes) {
    std::ofstream(file, std::ios::binary | std::ios::trunc) << bytes;
  };
  for (const std::size_t length :
       {std::size_t{0}, std::size_t{5}, std::size_t{40}, whole.size() / 2, whole.size() - 1}) {
    put(whole.substr(0, length));
    EXPECT_FALSE(fresh().load()) << "torn after " << length;
  }
  for (std::size_t at = 0; at < whole.size(); at += 7) {
    std::string damaged = whole;
    damaged[at] = static_cast<char>(damaged[at] ^ 0x20);
    put(damaged);
    auto index_ = fresh();
    EXPECT_FALSE(index_.load()) << "a byte changed at " << at;
  }
  put(whole + "x");
  EXPECT_FALSE(fresh().load());
  // A file of a ledger that went on further, or otherwise: the cursor's batch is not there, or has another link.
  auto snapshot = [&] {
    put(whole);
    return read_snapshot(file).value();
  };
  auto ahead = snapshot();
  ahead.cursor += 1000;
  write_snapshot(file, ahead);
  EXPECT_FALSE(fresh().load()) << "ahead of the ledger";
  auto other = snapshot();
  other.link.front() = static_cast<char>(other.link.front() ^ 1);
  write_snapshot(file, other);
  EXPECT_FALSE(fresh().load()) << "of another past";
  auto wrong = snapshot();
  wrong.people.pop_back();
  write_snapshot(file, wrong);
  EXPECT_FALSE(fresh().load()) << "somebody's number stands for nobody";
  // A batch withdrawn after the file was written is gone, and stays so.
  put(whole);
  Story::done(cdc->run("investigation/withdraw_visits",
                       fmt::format(R"({{"visit_batch":"{}","reason":"登记错误"}})", batch)));
  world.settle();
  auto last = fresh();
  ASSERT_TRUE(last.load());
  EXPECT_FALSE(met_in(last).contains(friend_));
}

/// Without this, a page asked for would leave somebody out between two pages, or count only what it shows.
TEST_F(CasePages, ATraceIsAskedForPageByPageAndCountsEverybody) {
  std::string visits = visit(person, "990121 集市", "10:00", "12:00");
  std::vector<std::string> people;
  for (const char* until : {"10:20", "10:30", "10:40", "10:50"}) {
    people.push_back(world.person(*nurse, "李四", Story::fresh_document()));
    visits += "," + visit(people.back(), "990121 集市", "10:00", until);
  }
  record(visits);
  follow();
  const auto page = [&](const std::string& more) {
    return json_in(cdc->get("/v1/investigation/trace?case=" + case_id + more));
  };
  const auto first = page("&limit=2");
  EXPECT_EQ(first.at("ring1").at("total").as_int64(), 4);
  EXPECT_EQ(met(first.at("ring1")), people[3] + " " + people[2] + " ") << "the longest together first";
  EXPECT_FALSE(first.at("persons").as_object().contains(people[0])) << "nobody is told of who is not shown";
  EXPECT_EQ(met(page("&limit=2&from=2").at("ring1")), people[1] + " " + people[0] + " ");
  const auto longer = page("&least=40");
  EXPECT_EQ(longer.at("ring1").at("total").as_int64(), 2);
  EXPECT_EQ(met(page("&ring=ring2").at("ring1")), "") << "counted, not listed";
  EXPECT_EQ(page("&ring=ring2").at("ring1").at("total").as_int64(), 4);
  for (const char* wrong : {"&ring=ring3", "&limit=0", "&limit=501", "&least=x", "&from=-1"})
    EXPECT_EQ(cdc->get("/v1/investigation/trace?case=" + case_id + wrong).status, 400U) << wrong;
}

/// Without this, somebody registered twice would be two strangers to the trace, each too short with the case.
TEST_F(CasePages, MergedEntriesAreOnePersonInATraceAndTwoAgainAfterwards) {
  const std::string known = world.person(*nurse, "李四", Story::fresh_document());
  const std::string by_phone = world.person(*nurse, "李某", Story::fresh_document());
  record(visit(person, "990121 集市", "10:00", "11:00") + "," +
         visit(by_phone, "990121 集市", "10:30", "12:00"));
  EXPECT_EQ(met(trace().at("ring1")), by_phone + " ");
  Story::done(cdc->run("people/merge_persons",
                       fmt::format(R"({{"person":"{}","into":"{}","second_reader":"{}","reason":"同一人"}})",
                                   by_phone, known, world.accounts.at("other_cdc"))));
  world.settle();
  EXPECT_EQ(met(trace().at("ring1")), known + " ");
  Story::done(cdc->run("people/unmerge_person",
                       fmt::format(R"({{"person":"{}","second_reader":"{}","reason":"两人"}})", by_phone,
                                   world.accounts.at("other_cdc"))));
  world.settle();
  EXPECT_EQ(met(trace().at("ring1")), by_phone + " ");
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

TEST_F(CasePages, ASignedReportSaysWhoStandsForWhichVersion) {
  const std::string page = "/v1/investigation/report?kind=contacts&case=" + case_id;
  const auto save = [&](const char* kind, const char* words) {
    Story::done(
        cdc->run("investigation/save_report",
                 fmt::format(R"({{"case_id":"{}","kind":"{}","basic":"{}"}})", case_id, kind, words)));
  };
  save("contacts", "接触者已全部判定");
  Story::done(cdc->run("investigation/sign_report",
                       fmt::format(R"({{"case_id":"{}","kind":"contacts","version":1}})", case_id)));
  world.settle();
  const auto told = json_in(cdc->get(page));
  EXPECT_EQ(told.at("signed_version").as_int64(), 1);
  EXPECT_TRUE(told.at("persons").as_object().contains(told.at("signed_by").as_string()));
  const auto file = cdc->get("/v1/investigation/report_docx?kind=contacts&case=" + case_id);
  EXPECT_THAT(unpacked(file.body, "word/document.xml"), HasSubstr("签发"));

  // Without this, whoever writes over a public draft could publish a name.
  save("public_notice", "患者张伟，电话13800000000");
  world.settle();
  const auto notice = json_in(cdc->get("/v1/investigation/report?kind=public_notice&case=" + case_id));
  EXPECT_TRUE(notice.at("names_somebody").as_bool());
  EXPECT_EQ(cdc->get("/v1/investigation/report_docx?kind=public_notice&case=" + case_id).status, 400U);

  // … or of a contact.
  const auto names_somebody = [&] {
    world.settle();
    const auto said = json_in(cdc->get("/v1/investigation/report?kind=public_notice&case=" + case_id));
    return said.at("names_somebody").as_bool();
  };
  save("public_notice", "与欧阳小红同桌");
  EXPECT_FALSE(names_somebody()) << "nobody knows her";
  const std::string friend_ = world.person(*nurse, "欧阳小红", Story::fresh_document());
  Story::done(cdc->run(
      "investigation/name_contacts",
      fmt::format(R"({{"case_id":"{}","contacts":[{{"contact":"{}","person":"{}","kind":"companion"}}]}})",
                  case_id, World::id(), friend_)));
  EXPECT_TRUE(names_somebody());
}

TEST_F(CasePages, APublicNoticeNamesNobody) {
  const auto answer = cdc->get("/v1/investigation/report_docx?kind=public_notice&case=" + case_id);
  ASSERT_EQ(answer.status, 200U);
  EXPECT_THAT(unpacked(answer.body, "word/document.xml"), Not(HasSubstr("张伟")));
}

/// Without this, somebody nobody can find would be a line among hundreds, and nobody's.
TEST_F(CasePages, WhoCannotBeFoundIsLostAtOnceAndWhoIsNotUnderControlWhenTheTimeIsOver) {
  const std::string friend_ = world.person(*nurse, "李四", Story::fresh_document());
  const std::string contact = World::id();
  const auto cdc_does = [&](const char* operation, const std::string& body) {
    Story::done(cdc->run(std::string("investigation/") + operation, body));
    world.settle();
  };
  const auto lost = [&](Caller& who) { return json_in(who.get("/v1/isolation/lost_control")); };
  const std::size_t before = lost(*cdc).at("lines").as_array().size();
  cdc_does(
      "name_contacts",
      fmt::format(
          R"({{"case_id":"{}","contacts":[{{"contact":"{}","person":"{}","kind":"colleague","exposure_from":"2022-07-17T08:00:00+08:00","exposure_until":"2022-07-17T09:00:00+08:00","place":"集市"}}]}})",
          case_id, contact, friend_));
  cdc_does("judge_contact", fmt::format(R"({{"contact":"{}","class":"close","reason":"同桌"}})", contact));
  EXPECT_EQ(lost(*cdc).at("lines").as_array().size(), before) << "there is time yet";
  cdc_does("open_police_request", fmt::format(R"({{"contact":"{}","request":"请协助查找"}})", contact));
  cdc_does("declare_untraced", fmt::format(R"({{"contact":"{}","note":"电话不通"}})", contact));
  const auto told = lost(*cdc);
  ASSERT_EQ(told.at("lines").as_array().size(), before + 1);
  const auto& line = told.at("lines").as_array().back();
  EXPECT_EQ(line.at("reason").as_string(), "untraced");
  EXPECT_EQ(line.at("loss").as_string(), "never");
  EXPECT_EQ(line.at("person").as_string(), friend_);
  EXPECT_EQ(line.at("duty").at("rule").as_string(), "OB-D3");
  EXPECT_FALSE(line.at("duty").at("due_at").as_string().empty());
  EXPECT_TRUE(told.at("persons").as_object().contains(friend_));
  EXPECT_THAT(world.audit("lost_control_read").front().detail, HasSubstr(friend_));
  Caller other = world.sign_in("other_cdc");
  EXPECT_EQ(lost(other).at("lines").as_array().size(), 0U) << "another county's people are not told";
  Caller lab = world.sign_in("lab");
  EXPECT_EQ(lab.get("/v1/isolation/lost_control").status, 403U);
}

/// Without this, a duty about somebody could lose its `lost_control` in an edit, and no alarm would ring.
TEST_F(CasePages, TheRulebookSaysWhichDutiesMeanThatSomebodyIsLost) {
  std::string all;
  for (const auto& rule : world.book->compiled().rules)
    if (const auto& lost = rule->lost_control)
      all += fmt::format("{} {} {}{}\n", rule->id, enum_text(lost->loss), enum_text(lost->reason),
                         lost->at_once ? " at once" : "");
  for (const char* line :
       {"OB-F5 left left_control at once", "OB-F3 left not_arrived", "OB-F1 left not_admitted",
        "OB-F2.check missed check_missed", "OB-F8 missed check_missed", "OB-F2.test missed test_missed",
        "OB-G3.follow missed test_missed", "OB-G6.tests missed test_missed",
        "OB-G9.check missed key_check_missed", "OB-D3 never not_in_control", "OB-D5 never list_open",
        "OB-G9 never not_enrolled", "OB-G5 never returnee_unsettled",
        "OB-G6.lost never left_unclassed at once"})
    EXPECT_THAT(all, HasSubstr(std::string(line) + "\n"));
}

}  // namespace
}  // namespace fx::bin
