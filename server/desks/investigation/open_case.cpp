#include "desks/investigation/classing/reassess.hpp"
#include "desks/investigation/operations.hpp"

namespace fx::investigation {
namespace {

/// Who investigates: the CDC of the county where the hospital stands; a county without one falls to the hospital's
/// own unit, so that the case never lies with nobody.
UnitId investigator(const Context& context, const Unit& hospital) {
  return desks::unit_at(context.reference, UnitKind::cdc, hospital.jurisdiction).value_or(hospital.id);
}

/// Is this still a contact of somebody, whom a positive makes a case? Who was judged to be none stays so; who was handed over
/// unjudged waits for the judgement there.
bool becomes_case(const Contact& contact) {
  using enum ContactState;
  if (!contact.class_) return is_one_of(contact.state, {named, verified, handed_over});
  return !is_one_of(*contact.class_, {ContactClass::none, ContactClass::general}) &&
         is_one_of(contact.state, {judged, notified, located, in_control, untraced, handed_over});
}

/// Under an order when it was sampled [additions B5]. Where no order was ever noted, as in old ledgers: a contact in control when
/// the positive came. What this desk cannot see, an officer corrects (record_detection).
bool was_in_ring(const OpenCase& c, const View& view) {
  const auto* orders = view.find<PersonOrders>(orders_of(c.person));
  if (orders != nullptr) return order_at(*orders, c.sampled_at) != nullptr;
  const auto* list = view.find<ContactList>(contacts_of_person(c.person));
  return list != nullptr && std::ranges::any_of(list->contacts, [&](ContactId id) {
           return view.get<Contact>(id).state == ContactState::in_control;
         });
}

FoundBy found_by(const OpenCase& c, const View& view) {
  if (c.clinic) return FoundBy::fever_clinic;
  const auto* orders = view.find<PersonOrders>(orders_of(c.person));
  const OrderSpan* order = orders != nullptr ? order_at(*orders, c.sampled_at) : nullptr;
  return order != nullptr ? order->held : FoundBy::community;
}

Result<Decision> open_case(const OpenCase& c, const View& view, const Context& context) {
  const Unit* hospital = context.reference.unit(c.hospital);
  if (hospital == nullptr) return unknown("/hospital");
  Refusals no;
  const Case* file = view.find<Case>(c.case_id);
  if (!c.individual_specimen) no.add("R-CAS-1", "/individual_specimen");
  // Amended away and back again before the CDC decided: the positive stands, the proposal falls.
  const bool confirms = file != nullptr && file->exclusion_proposed && is_open_case(file->state);
  if (file != nullptr && file->state != CaseState::excluded && !confirms) no.add("R-CAS-5", "/case_id");
  if (!no.empty()) return no;
  if (confirms)
    return Decision{
        {ExclusionDismissed{c.case_id, file->pathogen, file->hospital, file->cdc, file->stage, {}}}};
  Decision decision{{CaseOpened{
      c.case_id, c.person, c.pathogen, CaseState::screen_positive, false, c.hospital, c.clinic,
      investigator(context, *hospital),
      desks::unit_at(context.reference, UnitKind::command_post, hospital->jurisdiction), c.tube, c.encounter,
      c.onset_day, c.sampled_at, infectious_from(context, c.onset_day, c.sampled_at, hospital->jurisdiction),
      found_by(c, view), was_in_ring(c, view)}}};
  FactChange change{.case_id = c.case_id, .became = c.person, .cause = ChangeCause::case_opened};
  if (const auto from = infectious_from(context, c.onset_day, c.sampled_at, hospital->jurisdiction))
    change.became_window = change.infectious = Infectious{c.case_id, {*from, context.occurred_at}};
  if (const ContactList* list = view.find<ContactList>(contacts_of_person(c.person)))
    for (const ContactId id : list->contacts)
      if (const Contact& contact = view.get<Contact>(id); becomes_case(contact)) {
        decision.events.push_back(ContactUpgraded{id, contact.case_id, c.case_id, c.person});
        drop_proposal(id, view, decision);
        change.without.insert(id);
      }
  // Whom this contact had met is a contact of a case now; and a case that opens again has its contacts again.
  reassess(view.find<ContactList>(contacts_via(c.person)), change, view, context, decision);
  reassess(view.find<ContactList>(contacts_of_case(c.case_id)), change, view, context, decision);
  return decision;
}

void keys(const OpenCase& c, const Context&, KeySet& keys) {
  keys.own<Case>(c.case_id)
      .own<PersonCase>(case_of(c.person))
      .read<PersonOrders>(orders_of(c.person))
      .subject(c.person.raw)
      .read<ContactList>(contacts_of_person(c.person))
      .read<ContactList>(contacts_via(c.person))
      .read<ContactList>(contacts_of_case(c.case_id));
}

void more_keys(const OpenCase& c, const View& view, const Context&, KeySet& keys) {
  const Loaded loaded(keys);
  own_classes_of(c.person, loaded, view, keys);
  own_classes_of(view.find<ContactList>(contacts_via(c.person)), loaded, view, keys);
  own_classes_of(view.find<ContactList>(contacts_of_case(c.case_id)), loaded, view, keys);
}

}  // namespace

void add_open_case(Desk& desk) {
  desk.operation<OpenCase>("open_case", {"立案（初筛阳性）", "Open a case (screen-positive)"})
      .by({Role::CDC, Role::INV})
      .deed()
      .keys(keys)
      .more_keys(more_keys)
      .place([](const OpenCase& c, const View&, const Context&) { return std::optional(c.hospital); })
      .decide(open_case);
}

}  // namespace fx::investigation
