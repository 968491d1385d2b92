#include "desks/investigation/operations.hpp"

namespace fx::investigation {
namespace {

/// The system proposes, the CDC decides: an amended result never ends a case by itself (settled.md 18).
Result<Decision> propose_exclusion(const ProposeExclusion& c, const View& view, const Context&) {
  const Case* file = view.find<Case>(c.case_id);
  if (file == nullptr) return unknown("/case_id");
  if (!is_open_case(file->state) || file->exclusion_proposed) return Decision{};
  return Decision{{ExclusionProposed{c.case_id, c.tube, file->cdc}}};
}

}  // namespace

void add_propose_exclusion(Desk& desk) {
  desk.operation<ProposeExclusion>("propose_exclusion", {"提请排除", "Propose exclusion"})
      .internal()
      .keys(own_case<ProposeExclusion>)
      .decide(propose_exclusion);
}

}  // namespace fx::investigation
