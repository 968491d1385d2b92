// A contact who lives elsewhere is the other county's from its acceptance on, and not before [domain model D3, D4].
#include "desks/investigation/classing/contact_class.hpp"
#include "desks/investigation/cooperation/operations.hpp"
#include "desks/investigation/facts.hpp"

namespace fx::investigation {
namespace {

bool is_over(const Contact& contact) {
  using enum ContactState;
  return is_one_of(contact.state, {completed, handed_over, upgraded_to_case, released});
}

/// What is still owed for the contact goes with it.
ContactHandedOver handed_over(const Contact& contact, UnitId to) {
  const bool asks =
      contact.class_ && asks_control(*contact.class_) && contact.state != ContactState::in_control;
  return {.contact = contact.id,
          .case_id = contact.case_id,
          .to = to,
          .person = contact.person,
          .class_ = contact.class_,
          .last_exposure_day = contact.last_exposure_day,
          .cdc = to,
          .owed = asks ? std::optional(contact.owed) : std::nullopt,
          .reported = contact.reported};
}

Result<Decision> hand_over(const HandOverContact& c, const View& view, const Context& context) {
  const Contact* contact = view.find<Contact>(c.contact);
  const RequestLine* line = view.find<RequestLine>(c.line);
  if (contact == nullptr) return unknown("/contact");
  // Meanwhile a case, released, or handed over by hand: the arrow finds nothing to do.
  if (is_over(*contact) && context.actor.system()) return Decision{};
  Refusals no;
  if (is_over(*contact))
    no.add(wrong_state(contact->state, {ContactState::named, ContactState::verified, ContactState::judged,
                                        ContactState::notified, ContactState::located, ContactState::untraced,
                                        ContactState::in_control}));
  const bool accepted = line != nullptr && line->contact == c.contact && line->receiver.has_value();
  if (!accepted) no.add("R-CON-4", "/line");
  if (!no.empty()) return no;
  return Decision{{handed_over(*contact, *line->receiver)}};
}

}  // namespace

void add_hand_over_contact(Desk& desk) {
  desk.operation<HandOverContact>("hand_over_contact", {"移交接触者", "Hand over a contact"})
      .by({Role::INV, Role::CDC})
      .keys([](const HandOverContact& c, const Context&, KeySet& keys) {
        keys.own<Contact>(c.contact).read<RequestLine>(c.line);
      })
      .more_keys([](const HandOverContact& c, const View& view, const Context&, KeySet& keys) {
        if (const Contact* contact = view.find<Contact>(c.contact)) keys.subject(contact->person.raw);
      })
      .place([](const HandOverContact& c, const View& view, const Context&) -> std::optional<UnitId> {
        const Contact* contact = view.find<Contact>(c.contact);
        return contact != nullptr ? std::optional(contact->in_charge()) : std::nullopt;
      })
      .decide(hand_over);
}

}  // namespace fx::investigation
