// The single tubes of a person under a measure are the tests of the stay, wherever they are taken. A pool is no test of
// a stay: its result names nobody.

#include "desks/isolation/commands.hpp"
#include "desks/screening/events.hpp"
#include "handoffs/handoffs.hpp"

namespace fx::handoffs {
namespace {

isolation::TestState of(screening::TestResult result) {
  switch (result) {
    case screening::TestResult::negative: return isolation::TestState::negative;
    case screening::TestResult::positive: return isolation::TestState::positive;
    default: return isolation::TestState::no_answer;
  }
}

std::vector<HandedOver> result(const std::optional<PersonId>& person, TubeId tube, isolation::TestState state,
                               const std::string& pathogen) {
  std::vector<HandedOver> out;
  if (person)
    out.push_back(hand_over("isolation.note_result",
                            isolation::NoteResult{*person, tube, state, {}, {}, {}, {}, pathogen}));
  return out;
}

/// What the laboratory found, with what, and how strong.
std::vector<HandedOver> read(const screening::ResultAuthorised& e) {
  std::vector<HandedOver> out;
  if (e.person)
    out.push_back(hand_over("isolation.note_result",
                            isolation::NoteResult{*e.person, e.tube, of(e.result), e.lab, e.reagent_lot,
                                                  e.lowest_ct, e.reagent, e.pathogen}));
  return out;
}

template <class E>
Arrow unanswered(std::string name) {
  return arrow<E>(std::move(name), "isolation.note_result", [](const E& e, const Happened&) {
    return result(e.person, e.tube, isolation::TestState::no_answer, {});
  });
}

}  // namespace

std::vector<Arrow> sealed_to_isolation() {
  return {arrow<screening::TubeSealed>(
              "sealed_to_isolation", "isolation.note_sample",
              [](const screening::TubeSealed& e, const Happened&) {
                std::vector<HandedOver> out;
                if (e.person)
                  out.push_back(hand_over("isolation.note_sample",
                                          isolation::NoteSample{*e.person, e.tube, e.sealed_at, e.pathogen}));
                return out;
              }),
          arrow<screening::ResultAuthorised>(
              "result_to_isolation", "isolation.note_result",
              [](const screening::ResultAuthorised& e, const Happened&) { return read(e); }),
          arrow<screening::ResultAmended>("amended_to_isolation", "isolation.note_result",
                                          [](const screening::ResultAmended& e, const Happened&) {
                                            return result(e.person, e.tube, of(e.to), e.pathogen);
                                          }),
          unanswered<screening::TubeRejected>("rejected_to_isolation"),
          unanswered<screening::TubeLost>("lost_to_isolation")};
}

}  // namespace fx::handoffs
