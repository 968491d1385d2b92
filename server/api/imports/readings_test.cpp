// An instrument's results over HTTP, against the whole core, on either store. Without these, a file could be read in twice,
// sign itself, or read a tube nobody put on the instrument.
#include <gmock/gmock.h>

#include <thread>

#include "api/testing/story.hpp"

namespace fx::api::testing {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

class Readings : public ::testing::Test {
 protected:
  World& world = shared_world();
  Story story{world};

  /// A patient's tube on a plate of its own, in well A1.
  void on_plate(const std::string& code) {
    story.arrives();
    story.sampled();
    Story::done(story.lab.run("screening/receive_tube", fmt::format(R"({{"tube":"{}"}})", story.tube)));
    Story::done(story.lab.run(
        "screening/load_plate",
        fmt::format(
            R"({{"plate":"{}","code":"{}","reagent_lot":"L1","wells":[{{"well":"A1","tube":"{}"}}]}})",
            World::id(), code, story.tube)));
    world.settle();
  }
  boost::json::object settled(Caller& who, const std::string& id) {
    for (;;) {
      const auto job = json_in(who.get("/v1/imports/" + id)).as_object();
      const std::string state(job.at("state").as_string());
      if (state != "reading" && state != "running") return job;
      std::this_thread::sleep_for(std::chrono::milliseconds(10));
    }
  }
  boost::json::object checked(const std::string& bytes, const std::string& more = {}) {
    const auto answer = story.lab.request("POST", "/v1/imports?kind=instrument_readings&file=run.csv" + more,
                                          bytes, {{"Content-Type", "application/octet-stream"}});
    EXPECT_EQ(answer.status, 202U) << answer.body;
    return settled(story.lab, std::string(json_in(answer).as_object().at("id").as_string()));
  }
  std::string run(const boost::json::object& job) {
    const std::string id(job.at("id").as_string());
    EXPECT_EQ(story.lab.post("/v1/imports/" + id + "/run", "").status, 202U);
    return sum_of(settled(story.lab, id));
  }
  static std::string sum_of(const boost::json::object& job) {
    const auto& sum = job.at("summary").as_object();
    std::string out(job.at("state").as_string());
    for (const char* name : {"read", "accepted", "refused", "unchanged"})
      out += " " + std::to_string(sum.at(name).as_int64());
    for (const auto& fault : job.at("faults").as_array()) {
      const auto& one = fault.as_object();
      out += " " + std::string(one.at("field").as_string()) + " " + std::string(one.at("code").as_string());
    }
    return out;
  }
  boost::json::object tube() {
    world.settle();
    return json_in(story.lab.get("/v1/screening/tubes?id=" + story.tube)).at("rows").at(0).as_object();
  }
  http::Answer sign(Caller& who, const std::string& result) {
    return who.run("screening/authorise_result",
                   fmt::format(R"({{"tube":"{}","result":"{}"}})", story.tube, result));
  }
  std::string line(const std::string& rest) const { return "孔位,管号,ORF1ab Ct,N Ct,内标,结果\n" + rest; }
};

TEST_F(Readings, become_provisional_once_and_are_signed_by_another) {
  on_plate("R-1");
  const std::string file = line("A1," + story.code + ",24.1,25.3,27,阳性\nG12,NTC,,,,\nH12,PC,22,23,25,\n");
  const auto job = checked(file);
  EXPECT_EQ(sum_of(job), "checked 1 1 0 0");
  EXPECT_EQ(tube().at("state").as_string(), "testing") << "a trial records nothing";
  EXPECT_EQ(run(job), "done 1 1 0 0");
  EXPECT_EQ(tube().at("state").as_string(), "provisional");
  EXPECT_EQ(tube().at("provisional").as_string(), "positive");
  EXPECT_EQ(tube().at("ct").as_array().size(), 2U);
  const auto again = checked(file);
  EXPECT_EQ(sum_of(again), "checked 1 0 0 1");
  EXPECT_EQ(run(again), "done 1 0 0 1");
  EXPECT_EQ(code_in(sign(story.lab, "positive")), "R-TUB-8");
  EXPECT_EQ(sign(story.lab2, "positive").status, 200U);
  EXPECT_EQ(sum_of(checked(file)), "checked 1 0 0 1") << "also when it is signed";
  EXPECT_EQ(sum_of(checked(line("A1," + story.code + ",,,27,阴性\n"))), "checked 1 0 1 0 管号 R-STATE");
}

TEST_F(Readings, of_a_failed_control_are_invalid_whatever_the_instrument_says) {
  on_plate("R-2");
  EXPECT_EQ(run(checked(line("A1," + story.code + ",,,Undetermined,阴性\n"))), "done 1 1 0 0");
  EXPECT_EQ(tube().at("provisional").as_string(), "invalid");
  EXPECT_EQ(code_in(sign(story.lab2, "negative")), "R-TUB-9");
}

TEST_F(Readings, are_called_by_the_rulebook_where_the_instrument_made_no_call) {
  const auto called = [&](const std::string& cells) {
    on_plate("R-3");
    EXPECT_EQ(run(checked(line("A1," + story.code + "," + cells + ",27,\n"))), "done 1 1 0 0");
    return std::string(tube().at("provisional").as_string());
  };
  EXPECT_EQ(called("36.9,36.9"), "positive");
  EXPECT_EQ(called("36.9,37"), "grey");
  EXPECT_EQ(called("20,"), "grey") << "one target alone is looked at again";
  EXPECT_EQ(called(",39.9"), "grey");
  EXPECT_EQ(called("40,"), "negative");
  on_plate("R-3b");
  EXPECT_EQ(sum_of(checked(line("A1," + story.code + ",20,21,27,阴性\n"))), "checked 1 0 1 0 结果 F-SHAPE");
}

TEST_F(Readings, of_tubes_that_are_not_there_are_refused_by_row) {
  on_plate("R-4");
  const std::string here = story.code;
  EXPECT_EQ(sum_of(checked(line("A2," + here + ",,,27,阴性\nA3," + Story::fresh_code() +
                                ",,,27,阴性\nA4,,,,27,阴性\nA5," + here + ",,,,阴性\n"))),
            "checked 4 0 4 0 孔位 F-REF 管号 F-REF 管号 F-SHAPE 管号 F-SHAPE");
  EXPECT_EQ(sum_of(checked(line("A1," + here + ",,,,阴性\n"))), "checked 1 0 1 0 内标 F-SHAPE");
  story.arrives();
  story.sampled();
  EXPECT_EQ(sum_of(checked(line("A1," + story.code + ",,,27,阴性\n"))), "checked 1 0 1 0 管号 R-STATE")
      << "nobody put it on the instrument";
}

TEST_F(Readings, find_the_tube_by_its_well_when_the_plate_is_said) {
  on_plate("R-5");
  const std::string file = line("A1,,,,27,阴性\nB1,,,,27,阴性\n");
  const auto job = checked(file, "&plate=R-5");
  EXPECT_EQ(sum_of(job), "checked 2 1 1 0 孔位 F-REF");
  EXPECT_EQ(run(job), "done 2 1 1 0 孔位 F-REF");
  EXPECT_EQ(tube().at("provisional").as_string(), "negative");
}

TEST_F(Readings, by_message_end_the_same) {
  on_plate("R-6");
  const std::string message =
      "MSH|^~\\&|QS5|LAB1|FX|LAB1|20220717224000+0800||OUL^R22|M1|P|2.5.1\rSPM|1|" + story.code +
      "\rOBR|1\rOBX|1|NM|N||25.3||||||F\rOBX|2|NM|IC||27||||||F\rOBX|3|ST|RESULT||Positive||||||F\r";
  EXPECT_EQ(run(checked(message)), "done 1 1 0 0");
  EXPECT_EQ(tube().at("provisional").as_string(), "positive");
  EXPECT_EQ(run(checked(message)), "done 1 0 0 1");
}

TEST_F(Readings, are_a_testers_to_bring) {
  const auto answer = story.nurse.request("POST", "/v1/imports?kind=instrument_readings&file=a.csv", line(""),
                                          {{"Content-Type", "application/octet-stream"}});
  EXPECT_EQ(answer.status, 403U);
}

}  // namespace
}  // namespace fx::api::testing
