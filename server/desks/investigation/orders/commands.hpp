#pragma once

#include "desks/investigation/orders/events.hpp"

namespace fx::investigation {

/// From the isolation desk. `held`: central or home; absent: the order is over.
struct NoteOrder {
  MeasureOrderId measure_order;
  PersonId person;
  std::optional<ContactId> contact;
  std::optional<FoundBy> held;
};
BOOST_DESCRIBE_STRUCT(NoteOrder, (), (measure_order, person, contact, held))

}  // namespace fx::investigation
