// An order of the isolation desk, or its end, noted with the person and with the contact it was given for.

#include "desks/investigation/facts.hpp"
#include "desks/investigation/orders/commands.hpp"
#include "kernel/derive.hpp"

namespace fx::investigation {
namespace {

const OrderSpan* known(const NoteOrder& c, const View& view) {
  const auto* row = view.find<PersonOrders>(orders_of(c.person));
  if (row == nullptr) return nullptr;
  const auto found = std::ranges::find(row->orders, c.measure_order, &OrderSpan::measure_order);
  return found != row->orders.end() ? &*found : nullptr;
}

/// For whom the order was given: as told now, or when it was given.
std::optional<ContactId> contact_of(const NoteOrder& c, const View& view) {
  const OrderSpan* before = known(c, view);
  return !c.contact && before != nullptr ? before->contact : c.contact;
}

Result<Decision> note_order(const NoteOrder& c, const View& view, const Context&) {
  const OrderSpan* before = known(c, view);
  const bool stood = before != nullptr && !before->until;
  const bool same = c.held ? stood && before->held == *c.held : !stood;
  if (same) return Decision{};
  auto contact = contact_of(c, view);
  if (contact && view.find<Contact>(*contact) == nullptr) contact.reset();
  return Decision{{OrderNoted{c.measure_order, c.person, contact, c.held}}};
}

void note_span(PersonOrders& row, const OrderNoted& e, const Stamp& at) {
  row.id = orders_of(e.person);
  auto found = std::ranges::find(row.orders, e.measure_order, &OrderSpan::measure_order);
  if (found == row.orders.end()) {
    if (e.held) row.orders.push_back({e.measure_order, e.contact, *e.held, at.occurred_at, {}});
    return;
  }
  if (e.held) found->held = *e.held;
  found->until = e.held ? std::nullopt : std::optional(at.occurred_at);
}

}  // namespace

RawId orders_of(PersonId person) { return derive_id(person.raw, "orders"); }

const OrderSpan* order_at(const PersonOrders& orders, Instant at) {
  const auto found = std::ranges::find_if(orders.orders, [at](const OrderSpan& order) {
    return order.since <= at && (!order.until || at < *order.until);
  });
  return found != orders.orders.end() ? &*found : nullptr;
}

void add_order_facts(Desk& desk) {
  desk.table<PersonOrders>();
  desk.event<OrderNoted>();
  desk.evolves<OrderNoted, PersonOrders>([](const OrderNoted& e) { return orders_of(e.person); }, note_span);
  desk.evolves<OrderNoted, Contact>(&OrderNoted::contact,
                                    [](Contact& row, const OrderNoted& e, const Stamp&) {
                                      if (e.held)
                                        row.order = e.measure_order;
                                      else if (row.order == e.measure_order)
                                        row.order.reset();
                                    });
}

void add_note_order(Desk& desk) {
  desk.operation<NoteOrder>("note_order", {"记录隔离决定", "Note an order"})
      .internal()
      .keys([](const NoteOrder& c, const Context&, KeySet& keys) {
        keys.own<PersonOrders>(orders_of(c.person)).subject(c.measure_order.raw);
        if (c.contact) keys.own<Contact>(*c.contact);
      })
      .more_keys([](const NoteOrder& c, const View& view, const Context&, KeySet& keys) {
        if (const auto contact = contact_of(c, view)) keys.own<Contact>(*contact);
      })
      .decide(note_order);
}

}  // namespace fx::investigation
