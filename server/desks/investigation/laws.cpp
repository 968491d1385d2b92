#include <map>

#include "desks/investigation/operations.hpp"

namespace fx::investigation {
namespace {

std::string of_contact(const Contact& contact) {
  const bool judged = contact.class_.has_value();
  const bool open = contact.state == ContactState::named || contact.state == ContactState::verified;
  // named = judged + open [domain model D3]; ways aside keep what was judged before
  if (open && judged) return "contact " + contact.id.text() + " is open and judged at once";
  if (!open && !judged && contact.state != ContactState::handed_over && contact.state != ContactState::upgraded_to_case)
    return "contact " + contact.id.text() + " went on without a judgement";
  if (judged && !contact.judge) return "contact " + contact.id.text() + " was judged by nobody";
  if (contact.state == ContactState::in_control && contact.class_ != ContactClass::close && contact.class_ != ContactClass::coc)
    return "contact " + contact.id.text() + " is in control without a class that asks for it";
  return {};
}

std::string of_case(const Case& file) {
  const bool confirmed = file.state == CaseState::confirmed;
  if (confirmed && !file.severity) return "case " + file.id.text() + " is confirmed without a severity";
  if (!file.history && confirmed != (file.class_ == CaseClass::confirmed) && file.state != CaseState::excluded && confirmed)
    return "case " + file.id.text() + " is confirmed but was not classified so";
  if (file.onset_day && file.window_from && *file.window_from > start_of(*file.onset_day))
    return "case " + file.id.text() + " is infectious only after its onset";
  return {};
}

/// Nobody is twice a contact of one case, nor a contact of itself.
std::vector<std::string> one_contact_a_person(const Tables& tables) {
  std::vector<std::string> breaches;
  std::map<std::pair<CaseId, PersonId>, int> seen;
  for (const Contact& contact : tables.all<Contact>())
    if (++seen[{contact.case_id, contact.person}] == 2)
      breaches.push_back("person " + contact.person.text() + " is twice a contact of case " + contact.case_id.text());
  return breaches;
}

}  // namespace

void add_laws(Desk& desk) {
  desk.row_law<Case>("D1: severity belongs to confirmed cases, the window opens before onset", of_case);
  desk.row_law<Contact>("D3: named = judged + open", of_contact);
  desk.law("D3: one contact a person and case", one_contact_a_person);
}

}  // namespace fx::investigation
