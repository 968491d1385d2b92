// An authorised or amended result reaches the encounter whose specimen it is.

#include "desks/hospitals/commands.hpp"
#include "desks/screening/events.hpp"
#include "handoffs/handoffs.hpp"

namespace fx::handoffs {
namespace {

hospitals::SampleResult of(screening::TestResult result) {
  switch (result) {
    case screening::TestResult::negative: return hospitals::SampleResult::negative;
    case screening::TestResult::positive: return hospitals::SampleResult::positive;
    case screening::TestResult::grey: return hospitals::SampleResult::grey;
    case screening::TestResult::invalid: break;
  }
  return hospitals::SampleResult::invalid;
}

template <class E>
std::vector<HandedOver> receive(const E& e, screening::TestResult result, bool amended) {
  std::vector<HandedOver> out;
  if (e.encounter)
    out.push_back(hand_over("hospitals.receive_result",
                            hospitals::ReceiveResult{*e.encounter, e.tube, of(result), amended, e.case_id}));
  return out;
}

}  // namespace

std::vector<Arrow> result_to_hospital() {
  return {arrow<screening::ResultAuthorised>("result_to_hospital", "hospitals.receive_result",
                                             [](const screening::ResultAuthorised& e, const Happened&) {
                                               return receive(e, e.result, false);
                                             }),
          arrow<screening::ResultAmended>(
              "amended_to_hospital", "hospitals.receive_result",
              [](const screening::ResultAmended& e, const Happened&) { return receive(e, e.to, true); })};
}

}  // namespace fx::handoffs
