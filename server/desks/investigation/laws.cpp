#include <map>

#include "desks/investigation/operations.hpp"

namespace fx::investigation {
namespace {

std::string of_contact(const Contact& contact) {
  const bool judged = contact.class_.has_value();
  const bool open = contact.state == ContactState::named || contact.state == ContactState::verified;
  // named = judged + open [domain model D3]; ways aside keep what was judged before
  if (open && judged) return "contact " + contact.id.text() + " is open and judged at once";
  if (!open && !judged &&
      !is_one_of(contact.state,
                 {ContactState::handed_over, ContactState::upgraded_to_case, ContactState::released}))
    return "contact " + contact.id.text() + " went on without a judgement";
  if (judged && !contact.judge) return "contact " + contact.id.text() + " was judged by nobody";
  if (contact.state == ContactState::untraced && contact.police_request != PoliceRequest::open)
    return "contact " + contact.id.text() + " is untraced, and nobody looks for it";
  if (contact.state == ContactState::in_control && contact.class_ != ContactClass::close &&
      contact.class_ != ContactClass::coc && !contact.release_due)
    return "contact " + contact.id.text() + " is in control without a class that asks for it";
  return {};
}

/// The class a state speaks of; nothing where any will do.
std::optional<CaseClass> class_of(CaseState state) {
  switch (state) {
    case CaseState::suspected: return CaseClass::suspected;
    case CaseState::asymptomatic: return CaseClass::asymptomatic;
    case CaseState::confirmed: return CaseClass::confirmed;
    default: return std::nullopt;
  }
}

std::string of_case(const Case& file) {
  const std::string name = "case " + file.id.text();
  if (const auto expected = class_of(file.state); expected && file.class_ != expected)
    return name + " was not classified as its state says";
  if (file.state == CaseState::screen_positive && file.class_)
    return name + " is classified and still screen-positive";
  if (file.class_ == CaseClass::confirmed && !file.severity) return name + " is confirmed without a severity";
  if (!file.history && file.severity && file.class_ != CaseClass::confirmed)
    return name + " has a severity but is not confirmed";
  if (file.exclusion_proposed && !is_open_case(file.state))
    return name + " is over, yet its exclusion is proposed";
  if (file.onset_day && file.window_from && *file.window_from > start_of(*file.onset_day))
    return name + " is infectious only after its onset";
  return {};
}

/// The count that tells the first case equals the cases that were classified and not excluded.
std::vector<std::string> counties_count(const Tables& tables) {
  std::map<RawId, std::int64_t> classified;
  for (const Case& file : tables.all<Case>())
    if (file.class_ && file.state != CaseState::excluded)
      ++classified[county_cases_key(file.id, file.pathogen)];
  std::vector<std::string> breaches;
  for (const CountyCases& count : tables.all<CountyCases>())
    if (count.classified != classified[count.id])
      breaches.push_back("a county counts its cases of " + count.pathogen + " wrongly");
  return breaches;
}

/// Nobody is twice a contact of one case, nor a contact of itself.
std::vector<std::string> one_contact_a_person(const Tables& tables) {
  std::vector<std::string> breaches;
  std::map<std::pair<CaseId, PersonId>, int> seen;
  for (const Contact& contact : tables.all<Contact>())
    if (++seen[{contact.case_id, contact.person}] == 2)
      breaches.push_back("person " + contact.person.text() + " is twice a contact of case " +
                         contact.case_id.text());
  return breaches;
}

}  // namespace

void add_laws(Desk& desk) {
  desk.row_law<Case>("D1: state, class and severity agree; the window opens before onset", of_case);
  desk.law("C3: cases of a county add up", counties_count);
  desk.row_law<Contact>("D3: named = judged + open", of_contact);
  desk.law("D3: one contact a person and case", one_contact_a_person);
}

}  // namespace fx::investigation
