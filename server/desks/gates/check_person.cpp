// – → CHECKED, with the verdict; what is grave goes on to the red channel or the fever clinic at once, by the system.
#include "desks/gates/operations.hpp"

namespace fx::gates {
namespace {

void keys(const CheckPerson& c, const Context& context, KeySet& keys) {
  keys.own<Check>(c.check).own<Gate>(c.gate.raw).subject(c.person.raw);
  read_facts(c.person, c.places, county_of(context.reference, c.gate), keys);
}

void more_keys(const CheckPerson& c, const View& view, const Context&, KeySet& keys) {
  const Gate* gate = view.find<Gate>(c.gate.raw);
  if (gate != nullptr && gate->shift) keys.own<GateShift>(*gate->shift);
}

CheckRecorded recorded(const CheckPerson& c, const Gate& gate, const Weighed& weighed,
                       const Context& context) {
  return {.check = c.check,
          .gate = c.gate,
          .shift = gate.shift,
          .person = c.person,
          .keeper = context.actor.account,
          .lane = c.lane.value_or(""),
          .health = c.health,
          .travel = c.travel,
          .source = c.source.value_or(CodeSource::shown),
          .service_health = weighed.service_health,
          .service_at = weighed.service_at,
          .temperature = c.temperature,
          .certificate_at = c.certificate_at,
          .places = c.places,
          .history_settled = c.history_settled.value_or(false),
          .list_version = weighed.list_version,
          .verdict = weighed.judged.verdict,
          .reasons = weighed.judged.reasons,
          .outcome = CheckOutcome::checked,
          .alone = false,
          .local_verdict = {},
          .snapshot = {}};
}

Result<Decision> check_person(const CheckPerson& c, const View& view, const Context& context) {
  const Gate* gate = view.find<Gate>(c.gate.raw);
  const Seen seen = seen_in(c, c.person);
  Refusals no;
  if (!keeps(gate, context.actor.account)) no.add("R-GAT-1", "/gate");
  if (view.find<Check>(c.check) != nullptr) no.add(wrong_state("checked", {"new"}, "/check"));
  judge_shape(seen, context, no);
  if (!no.empty()) return no;
  const Weighed weighed = weigh(seen, gate->kind, county_of(context.reference, c.gate), view, context);
  Decision out{{recorded(c, *gate, weighed, context)}};
  if (forbids_passing(weighed.judged.verdict)) {
    const CheckOutcome to = outcome_of(weighed.judged.verdict);
    out.events.emplace_back(
        CheckDecided{c.check, c.gate, gate->shift, c.person, CheckOutcome::checked, to, {}});
    out.events.emplace_back(RedChannelOpened{c.check, c.gate, c.person, to, context.occurred_at});
  }
  watch(out, *gate, context.occurred_at);
  return out;
}

}  // namespace

void add_check_person(Desk& desk) {
  desk.operation<CheckPerson>("check_person", {"查验", "Check a person"})
      .by({Role::GK})
      .keys(keys)
      .more_keys(more_keys)
      .place(the_gate<CheckPerson>)
      .decide(check_person);
}

}  // namespace fx::gates
