// The second look, and the certificate asked for by itself. What was grave at the first look stays grave.
#include <algorithm>

#include "desks/gates/operations.hpp"

namespace fx::gates {
namespace {

template <class T>
std::optional<T> worst(const std::optional<T>& before, const std::optional<T>& now) {
  if (!before || !now) return now ? now : before;
  return std::max(*before, *now);
}

/// All that was seen of the person, by both looks.
Seen combined(const Check& check, const Seen& now) {
  Seen out{*check.person,
           worst(check.health, now.health),
           worst(check.travel, now.travel),
           worst(check.temperature, now.temperature),
           worst(check.certificate_at, now.certificate_at),
           check.places,
           check.history_settled || now.history_settled};
  for (const std::int32_t place : now.places)
    if (std::ranges::find(out.places, place) == out.places.end()) out.places.push_back(place);
  return out;
}

void keys_of_facts(const Check* check, const std::vector<std::int32_t>& places, const Context& context,
                   KeySet& keys) {
  if (check == nullptr || !check->person) return;
  keys.own<Gate>(check->gate.raw);
  if (check->shift) keys.own<GateShift>(*check->shift);
  const std::int32_t county = county_of(context.reference, check->gate);
  read_facts(*check->person, check->places, county, keys);
  read_places(county, places, keys);
}

bool is_undecided(const Check& check) {
  return is_one_of(check.outcome, {CheckOutcome::checked, CheckOutcome::second_check});
}

Result<Decision> renewed(const Check* check, const Seen& now, CodeSource source, const View& view,
                         const Context& context) {
  if (check == nullptr || !check->person) return unknown("/check");
  const Gate* gate = view.find<Gate>(check->gate.raw);
  Refusals no;
  if (!keeps(gate, context.actor.account)) no.add("R-GAT-1", "/check");
  if (!is_undecided(*check))
    no.add(wrong_state(check->outcome, {CheckOutcome::checked, CheckOutcome::second_check}, "/check"));
  judge_shape(now, context, no);
  if (!no.empty()) return no;
  const Seen seen = combined(*check, now);
  const Weighed weighed = weigh(seen, gate->kind, county_of(context.reference, check->gate), view, context);
  Decision out{{CheckRenewed{check->id, check->gate, seen.health, seen.travel, source, seen.temperature,
                             seen.certificate_at, seen.places, seen.history_settled, weighed.list_version,
                             weighed.judged.verdict, weighed.judged.reasons}}};
  if (forbids_passing(weighed.judged.verdict)) {
    const CheckOutcome to = outcome_of(weighed.judged.verdict);
    out.events.emplace_back(
        CheckDecided{check->id, check->gate, check->shift, *check->person, check->outcome, to, {}});
    out.events.emplace_back(
        RedChannelOpened{check->id, check->gate, *check->person, to, context.occurred_at});
  }
  watch(out, *gate, context.occurred_at);
  return out;
}

Result<Decision> recheck_person(const RecheckPerson& c, const View& view, const Context& context) {
  const Check* check = view.find<Check>(c.check);
  return renewed(check, seen_in(c, {}), c.source.value_or(CodeSource::shown), view, context);
}

Result<Decision> ask_certificate(const AskCertificate& c, const View& view, const Context& context) {
  const Check* check = view.find<Check>(c.check);
  Seen seen;
  seen.certificate_at = c.certificate_at;
  return renewed(check, seen, check != nullptr ? check->source : CodeSource::shown, view, context);
}

}  // namespace

void add_second_look(Desk& desk) {
  desk.operation<RecheckPerson>("recheck_person", {"二次核验", "Look a second time"})
      .by({Role::GK})
      .keys(own_check<RecheckPerson>)
      .more_keys([](const RecheckPerson& c, const View& view, const Context& context, KeySet& keys) {
        keys_of_facts(view.find<Check>(c.check), c.places, context, keys);
      })
      .place(gate_of_check<RecheckPerson>)
      .decide(recheck_person);
  desk.operation<AskCertificate>("ask_certificate", {"查验核酸证明", "Ask for the certificate"})
      .by({Role::GK})
      .keys(own_check<AskCertificate>)
      .more_keys([](const AskCertificate& c, const View& view, const Context& context, KeySet& keys) {
        keys_of_facts(view.find<Check>(c.check), {}, context, keys);
      })
      .place(gate_of_check<AskCertificate>)
      .decide(ask_certificate);
}

}  // namespace fx::gates
