#include "bin/round_plan.hpp"

#include <algorithm>
#include <cmath>

#include "api/round_plan.hpp"
#include "base/described.hpp"
#include "engines/pooling/choose.hpp"
#include "engines/scheduling/plan.hpp"

namespace fx::bin {

using namespace api;
using scheduling::Minutes;

namespace {

constexpr std::int64_t most_people = 100'000'000;
constexpr std::size_t most_townships = 1'000;
constexpr std::size_t most_labs = 50;
constexpr std::size_t most_shifts = 20;
constexpr std::int64_t minutes_a_day = 24 * 60;
constexpr std::int32_t most_samplers = 200'000;

struct SizedSensitivity {
  std::int32_t size = 1;
  double sensitivity = 1;
};
BOOST_DESCRIBE_STRUCT(SizedSensitivity, (), (size, sensitivity))

PlanResource word_of(scheduling::Resource resource) {
  switch (resource) {
    case scheduling::Resource::samplers: return PlanResource::samplers;
    case scheduling::Resource::tubes_per_hour: return PlanResource::tubes_per_hour;
    case scheduling::Resource::vehicles: return PlanResource::vehicles;
    case scheduling::Resource::laboratory: return PlanResource::laboratory;
    case scheduling::Resource::road_minutes: return PlanResource::road_minutes;
    case scheduling::Resource::tube_size: return PlanResource::tube_size;
    case scheduling::Resource::minutes: break;
  }
  return PlanResource::minutes;
}

/// The rulebook's values at one place and time; what is needed and nowhere said becomes a fault of the request.
class Values {
 public:
  Values(const Rules& rules, Instant at, std::int32_t county, Faults& faults)
      : rules_(rules), at_(at), county_(county), faults_(faults) {}

  [[nodiscard]] std::optional<double> number(std::string_view id) const {
    const RuleValue value = rules_.value(id, at_, county_);
    return value.state == RuleValue::State::value ? value.number() : std::nullopt;
  }
  double needed(std::string_view id, std::string_view field) {
    if (const auto found = number(id)) return *found;
    add_fault(faults_, Path{nullptr, field, 0}, "规则手册没有此值，须写明",
              "no value in the rulebook: say it here");
    return 1;
  }
  template <class T>
  [[nodiscard]] T table(std::string_view id) const {
    const RuleValue value = rules_.value(id, at_, county_);
    return value.state == RuleValue::State::value && !value.text().empty() ? from_own_json<T>(value.text())
                                                                           : T{};
  }

