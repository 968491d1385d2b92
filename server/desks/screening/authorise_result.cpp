// PROVISIONAL → AUTHORISED, by a second person. Here a result begins to have consequences: an individual positive is a
// case, a positive pool holds all its members and makes nobody positive.
#include "desks/screening/lookups.hpp"
#include "desks/screening/operations.hpp"

namespace fx::screening {
namespace {

void more_keys(const AuthoriseResult& c, const View& view, const Context& context, KeySet& keys) {
  own_surroundings(c, view, context, keys);
  if (c.result == TestResult::positive) keys.subject(derive<CaseTag>(c.tube.raw, "case").raw);
}

Result<Decision> decide(const AuthoriseResult& c, const View& view, const Context& context) {
  const Tube* tube = view.find<Tube>(c.tube);
  if (tube == nullptr) return unknown("/tube");
  if (tube->state != TubeState::provisional) return wrong_state(tube->state, {TubeState::provisional});
  if (!tube->sealed_at) return wrong_state("unsealed", {"sealed"});  // whose result it is is not yet certain
  Refusals no;
  const AccountId actor = context.actor.account;
  if (tube->tester == actor || tube->run_by == actor) no.add("R-TUB-8");
  if (!tube->control_valid.value_or(false) && c.result != TestResult::invalid) no.add("R-TUB-9", "/result");
  if (!no.empty()) return no;

  const bool a_case = tube->single() && c.result == TestResult::positive;
  return Decision{{ResultAuthorised{
      .tube = tube->id,
      .result = c.result,
      .person = tube->person,
      .encounter = tube->encounter,
      .persons = persons_of(*tube),
      .sender = tube->sender,
      .clinic = clinic_of(context.reference, tube->sender),
      .hospital = hospital_of(context.reference, tube->sender),
      .county = desks::command_of(context.reference, tube->sender),
      .lab = tube->lab.value_or(context.actor.unit),
      .class_ = tube->class_,
      .pathogen = tube->pathogen,
      .size = tube->size,
      .case_id = a_case ? std::optional(derive<CaseTag>(tube->id.raw, "case")) : std::nullopt,
      .sealed_at = *tube->sealed_at,
      .sampled_at = *tube->sealed_at,
      .collection_unit = tube->sender,
      .authoriser = actor,
      .resample_of = tube->resample_of}}};
}

}  // namespace

void authorise_result(Desk& desk) {
  desk.operation<AuthoriseResult>("authorise_result", {"审核签发结果", "Authorise a result"})
      .by({Role::LAA})
      .keys([](const AuthoriseResult& c, const Context&, KeySet& keys) { keys.own<Tube>(c.tube); })
      .more_keys(more_keys)
      .place(place_of_lab<AuthoriseResult>)
      .decide(decide);
}

}  // namespace fx::screening
