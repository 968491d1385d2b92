#include <set>

#include "desks/investigation/operations.hpp"

namespace fx::investigation {
namespace {

Result<Decision> name_contacts(const NameContacts& c, const View& view, const Context& context) {
  const Case* file = view.find<Case>(c.case_id);
  if (file == nullptr) return unknown("/case_id");
  Refusals no;
  if (!is_open_case(file->state)) no.add(wrong_state(enum_text(file->state), {"screen_positive", "suspected", "asymptomatic", "confirmed"}));
  std::set<PersonId> named;
  for (std::size_t i = 0; i < c.contacts.size(); ++i) {
    const NewContact& contact = c.contacts[i];
    const std::string path = "/contacts/" + std::to_string(i);
    if (view.find<Contact>(contact.contact) != nullptr) no.add("R-CON-7", path + "/contact");
    if (contact.person == file->person) no.add("R-CON-8", path + "/person");
    if (!named.insert(contact.person).second) no.add("R-CON-7", path + "/person");
    if (contact.exposure_from && contact.exposure_until && *contact.exposure_until < *contact.exposure_from)
      no.add(malformed(path + "/exposure_until", "暴露结束早于开始", "the exposure ends before it starts"));
    if (contact.exposure_from && *contact.exposure_from > context.now) no.add("F-FUTURE", path + "/exposure_from");
  }
  if (!no.empty()) return no;
  Decision decision;
  if (c.onset_day && !file->onset_day)
    decision.events.push_back(OnsetKnown{c.case_id, *c.onset_day,
                                         infectious_from(context, c.onset_day, file->sampled_at, c.case_id.home())});
  for (const NewContact& contact : c.contacts)
    decision.events.push_back(ContactNamed{contact.contact, c.case_id, contact.person, contact.kind, file->cdc,
                                           contact.exposure_from, contact.exposure_until, contact.place.value_or(""),
                                           contact.is_protected.value_or(false)});
  return decision;
}

}  // namespace

void add_name_contacts(Desk& desk) {
  desk.operation<NameContacts>("name_contacts", {"登记接触者", "Name contacts"})
      .by({Role::INV, Role::CDC})
      .keys([](const NameContacts& c, const Context&, KeySet& keys) {
        keys.own<Case>(c.case_id);
        for (const NewContact& contact : c.contacts) keys.own<Contact>(contact.contact);
      })
      .place(cdc_of_case<NameContacts>)
      .decide(name_contacts);
}

}  // namespace fx::investigation