 private:
  const Rules& rules_;
  Instant at_;
  std::int32_t county_;
  Faults& faults_;
};

void check(const AskedPlan& asked, Faults& faults) {
  const auto fault = [&](std::string_view field, std::string_view zh, std::string_view en) {
    add_fault(faults, Path{nullptr, field, 0}, zh, en);
  };
  if (asked.deadline <= asked.start) fault("deadline", "应晚于开始时间", "must be after the start");
  if (asked.townships.size() > most_townships) fault("townships", "过多", "too many");
  if (asked.labs.size() > most_labs) fault("labs", "过多", "too many");
  if (asked.shifts.size() > most_shifts) fault("shifts", "过多", "too many");
  for (const AskedTownship& one : asked.townships) {
    if (one.people < 0 || one.people > most_people)
      fault("townships", "人数不成立", "people cannot be so many");
    if (one.road_min.size() != asked.labs.size())
      fault("townships", "每个实验室须有一个路程时间", "a road time for each laboratory");
  }
  for (const AskedShift& one : asked.shifts)
    if (one.samplers < 0 || one.samplers > most_samplers || one.until <= one.from)
      fault("shifts", "人数或时段不成立", "samplers or hours cannot be so");
  for (const AskedLab& one : asked.labs)
    if (one.per_day < 0 || one.per_day > most_people || one.waiting.value_or(0) < 0 ||
        one.waiting.value_or(0) > most_people || one.turnaround_min.value_or(0) < 0)
      fault("labs", "能力不成立", "capacity cannot be so");
  if (asked.vehicles < 0 || asked.vehicles > most_samplers)
    fault("vehicles", "数量不成立", "cannot be so many");
  if (asked.people_per_hour.value_or(1) <= 0) fault("people_per_hour", "应大于0", "must be above 0");
  const auto is_ratio = [](double p) { return p >= 0 && p <= 1; };
  if (!is_ratio(asked.prevalence.value_or(0))) fault("prevalence", "应在0至1之间", "must be 0 to 1");
  if (!is_ratio(asked.prevalence_high.value_or(1)) ||
      asked.prevalence_high.value_or(1) < asked.prevalence.value_or(0))
    fault("prevalence_high", "应不低于预期且不大于1", "must not be below the expected, nor above 1");
  const auto is_span = [](std::int32_t minutes) { return minutes >= 0 && minutes <= scheduling::horizon; };
  if (!is_span(asked.setup_min.value_or(0))) fault("setup_min", "不成立", "cannot be so long");
  if (!is_span(asked.resample_min.value_or(0))) fault("resample_min", "不成立", "cannot be so long");
}

Minutes minutes_from(Instant start, Instant at) {
  const auto minutes = (at.ms - start.ms) / 60'000;
  return static_cast<Minutes>(std::clamp<std::int64_t>(minutes, 0, scheduling::horizon));
}
Minutes minutes_of(double hours) { return static_cast<Minutes>(hours * 60); }
Instant after(Instant start, Minutes minutes) { return Instant{start.ms + std::int64_t{minutes} * 60'000}; }

/// What the laboratories can work off between the order and the deadline, besides what lies there.
std::int64_t tubes_in_time(const AskedPlan& asked) {
  const Minutes given = minutes_from(asked.start, asked.deadline);
  std::int64_t tubes = 0;
  for (const AskedLab& one : asked.labs)
    tubes += std::max<std::int64_t>(0, one.per_day * given / minutes_a_day - one.waiting.value_or(0));
  return tubes;
}

pooling::Question pool_question(const AskedPlan& asked, Values& values) {
  pooling::Question q;
  for (const AskedTownship& one : asked.townships) q.people += one.people;
  q.prevalence.expected =
      asked.prevalence ? *asked.prevalence : values.needed("E.plan.prevalence", "prevalence");
  q.prevalence.high =
      asked.prevalence_high
          ? *asked.prevalence_high
          : std::min(1.0, q.prevalence.expected *
                              values.needed("E.plan.prevalence.high_times", "prevalence_high"));
  q.tubes_max = tubes_in_time(asked);
  q.missed_share_max = values.number("E.plan.missed.max");
  q.sizes = values.table<std::vector<std::int32_t>>("E.pool.sizes");
  if (asked.sizes)
    std::erase_if(q.sizes, [&](std::int32_t size) {
      return std::ranges::find(*asked.sizes, size) == asked.sizes->end();
    });
  for (const auto& [size, sensitivity] : values.table<std::vector<SizedSensitivity>>("E.plan.sensitivity"))
    if (size == 1)
      q.assay.sensitivity = sensitivity;
    else
      q.assay.by_size.push_back({size, sensitivity});
  q.assay.specificity = values.number("E.plan.specificity").value_or(1);
  return q;
}

/// How often a courier may come, up to E.transport.pickup_h: every so many minutes of those tried.
scheduling::Couriers couriers_of(const AskedPlan& asked, const Values& values) {
  scheduling::Couriers out{.vehicles = asked.vehicles};
  const Minutes pickup = minutes_of(values.number("E.transport.pickup_h").value_or(2));
  for (const Minutes every : {30, 60, 90, 120})
    if (every <= pickup) out.intervals.push_back(every);
  if (out.intervals.empty()) out.intervals.push_back(std::max(1, pickup));
  out.stop = static_cast<Minutes>(values.number("E.plan.stop_min").value_or(0));
  return out;
}

/// The sizes that miss no more than may be, and of these those that the laboratories bear even at the high prevalence; when
/// none is borne all are tried, so that what is missing can be said.
std::vector<scheduling::PoolOption> pools_of(const pooling::Choice& pools) {
  std::vector<scheduling::PoolOption> out;
  for (const pooling::Candidate& one : pools.candidates)
    if (one.within_missed && (one.within_capacity || !pools.size))
      out.push_back({one.expected.size, one.expected.tests, one.expected.resampled, one.work});
  return out;
}

scheduling::Limits limits_of(const AskedPlan& asked, Values& values) {
  scheduling::Limits out;
  out.people_per_point_max = static_cast<std::int64_t>(values.needed("E.point.people.max", "townships"));
  out.people_per_sampler = static_cast<std::int64_t>(values.number("E.sampler.ratio").value_or(0));
  out.setup = asked.setup_min ? *asked.setup_min : minutes_of(values.needed("E.point.setup_h", "setup_min"));
  out.transport_max = minutes_of(values.needed("E.transport.max_h", "labs"));
  out.resample_within =
      asked.resample_min ? *asked.resample_min : minutes_of(values.needed("E.pool.hold", "resample_min"));
  return out;
}

scheduling::Question plan_question(const AskedPlan& asked, Values& values, const pooling::Choice& pools) {
  scheduling::Question q{.townships = static_cast<std::uint32_t>(asked.townships.size())};
  for (std::uint32_t i = 0; i < asked.townships.size(); ++i) {
    q.places.push_back({i, asked.townships[i].people});
    for (const std::int32_t road : asked.townships[i].road_min) q.road.push_back(road);
  }
  for (const AskedShift& one : asked.shifts)
    q.shifts.push_back(
        {one.samplers, {minutes_from(asked.start, one.from), minutes_from(asked.start, one.until)}});
  for (const AskedLab& one : asked.labs)
    q.labs.push_back({.tubes_per_day = one.per_day,
                      .open = {{0, scheduling::horizon}},
                      .turnaround = one.turnaround_min ? *one.turnaround_min
                                                       : static_cast<Minutes>(
                                                             values.needed("E.plan.turnaround_min", "labs")),
                      .waiting = one.waiting.value_or(0)});
  q.couriers = couriers_of(asked, values);
  q.pools = pools_of(pools);
  q.limits = limits_of(asked, values);
  q.people_per_hour =
      asked.people_per_hour
          ? *asked.people_per_hour
          : static_cast<std::int32_t>(values.needed("E.plan.sampled_per_h", "people_per_hour"));
  q.deadline = minutes_from(asked.start, asked.deadline);
  return q;
}

ProposedVariant variant_of(const scheduling::Variant& one, Instant start) {
  ProposedVariant out{.tube_size = one.pool_size,
                      .every_min = one.interval,
                      .tubes = one.tubes,
                      .tests = static_cast<std::int64_t>(std::llround(one.tests)),
                      .vehicles = one.vehicles};
  if (one.sampled_at < scheduling::horizon) out.sampled_at = after(start, one.sampled_at);
  if (one.finish) out.finished_at = after(start, *one.finish);
  return out;
}

ProposedPoint point_of(const scheduling::Point& one, const AskedPlan& asked) {
  ProposedPoint out{.township = asked.townships[one.township].township, .people = one.people};
  for (const std::int32_t samplers : one.samplers) out.samplers = std::max(out.samplers, samplers);
  out.opens_at = after(asked.start, one.open.from);
  if (one.open.until < scheduling::horizon) out.ends_at = after(asked.start, one.open.until);
  return out;
}

Proposal proposal_of(const AskedPlan& asked, const scheduling::Plan& plan, const pooling::Choice& pools) {
  Proposal out{.meets = plan.meets,
               .singles = plan.singles,
               .samplers_owed = plan.samplers_owed,
               .together = plan.together};
  if (plan.chosen) out.chosen = variant_of(*plan.chosen, asked.start);
  for (const auto& one : plan.variants) out.variants.push_back(variant_of(one, asked.start));
  for (const auto& one : pools.candidates)
    out.sizes.push_back({one.expected.size, one.expected.tests, 1 - one.expected.found,
                         one.expected.resampled, one.within_capacity, one.within_missed});
  for (const auto& one : plan.points) out.points.push_back(point_of(one, asked));
  for (const auto& one : plan.deliveries)
    out.deliveries.push_back({asked.townships[one.township].township, asked.labs[one.lab].lab, one.tubes});
  for (const Minutes at : plan.rounds) out.rounds.push_back(after(asked.start, at));
  if (plan.settled_at) out.settled_at = after(asked.start, *plan.settled_at);
  for (const auto& one : plan.missing) {
    MissingResource& missing = out.missing.emplace_back(word_of(one.resource), one.more);
    if (one.township) missing.township = asked.townships[*one.township].township;
  }
  return out;
}

/// Tubes an hour that the laboratories lack for any size that may be used, were the prevalence the high one.
std::int64_t rate_short(const AskedPlan& asked, const pooling::Choice& pools) {
  std::optional<std::int64_t> least;
  for (const pooling::Candidate& one : pools.candidates)
    if (one.within_missed) least = std::min(least.value_or(one.tubes_in_all), one.tubes_in_all);
  const std::int64_t given = std::max<std::int64_t>(1, minutes_from(asked.start, asked.deadline));
  return least ? ((*least - tubes_in_time(asked)) * 60 + given - 1) / given : 0;
}

/// Of what would do alone, what still does beside more tubes an hour: these by themselves, else the first other.
void keep_one(std::vector<MissingResource>& missing) {
  std::erase_if(missing, [](const MissingResource& one) { return !one.more; });
  if (missing.empty()) return;
  const auto tubes = std::ranges::find(missing, PlanResource::tubes_per_hour, &MissingResource::resource);
  missing = {tubes != missing.end() ? *tubes : missing.front()};
}

/// Capacity must hold even at the high prevalence: without a size for that the plan does not meet its deadline.
void hold_capacity(const AskedPlan& asked, const pooling::Choice& pools, Proposal& out) {
  const std::int64_t short_by = pools.size ? 0 : rate_short(asked, pools);
  const bool in_the_way = std::ranges::any_of(
      out.missing, [](const MissingResource& one) { return one.resource > PlanResource::vehicles; });
  if (short_by <= 0 || in_the_way) return;
  if (!out.together) keep_one(out.missing);
  out.meets = false;
  out.together = true;
  const auto row = std::ranges::find(out.missing, PlanResource::tubes_per_hour, &MissingResource::resource);
  if (row == out.missing.end())
    out.missing.push_back({PlanResource::tubes_per_hour, short_by, {}});
  else
    row->more = std::max(row->more.value_or(0), short_by);
}

/// Steps worth asking about: a team of ten, a twentieth of the laboratories' rate, two vehicles.
std::vector<SoonerBy> gains_of(const scheduling::Question& question) {
  std::int64_t rate = 0;
  for (const scheduling::Lab& lab : question.labs) rate += lab.tubes_per_day / 24;
  std::vector<SoonerBy> out;
  for (const auto& one : scheduling::gains(question, 10, std::max<std::int64_t>(1, rate / 20), 2))
    out.push_back({word_of(one.resource), one.more, one.sooner});
  return out;
}

}  // namespace

std::optional<std::string> round_plan(const boost::json::value& json, const Rules& rules, std::int32_t county,
                                      Faults& faults) {
  AskedPlan asked;
  read_json(json, asked, faults);
  if (faults.empty()) check(asked, faults);
  if (!faults.empty()) return std::nullopt;
  Values values(rules, asked.start, county, faults);
  const pooling::Question pool = pool_question(asked, values);
  if (!faults.empty()) return std::nullopt;
  const pooling::Choice pools = pooling::choose(pool);
  const scheduling::Question question = plan_question(asked, values, pools);
  if (!faults.empty()) return std::nullopt;
  Proposal out = proposal_of(asked, scheduling::plan(question), pools);
  hold_capacity(asked, pools, out);
  if (asked.gains.value_or(false)) out.gains = gains_of(question);
  out.rulebook = rules.version();
  return to_json(out);
}

}  // namespace fx::bin
