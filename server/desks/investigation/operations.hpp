#pragma once

#include "desks/investigation/commands.hpp"
#include "desks/investigation/facts.hpp"
#include "desks/places.hpp"
#include "kernel/guards.hpp"

namespace fx::investigation {

// One file adds each operation to the card.
void add_open_case(Desk& desk);
void add_record_historic_case(Desk& desk);
void add_start_investigation(Desk& desk);
void add_record_core_facts(Desk& desk);
void add_submit_first_report(Desk& desk);
void add_classify_case(Desk& desk);
void add_change_severity(Desk& desk);
void add_exclude_case(Desk& desk);
void add_propose_exclusion(Desk& desk);
void add_keep_case(Desk& desk);
void add_name_contacts(Desk& desk);
void add_judge_contact(Desk& desk);
void add_contact_steps(Desk& desk);
void add_search_contact(Desk& desk);
void add_contact_report(Desk& desk);

void add_laws(Desk& desk);

// ---- what several operations share -------------------------------------------------------------------------------

/// Infectious from 00:00 of the day D.window.back_d days before onset; without onset, before sampling
/// [rulebook section 2]. Nothing when the rulebook gives no window for that time and place.
std::optional<Instant> infectious_from(const Context& context, std::optional<Day> onset, Instant sampled_at,
                                       std::int32_t county);

inline bool is_open_case(CaseState state) {
  return state != CaseState::excluded && state != CaseState::closed && state != CaseState::died;
}

/// Does the edition in force know this class? (R-CON-2)
bool class_exists(ContactClass c, const Context& context, std::int32_t county);

/// R-STATE of a step that only an open case allows.
Refusal not_open(const Case& file);

/// What a first report waits for, and what follows when it is in.
void first_report_refusals(const Case& file, Refusals& no);
void submit_first(CaseId case_id, const TextRef& report, const Context& context, Decision& decision);

/// The county of whoever is in charge of a contact.
std::int32_t county_of(const Contact& contact, const Context& context);

/// Does an order stand for this person at that moment, whichever of their cases' contacts it was given for? Nobody has two
/// stays at once [R-STY-9], so one order holds the contact of every case.
bool is_under_order(const Contact& contact, const View& view, const Context& context);

/// Keys and place of the operations about one case.
template <class C>
void own_case(const C& c, const Context&, KeySet& keys) {
  keys.own<Case>(c.case_id);
}
template <class C>
std::optional<UnitId> cdc_of_case(const C& c, const View& view, const Context&) {
  const Case* file = view.find<Case>(c.case_id);
  return file != nullptr ? std::optional(file->cdc) : std::nullopt;
}
/// Clinicians act where the patient lies, the CDC where it investigates.
template <class C>
std::optional<UnitId> hospital_or_cdc(const C& c, const View& view, const Context& context) {
  const Case* file = view.find<Case>(c.case_id);
  if (file == nullptr) return std::nullopt;
  return context.actor.has(Role::DOC) ? file->hospital : file->cdc;
}
void own_listed(const ContactList* list, KeySet& keys);
template <class C>
void own_contact(const C& c, const Context&, KeySet& keys) {
  keys.own<Contact>(c.contact);
}
/// The case a judgement is about, and the person: their first sample is owed when they are judged close.
template <class C>
void surroundings_of_contact(const C& c, const View& view, const Context&, KeySet& keys) {
  if (const Contact* contact = view.find<Contact>(c.contact))
    keys.read<Case>(contact->case_id).subject(contact->person.raw);
}
template <class C>
void orders_of_contact(const C& c, const View& view, const Context&, KeySet& keys) {
  if (const Contact* contact = view.find<Contact>(c.contact))
    keys.read<PersonOrders>(orders_of(contact->person));
}
template <class C>
std::optional<UnitId> cdc_of_contact(const C& c, const View& view, const Context&) {
  const Contact* contact = view.find<Contact>(c.contact);
  return contact != nullptr ? std::optional(contact->in_charge()) : std::nullopt;
}

}  // namespace fx::investigation
