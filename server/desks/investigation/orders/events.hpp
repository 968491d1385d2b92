#pragma once

// What the isolation desk ordered for people, as far as an investigation must know: whoever is under an order is inside the
// ring (圈), and a contact for whom one stands has a set-up to be taken into.

#include "desks/investigation/sources/events.hpp"

namespace fx::investigation {

FX_TAG(MeasureOrder, "measure_order");

/// An order was given or goes on elsewhere (`held`: at a site, or at home), or it is over.
struct OrderNoted {
  static constexpr std::string_view name = "investigation.order_noted";
  MeasureOrderId measure_order;
  PersonId person;
  std::optional<ContactId> contact;  ///< for whom it was given
  std::optional<FoundBy> held;
};
BOOST_DESCRIBE_STRUCT(OrderNoted, (), (measure_order, person, contact, held))

}  // namespace fx::investigation
