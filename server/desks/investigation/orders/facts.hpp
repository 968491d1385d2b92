#pragma once

#include "desks/investigation/orders/events.hpp"
#include "kernel/desk.hpp"

namespace fx::investigation {

/// One order for a person, as long as it stood.
struct OrderSpan {
  MeasureOrderId measure_order;
  std::optional<ContactId> contact;
  FoundBy held = FoundBy::central;  ///< how a case under it is found: central, or home
  Instant since;
  std::optional<Instant> until;
};
BOOST_DESCRIBE_STRUCT(OrderSpan, (), (measure_order, contact, held, since, until))

/// All orders a person was ever under: which one stood at a moment is asked afterwards, when a sample of then is positive.
struct PersonOrders {
  static constexpr std::string_view table = "person_orders";
  static constexpr bool subject = false;
  RawId id;
  std::vector<OrderSpan> orders;
};
BOOST_DESCRIBE_STRUCT(PersonOrders, (), (id, orders))

RawId orders_of(PersonId person);
/// The order a person was under at that moment; nullptr when there was none.
const OrderSpan* order_at(const PersonOrders& orders, Instant at);

void add_order_facts(Desk& desk);
void add_note_order(Desk& desk);

}  // namespace fx::investigation
