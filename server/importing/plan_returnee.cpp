#include "importing/command_sink.hpp"

namespace fx::importing {
namespace {

/// One list: of a township, from one sender, of these people. The same file makes the same list in every run.
RawId list_id(const ImportPlace& place) {
  return listed_id(
      import_key({"area list", "returnee", place.township->text(), place.source, place.list.text()}), "list",
      place.jurisdiction);
}

PlannedCommand deliver_command(const ImportPlace& place) {
  const RawId list = list_id(place);
  boost::json::object fields{{"list", list.text()},
                             {"kind", "returnee"},
                             {"source", place.source},
                             {"township", place.township->text()},
                             {"lines", static_cast<std::int64_t>(place.lines)}};
  return {"investigation.deliver_list",
          std::move(fields),
          import_key({"command", list.text(), std::to_string(place.lines)}),
          {},
          "area_list",
          list,
          "R-LST-1"};
}

PlannedCommand line_command(const ImportItem& item, const RawId& person, const ImportPlace& place) {
  const RawId list = list_id(place);
  const RawId line =
      listed_id(import_key({"list line", list.text(), item.key.text()}), "line", place.jurisdiction);
  boost::json::object one{
      {"line", line.text()}, {"number", static_cast<std::int64_t>(item.ordinal)}, {"person", person.text()}};
  boost::json::object fields{{"list", list.text()}, {"lines", boost::json::array{std::move(one)}}};
  return {"investigation.load_lines",
          std::move(fields),
          import_key({"command", line.text(), std::to_string(item.ordinal)}),
          {},
          "list_line",
          line,
          "R-LST-3"};
}

}  // namespace

ItemPlan plan_returnee(const ImportItem& item, const ReturneeRow& row, const PlanContext& context) {
  ItemPlan plan;
  const RawId person =
      plan_person(plan, listed_person(item.key, row, "list of returnees"), item.content, {}, context);
  const ImportPlace& place = context.place;
  if (!place.township || place.source.empty()) return plan;
  // All people on the list are its lines, those of faulty rows, too: it is not settled before they are put right.
  plan.commands.push_back(deliver_command(place));
  plan.commands.push_back(line_command(item, person, place));
  return plan;
}

}  // namespace fx::importing
