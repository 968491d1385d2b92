#include "desks/investigation/sources/operations.hpp"

namespace fx::investigation {
namespace {

/// Those the exclusion lets go. Whoever is in control or elsewhere already stays there: an officer's order is ended by
/// an officer, never by the way.
std::vector<ContactId> let_go(const ContactList* list, const View& view) {
  using enum ContactState;
  std::vector<ContactId> out;
  if (list == nullptr) return out;
  for (const ContactId id : list->contacts)
    if (is_one_of(view.get<Contact>(id).state, {named, verified, judged, notified, located, untraced}))
      out.push_back(id);
  return out;
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
  CaseExcluded event{c.case_id, file->person, c.by, c.second_tube, file->hospital,
                     file->cdc, {},           {},   c.note.ref,    file->places};
  if (file->class_) event.county_cases = county_cases_key(c.case_id, file->pathogen);
  event.contacts = let_go(view.find<ContactList>(contacts_of_case(c.case_id)), view);
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
  own_classes_of(view.find<ContactList>(contacts_of_case(c.case_id)), loaded, view, keys);
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
