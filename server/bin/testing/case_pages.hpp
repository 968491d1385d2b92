#pragma once

// A case of the county with the index of visits beside the ledger, for the tests of what the investigation shows.

#include <fmt/format.h>
#include <gtest/gtest.h>

#include "api/testing/story.hpp"
#include "bin/lost_control.hpp"
#include "bin/report_page.hpp"
#include "bin/retrace.hpp"
#include "bin/trace_page.hpp"

namespace fx::bin::testing {

using api::testing::Caller;
using api::testing::json_in;
using api::testing::Story;
using api::testing::World;

/// A case of the county, and visits of the day before it was found.
struct CasePages : ::testing::Test {
  CasePages()
      : world({.pages = [this](World& of) {
          index = std::make_unique<VisitIndex>(*of.readers, *of.registry);
          auto pages = report_pages();
          pages.push_back(trace_page(*index));
          pages.push_back(lost_control_page());
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
  /// A meal of the case at this place, 12:30 to 14:30.
  [[nodiscard]] std::string meal(const std::string& stop, const char* place, const char* more = "") const {
    return fmt::format(
        R"({{"stop":"{}","case_id":"{}","kind":"stay","setting":"dining","place":"{}","division":990121,"from":"2022-07-17T12:30:00+08:00","until":"2022-07-17T14:30:00+08:00","known_by":"interview"{}}})",
        stop, case_id, place, more);
  }
  void follow() {
    while (index->follow()) {
    }
  }
  Retracer& retracer() {
    if (!asking)
      asking = std::make_unique<Retracer>(Retracer::Parts{.writer = *world.writer,
                                                          .readers = *world.readers,
                                                          .index = *index,
                                                          .registry = *world.registry,
                                                          .clock = world.clock,
                                                          .rulebook = [this] { return world.book; }});
    return *asking;
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
  std::unique_ptr<Retracer> asking;
  std::string person, case_id;
};

}  // namespace fx::bin::testing
