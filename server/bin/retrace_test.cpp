// Without these, whoever was where a case had been would stay unknown when the stop, or the visits of others, become known
// better afterwards.
#include <set>

#include "bin/testing/case_pages.hpp"

namespace fx::bin {
namespace {

using api::testing::json_in;
using api::testing::Story;
using api::testing::World;
using testing::CasePages;

using Retrace = CasePages;

/// Without this, who was at the place where the case really was would stay unknown, and nobody would be asked.
TEST_F(Retrace, ACorrectedStopProposesWhoWasThereAndAnOfficerNamesThem) {
  const std::string there = world.person(*nurse, "李四", Story::fresh_document());
  record(visit(there, "990121 茶馆", "13:00", "14:00"));
  const std::string stop = World::id();
  Story::done(cdc->run("investigation/record_stop", meal(stop, "面馆")));
  world.settle();
  follow();
  EXPECT_EQ(retracer().look(), 1U) << "the visits, which touch no stop of a case";
  world.settle();
  EXPECT_EQ(retracer().look(), 0U) << "nothing was corrected";
  Story::done(cdc->run("investigation/correct_stop", meal(stop, "茶馆", R"(,"reason":"支付记录")")));
  world.settle();
  EXPECT_EQ(retracer().look(), 0U) << "the index has not seen the correction";
  follow();
  EXPECT_EQ(retracer().look(), 1U);
  world.settle();
  EXPECT_EQ(retracer().look(), 0U) << "asked once";
  const auto rows = json_in(cdc->get("/v1/investigation/exposure_proposals?state=open")).at("rows");
  ASSERT_EQ(rows.as_array().size(), 1U);
  const auto& row = rows.at(0);
  EXPECT_EQ(row.at("person").as_string(), there);
  EXPECT_EQ(row.at("stop").as_string(), stop);
  EXPECT_EQ(row.at("known_by").as_string(), "scan");
  const auto told = trace();
  const auto& evidence = told.at("ring1").at("rows").at(0).at("evidence").at(0);
  EXPECT_EQ(evidence.at("stop").as_string(), stop) << "the trace says of which stop a meeting is";
  Story::done(cdc->run("investigation/accept_exposure",
                       fmt::format(R"({{"exposure_proposal":"{}","contact":"{}"}})",
                                   std::string(row.at("id").as_string()), World::id())));
  world.settle();
  const auto contacts = json_in(cdc->get("/v1/investigation/contacts?case_id=" + case_id)).at("rows");
  EXPECT_TRUE(std::ranges::any_of(contacts.as_array(), [&](const boost::json::value& one) {
    return one.at("person").as_string() == there && one.at("stop").as_string() == stop;
  }));
}

/// Without this, a list of scans that comes the day after would name nobody: the stop it belongs to was traced before.
TEST_F(Retrace, VisitsThatComeLaterAreProposedAtTheStopsOfCasesAndFallWhenTheyAreWithdrawn) {
  const std::string first = world.person(*nurse, "李四", Story::fresh_document());
  const std::string other = world.person(*nurse, "王五", Story::fresh_document());
  Story::done(cdc->run("investigation/record_stop", meal(World::id(), "茶馆")));
  const auto asked = [&] {
    world.settle();
    follow();
    std::size_t all = 0;
    for (std::size_t n = retracer().look(); n > 0; n = retracer().look()) {
      all += n;
      world.settle();
      follow();
    }
    return all;
  };
  const auto open = [&] {
    std::set<std::string> who;
    const auto answer = json_in(cdc->get("/v1/investigation/exposure_proposals?state=open"));
    for (const auto& row : answer.at("rows").as_array())
      who.insert(std::string(row.at("person").as_string()));
    return who;
  };
  EXPECT_EQ(asked(), 0U);
  record(visit(first, "990121 茶馆", "13:00", "14:00"));
  const std::string wrong = record(visit(other, "990121 茶馆", "13:00", "13:40") + "," +
                                   visit(other, "990121 面馆", "09:00", "09:30"));
  EXPECT_EQ(asked(), 3U) << "two batches, one stop for both";
  EXPECT_EQ(open(), (std::set{first, other}));
  record(visit(first, "990121 茶馆", "15:00", "16:00"));
  EXPECT_EQ(asked(), 1U) << "the case had left";
  Story::done(cdc->run("investigation/withdraw_visits",
                       fmt::format(R"({{"visit_batch":"{}","reason":"另一台设备"}})", wrong)));
  EXPECT_EQ(asked(), 2U);
  EXPECT_EQ(open(), std::set{first}) << "nobody says any more that the other was there";
}

/// Without this, whoever is beyond the first two hundred of a crowded place would never be proposed.
TEST_F(Retrace, OfACrowdTheNextAreProposedWhenTheFirstAreDecidedOn) {
  constexpr std::size_t crowd = investigation::most_proposed + 30;
  std::string visits;
  for (std::size_t i = 0; i < crowd; ++i)
    visits += (i > 0 ? "," : "") + visit(World::id(), "990121 茶馆", "13:00", "14:00");
  Story::done(cdc->run("investigation/record_stop", meal(World::id(), "茶馆")));
  record(visits);
  const auto ask = [&] {
    do {
      world.settle();
      follow();
    } while (retracer().look() > 0);
    world.settle();
  };
  const auto decline_all = [&] {
    std::set<std::string> who;
    for (;;) {
      const auto answer = json_in(cdc->get("/v1/investigation/exposure_proposals?state=open&limit=500"));
      const auto rows = answer.at("rows").as_array();
      if (rows.empty()) return who;
      for (const auto& row : rows) {
        who.insert(std::string(row.at("person").as_string()));
        Story::done(cdc->run("investigation/decline_exposure",
                             fmt::format(R"({{"exposure_proposal":"{}","reason":"隔着墙"}})",
                                         std::string(row.at("id").as_string()))));
      }
      world.settle();
    }
  };
  ask();
  EXPECT_EQ(decline_all().size(), investigation::most_proposed);
  ask();
  EXPECT_EQ(decline_all().size(), crowd - investigation::most_proposed);
  ask();
  EXPECT_EQ(decline_all().size(), 0U);
}

}  // namespace
}  // namespace fx::bin
