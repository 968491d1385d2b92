#include "importing/command_sink.hpp"

namespace fx::importing {
namespace {

/// Lists know days, not times: the day's beginning stands for it, which lies in the past whenever the list is read.
std::string moment_of(Day day) { return format(start_of(day)); }

}  // namespace

ItemPlan plan_lab_result(const ImportItem& item, const LabRow& row, const PlanContext& context) {
  ItemPlan plan;
  const RawId of = case_key(item.name_space, row.case_id);
  const RawId person = listed_id(of, "person", context.place.jurisdiction);
  if (!context.known("person", person)) {
    plan.faults.push_back({item.row,
                           {},
                           "case_id",
                           "F-REF",
                           {"没有这个病例：" + row.case_id, "there is no such case: " + row.case_id}});
    return plan;
  }
  if (row.result.empty()) {
    plan.note = "no result yet";
    plan.faults.push_back({item.row, {}, "result", "F-SHAPE", {"尚无结果", "no result yet"}});
    return plan;
  }
  const RawId id = listed_id(item.key, "external_result", context.place.jurisdiction);
  boost::json::object fields{
      {"external_result", id.text()},
      {"specimen", row.specimen.empty() ? row.result_id : row.specimen},
      {"person", person.text()},
      {"pathogen", item.pathogen.empty() ? context.place.default_pathogen : item.pathogen},
      {"result", row.result},
      {"status", "reported"},
      {"warnings", boost::json::array{}}};
  if (row.sampled_day) fields["sampled_at"] = moment_of(*row.sampled_day);
  if (row.result_day) fields["resulted_at"] = moment_of(*row.result_day);
  plan.commands.push_back({"screening.record_external_result",
                           std::move(fields),
                           import_key({"command", item.key.text(), "result"}),
                           {},
                           "external_result",
                           id,
                           {}});
  return plan;
}

}  // namespace fx::importing
