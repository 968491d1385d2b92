#include <algorithm>

#include "desks/gates/operations.hpp"

namespace fx::gates {
namespace {

constexpr double ms_per_hour = 3'600'000.0;
constexpr Duration minute = std::chrono::minutes(1);

template <class T>
std::optional<T> graver(const std::optional<T>& a, const std::optional<T>& b) {
  if (!a || !b) return a ? a : b;
  return std::max(*a, *b);
}

/// Grave news of the service counts however old; good news only while it is fresh.
std::optional<HealthCode> health_of(const Seen& seen, const CodeNow* now, bool fresh) {
  if (now == nullptr || !now->health) return seen.health;
  const bool grave = *now->health != HealthCode::green;
  return fresh || grave ? graver(seen.health, now->health) : seen.health;
}

bool names_ground(const Controlled* row, ControlKind kind) {
  return row != nullptr && std::ranges::any_of(row->grounds, [&](const Ground& g) { return g.kind == kind; });
}
bool names_other_ground(const Controlled* row) {
  return row != nullptr && std::ranges::any_of(row->grounds, [](const Ground& g) {
           return g.kind != ControlKind::unclassed_arrival;
         });
}

bool in_key_region(const Seen& seen, std::int32_t county, const View& view, const Context& context) {
  if (seen.places.empty() || seen.history_settled) return false;
  const auto classes = key_classes(context.rules, context.occurred_at, county);
  return std::ranges::find(classes, gravest(county, seen.places, view)) != classes.end();
}

}  // namespace

std::int32_t county_of(const Reference& reference, UnitId unit) {
  const Unit* known = reference.unit(unit);
  return known != nullptr ? known->jurisdiction : unit.home();
}

bool keeps(const Gate* gate, AccountId keeper) {
  return gate != nullptr && gate->open && std::ranges::find(gate->keepers, keeper) != gate->keepers.end();
}

Instant full_minute(Instant at) {
  const std::int64_t rest = at.ms % minute.count();
  return rest == 0 ? at : at + (minute - Duration(rest));
}

void watch(Decision& decision, const Gate& gate, Instant at) {
  if (gate.open && (!gate.silent_from || at > *gate.silent_from))
    decision.events.emplace_back(GateWatched{gate.id, full_minute(at)});
}

void read_facts(PersonId person, const std::vector<std::int32_t>& places, std::int32_t county, KeySet& keys) {
  keys.read<Controlled>(person).read<CodeNow>(person).read<ListNow>(list_now(county));
  read_places(county, places, keys);
}

Weighed weigh(const Seen& seen, GateKind kind, std::int32_t county, const View& view,
              const Context& context) {
  const GateRules rules = gate_rules(context.rules, kind, context.occurred_at, county);
  const CodeNow* now = view.find<CodeNow>(seen.person);
  const auto fresh_min = number_of(context.rules, "G.code.fresh_min", context.occurred_at, county);
  const bool fresh = now != nullptr && fresh_min &&
                     context.occurred_at - now->answered_at <=
                         Duration(static_cast<std::int64_t>(*fresh_min)) * minute.count();
  const Controlled* controlled = view.find<Controlled>(seen.person);
  Observed observed{.health = health_of(seen, now, fresh),
                    .travel = fresh ? graver(seen.travel, now->travel) : seen.travel,
                    .temperature = seen.temperature,
                    .certificate_age = {},
                    .key_region = in_key_region(seen, county, view, context),
                    .on_control_list = names_other_ground(controlled),
                    .not_classed = names_ground(controlled, ControlKind::unclassed_arrival),
                    .snapshot_age = {}};
  if (seen.certificate_at)
    observed.certificate_age =
        static_cast<double>((context.occurred_at - *seen.certificate_at).count()) / ms_per_hour;
  Weighed out{judge(observed, rules), list_number(county, view), {}, {}};
  if (now != nullptr) {
    out.service_health = now->health;
    out.service_at = now->answered_at;
  }
  return out;
}

Refusals against_passing(const std::vector<Reason>& reasons) {
  const auto has = [&](std::initializer_list<Reason> any) {
    return std::ranges::any_of(reasons, [&](Reason reason) { return is_one_of(reason, any); });
  };
  Refusals no;
  if (has({Reason::red_code, Reason::fever, Reason::key_region})) no.add("R-GAT-2", "/check");
  if (has({Reason::on_control_list})) no.add("R-GAT-5", "/check");
  if (has({Reason::not_classed})) no.add("R-JRN-2", "/check");
  return no;
}

void judge_shape(const Seen& seen, const Context& context, Refusals& no) {
  if (seen.temperature && !desks::plausible(*seen.temperature)) no.add(desks::implausible_temperature());
  if (seen.certificate_at && *seen.certificate_at > context.occurred_at)
    no.add("F-FUTURE", "/certificate_at");
  for (std::size_t i = 0; i < seen.places.size(); ++i)
    if (seen.places[i] < 100'000 || seen.places[i] > 999'999)
      no.add(
          malformed("/places/" + std::to_string(i), "应为6位行政区划代码", "a division code has six digits"));
}

CheckOutcome outcome_of(Verdict verdict) {
  switch (verdict) {
    case Verdict::pass: return CheckOutcome::passed;
    case Verdict::second_check: return CheckOutcome::second_check;
    case Verdict::fever_clinic: return CheckOutcome::fever_clinic;
    case Verdict::red_channel: break;
  }
  return CheckOutcome::red_channel;
}

}  // namespace fx::gates
