#include <charconv>

#include "desks/screening/rounds/facts.hpp"
#include "importing/command_sink.hpp"

namespace fx::importing {
namespace {

std::int64_t code_of(const std::string& township) {
  std::int64_t code = 0;
  std::from_chars(township.data(), township.data() + township.size(), code);
  return code;
}

PlannedCommand enrol_command(const ResidentRow& row, screening::RoundId round, const RawId& person,
                             const RawId& line) {
  boost::json::object one{
      {"person", person.text()}, {"township", code_of(row.township)}, {"building", row.building}};
  boost::json::object fields{{"round", round.raw.text()}, {"people", boost::json::array{std::move(one)}}};
  return {"screening.enrol_people",
          std::move(fields),
          import_key({"command", "enrol", line.text(), row.township, row.building}),
          {},
          screening::RoundPerson::table,
          line,
          {}};
}

}  // namespace

ItemPlan plan_resident(const ImportItem& item, const ResidentRow& row, const PlanContext& context) {
  ItemPlan plan;
  const RawId person =
      plan_person(plan, listed_person(item.key, row, "population list"), item.content, {}, context);
  if (!context.place.round) return plan;
  const RawId line = screening::round_person_id(*context.place.round, PersonId{person}).raw;
  // Who stands on the round's list already, from whichever file, stays where they were put.
  if (context.ledger.exists(screening::RoundPerson::table, line)) {
    plan.recorded = true;
    plan.commands.clear();
    return plan;
  }
  plan.commands.push_back(enrol_command(row, *context.place.round, person, line));
  return plan;
}

}  // namespace fx::importing
