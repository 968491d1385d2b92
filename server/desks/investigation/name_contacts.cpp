// Who met a case. A person is a contact of a case once only: a claim says so, whoever names, in whatever order.

#include <set>

#include "desks/investigation/operations.hpp"

namespace fx::investigation {
namespace {

/// The contact this person is already, of this case; nullptr when it is none.
const Contact* known(const NameContacts& c, const NewContact& contact, const View& view) {
  const Claim* claim = view.find<Claim>(contact_claim(c.case_id, contact.person));
  return claim != nullptr && !claim->holder.is_nil() ? view.find<Contact>(claim->holder) : nullptr;
}

/// Named before, and still: a contact released with an excluded case may be named again when the case is open again.
bool stands(const Contact* contact) { return contact != nullptr && contact->state != ContactState::released; }

void judge(const NewContact& contact, const std::string& path, const Context& context, Refusals& no) {
  if (contact.exposure_from && contact.exposure_until && *contact.exposure_until < *contact.exposure_from)
    no.add(malformed(path + "/exposure_until", "暴露结束早于开始", "the exposure ends before it starts"));
  if (contact.exposure_from && *contact.exposure_from > context.now)
    no.add("F-FUTURE", path + "/exposure_from");
}

ContactNamed named(const NameContacts& c, const NewContact& contact, const Case& file, const View& view) {
  const Contact* before = known(c, contact, view);
  return {before != nullptr ? before->id : contact.contact,
          c.case_id,
          contact.person,
          contact.kind,
          file.cdc,
          contact.exposure_from,
          contact.exposure_until,
          contact.place.value_or(""),
          contact.is_protected.value_or(false)};
}

Result<Decision> name_contacts(const NameContacts& c, const View& view, const Context& context) {
  const Case* file = view.find<Case>(c.case_id);
  if (file == nullptr) return unknown("/case_id");
  Refusals no;
  if (!is_open_case(file->state)) no.add(not_open(*file));
  Decision decision;
  if (c.onset_day && !file->onset_day)
    decision.events.push_back(OnsetKnown{
        c.case_id, *c.onset_day, infectious_from(context, c.onset_day, file->sampled_at, c.case_id.home())});
  std::set<PersonId> persons;
  for (std::size_t i = 0; i < c.contacts.size(); ++i) {
    const NewContact& contact = c.contacts[i];
    const std::string path = "/contacts/" + std::to_string(i);
    const bool itself = contact.person == file->person;
    const bool twice = !persons.insert(contact.person).second || stands(known(c, contact, view));
    // The system names whom it finds in its records: those who are named already are no reason to leave out the others.
    if (context.actor.system() && (itself || twice)) continue;
    if (itself) no.add("R-CON-8", path + "/person");
    if (twice)
      no.add("R-CON-7", path + "/person");
    else if (!known(c, contact, view) && view.find<Contact>(contact.contact) != nullptr)
      no.add("R-CON-7", path + "/contact");
    judge(contact, path, context, no);
    decision.events.push_back(named(c, contact, *file, view));
  }
  if (!no.empty()) return no;
  return decision;
}

void keys(const NameContacts& c, const Context&, KeySet& keys) {
  keys.own<Case>(c.case_id).own<ContactList>(contacts_of_case(c.case_id));
  for (const NewContact& contact : c.contacts)
    keys.own<Contact>(contact.contact)
        .own<Claim>(contact_claim(c.case_id, contact.person))
        .own<ContactList>(contacts_of_person(contact.person));
}

void more_keys(const NameContacts& c, const View& view, const Context&, KeySet& keys) {
  for (const NewContact& contact : c.contacts) {
    const Claim* claim = view.find<Claim>(contact_claim(c.case_id, contact.person));
    if (claim != nullptr && !claim->holder.is_nil()) keys.own<Contact>(claim->holder);
  }
}

}  // namespace

void add_name_contacts(Desk& desk) {
  desk.operation<NameContacts>("name_contacts", {"登记接触者", "Name contacts"})
      .by({Role::INV, Role::CDC})
      .keys(keys)
      .more_keys(more_keys)
      .place(cdc_of_case<NameContacts>)
      .decide(name_contacts);
}

}  // namespace fx::investigation
