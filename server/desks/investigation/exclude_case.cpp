#include "desks/investigation/sources/operations.hpp"

namespace fx::investigation {
namespace {

/// Those the exclusion lets go, here or where they were handed over to. Whoever is in control already stays there: an
/// officer's order is ended by an officer, never by the way.
std::vector<ContactId> let_go(const ContactList* list, const View& view) {
  using enum ContactState;
  std::vector<ContactId> out;
  if (list == nullptr) return out;
  for (const ContactId id : list->contacts)
    if (is_one_of(view.get<Contact>(id).state,
                  {named, verified, judged, notified, located, untraced, handed_over}))
      out.push_back(id);
  return out;
}

/// Who they are, and for whom the first sample of a close contact is owed no more: another case may still ask for it.
void name_persons(CaseExcluded& event, const View& view) {
  const std::set<ContactId> gone(event.contacts.begin(), event.contacts.end());
  for (const ContactId id : event.contacts) {
    const Contact& contact = view.get<Contact>(id);
    event.persons.push_back(contact.person);
    if (contact.class_ == ContactClass::close && !is_close_besides(contact.person, gone, view))
      event.not_close.push_back(contact.person);
  }
}

Result<Decision> exclude_case(const ExcludeCase& c, const View& view, const Context& context) {
  const Case* file = view.find<Case>(c.case_id);
  if (file == nullptr) return unknown("/case_id");
  Refusals no;
  const bool may = is_one_of(file->state, {CaseState::screen_positive, CaseState::suspected}) ||
                   (is_open_case(file->state) && file->exclusion_proposed);
  if (!may) no.add(wrong_state(file->state, {CaseState::screen_positive, CaseState::suspected}));
  if (!c.second_negative && !file->exclusion_proposed) no.add("R-CAS-2", "/second_negative");
  if (c.second_tube && c.second_tube == file->tube) no.add("R-CAS-2", "/second_tube");
  if (c.note.empty()) no.add(missing("/note"));
  if (!no.empty()) return no;
  CaseExcluded event{.case_id = c.case_id,
                     .person = file->person,
                     .by = c.by,
                     .second_tube = c.second_tube,
                     .hospital = file->hospital,
                     .cdc = file->cdc,
                     .county_cases = {},
                     .contacts = let_go(view.find<ContactList>(contacts_of_case(c.case_id)), view),
                     .note = c.note.ref,
                     .places = file->places,
                     .persons = {},
                     .not_close = {}};
  if (file->class_) event.county_cases = county_cases_key(c.case_id, file->pathogen);
  name_persons(event, view);
  FactChange change{
      .case_id = c.case_id, .became = file->person, .cause = ChangeCause::case_excluded, .words = c.note.ref};
  change.without.insert(event.contacts.begin(), event.contacts.end());
  Decision decision{{std::move(event)}};
  cut_links(*file, c.note.ref, view, context, decision);
  for (const ContactId contact : change.without) drop_proposal(contact, view, decision);
  // Whoever stays where they are, and whoever met others, too: what this case made of them is undone, as a proposal. Whom
  // this person met as a contact of another case is looked at by `review_onward`.
  reassess(view.find<ContactList>(contacts_of_case(c.case_id)), change, view, context, decision);
  return decision;
}

void keys(const ExcludeCase& c, const Context&, KeySet& keys) {
  keys.own<Case>(c.case_id).read<ContactList>(contacts_of_case(c.case_id));
}

void more_keys(const ExcludeCase& c, const View& view, const Context&, KeySet& keys) {
  const Case* file = view.find<Case>(c.case_id);
  if (file != nullptr && file->class_) keys.own<CountyCases>(county_cases_key(c.case_id, file->pathogen));
  const Loaded loaded(keys);
  const ContactList* list = view.find<ContactList>(contacts_of_case(c.case_id));
  own_classes_of(list, loaded, view, keys);
  if (list != nullptr)
    for (const PersonId person : list->persons) keys.subject(person.raw);
  if (file == nullptr) return;
  if (file->chain) own_chain(*file, loaded, view, keys);
  for (const ClusterPlaceId place : file->places) keys.own<ClusterPlace>(place);
  keys.own<PersonCase>(case_of(file->person));
}

}  // namespace

void add_exclude_case(Desk& desk) {
  desk.operation<ExcludeCase>("exclude_case", {"排除", "Exclude"})
      .by({Role::CDC})
      .keys(keys)
      .more_keys(more_keys)
      .place(cdc_of_case<ExcludeCase>)
      .decide(exclude_case);
}

}  // namespace fx::investigation
