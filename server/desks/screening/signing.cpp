#include "desks/screening/signing.hpp"

#include "desks/screening/laboratories/facts.hpp"
#include "desks/screening/role_tests/steps.hpp"
#include "kernel/guards.hpp"

namespace fx::screening {
namespace {

/// Of a single: who is released on it may need one of another product, too.
std::optional<ReagentLotId> lot_to_name(const Tube& tube) {
  if (!tube.single() || !tube.lab || tube.reagent_lot.empty()) return std::nullopt;
  return reagent_lot_id(*tube.lab, tube.reagent_lot);
}

}  // namespace

Refusals judge_signing(const Tube& tube, TestResult result, const Context& context, const std::string& at) {
  Refusals no;
  if (tube.state != TubeState::provisional)
    no.add(wrong_state(tube.state, {TubeState::provisional}, at));
  else if (!tube.sealed_at)  // whose result it is is not yet certain
    no.add(wrong_state("unsealed", {"sealed"}, at));
  if (!no.empty()) return no;
  if (tube.duplicate) no.add("R-TUB-12", at);
  const AccountId actor = context.actor.account;
  if (tube.tester == actor || tube.run_by == actor) no.add("R-TUB-8", at);
  if (!tube.control_valid.value_or(false) && result != TestResult::invalid) no.add("R-TUB-9", at + "/result");
  return no;
}

void own_signing(const Tube& tube, TestResult result, const Loaded& loaded, KeySet& keys) {
  if (tube.box) keys.own<Box>(*tube.box);
  if (tube.resample_of) keys.own<Tube>(*tube.resample_of);
  if (tube.encounter) keys.subject(tube.encounter->raw);
  own_lab_share(tube, tube.lab, loaded, keys);
  // A negative pool is one event and one row: nothing is asked about its members (kernel-notes §7).
  own_role_result(tube, keys);
  if (const auto lot = lot_to_name(tube)) keys.read<ReagentLot>(*lot);
  if (!tube.single() && result == TestResult::negative) return;
  for (const Member& member : tube.members) keys.own<TestedPerson>(member.person);
  if (result == TestResult::invalid) own_members(tube, keys);
  if (result == TestResult::positive) keys.subject(derive<CaseTag>(tube.id.raw, "case").raw);
}

namespace {

std::optional<double> lowest_ct(const Tube& tube) {
  if (tube.ct.empty()) return std::nullopt;
  return std::ranges::min(tube.ct, {}, &GeneCt::ct).ct;
}

std::optional<std::string> reagent(const Tube& tube, const View& view) {
  const auto named = lot_to_name(tube);
  const auto* lot = named ? view.find<ReagentLot>(*named) : nullptr;
  return lot != nullptr ? std::optional(lot->product) : std::nullopt;
}

}  // namespace

ResultAuthorised authorised(const Tube& tube, TestResult result, const View& view, const Context& context) {
  const bool a_case = tube.single() && result == TestResult::positive;
  const Tube* pool = tube.resample_of ? view.find<Tube>(*tube.resample_of) : nullptr;
  Holds holds = holds_after(tube, pool, result);
  ResultAuthorised event{
      .tube = tube.id,
      .result = result,
      .person = tube.person,
      .encounter = tube.encounter,
      .persons = persons_of(tube),
      .sender = tube.sender,
      .clinic = clinic_of(context.reference, tube.sender),
      .hospital = hospital_of(context.reference, tube.sender),
      .county = desks::command_of(context.reference, tube.sender),
      .lab = tube.lab.value_or(context.actor.unit),
      .class_ = tube.class_,
      .pathogen = tube.pathogen,
      .size = tube.size,
      .case_id = a_case ? std::optional(derive<CaseTag>(tube.id.raw, "case")) : std::nullopt,
      .sealed_at = *tube.sealed_at,
      .sampled_at = *tube.sealed_at,
      .collection_unit = tube.sender,
      .authoriser = context.actor.account,
      .resample_of = tube.resample_of,
      .held = std::move(holds.held),
      .released = std::move(holds.released),
      .share = lab_share(tube, tube.lab, view),
      .held_again = held_after_answer(tube, pool, result, view),
      .called_back = {},
      .reagent_lot = tube.reagent_lot.empty() ? std::nullopt : std::optional(tube.reagent_lot),
      .lowest_ct = lowest_ct(tube),
      .reagent = reagent(tube, view)};
  if (result != TestResult::invalid) return event;
  call_back(event.share, tube, view);
  event.called_back = called_back(tube);
  return event;
}

}  // namespace fx::screening
