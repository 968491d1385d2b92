// Without this, some order of steps could strand a card: owed, and refused whatever one does. The bench checks every
// law after every accepted command; what was refused must change nothing.
#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include "desks/reporting/testing/office.hpp"
#include "kernel/guards.hpp"

namespace fx::reporting::testing {
namespace {

CardClass any_class() {
  return *rc::gen::element(CardClass::suspected, CardClass::asymptomatic, CardClass::confirmed);
}

Answer any_step(Office& o) {
  switch (*rc::gen::inRange(0, 9)) {
    case 0: return o.expect(1, any_class(), *rc::gen::element(CardSeverity::mild, CardSeverity::severe));
    case 1: return o.expect_correction(1);
    case 2: return o.submit(1, any_class());
    case 3: return o.pass(1);
    case 4: return o.give_back(1);
    case 5: return o.correct(1, any_class());
    case 6: return o.propose(1);
    case 7: return o.drop(1);
    default: return o.withdraw(1);
  }
}

std::string image(Office& o) {
  const Card* card = o.bench.find<Card>(card_of(case_id(1)));
  return card != nullptr ? to_json(*card) : std::string();
}

/// C1 as the domain model draws it.
bool drawn(CardState before, CardState after) {
  using enum CardState;
  if (before == after) return true;
  switch (before) {
    case due: return is_one_of(after, {submitted, withdrawn});
    case submitted: return is_one_of(after, {passed, returned, correction_due, corrected, withdrawn});
    case returned: return is_one_of(after, {submitted, correction_due, withdrawn});
    case passed: return is_one_of(after, {correction_due, corrected, withdrawn});
    case correction_due: return is_one_of(after, {corrected, withdrawn});
    case corrected: return is_one_of(after, {passed, returned, correction_due, withdrawn});
    case withdrawn: return after == due;
  }
  return false;
}

RC_GTEST_PROP(CardMachine, KeepsToTheDrawingUnderAnySteps, ()) {
  Office o;
  o.expect(1);
  for (int i = *rc::gen::inRange(1, 60); i > 0; --i) {
    const CardState before = o.card(1).state;
    const std::int32_t version = o.card(1).version;
    const std::string unchanged = image(o);
    const Answer answer = any_step(o);
    if (!answer.refusals.empty()) RC_ASSERT(image(o) == unchanged);
    RC_ASSERT(drawn(before, o.card(1).state));
    RC_ASSERT(o.card(1).version >= version);  // no version is written over
  }
}

/// Whatever came before: a classified case can have its card submitted and passed.
RC_GTEST_PROP(CardMachine, AlwaysLetsTheUsualWayEnd, ()) {
  Office o;
  for (int i = *rc::gen::inRange(0, 30); i > 0; --i) any_step(o);
  o.expect(1, CardClass::confirmed);
  if (is_one_of(o.card(1).state, {CardState::due, CardState::returned})) o.submit(1);
  if (o.card(1).state == CardState::correction_due) o.correct(1);
  if (o.card(1).state != CardState::passed) o.pass(1);
  RC_ASSERT(o.card(1).state == CardState::passed);
}

}  // namespace
}  // namespace fx::reporting::testing
