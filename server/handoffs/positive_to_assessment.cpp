// A positive in a room of a site: the same floor and the same staff are to be assessed.

#include "desks/isolation/services/commands.hpp"
#include "handoffs/handoffs.hpp"

namespace fx::handoffs {

std::vector<Arrow> positive_to_assessment() {
  return {arrow<isolation::StayConverted>(
      "positive_to_assessment", "isolation.open_cross_exposure",
      [](const isolation::StayConverted& e, const Happened&) {
        std::vector<HandedOver> out;
        if (e.room)
          out.push_back(hand_over("isolation.open_cross_exposure",
                                  isolation::OpenCrossExposure{e.stay, e.site, e.cdc, e.tube}));
        return out;
      })};
}

}  // namespace fx::handoffs
