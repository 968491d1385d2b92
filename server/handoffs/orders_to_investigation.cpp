// Who is under an order: the investigation must know when it says whether a case is inside the ring (B5), and whether there is
// a set-up to take a contact into (R-CON-3), or one that still holds them (R-CON-5).

#include "desks/investigation/orders/commands.hpp"
#include "desks/isolation/events.hpp"
#include "desks/isolation/home/events.hpp"
#include "handoffs/handoffs.hpp"

namespace fx::handoffs {
namespace {

using Held = std::optional<investigation::FoundBy>;

constexpr const char* note = "investigation.note_order";

std::vector<HandedOver> order(isolation::StayId stay, PersonId person, std::optional<ContactId> contact,
                              Held held) {
  return {hand_over(note, investigation::NoteOrder{{stay.raw}, person, contact, held})};
}

Held held_by(isolation::Regime regime) {
  switch (regime) {
    case isolation::Regime::central: return investigation::FoundBy::central;
    case isolation::Regime::home_isolation:
    case isolation::Regime::home_monitoring: return investigation::FoundBy::home;
    case isolation::Regime::none: break;
  }
  return std::nullopt;
}

template <class E>
Arrow order_over(std::string name) {
  return arrow<E>(std::move(name), note,
                  [](const E& e, const Happened&) { return order(e.stay, e.person, {}, std::nullopt); });
}

}  // namespace

std::vector<Arrow> orders_to_investigation() {
  return {
      arrow<isolation::StayOrdered>("ordered_to_investigation", note,
                                    [](const isolation::StayOrdered& e, const Happened&) {
                                      return order(e.stay, e.person, e.contact, held_by(e.regime));
                                    }),
      arrow<isolation::StayMovedToSite>("moved_to_investigation", note,
                                        [](const isolation::StayMovedToSite& e, const Happened&) {
                                          return order(e.stay, e.person, {}, investigation::FoundBy::central);
                                        }),
      arrow<isolation::StayReleased>("released_to_investigation", note,
                                     [](const isolation::StayReleased& e, const Happened&) {
                                       const bool at_home = e.state != isolation::StayState::ended;
                                       return order(e.stay, e.person, {},
                                                    at_home ? Held(investigation::FoundBy::home) : Held());
                                     }),
      order_over<isolation::StayEnded>("ended_to_investigation"),
      order_over<isolation::StayCancelled>("cancelled_to_investigation"),
      order_over<isolation::StayConverted>("converted_to_investigation")};
}

}  // namespace fx::handoffs
