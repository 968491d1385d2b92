// A case is excluded: those who met it as a contact, and not the case it came from, are looked at again.

#include "desks/investigation/events.hpp"
#include "desks/investigation/onward/commands.hpp"
#include "handoffs/handoffs.hpp"

namespace fx::handoffs {

std::vector<Arrow> excluded_to_onward() {
  return {arrow<investigation::CaseExcluded>(
      "excluded_to_onward", "investigation.review_onward",
      [](const investigation::CaseExcluded& e, const Happened&) {
        return std::vector{hand_over("investigation.review_onward", investigation::ReviewOnward{e.person})};
      })};
}

}  // namespace fx::handoffs
