// AUTHORISED | AMENDED → AMENDED, signed by two, with a reason and the list of everyone told before. Every consequence
// runs again on the new value, in both directions (settled.md 18).
#include "desks/screening/operations.hpp"
#include "desks/screening/role_tests/steps.hpp"
#include "desks/screening/signing.hpp"

namespace fx::screening {
namespace {

void more_keys(const AmendResult& c, const View& view, const Context&, KeySet& keys) {
  const Tube* tube = view.find<Tube>(c.tube);
  if (tube == nullptr) return;
  own_signing(*tube, c.result, Loaded(view, keys), keys);
  own_members(*tube, keys);  // called back by it, or sampled after all
  for (const Member& member : tube->members) keys.own<TestedPerson>(member.person);
  keys.subject(derive<CaseTag>(c.tube.raw, "case").raw);  // the case it makes, or made
}

/// The evidence R-TUB-10 asks for; each gap is named at its field.
void judge_evidence(const AmendResult& c, const Tube& tube, const Context& context, Refusals& no) {
  if (c.reason.empty()) no.add("R-TUB-10", "/reason");
  if (c.second == context.actor.account)
    no.add("R-TUB-10", "/second");
  else if (context.reference.holdings_of(c.second, context.now).empty())
    no.add(unknown("/second"));
  if (!c.recipients_listed) no.add("R-TUB-10", "/recipients_listed");
  if (c.result == tube.result)
    no.add(malformed("/result", "与现结果相同，无需更正", "this is the result already; nothing to amend"));
}

/// Of the released, those no other pool holds.
std::vector<PersonId> cleared(const Tube& tube, const std::vector<PersonId>& released, const View& view) {
  const TubeId pool = tube.resample_of.value_or(tube.id);
  std::vector<PersonId> out;
  for (const PersonId id : released) {
    const auto* person = view.find<TestedPerson>(id);
    if (person == nullptr ||
        std::ranges::all_of(person->held_in, [&](TubeId other) { return other == pool; }))
      out.push_back(id);
  }
  return out;
}

/// Who had been called back from this tube alone.
std::vector<PersonId> recall_ended(const Tube& tube, const View& view) {
  std::vector<PersonId> out;
  for (const Member& member : tube.members) {
    const auto* person = view.find<TestedPerson>(member.person);
    if (person != nullptr && person->called_back_from == std::vector{tube.id}) out.push_back(member.person);
  }
  return out;
}

Result<Decision> decide(const AmendResult& c, const View& view, const Context& context) {
  const Tube* tube = view.find<Tube>(c.tube);
  if (tube == nullptr) return unknown("/tube");
  if (!tube->has_result()) return wrong_state(tube->state, {TubeState::authorised, TubeState::amended});
  Refusals no;
  if (tube->tester == context.actor.account || tube->run_by == context.actor.account) no.add("R-TUB-8");
  if (!tube->control_valid.value_or(false) && c.result != TestResult::invalid) no.add("R-TUB-9", "/result");
  judge_evidence(c, *tube, context, no);
  if (!no.empty()) return no;

  const bool a_case = tube->single() && c.result == TestResult::positive;
  const Tube* pool = tube->resample_of ? view.find<Tube>(*tube->resample_of) : nullptr;
  Holds holds = holds_after(*tube, pool, c.result);
  const auto county = desks::command_of(context.reference, tube->sender);
  ResultAmended amended{
      .tube = tube->id,
      .from = tube->result.value_or(TestResult::invalid),
      .to = c.result,
      .person = tube->person,
      .encounter = tube->encounter,
      .persons = persons_of(*tube),
      .sender = tube->sender,
      .clinic = clinic_of(context.reference, tube->sender),
      .hospital = hospital_of(context.reference, tube->sender),
      .county = county,
      .lab = tube->lab.value_or(context.actor.unit),
      .class_ = tube->class_,
      .pathogen = tube->pathogen,
      .size = tube->size,
      .case_id = a_case ? std::optional(derive<CaseTag>(tube->id.raw, "case")) : tube->case_id,
      .sealed_at = tube->sealed_at.value_or(context.occurred_at),
      .sampled_at = tube->sealed_at.value_or(context.occurred_at),
      .collection_unit = tube->sender,
      .authoriser = context.actor.account,
      .second = c.second,
      .resample_of = tube->resample_of,
      .reason = c.reason.ref,
      .held = std::move(holds.held),
      .released = std::move(holds.released),
      .share = lab_share(*tube, tube->lab, view),
      .held_again = held_after_answer(*tube, pool, c.result, view),
      .cleared = {},
      .called_back = {},
      .recall_ended = {}};
  amended.cleared = cleared(*tube, amended.released, view);
  if (c.result == TestResult::invalid) {
    call_back(amended.share, *tube, view);
    amended.called_back = called_back(*tube);
  }
  if (amended.from == TestResult::invalid) {
    take_again(amended.share, *tube, view);
    amended.recall_ended = recall_ended(*tube, view);
  }
  Decision out{{std::move(amended)}};
  role_answered(*tube, c.result, view, context, out.events);
  return out;
}

}  // namespace

void amend_result(Desk& desk) {
  desk.operation<AmendResult>("amend_result", {"更正已签发结果", "Amend a result"})
      .by({Role::LAA})
      .keys([](const AmendResult& c, const Context&, KeySet& keys) { keys.own<Tube>(c.tube); })
      .more_keys(more_keys)
      .place(place_of_lab<AmendResult>)
      .decide(decide);
}

}  // namespace fx::screening
