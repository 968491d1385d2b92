// The short steps of a judged contact: verified, notified, located, in control.

#include "desks/investigation/operations.hpp"

namespace fx::investigation {
namespace {

Refusals out_of_turn(const Contact& contact, std::initializer_list<ContactState> allowed) {
  Refusals no;
  if (!is_one_of(contact.state, allowed)) no.add(wrong_state(contact.state, allowed));
  return no;
}

/// A step after the judgement; for a county that took the contact over it begins there.
Refusals out_of_turn_once_judged(const Contact& contact, std::initializer_list<ContactState> allowed) {
  const bool taken_over = contact.state == ContactState::handed_over && contact.class_;
  return taken_over ? Refusals{} : out_of_turn(contact, allowed);
}

bool owes_control(const Contact& contact) {
  return contact.class_ == ContactClass::close || contact.class_ == ContactClass::coc;
}

Result<Decision> verify_contact(const VerifyContact& c, const View& view, const Context&) {
  const Contact* contact = view.find<Contact>(c.contact);
  if (contact == nullptr) return unknown("/contact");
  if (auto no = out_of_turn(*contact, {ContactState::named}); !no.empty()) return no;
  return Decision{{ContactVerified{c.contact, contact->case_id}}};
}

Result<Decision> notify_contact(const NotifyContact& c, const View& view, const Context&) {
  const Contact* contact = view.find<Contact>(c.contact);
  if (contact == nullptr) return unknown("/contact");
  if (auto no = out_of_turn_once_judged(*contact, {ContactState::judged}); !no.empty()) return no;
  return Decision{{ContactNotified{c.contact, contact->case_id}}};
}

Result<Decision> locate_contact(const LocateContact& c, const View& view, const Context&) {
  const Contact* contact = view.find<Contact>(c.contact);
  if (contact == nullptr) return unknown("/contact");
  auto no = out_of_turn_once_judged(*contact,
                                    {ContactState::judged, ContactState::notified, ContactState::untraced});
  if (c.where.empty()) no.add(missing("/where"));
  if (!no.empty()) return no;
  return Decision{{ContactLocated{c.contact, contact->case_id, c.where.ref}}};
}

Result<Decision> take_into_control(const TakeIntoControl& c, const View& view, const Context& context) {
  const Contact* contact = view.find<Contact>(c.contact);
  if (contact == nullptr) return unknown("/contact");
  auto no = out_of_turn_once_judged(*contact,
                                    {ContactState::judged, ContactState::notified, ContactState::located});
  if (!is_under_order(*contact, view, context)) no.add("R-CON-3", "/contact");
  if (c.where.empty()) no.add("R-CON-3", "/where");
  if (!owes_control(*contact)) no.add("R-CON-9", "/contact");
  if (!no.empty()) return no;
  return Decision{{ContactInControl{c.contact, contact->case_id, contact->person, c.where.ref}}};
}

/// An admission is a deed: whatever step of the way was not recorded, the contact is in control.
Result<Decision> note_control(const NoteControl& c, const View& view, const Context&) {
  using enum ContactState;
  const Contact* contact = view.find<Contact>(c.contact);
  if (contact == nullptr) return unknown("/contact");
  if (!is_one_of(contact->state, {judged, notified, located, untraced, handed_over}) ||
      !owes_control(*contact))
    return Decision{};
  return Decision{{ContactInControl{c.contact, contact->case_id, contact->person, {}}}};
}

Result<Decision> note_completed(const NoteCompleted& c, const View& view, const Context&) {
  const Contact* contact = view.find<Contact>(c.contact);
  if (contact == nullptr) return unknown("/contact");
  if (!is_one_of(contact->state, {ContactState::in_control, ContactState::handed_over}) || !contact->class_)
    return Decision{};
  return Decision{{ContactCompleted{c.contact, contact->case_id, contact->person}}};
}

/// A quarantine site takes into its own rooms those of its county; everybody else acts in the CDC's affairs.
std::optional<UnitId> place_of_control(const TakeIntoControl& c, const View& view, const Context& context) {
  const Contact* contact = view.find<Contact>(c.contact);
  if (contact == nullptr) return std::nullopt;
  const bool own_site =
      context.actor.has(Role::QM) && context.actor.jurisdiction == county_of(*contact, context);
  return own_site ? context.actor.unit : contact->in_charge();
}

const std::vector<Role> finders{Role::INV, Role::CDC, Role::GRID, Role::POL};

}  // namespace

void add_contact_steps(Desk& desk) {
  desk.operation<VerifyContact>("verify_contact", {"核实身份和电话", "Verify identity and telephone"})
      .by({Role::INV, Role::CDC})
      .keys(own_contact<VerifyContact>)
      .place(cdc_of_contact<VerifyContact>)
      .decide(verify_contact);
  desk.operation<NotifyContact>("notify_contact", {"告知接触者", "Tell the contact"})
      .by(finders)
      .keys(own_contact<NotifyContact>)
      .place(cdc_of_contact<NotifyContact>)
      .decide(notify_contact);
  desk.operation<LocateContact>("locate_contact", {"找到接触者", "Locate the contact"})
      .by(finders)
      .keys(own_contact<LocateContact>)
      .place(cdc_of_contact<LocateContact>)
      .decide(locate_contact);
  desk.operation<NoteControl>("note_control", {"记录已落实管控", "Note that a contact is in control"})
      .internal()
      .keys(own_contact<NoteControl>)
      .decide(note_control);
  desk.operation<NoteCompleted>("note_completed", {"记录管控期满", "Note that the measure is over"})
      .internal()
      .keys(own_contact<NoteCompleted>)
      .decide(note_completed);
  desk.operation<TakeIntoControl>("take_into_control", {"落实管控", "Take into control"})
      .by({Role::INV, Role::CDC, Role::QM, Role::GRID})
      .keys(own_contact<TakeIntoControl>)
      .more_keys(orders_of_contact<TakeIntoControl>)
      .place(place_of_control)
      .decide(take_into_control);
}

}  // namespace fx::investigation
