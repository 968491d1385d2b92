#include "desks/screening/rounds/equation.hpp"

#include "kernel/guards.hpp"

namespace fx::screening {
namespace {

std::int64_t divided_up(std::int64_t a, std::int64_t b) { return b <= 0 ? 0 : (a + b - 1) / b; }

void add_people(RoundEquation& sum, const AreaCount& area) {
  sum.roster += area.roster;
  sum.added += area.added;
  sum.sampled += area.sampled;
  sum.tested_elsewhere += area.tested_elsewhere;
  sum.exempt += area.exempt;
  sum.out_of_area += area.out_of_area;
}

struct Sums {
  RoundEquation equation;
  std::int64_t opened = 0;
  std::int64_t ended_unsealed = 0;

  void add(const RoundTally& row) {
    for (const AreaCount& area : row.areas) add_people(equation, area);
    equation.issued += row.issued;
    equation.sealed += row.sealed;
    equation.voided += row.voided;
    equation.received += row.received;
    equation.rejected += row.rejected;
    equation.lost += row.lost;
    equation.authorised += row.negative + row.positive + row.grey + row.invalid;
    equation.positive_tubes += row.positive;
    equation.negative_people += row.negative_people;
    equation.positive_people += row.positive_people;
    equation.holds += row.holds;
    opened += row.opened;
    ended_unsealed += row.ended_unsealed;
  }
  RoundEquation finish() {
    RoundEquation& e = equation;
    e.missed = e.roster + e.added - e.sampled - e.tested_elsewhere - e.exempt - e.out_of_area;
    const std::int64_t owed = e.roster + e.added - e.exempt - e.out_of_area;
    e.coverage =
        owed <= 0 ? 1.0 : static_cast<double>(e.sampled + e.tested_elsewhere) / static_cast<double>(owed);
    e.unused = e.issued - e.sealed - e.voided;
    e.in_transit = e.sealed - e.received - e.rejected - e.lost;
    e.pending = opened - ended_unsealed - e.rejected - e.lost - e.authorised;
    return e;
  }
};

/// The rows of the teams of all points; `each` is called once a sampler.
template <class V, class F>
void each_team_tally(const Round& round, const V& view, F each) {
  for (const PointId id : round.points) {
    const auto* point = view.template find<SamplingPoint>(id);
    if (point == nullptr) continue;
    for (const AccountId sampler : point->team) each(team_tally(round.id, id, sampler));
  }
}

}  // namespace

void own_equation(RoundId id, const Loaded& loaded, KeySet& keys) {
  const Round* round = loaded.find<Round>(id);
  if (round == nullptr) return;
  for (const RawId& row : standing_tallies(*round)) keys.read<RoundTally>(row);
  each_team_tally(*round, loaded, [&](const RawId& row) { keys.read<RoundTally>(row); });
  for (const PointId point : round->points) keys.read<SamplingPoint>(point);
}

RoundEquation equation_of(const Round& round, const View& view) {
  Sums sums;
  const auto add = [&](const RawId& id) {
    if (const auto* row = view.find<RoundTally>(id)) sums.add(*row);
  };
  for (const RawId& row : standing_tallies(round)) add(row);
  each_team_tally(round, view, add);
  return sums.finish();
}

PlanNeeds needs_of(const RoundPlan& plan, std::int32_t jurisdiction, const Context& context) {
  PlanNeeds needs;
  const auto number = [&](std::string_view rule) -> std::optional<std::int64_t> {
    const auto value = context.number(rule, jurisdiction);
    return value ? std::optional(static_cast<std::int64_t>(*value)) : std::nullopt;
  };
  if (const auto most = number("E.point.people.max")) needs.least_points = divided_up(plan.people, *most);
  if (const auto least = number("E.point.people.min"); least && *least > 0)
    needs.most_points = plan.people / *least;
  if (const auto ratio = number("E.sampler.ratio")) needs.samplers = divided_up(plan.people, *ratio);
  needs.tubes = divided_up(plan.people, plan.tube_size);
  const auto limit = number("E.mass.deadline.people_max");
  const auto hours = number(limit && plan.people > *limit ? "E.mass.deadline.above" : "E.mass.deadline");
  needs.days = std::max<std::int64_t>(1, hours.value_or(24) / 24);
  needs.tubes_a_day = divided_up(needs.tubes, needs.days);
  return needs;
}

Refusals judge_plan(const RoundPlan& plan, std::int64_t support, std::int64_t lab_tubes,
                    const PlanNeeds& needs) {
  Refusals no;
  if (needs.least_points &&
      (plan.points < *needs.least_points || plan.points > std::max(*needs.most_points, *needs.least_points)))
    no.add(refuse_because("R-RND-1", "/points",
                          fmt::format("采样点须为 {}–{} 个，方案为 {} 个", *needs.least_points,
                                      *needs.most_points, plan.points),
                          fmt::format("{} to {} points are needed, the plan has {}", *needs.least_points,
                                      *needs.most_points, plan.points)));
  if (needs.samplers && plan.samplers + support < *needs.samplers)
    no.add(refuse_because(
        "R-RND-1", "/samplers",
        fmt::format("需要采样员 {} 名，现有 {} 名，须签署增援 {} 名", *needs.samplers,
                    plan.samplers + support, *needs.samplers - plan.samplers - support),
        fmt::format("{} samplers are needed, there are {}: support of {} must be signed", *needs.samplers,
                    plan.samplers + support, *needs.samplers - plan.samplers - support)));
  if (lab_tubes < needs.tubes_a_day)
    no.add(
        refuse_because("R-RND-1", "/labs",
                       fmt::format("每日须检 {} 管，可用实验室合计每日 {} 管", needs.tubes_a_day, lab_tubes),
                       fmt::format("{} tubes a day must be tested, the laboratories that count can do {}",
                                   needs.tubes_a_day, lab_tubes)));
  return no;
}

}  // namespace fx::screening
