// What people see: their own, masked, and nothing of the neighbour's; every look at an identity recorded first. Without
// these a patient's name would be anybody's.
#include <gmock/gmock.h>

#include "api/testing/story.hpp"

namespace fx::api::testing {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;

struct Reading : ::testing::Test {
  Reading() : world(shared_world()), story(world) {}
  boost::json::value page(Caller& caller, const std::string& target) {
    const auto answer = caller.get(target);
    EXPECT_EQ(answer.status, 200U) << target << ": " << answer.body;
    return json_in(answer);
  }
  /// By value: a loop over a member of page()'s temporary would outlive it.
  boost::json::array rows(Caller& caller, const std::string& target) {
    return page(caller, target).at("rows").as_array();
  }
  World& world;
  Story story;
};

TEST_F(Reading, AListNamesPeopleMasked) {
  story.arrives("欧阳娜");
  const auto answer = story.nurse.get("/v1/hospitals/encounters?id=" + story.encounter);
  ASSERT_EQ(answer.status, 200U) << answer.body;
  const auto json = json_in(answer);
  ASSERT_EQ(json.at("rows").as_array().size(), 1U);
  EXPECT_EQ(json.at("rows").at(0).at("person").as_string(), story.person);
  const auto& card = json.at("persons").at(story.person).as_object();
  EXPECT_EQ(card.at("name").as_string(), "欧**");
  EXPECT_EQ(card.at("document").as_string(),
            story.document.substr(0, 6) + "********" + story.document.substr(14));
  EXPECT_TRUE(card.contains("sex"));
  EXPECT_TRUE(card.contains("birth_day"));
  EXPECT_THAT(answer.body, Not(HasSubstr("欧阳娜")));
  EXPECT_THAT(answer.body, Not(HasSubstr(story.document)));
  EXPECT_TRUE(json.at("as_of").as_object().contains("batch"));
  EXPECT_EQ(answer.header("cache-control"), "no-store");
  const auto one = page(story.nurse, "/v1/hospitals/encounters/" + story.encounter);
  EXPECT_EQ(one.at("row").at("id").as_string(), story.encounter);
}

TEST_F(Reading, PagesFollowTheirCursor) {
  for (int i = 0; i < 5; ++i) story.printed();
  std::set<std::string> seen;
  std::string next;
  do {
    const auto json = page(
        story.nurse, "/v1/screening/tubes?limit=2&state=printed" + (next.empty() ? "" : "&after=" + next));
    EXPECT_LE(json.at("rows").as_array().size(), 2U);
    for (const auto& row : json.at("rows").as_array())
      EXPECT_TRUE(seen.insert(std::string(row.at("id").as_string())).second) << "twice";
    next = json.at("next").is_string() ? std::string(json.at("next").as_string()) : std::string();
  } while (!next.empty());
  EXPECT_GE(seen.size(), 5U);
}

TEST_F(Reading, TheNeighbourCountySeesNothing) {
  story.arrives();
  story.sampled();
  story.authorised("positive");
  Caller neighbour = world.sign_in("other_cdc");
  Caller own = world.sign_in("cdc");
  for (const std::string list : {"hospitals/encounters", "screening/tubes", "investigation/cases"}) {
    EXPECT_TRUE(page(neighbour, "/v1/" + list).at("rows").as_array().empty()) << list;
    EXPECT_FALSE(page(own, "/v1/" + list).at("rows").as_array().empty()) << list;
  }
  EXPECT_EQ(neighbour.get("/v1/hospitals/encounters/" + story.encounter).status, 404U);
  EXPECT_EQ(neighbour.get("/v1/people/" + story.person).status, 404U);
  EXPECT_EQ(neighbour.post("/v1/people/" + story.person + "/unmask", R"({"purpose":"investigation"})").status,
            404U);
  for (const boost::json::value& row : rows(neighbour, "/v1/duties?scope=jurisdiction&limit=500"))
    EXPECT_EQ(row.at("jurisdiction").as_int64(), World::neighbour);
  EXPECT_TRUE(page(neighbour, "/v1/duties?state=any&about=" + story.encounter).at("rows").as_array().empty());
  EXPECT_TRUE(page(neighbour, "/v1/search?q=%E5%BC%A0%E4%BC%9F").at("rows").as_array().empty())
      << "a name finds one's own county";
  const auto units = page(neighbour, "/v1/command/units?limit=500");
  EXPECT_EQ(units.at("rows").as_array().size(), world.units.size()) << "units are no secret";
}

TEST_F(Reading, AdministratorsSeeNoHealthRecordAndAuditorsTheAudit) {
  story.arrives();
  Caller admin = world.sign_in("admin");
  Caller auditor = world.sign_in("auditor");
  for (Caller* caller : {&admin, &auditor}) {
    EXPECT_EQ(caller->get("/v1/hospitals/encounters").status, 403U);
    EXPECT_EQ(caller->get("/v1/people/" + story.person).status, 403U);
    EXPECT_EQ(caller->get("/v1/search?q=" + story.document).status, 403U);
  }
  EXPECT_EQ(admin.get("/v1/audit").status, 403U);
  world.settle();
  const auto lines = page(auditor, "/v1/audit?kind=refused&limit=5");
  ASSERT_FALSE(lines.at("rows").as_array().empty());
  EXPECT_EQ(lines.at("rows").at(0).at("code").as_string(), "R-ROLE");
}

TEST_F(Reading, UnmaskingNeedsAPurposeAndIsRecordedBeforeItIsShown) {
  story.arrives("张三丰");
  EXPECT_EQ(story.nurse.post("/v1/people/" + story.person + "/unmask", R"({"purpose":"curiosity"})").status,
            400U);
  const auto lines = world.audit("identity_read").size();
  const auto answer =
      story.nurse.post("/v1/people/" + story.person + "/unmask", R"({"purpose":"treatment"})");
  ASSERT_EQ(answer.status, 200U) << answer.body;
  const auto after = world.audit("identity_read");
  ASSERT_EQ(after.size(), lines + 1) << "there when the answer came";
  EXPECT_EQ(after.front().purpose, "treatment");
  EXPECT_THAT(after.front().detail, HasSubstr(story.person));
  EXPECT_THAT(after.front().detail, Not(HasSubstr("张")));
  EXPECT_EQ(after.front().actor.text(), world.accounts.at("nurse"));
  const auto json = json_in(answer);
  EXPECT_EQ(json.at("name").as_string(), "张三丰");
  EXPECT_EQ(json.at("document").as_string(), story.document);
  EXPECT_EQ(json.at("phone").as_string(), "13812345678");
}

TEST_F(Reading, OnePersonOnePage) {
  story.arrives("郭靖");
  story.sampled();
  story.nurse.post("/v1/people/" + story.person + "/unmask", R"({"purpose":"testing"})");
  const auto json = page(story.nurse, "/v1/people/" + story.person);
  EXPECT_EQ(json.at("identity").at("name").as_string(), "郭*");
  EXPECT_EQ(json.at("status").as_string(), "identified");
  EXPECT_EQ(json.at("encounters").as_array().size(), 1U);
  EXPECT_EQ(json.at("tubes").as_array().size(), 1U);
  EXPECT_FALSE(json.at("events").as_array().empty());
  ASSERT_FALSE(json.at("looks").as_array().empty());
  EXPECT_EQ(json.at("looks").at(0).at("purpose").as_string(), "testing");
  EXPECT_EQ(json.at("looks").at(0).at("by").as_string(), "刘护士");
}

/// Without this, what is known of somebody registered twice would stand on two pages, and whoever reads one misses the other.
TEST_F(Reading, MergedEntriesAreOneHistoryAndTwoAgainAfterwards) {
  story.arrives("郭靖");
  const std::string first = story.person;
  story.arrives("郭静");
  const std::string second = story.person;
  Caller cdc = world.sign_in("cdc");
  const auto read = [&](const std::string& person) { return page(story.nurse, "/v1/people/" + person); };
  const auto encounters = [&](const boost::json::value& told) {
    std::vector<std::string> out;
    for (const auto& row : told.at("encounters").as_array()) out.emplace_back(row.at("person").as_string());
    std::ranges::sort(out);
    return out;
  };
  EXPECT_FALSE(read(first).as_object().contains("entries"));
  EXPECT_EQ(encounters(read(first)), (std::vector{first}));
  Story::done(cdc.run("people/merge_persons",
                      fmt::format(R"({{"person":"{}","into":"{}","second_reader":"{}","reason":"同一人"}})",
                                  second, first, world.accounts.at("other_cdc"))));
  world.settle();
  std::vector both{first, second};
  std::ranges::sort(both);
  for (const std::string& entry : {first, second}) {
    const auto told = read(entry);
    EXPECT_EQ(told.at("id").as_string(), entry);
    EXPECT_EQ(encounters(told), both) << "each under the entry it was recorded for";
    ASSERT_EQ(told.at("entries").as_array().size(), 2U);
    EXPECT_EQ(told.at("entries").at(0).at("person").as_string(), first) << "the one that stands";
    EXPECT_EQ(told.at("entries").at(1).at("merged_into").as_string(), first);
    std::set<std::string> of;
    for (const auto& event : told.at("events").as_array()) of.emplace(event.at("person").as_string());
    EXPECT_EQ(of, (std::set{first, second}));
  }
  Story::done(cdc.run("people/unmerge_person",
                      fmt::format(R"({{"person":"{}","second_reader":"{}","reason":"两人"}})", second,
                                  world.accounts.at("other_cdc"))));
  world.settle();
  EXPECT_FALSE(read(first).as_object().contains("entries"));
  EXPECT_EQ(encounters(read(first)), (std::vector{first}));
  EXPECT_EQ(encounters(read(second)), (std::vector{second}));
}

TEST_F(Reading, SearchFindsByEachKindOfTokenAndIsRecorded) {
  story.arrives("黄药师");
  const auto lines = world.audit("search").size();
  const auto found = [&](const std::string& q) {
    const auto json = page(story.nurse, "/v1/search?q=" + q);
    return std::ranges::any_of(json.at("rows").as_array(),
                               [&](const auto& row) { return row.at("person").as_string() == story.person; });
  };
  EXPECT_TRUE(found(story.document));
  EXPECT_EQ(page(story.nurse, "/v1/search?q=" + story.document).at("rows").as_array().size(), 1U);
  EXPECT_TRUE(found("%E9%BB%84%E8%8D%AF%E5%B8%88")) << "name";
  EXPECT_TRUE(found("hys")) << "initials";
  EXPECT_TRUE(found(story.document.substr(14))) << "tail of the document";
  EXPECT_TRUE(found("5678")) << "tail of the telephone";
  EXPECT_TRUE(found("13812345678"));
  EXPECT_FALSE(found("13912345678")) << "same tail, another telephone";
  EXPECT_FALSE(found("nobody"));
  EXPECT_EQ(story.nurse.get("/v1/search?q=").status, 400U);
  EXPECT_EQ(world.audit("search").size(), lines + 9);
  EXPECT_THAT(world.audit("search").front().detail, Not(HasSubstr("nobody")))
      << "what was typed may be somebody's name";
}

TEST_F(Reading, AStrangerFoundByFullNumberOpensToWhoFoundThem) {
  Caller stranger = world.sign_in("other_nurse");
  story.arrives();
  EXPECT_EQ(stranger.get("/v1/people/" + story.person).status, 404U);
  EXPECT_EQ(page(stranger, "/v1/search?q=" + story.document).at("rows").as_array().size(), 1U);
  const auto json = page(stranger, "/v1/people/" + story.person);
  EXPECT_TRUE(json.at("encounters").as_array().empty()) << "the person, not the other county's records";
}

TEST_F(Reading, TextsAreReadForAPurposeAndRecorded) {
  story.printed();
  const auto answer = story.nurse.run("screening/void_tube",
                                      fmt::format(R"({{"tube":"{}","reason":"标签印坏了"}})", story.tube));
  ASSERT_EQ(answer.status, 200U) << answer.body;
  EXPECT_THAT(answer.body, Not(HasSubstr("标签印坏了")));
  const auto reason = json_in(answer).at("events").at(0).at("body").at("reason").at("id").as_string();
  const std::string path = "/v1/texts/" + std::string(reason);
  EXPECT_EQ(story.nurse.get(path).status, 400U);
  EXPECT_EQ(page(story.nurse, path + "?purpose=testing").at("text").as_string(), "标签印坏了");
  EXPECT_EQ(world.audit("text_read").front().purpose, "testing");
  Caller stranger = world.sign_in("other_nurse");
  EXPECT_EQ(stranger.get(path + "?purpose=testing").status, 404U);
}

TEST_F(Reading, DutiesTellWhatIsOwedByWhomAndWhy) {
  story.arrives();
  story.sampled();
  Caller lab = world.sign_in("lab");
  const auto about = page(story.nurse, "/v1/duties?about=" + story.tube);
  ASSERT_FALSE(about.at("rows").as_array().empty());
  const auto& duty = about.at("rows").at(0).as_object();
  EXPECT_EQ(duty.at("about_label").at("zh").as_string(), story.code);
  EXPECT_FALSE(duty.at("rule_name").at("zh").as_string().empty());
  EXPECT_TRUE(duty.at("no").is_string());
  const std::string no(duty.at("no").as_string());
  const auto why = page(story.nurse, "/v1/duties/" + no + "/why");
  EXPECT_EQ(why.at("rule").as_string(), duty.at("rule").as_string());
  EXPECT_EQ(why.at("event").at("type").as_string(), "screening.tube_sealed");
  EXPECT_FALSE(why.at("source").as_string().empty());
  EXPECT_FALSE(why.at("arithmetic").at("en").as_string().empty());
  EXPECT_EQ(why.at("due_at").as_string(), duty.at("due_at").as_string());
  Caller neighbour = world.sign_in("other_cdc");
  EXPECT_EQ(neighbour.get("/v1/duties/" + no + "/why").status, 404U);
  // Met duties are shown when asked for.
  story.authorised("negative");
  std::size_t met = 0;
  for (const boost::json::value& row : rows(story.nurse, "/v1/duties?state=any&about=" + story.tube))
    met += row.at("state").as_string() == "discharged" ? 1 : 0;
  EXPECT_GE(met, 1U);
}

TEST_F(Reading, MyDutiesAreMyPostsAndAHeadSeesThoseBelow) {
  story.arrives();
  story.sampled();
  Caller head = world.sign_in("head");
  const auto owed_by = [&](Caller& caller, const std::string& query) {
    std::set<std::string> posts;
    for (const boost::json::value& row : rows(caller, "/v1/duties?limit=500" + query))
      posts.insert(fmt::format("{}:{}", std::string(row.at("debtor_unit").as_string()),
                               std::string(row.at("debtor_role").as_string())));
    return posts;
  };
  for (const std::string& post : owed_by(story.nurse, ""))
    EXPECT_THAT(post, HasSubstr(world.units.at("clinic")));
  for (const std::string& post : owed_by(head, "")) EXPECT_THAT(post, HasSubstr(world.units.at("clinic")));
  Caller leader = world.sign_in("leader");
  EXPECT_GT(owed_by(leader, "&scope=jurisdiction").size(), 1U);
  EXPECT_EQ(leader.get("/v1/duties?scope=all").status, 400U);
}

TEST_F(Reading, TheBoardBalancesAndNoticesComeUnacknowledgedFirst) {
  story.arrives();
  story.sampled();
  story.authorised("positive");
  Caller leader = world.sign_in("leader");
  const auto board = page(leader, "/v1/board/clocks");
  const auto& totals = board.at("totals").as_object();
  std::int64_t sum = 0;
  for (const char* part : {"discharged", "late", "open", "cancelled", "superseded"})
    sum += totals.at(part).as_int64();
  EXPECT_EQ(totals.at("opened").as_int64(), sum);
  EXPECT_GT(totals.at("open").as_int64(), 0);
  const auto notices = page(leader, "/v1/notices");
  ASSERT_FALSE(notices.at("rows").as_array().empty());
  const std::string first(notices.at("rows").at(0).at("no").as_string());
  Story::done(leader.run("command/acknowledge_notice", fmt::format(R"({{"notice":"{}"}})", first)));
  bool past_fresh = false;
  for (const boost::json::value& row : rows(leader, "/v1/notices?limit=500")) {
    const bool acknowledged = row.as_object().contains("acknowledged_at");
    EXPECT_TRUE(acknowledged || !past_fresh) << "fresh ones first";
    past_fresh = past_fresh || acknowledged;
  }
  EXPECT_TRUE(past_fresh);
  for (const boost::json::value& row : rows(leader, "/v1/notices?unacknowledged=1"))
    EXPECT_NE(std::string(row.at("no").as_string()), first);
}

TEST_F(Reading, ColleaguesWordsAndTheRulebook) {
  std::set<std::string> names;
  for (const boost::json::value& row : rows(story.lab, "/v1/colleagues"))
    names.insert(std::string(row.at("name").as_string()));
  EXPECT_TRUE(names.contains("赵检验"));
  EXPECT_TRUE(names.contains("孙审核"));
  EXPECT_FALSE(names.contains("陈流调"));
  const auto words = page(story.nurse, "/v1/words");
  EXPECT_EQ(words.at("refusals").at("R-TUB-8").at("en").as_string(), "Whoever tested does not authorise");
  EXPECT_EQ(words.at("roles").at("NUR").at("zh").as_string(), "护士");
  const auto rules = page(story.nurse, "/v1/rulebook?limit=5000&kind=value&pathogen=covid19-cn");
  EXPECT_GT(rules.at("rows").as_array().size(), 100U);
  const auto rule =
      page(story.nurse, "/v1/rulebook/C.case.report_h?pathogen=covid19-cn&at=2022-07-18&in=990121");
  EXPECT_EQ(rule.at("value").as_int64(), 2);
  EXPECT_GE(rule.at("history").as_array().size(), 2U);
  EXPECT_THAT(std::string(rule.at("text").as_string()), HasSubstr("C.case.report_h"));
  EXPECT_THAT(std::string(rule.at("why").as_string()), HasSubstr("->"));
  EXPECT_EQ(story.nurse.get("/v1/rulebook/no.such.value").status, 404U);
  EXPECT_GT(page(story.nurse, "/v1/rulebook/vocabulary").at("lines").as_array().size(), 100U);
}

}  // namespace
}  // namespace fx::api::testing
