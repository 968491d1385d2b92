// A positive single opens a case; a positive amended away asks the CDC to exclude it. A pool names nobody.

#include "desks/investigation/commands.hpp"
#include "desks/screening/events.hpp"
#include "handoffs/handoffs.hpp"

namespace fx::handoffs {
namespace {

template <class E>
HandedOver open(const E& e) {
  return hand_over("investigation.open_case",
                   investigation::OpenCase{*e.case_id, *e.person, e.pathogen, e.hospital.value_or(e.sender),
                                           e.clinic, e.tube, e.encounter, std::nullopt, e.sampled_at, true});
}

}  // namespace

std::vector<Arrow> result_to_case() {
  return {arrow<screening::ResultAuthorised>("result_to_case", "investigation.open_case",
                                             [](const screening::ResultAuthorised& e, const Happened&) {
                                               std::vector<HandedOver> out;
                                               const bool positive =
                                                   e.result == screening::TestResult::positive;
                                               if (positive && e.case_id && e.person) out.push_back(open(e));
                                               return out;
                                             }),
          arrow<screening::ResultAmended>("amended_to_case", "investigation.open_case",
                                          [](const screening::ResultAmended& e, const Happened&) {
                                            std::vector<HandedOver> out;
                                            const bool positive = e.to == screening::TestResult::positive;
                                            if (positive && e.case_id && e.person) out.push_back(open(e));
                                            return out;
                                          }),
          arrow<screening::ResultAmended>(
              "amended_to_exclusion", "investigation.propose_exclusion",
              [](const screening::ResultAmended& e, const Happened&) {
                std::vector<HandedOver> out;
                const bool withdrawn =
                    e.from == screening::TestResult::positive && e.to != screening::TestResult::positive;
                if (withdrawn && e.case_id && e.person)
                  out.push_back(hand_over("investigation.propose_exclusion",
                                          investigation::ProposeExclusion{*e.case_id, e.tube}));
                return out;
              })};
}

}  // namespace fx::handoffs
