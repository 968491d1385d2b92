// Another county accepted a co-operation request: the contacts it takes over change hands now, and not before.

#include "desks/investigation/cooperation/commands.hpp"
#include "handoffs/handoffs.hpp"

namespace fx::handoffs {

std::vector<Arrow> accepted_to_contacts() {
  return {arrow<investigation::RequestAccepted>(
      "accepted_to_contacts", "investigation.hand_over_contact",
      [](const investigation::RequestAccepted& e, const Happened&) {
        std::vector<HandedOver> out;
        for (const investigation::TakenOver& taken : e.contacts)
          out.push_back(hand_over("investigation.hand_over_contact",
                                  investigation::HandOverContact{taken.contact, taken.line}));
        return out;
      })};
}

}  // namespace fx::handoffs
