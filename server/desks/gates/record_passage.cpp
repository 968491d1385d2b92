// A check made without the server. It has happened: it is recorded whatever the server finds. Where the two differ it is
// marked, corrected, and somebody owes the settling; nothing is refused but what cannot be a record at all.
#include "desks/gates/operations.hpp"

namespace fx::gates {
namespace {

std::optional<GateShiftId> shift_of(const RecordPassage& c, const View& view) {
  if (c.shift) {
    const GateShift* shift = view.find<GateShift>(*c.shift);
    if (shift != nullptr && shift->gate == c.gate) return c.shift;
  }
  const Gate* gate = view.find<Gate>(c.gate.raw);
  return gate != nullptr ? gate->shift : std::nullopt;
}

void keys(const RecordPassage& c, const Context& context, KeySet& keys) {
  keys.own<Check>(c.check).own<Gate>(c.gate.raw).subject(c.person.raw);
  if (c.shift) keys.own<GateShift>(*c.shift);
  read_facts(c.person, c.places, county_of(context.reference, c.gate), keys);
}

void more_keys(const RecordPassage& c, const View& view, const Context&, KeySet& keys) {
  const Gate* gate = view.find<Gate>(c.gate.raw);
  if (gate != nullptr && gate->shift) keys.own<GateShift>(*gate->shift);
}

CheckRecorded recorded(const RecordPassage& c, const View& view, const Weighed& weighed,
                       const Context& context) {
  return {.check = c.check,
          .gate = c.gate,
          .shift = shift_of(c, view),
          .person = c.person,
          .keeper = context.actor.account,
          .lane = c.lane.value_or(""),
          .health = c.health,
          .travel = c.travel,
          .source = c.source.value_or(CodeSource::paper),
          .service_health = weighed.service_health,
          .service_at = weighed.service_at,
          .temperature = c.temperature,
          .certificate_at = c.certificate_at,
          .places = c.places,
          .history_settled = c.history_settled.value_or(false),
          .list_version = weighed.list_version,
          .verdict = weighed.judged.verdict,
          .reasons = weighed.judged.reasons,
          .outcome = c.outcome,
          .alone = true,
          .local_verdict = c.local_verdict,
          .snapshot = c.snapshot.value_or("")};
}

/// Whether the gate judged otherwise than the server does. A second look where the server asks for none is no difference:
/// the device asks for it when its own snapshot is old, and the server judges without that.
bool differs(std::optional<Verdict> local, Verdict server) {
  if (!local || *local == server) return false;
  return *local != Verdict::second_check || server != Verdict::pass;
}

/// What this would have been refused for at a gate with the server; the first that fits, empty when nothing.
std::string dispute_of(const RecordPassage& c, const Gate* gate, const Weighed& weighed,
                       const Context& context) {
  const bool let_through = is_one_of(c.outcome, {CheckOutcome::passed, CheckOutcome::second_check});
  if (let_through && forbids_passing(weighed.judged.verdict))
    return against_passing(weighed.judged.reasons).list().front().code;
  if (!keeps(gate, context.actor.account)) return "R-GAT-1";
  return differs(c.local_verdict, weighed.judged.verdict) ? "R-GAT-9" : "";
}

void correct(Decision& out, const RecordPassage& c, const View& view, const Weighed& weighed,
             const Context& context) {
  const CheckOutcome to = outcome_of(weighed.judged.verdict);
  out.events.emplace_back(CheckDecided{c.check, c.gate, shift_of(c, view), c.person, c.outcome, to, {}});
  out.events.emplace_back(RedChannelOpened{c.check, c.gate, c.person, to, context.now});
}

Result<Decision> record_passage(const RecordPassage& c, const View& view, const Context& context) {
  const Gate* gate = view.find<Gate>(c.gate.raw);
  const Seen seen = seen_in(c, c.person);
  Refusals no;
  if (context.reference.unit(c.gate) == nullptr) no.add(unknown("/gate"));
  if (view.find<Check>(c.check) != nullptr) no.add(wrong_state("recorded", {"new"}, "/check"));
  if (c.outcome == CheckOutcome::checked)
    no.add(malformed("/outcome", "须写明去向", "say where the person went"));
  judge_shape(seen, context, no);
  if (!no.empty()) return no;
  const GateKind kind = gate != nullptr ? gate->kind : GateKind::traffic;
  const Weighed weighed = weigh(seen, kind, county_of(context.reference, c.gate), view, context);
  Decision out{{recorded(c, view, weighed, context)}};
  const std::string dispute = dispute_of(c, gate, weighed, context);
  if (!dispute.empty())
    out.events.emplace_back(CheckDisputed{c.check, c.gate, c.person, dispute, c.outcome, c.local_verdict,
                                          weighed.judged.verdict, context.now});
  const bool let_through = is_one_of(c.outcome, {CheckOutcome::passed, CheckOutcome::second_check});
  if (let_through && forbids_passing(weighed.judged.verdict)) correct(out, c, view, weighed, context);
  if (!let_through)
    out.events.emplace_back(RedChannelOpened{c.check, c.gate, c.person, c.outcome, context.occurred_at});
  if (gate != nullptr) watch(out, *gate, context.occurred_at);
  return out;
}

}  // namespace

void add_record_passage(Desk& desk) {
  desk.operation<RecordPassage>("record_passage", {"补录离线查验", "Record a check made without the server"})
      .by({Role::GK})
      .deed()
      .keys(keys)
      .more_keys(more_keys)
      .place(the_gate<RecordPassage>)
      .decide(record_passage);
}

}  // namespace fx::gates
