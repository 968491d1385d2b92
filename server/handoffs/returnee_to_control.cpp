// A returnee classed by the place he left: where the rulebook has a stay for that class, an officer is asked for the order.

#include "desks/gates/persons/events.hpp"
#include "desks/isolation/commands.hpp"
#include "handoffs/handoffs.hpp"

namespace fx::handoffs {
namespace {

std::optional<isolation::ControlClass> asked_for(gates::RegionClass class_) {
  switch (class_) {
    case gates::RegionClass::high: return isolation::ControlClass::high_risk_area;
    case gates::RegionClass::medium: return isolation::ControlClass::medium_risk_area;
    case gates::RegionClass::low: return isolation::ControlClass::low_risk_area;
    case gates::RegionClass::infection_reported: return isolation::ControlClass::infection_reported;
    case gates::RegionClass::abroad: return isolation::ControlClass::inbound;
    case gates::RegionClass::none: break;
  }
  return std::nullopt;
}

}  // namespace

std::vector<Arrow> returnee_to_control() {
  return {arrow<gates::ReturneeClassed>(
      "returnee_to_control", "isolation.ask_control", [](const gates::ReturneeClassed& e, const Happened&) {
        std::vector<HandedOver> out;
        const auto class_ = asked_for(e.class_);
        if (e.owes_order && class_)
          out.push_back(hand_over("isolation.ask_control",
                                  isolation::AskControl{.contact = isolation::asked_of(e.person, *class_),
                                                        .person = e.person,
                                                        .class_ = class_,
                                                        .case_id = {},
                                                        .day0 = e.day0,
                                                        .cdc = {}}));
        return out;
      })};
}

}  // namespace fx::handoffs
