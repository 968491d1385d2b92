// – → PLANNED → APPROVED → OPEN. A plan may be wrong and is mended as often as one likes; it is approved when the
// arithmetic of the rulebook holds: points, samplers or signed support, tubes a day (R-RND-1).
#include "desks/places.hpp"
#include "desks/screening/laboratories/facts.hpp"
#include "desks/screening/lookups.hpp"
#include "desks/screening/rounds/operations.hpp"

namespace fx::screening {
namespace {

UnitId county_of(const Context& context) {
  return desks::command_of(context.reference, context.actor.unit).value_or(context.actor.unit);
}

std::int32_t jurisdiction_of(UnitId unit, const Context& context) {
  const Unit* known = context.reference.unit(unit);
  return known != nullptr ? known->jurisdiction : context.actor.jurisdiction;
}

void judge_numbers(const PlanRound& c, Refusals& no) {
  if (c.people <= 0) no.add(malformed("/people", "须大于0", "must be above 0"));
  if (c.points < 0) no.add(malformed("/points", "不能为负", "must not be negative"));
  if (c.samplers < 0) no.add(malformed("/samplers", "不能为负", "must not be negative"));
  std::int64_t sum = 0;
  for (const PlannedTownship& each : c.townships) sum += each.people;
  if (!c.townships.empty() && sum != c.people)
    no.add(malformed("/townships", "各乡镇人数之和须等于总人数", "the townships must add up to the people"));
  if (c.townships.size() > 500) no.add(malformed("/townships", "最多500个", "at most 500"));
}

Result<Decision> plan(const PlanRound& c, const View& view, const Context& context) {
  const Round* known = view.find<Round>(c.round);
  Refusals no;
  if (known != nullptr && known->state != RoundState::planned)
    no.add(wrong_state(known->state, {RoundState::planned}));
  if (c.pathogen.empty()) no.add(missing("/pathogen"));
  judge_numbers(c, no);
  if (!size_allowed(context, c.tube_size)) no.add("R-TUB-3", "/tube_size");
  for (std::size_t i = 0; i < c.labs.size(); ++i)
    if (context.reference.unit(c.labs[i].lab) == nullptr) no.add(unknown(fmt::format("/labs/{}/lab", i)));
  if (c.series) {
    const Series* series = view.find<Series>(*c.series);
    if (series == nullptr)
      no.add(unknown("/series"));
    else if (series->state != SeriesState::running)
      no.add(wrong_state(series->state, {SeriesState::running}, "/series"));
  }
  if (!no.empty()) return no;
  return Decision{{RoundPlanned{c.round,
                                c.title,
                                known != nullptr ? known->county : county_of(context),
                                c.pathogen,
                                c.series,
                                c.outbreak,
                                {c.people, c.points, c.samplers, c.tube_size, c.labs, c.townships}}}};
}

Result<Decision> sign(const SignSupport& c, const View& view, const Context& context) {
  const Round* round = view.find<Round>(c.round);
  if (round == nullptr) return unknown("/round");
  Refusals no;
  if (!is_one_of(round->state, {RoundState::planned, RoundState::approved, RoundState::open}))
    no.add(wrong_state(round->state, {RoundState::planned, RoundState::approved, RoundState::open}));
  if (c.samplers <= 0) no.add(malformed("/samplers", "须大于0", "must be above 0"));
  // The county's own samplers stand in its plan; support is what somebody else signs to send.
  if (jurisdiction_of(context.actor.unit, context) == jurisdiction_of(round->county, context))
    no.add(refuse_because("R-RND-1", "/round", "增援须由派出方签署，本地不能为自己的轮次签署",
                          "Whoever sends the support signs it: nobody signs for a round of their own place"));
  if (!no.empty()) return no;
  return Decision{{SupportSigned{round->id, round->county, context.actor.unit, c.samplers}}};
}

/// Tubes a day of the laboratories that may serve a mass round.
std::int64_t lab_tubes(const Round& round, const View& view, const Context& context) {
  std::int64_t sum = 0;
  for (const PlannedLab& each : round.plan.labs) {
    const Unit* lab = context.reference.unit(each.lab);
    const auto* file = view.find<Laboratory>(each.lab);
    if (lab != nullptr && lab->active && file != nullptr) sum += mass_capacity(*file, each.per_day, context);
  }
  return sum;
}

Result<Decision> approve(const ApproveRound& c, const View& view, const Context& context) {
  const Round* round = view.find<Round>(c.round);
  if (round == nullptr) return unknown("/round");
  if (round->state != RoundState::planned) return wrong_state(round->state, {RoundState::planned});
  const PlanNeeds needs = needs_of(round->plan, jurisdiction_of(round->county, context), context);
  const std::int64_t tubes = lab_tubes(*round, view, context);
  Refusals no = judge_plan(round->plan, round->support, tubes, needs);
  if (!no.empty()) return no;
  return Decision{{RoundApproved{round->id, round->county, context.actor.account, needs.samplers.value_or(0),
                                 needs.tubes, tubes}}};
}

Result<Decision> open(const OpenRound& c, const View& view, const Context& context) {
  const Round* round = view.find<Round>(c.round);
  if (round == nullptr) return unknown("/round");
  Refusals no;
  if (round->state != RoundState::approved) no.add(wrong_state(round->state, {RoundState::approved}));
  const Series* series = round->series ? view.find<Series>(*round->series) : nullptr;
  if (series != nullptr && series->state != SeriesState::running)
    no.add(wrong_state(series->state, {SeriesState::running}, "/round"));
  if (!no.empty()) return no;
  const auto limit = context.number("E.mass.deadline.people_max", jurisdiction_of(round->county, context));
  const bool large = limit && static_cast<double>(round->plan.people) > *limit;
  Decision out{
      {RoundOpened{round->id, round->county, round->pathogen, round->plan.people, large, round->series}}};
  if (series != nullptr && series->last)
    out.events.push_back(NextRoundOpened{series->id, *series->last, round->id, round->county});
  return out;
}

}  // namespace

bool holds_here(const Round& round, const Context& context) {
  const Unit* county = context.reference.unit(round.county);
  return county != nullptr && (within(county->jurisdiction, context.actor.jurisdiction) ||
                               within(context.actor.jurisdiction, county->jurisdiction));
}

void plan_rounds(Desk& desk) {
  desk.operation<PlanRound>("plan_round", {"制定轮次方案", "Plan a round"})
      .by({Role::CMD, Role::DO, Role::HA, Role::CDC})
      .keys([](const PlanRound& c, const Context&, KeySet& keys) {
        keys.own<Round>(c.round);
        if (c.series) keys.read<Series>(*c.series);
      })
      .place([](const PlanRound& c, const View& view, const Context& context) {
        const Round* round = view.find<Round>(c.round);
        return std::optional(round != nullptr ? round->county : county_of(context));
      })
      .decide(plan);
  desk.operation<SignSupport>("sign_support", {"签署采样增援", "Sign support of samplers"})
      .by({Role::CMD, Role::HA, Role::DL})
      .keys(own_round<SignSupport>)
      .place(place_of_round<SignSupport>)
      .decide(sign);
  desk.operation<ApproveRound>("approve_round", {"批准轮次方案", "Approve a round"})
      .by({Role::CMD})
      .keys(own_round<ApproveRound>)
      .more_keys([](const ApproveRound& c, const View& view, const Context&, KeySet& keys) {
        const Round* round = view.find<Round>(c.round);
        if (round == nullptr) return;
        for (const PlannedLab& each : round->plan.labs) keys.read<Laboratory>(each.lab);
      })
      .place(place_of_round<ApproveRound>)
      .decide(approve);
  desk.operation<OpenRound>("open_round", {"启动轮次", "Open a round"})
      .by({Role::CMD})
      .keys(own_round<OpenRound>)
      .more_keys([](const OpenRound& c, const View& view, const Context&, KeySet& keys) {
        const Round* round = view.find<Round>(c.round);
        if (round == nullptr || !round->series) return;
        const Loaded loaded(view, keys);
        if (const Series* series = loaded.find<Series>(*round->series); series != nullptr && series->last)
          keys.subject(series->last->raw);  // what was owed after it is met
        keys.own<Series>(*round->series);
      })
      .place(place_of_round<OpenRound>)
      .decide(open);
}

}  // namespace fx::screening
