// A contact nobody can find: the police are asked, and only then is it untraced.

#include "desks/investigation/operations.hpp"

namespace fx::investigation {
namespace {

using enum ContactState;

bool is_sought(const Contact& contact) {
  return (!contact.class_ || is_worth_a_search(*contact.class_)) &&
         is_one_of(contact.state, {named, verified, judged, notified, untraced, handed_over});
}

/// Judged and not found yet, here or in the county that took the contact over.
bool is_missing(const Contact& contact) {
  return is_one_of(contact.state, {judged, notified}) || (contact.state == handed_over && contact.class_);
}

Result<Decision> open_police_request(const OpenPoliceRequest& c, const View& view, const Context& context) {
  const Contact* contact = view.find<Contact>(c.contact);
  if (contact == nullptr) return unknown("/contact");
  Refusals no;
  if (!is_sought(*contact)) no.add(wrong_state(contact->state, {named, verified, judged, notified}));
  if (contact->police_request == PoliceRequest::open) no.add("R-CON-12", "/contact");
  if (c.request.empty()) no.add(missing("/request"));
  if (!no.empty()) return no;
  const std::int32_t county = county_of(*contact, context);
  return Decision{{PoliceRequestOpened{c.contact, contact->case_id, contact->person, contact->in_charge(),
                                       desks::unit_at(context.reference, UnitKind::police, county),
                                       context.actor.account, c.request.ref}}};
}

Result<Decision> answer_police_request(const AnswerPoliceRequest& c, const View& view,
                                       const Context& context) {
  const Contact* contact = view.find<Contact>(c.contact);
  if (contact == nullptr) return unknown("/contact");
  Refusals no;
  if (contact->police_request != PoliceRequest::open) no.add("R-CON-6", "/contact");
  if (c.answer.empty()) no.add(missing("/answer"));
  if (!no.empty()) return no;
  Decision decision{
      {PoliceRequestAnswered{c.contact, contact->case_id, c.found, context.actor.account, c.answer.ref}}};
  if (c.found && (is_missing(*contact) || contact->state == untraced))
    decision.events.emplace_back(ContactLocated{c.contact, contact->case_id, c.answer.ref});
  return decision;
}

Result<Decision> declare_untraced(const DeclareUntraced& c, const View& view, const Context& context) {
  const Contact* contact = view.find<Contact>(c.contact);
  if (contact == nullptr) return unknown("/contact");
  Refusals no;
  if (!is_missing(*contact)) no.add(wrong_state(contact->state, {judged, notified}));
  if (contact->police_request != PoliceRequest::open) no.add("R-CON-6", "/contact");
  if (c.note.empty()) no.add(missing("/note"));
  if (!no.empty()) return no;
  return Decision{{ContactUntraced{c.contact, contact->case_id, context.actor.account, c.note.ref}}};
}

/// The police of the county act in the CDC's affairs.
std::optional<UnitId> place_of_police(const AnswerPoliceRequest& c, const View& view,
                                      const Context& context) {
  const Contact* contact = view.find<Contact>(c.contact);
  if (contact == nullptr) return std::nullopt;
  const bool own = context.actor.has(Role::POL) && context.actor.jurisdiction == county_of(*contact, context);
  return own ? context.actor.unit : contact->in_charge();
}

}  // namespace

void add_search_contact(Desk& desk) {
  desk.operation<OpenPoliceRequest>("open_police_request", {"请公安协查", "Ask the police to find a contact"})
      .by({Role::INV, Role::CDC})
      .keys(own_contact<OpenPoliceRequest>)
      .place(cdc_of_contact<OpenPoliceRequest>)
      .decide(open_police_request);
  desk.operation<AnswerPoliceRequest>("answer_police_request", {"答复公安协查", "Answer a police request"})
      .by({Role::POL, Role::INV, Role::CDC})
      .keys(own_contact<AnswerPoliceRequest>)
      .place(place_of_police)
      .decide(answer_police_request);
  desk.operation<DeclareUntraced>("declare_untraced", {"列为失联", "Declare a contact untraced"})
      .by({Role::INV, Role::CDC})
      .keys(own_contact<DeclareUntraced>)
      .place(cdc_of_contact<DeclareUntraced>)
      .decide(declare_untraced);
}

}  // namespace fx::investigation
