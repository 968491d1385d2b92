// Files over HTTP, against the whole core. Without these, a list could be half in, in twice, or in by somebody who may not.
#include <gmock/gmock.h>

#include <thread>

#include "api/testing/world.hpp"
#include "importing/edge/workbook_writer.hpp"
#include "importing/testing/resident_id.hpp"

namespace fx::api::testing {
namespace {

using ::testing::HasSubstr;

const std::string header = "姓名,证件号码,联系电话\n";
std::string row(int n) {
  return "张" + std::to_string(n) + "," + importing::testing::resident_id("990121", "19860412", n) + ",138" +
         std::to_string(10'000'000 + n) + "\n";
}

class Imports : public ::testing::Test {
 protected:
  World& world = shared_world();
  Caller officer = world.sign_in("cdc");

  http::Answer bring(Caller& who, const std::string& bytes,
                     const std::string& query = "kind=returnees&file=a.csv") {
    return who.request("POST", "/v1/imports?" + query, bytes, {{"Content-Type", "application/octet-stream"}});
  }
  /// Waits until nothing is at work; the job as it is then.
  boost::json::object settled(Caller& who, const std::string& id) {
    for (;;) {
      const auto job = json_in(who.get("/v1/imports/" + id)).as_object();
      const std::string state(job.at("state").as_string());
      if (state != "reading" && state != "running") return job;
      std::this_thread::sleep_for(std::chrono::milliseconds(10));
    }
  }
  boost::json::object checked(const std::string& bytes,
                              const std::string& query = "kind=returnees&file=a.csv") {
    const auto answer = bring(officer, bytes, query);
    EXPECT_EQ(answer.status, 202U) << answer.body;
    return settled(officer, id_of(json_in(answer).as_object()));
  }
  boost::json::object recorded(const boost::json::object& job) {
    const auto answer = officer.post("/v1/imports/" + id_of(job) + "/run", "");
    EXPECT_EQ(answer.status, 202U) << answer.body;
    return settled(officer, id_of(job));
  }
  static std::string id_of(const boost::json::object& job) { return std::string(job.at("id").as_string()); }
  static std::string sum_of(const boost::json::object& job) {
    const auto& sum = job.at("summary").as_object();
    std::string out = std::string(job.at("state").as_string());
    for (const char* name : {"read", "accepted", "refused", "unchanged"})
      out += " " + std::to_string(sum.at(name).as_int64());
    return out;
  }
  std::int64_t people() {
    world.settle();
    auto reader = world.readers->open();
    return reader.connection().number("SELECT count(*) FROM person");
  }
};

TEST_F(Imports, a_list_is_tried_put_right_and_recorded_once) {
  const auto before = people();
  std::string wrong = importing::testing::resident_id("990121", "19860412", 3);
  wrong.back() = wrong.back() == '1' ? '2' : '1';
  const auto job = checked(header + row(1) + row(2) + "王五," + wrong + ",13800000003\n");
  EXPECT_EQ(sum_of(job), "checked 3 2 1 0");
  EXPECT_EQ(people(), before) << "a trial records nothing";
  const auto& fault = job.at("faults").as_array().at(0).as_object();
  EXPECT_EQ(fault.at("row").as_int64(), 4);
  EXPECT_EQ(fault.at("field").as_string(), "证件号码");
  EXPECT_EQ(fault.at("cell").as_string(), wrong);
  EXPECT_EQ(fault.at("code").as_string(), "R-PER-2");
  const auto errors = officer.get("/v1/imports/" + id_of(job) + "/errors?lang=en");
  EXPECT_THAT(errors.body, HasSubstr("4,,证件号码,R-PER-2,"));
  const auto mended = officer.post("/v1/imports/" + id_of(job) + "/cells",
                                   R"({"cells":[{"row":4,"column":"证件号码","value":")" +
                                       importing::testing::resident_id("990121", "19860412", 3) + "\"}]}");
  EXPECT_EQ(mended.status, 202U) << mended.body;
  EXPECT_EQ(sum_of(settled(officer, id_of(job))), "checked 3 3 0 0");
  EXPECT_EQ(sum_of(recorded(job)), "done 3 3 0 0");
  EXPECT_EQ(people(), before + 3);
  const auto again = checked(header + row(1) + row(2));
  EXPECT_EQ(sum_of(again), "checked 2 0 0 2");
  EXPECT_EQ(sum_of(recorded(again)), "done 2 0 0 2");
  EXPECT_EQ(people(), before + 3);
  Caller other = world.sign_in("nurse");
  EXPECT_EQ(other.get("/v1/imports/" + id_of(job)).status, 404U) << "somebody else's file is nobody's";
  EXPECT_FALSE(world.audit("import_run").empty());
  EXPECT_FALSE(world.audit("import_errors").empty());
}

TEST_F(Imports, by_another_account_the_same_list_changes_nothing) {
  EXPECT_EQ(sum_of(recorded(checked(header + row(11)))), "done 1 1 0 0");
  Caller nurse = world.sign_in("nurse");
  const auto answer = bring(nurse, header + row(11));
  ASSERT_EQ(answer.status, 202U) << answer.body;
  const std::string id = id_of(json_in(answer).as_object());
  EXPECT_EQ(sum_of(settled(nurse, id)), "checked 1 0 0 1");
  nurse.post("/v1/imports/" + id + "/run", "");
  EXPECT_EQ(sum_of(settled(nurse, id)), "done 1 0 0 1");
}

TEST_F(Imports, who_is_registered_already_stays_the_same_person) {
  const std::string number = importing::testing::resident_id("990121", "19860412", 21);
  world.person(officer, "赵一", number);
  const auto before = people();
  EXPECT_EQ(sum_of(recorded(checked(header + "赵一," + number + ",13800000021\n"))), "done 1 0 0 1");
  EXPECT_EQ(people(), before);
}

TEST_F(Imports, need_the_rights_of_what_they_become) {
  Caller lab = world.sign_in("lab");
  const auto answer = bring(lab, "病例编号,确诊日期\nA,2022-07-01\n", "kind=cases&file=a.csv");
  EXPECT_EQ(answer.status, 403U) << answer.body;
  EXPECT_EQ(world.nobody().get("/v1/imports").status, 401U);
  Caller leader = world.sign_in("admin");
  EXPECT_THAT(leader.get("/v1/imports/kinds").body, HasSubstr(R"("rows":[])"));
  EXPECT_THAT(officer.get("/v1/imports/kinds").body, HasSubstr("returnees"));
}

TEST_F(Imports, what_is_no_list_is_refused_as_a_whole_and_nothing_is_done) {
  const std::string before = world.everything();
  EXPECT_EQ(bring(officer, "").status, 400U);
  EXPECT_EQ(bring(officer, "x", "kind=nothing").status, 400U);
  EXPECT_EQ(sum_of(checked("a,b\n1,2\n")), "failed 0 0 0 0");
  EXPECT_EQ(sum_of(checked(std::string("\x89PNG\r\n\x1A\n\0\0", 10))), "failed 0 0 0 0");
  EXPECT_EQ(sum_of(checked("MSH|^~\\&|x\r")), "failed 0 0 0 0");
  const std::string book = importing::workbook_of({"s", {{"姓名", "证件号码"}, {"张伟", "1"}}});
  EXPECT_EQ(sum_of(checked(book.substr(0, book.size() / 2))), "failed 0 0 0 0");
  const auto empty = checked(header);
  EXPECT_EQ(sum_of(empty), "checked 0 0 0 0") << "a header alone";
  const auto failed = checked("a,b\n");
  EXPECT_EQ(officer.post("/v1/imports/" + id_of(failed) + "/run", "").status, 409U);
  EXPECT_EQ(code_in(officer.post("/v1/imports/" + id_of(failed) + "/run", "")), "F-IMPORT");
  EXPECT_EQ(officer.get("/v1/imports/" + World::id()).status, 404U);
  EXPECT_EQ(world.everything(), before);
}

TEST_F(Imports, a_file_beyond_the_limit_is_cut_off_at_its_head) {
  const std::string before = world.everything();
  const auto answer = bring(officer, std::string((64UL << 20) + 1, 'x'));
  EXPECT_EQ(answer.status, 413U);
  EXPECT_EQ(code_in(answer), "H-BODY");
  EXPECT_EQ(world.everything(), before);
}

TEST_F(Imports, two_files_at_once_and_one_stopped_on_its_way) {
  std::string first = header;
  std::string second = header;
  for (int n = 100; n < 500; ++n) first += row(n);
  for (int n = 500; n < 900; ++n) second += row(n);
  const auto a = checked(first);
  const auto b = checked(second);
  const auto before = people();
  officer.post("/v1/imports/" + id_of(a) + "/run", "");
  officer.post("/v1/imports/" + id_of(b) + "/run", "");
  officer.post("/v1/imports/" + id_of(b) + "/cancel", "");
  EXPECT_EQ(sum_of(settled(officer, id_of(a))), "done 400 400 0 0");
  const auto stopped = settled(officer, id_of(b));
  if (stopped.at("state").as_string() == "stopped") {
    EXPECT_EQ(officer.post("/v1/imports/" + id_of(b) + "/run", "").status, 202U);
    const auto sum = settled(officer, id_of(b)).at("summary").as_object();
    EXPECT_EQ(sum.at("accepted").as_int64() + sum.at("unchanged").as_int64(), 400);
  }
  EXPECT_EQ(people(), before + 800) << "nobody twice, nobody missing";
}

TEST_F(Imports, templates_in_both_languages) {
  const auto zh = officer.get("/v1/imports/templates/returnees?lang=zh&format=csv");
  EXPECT_THAT(zh.body, HasSubstr("姓名,证件类型,证件号码"));
  EXPECT_THAT(std::string(zh.header("content-disposition")), HasSubstr("returnees.csv"));
  EXPECT_THAT(officer.get("/v1/imports/templates/returnees?lang=en&format=csv").body,
              HasSubstr("Name,Document type"));
  const auto book = officer.get("/v1/imports/templates/returnees?lang=en&format=xlsx");
  EXPECT_EQ(sum_of(checked(book.body)), "checked 0 0 0 0") << "what is handed out can be read";
  EXPECT_EQ(officer.get("/v1/imports/templates/lab_reports?lang=en").status, 404U);
}

}  // namespace
}  // namespace fx::api::testing
