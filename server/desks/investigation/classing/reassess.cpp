#include "desks/investigation/classing/reassess.hpp"

#include <boost/json.hpp>

#include "desks/investigation/trajectory/operations.hpp"

namespace fx::investigation {
namespace {

std::optional<int> whole(const Context& context, std::string_view rule, std::int32_t county) {
  const auto number = context.number(rule, county);
  return number ? std::optional(static_cast<int>(*number)) : std::nullopt;
}

bool is_settled(ContactState state) {
  using enum ContactState;
  return is_one_of(state, {upgraded_to_case, released});
}

ClassFinding found_before(const Contact& contact) {
  return {contact.found_class, contact.found_day0, contact.found_reason, contact.assessed, {}, {}};
}

/// What an exposure is to the difference with the judgement: twice over, it is none.
void turn(ExposureId id, std::vector<ExposureId>& into, std::vector<ExposureId>& from) {
  if (std::erase(from, id) == 0) into.push_back(id);
}

/// Which exposures count now and did not when the class was judged, and the other way round: the change's own, on top of
/// what is proposed already.
void tell_difference(ClassProposed& event, const ClassFinding& before, const ClassFinding& now,
                     const ClassProposal* open) {
  if (open != nullptr && open->state == ProposalState::open) {
    event.gained = open->gained;
    event.lost = open->lost;
  }
  std::vector<ExposureId> came, went;
  std::ranges::set_difference(now.counting, before.counting, std::back_inserter(came));
  std::ranges::set_difference(before.counting, now.counting, std::back_inserter(went));
  for (const ExposureId id : came) turn(id, event.gained, event.lost);
  for (const ExposureId id : went) turn(id, event.lost, event.gained);
}

/// The proposal, or its fall, for a contact that somebody has judged.
void propose(const Contact& contact, const ClassFinding& finding, const ClassFinding& before,
             const FactChange& change, const View& view, const Context& context, Decision& decision) {
  const bool as_judged =
      finding.class_ == *contact.class_ &&
      (!asks_control(finding.class_) || !finding.day0 || finding.day0 == contact.last_exposure_day);
  if (!as_judged) {
    const std::int32_t county = contact.id.home();
    ClassProposed event{
        .class_proposal = proposal_for(contact.id),
        .contact = contact.id,
        .case_id = contact.case_id,
        .person = contact.person,
        .cdc = contact.in_charge(),
        .from = *contact.class_,
        .from_day0 = contact.last_exposure_day,
        .to = finding.class_,
        .to_day0 = finding.day0,
        .reason = finding.reason,
        .assessed = finding.assessed,
        .decisive = finding.decisive,
        .changed = change.cause,
        .stop = change.stop,
        .words = change.words,
        .from_last_day = last_day(*contact.class_, contact.last_exposure_day, context, county),
        .to_last_day = last_day(finding.class_, finding.day0, context, county),
        .gained = {},
        .lost = {}};
    tell_difference(event, before, finding, view.find<ClassProposal>(event.class_proposal));
    decision.events.emplace_back(std::move(event));
    return;
  }
  drop_proposal(contact.id, view, decision);
}

}  // namespace

Loaded::Loaded(const KeySet& keys) {
  for (const KeySet::Entry& entry : keys.entries()) keys_.insert({entry.key.table, entry.key.id});
}

void drop_proposal(ContactId contact, const View& view, Decision& decision) {
  const ClassProposal* open = view.find<ClassProposal>(proposal_for(contact));
  if (open != nullptr && open->state == ProposalState::open)
    decision.events.emplace_back(ClassProposalSettled{open->id, contact, ProposalState::fallen, {}, {}});
}

bool is_close_besides(PersonId person, const std::set<ContactId>& aside, const View& view) {
  using enum ContactState;
  const auto* list = view.find<ContactList>(contacts_of_person(person));
  return list != nullptr && std::ranges::any_of(list->contacts, [&](ContactId id) {
           const Contact& contact = view.get<Contact>(id);
           return !aside.contains(id) && contact.class_ == ContactClass::close &&
                  is_one_of(contact.state, {judged, notified, located, untraced, in_control, handed_over});
         });
}

void read_judgements(PersonId person, const Loaded& loaded, const View& view, KeySet& keys) {
  const RawId id = contacts_of_person(person);
  if (loaded.has<ContactList>(id))
    if (const auto* list = view.find<ContactList>(id))
      for (const ContactId contact : list->contacts) keys.read<Contact>(contact);
  keys.read<ContactList>(id);
}

void own_classes_of(PersonId person, const Loaded& loaded, const View& view, KeySet& keys) {
  const RawId exposures = exposures_of(person);
  const RawId list = contacts_of_person(person);
  if (loaded.has<PersonExposures>(exposures))
    if (const auto* row = view.find<PersonExposures>(exposures))
      for (const Exposure& exposure : row->exposures) {
        keys.read<Case>(exposure.case_id);
        if (exposure.via) keys.read<Contact>(*exposure.via);
        if (exposure.at) keys.read<Stop>(exposure.at->stop);
        if (exposure.via_person) keys.read<PersonCase>(case_of(*exposure.via_person));
      }
  if (loaded.has<ContactList>(list))
    if (const auto* row = view.find<ContactList>(list))
      for (const ContactId contact : row->contacts)
        keys.own<Contact>(contact).own<ClassProposal>(proposal_for(contact));
  keys.own<PersonExposures>(exposures).own<ContactList>(list);
}

void own_classes_of(const ContactList* list, const Loaded& loaded, const View& view, KeySet& keys) {
  if (list == nullptr) return;
  for (std::size_t i = 0; i < list->contacts.size(); ++i) {
    keys.own<Contact>(list->contacts[i]);
    own_classes_of(list->persons[i], loaded, view, keys);
  }
}

ClassRules class_rules(const Context& context, std::int32_t county) {
  using State = RuleValue::State;
  ClassRules rules;
  const RuleValue distance = context.rules.value("D.contact.distance_m", context.occurred_at, county);
  rules.is_judged = distance.state != State::not_allowed;
  rules.distance_m = distance.state == State::value ? distance.number() : std::nullopt;
  rules.rows_plane = whole(context, "D.contact.rows_plane", county);
  rules.rows_coach = whole(context, "D.contact.rows_coach", county);
  rules.carriage =
      context.rules.value("D.contact.carriage", context.occurred_at, county).state == State::value;
  const RuleValue onward = context.rules.value("D.coc.judge", context.occurred_at, county);
  rules.onward = onward.state != State::value ? ClassRules::Onward::none
                 : onward.text() == "all"     ? ClassRules::Onward::all
                                              : ClassRules::Onward::high_risk;
  return rules;
}

std::optional<Infectious> infectious(const Case& file) {
  if (file.state == CaseState::excluded || file.history || !file.window_from) return std::nullopt;
  return Infectious{file.id, {*file.window_from, file.opened_at}};
}

std::vector<Exposure> exposures_after(PersonId person, const FactChange& change, const View& view) {
  std::vector<Exposure> out;
  if (const auto* row = view.find<PersonExposures>(exposures_of(person))) out = row->exposures;
  for (Exposure& exposure : out)
    if (change.withdrawn.contains(exposure.id)) exposure.withdrawn = true;
  out.insert(out.end(), change.added.begin(), change.added.end());
  return out;
}

Sources sources_of(const std::vector<Exposure>& exposures, const FactChange& change, const View& view) {
  Sources sources;
  for (const Exposure& exposure : exposures) {
    const Case* file = view.find<Case>(exposure.case_id);
    auto window = file != nullptr ? infectious(*file) : std::nullopt;
    if (change.case_id == exposure.case_id) window = change.infectious;
    if (window) sources.cases[exposure.case_id] = *window;
    if (exposure.via)
      if (const Contact* via = view.find<Contact>(*exposure.via))
        if (via->class_ == ContactClass::close || via->state == ContactState::upgraded_to_case)
          sources.close_contacts[via->id] = via->high_risk;
    if (exposure.at) {
      const StopId stop = exposure.at->stop;
      if (change.stop == stop)
        sources.stops[stop] = change.stop_now;
      else if (const Stop* row = view.find<Stop>(stop))
        sources.stops[stop] = stop_now(*row);
    }
    if (!exposure.via_person) continue;
    const PersonId via = *exposure.via_person;
    const auto* row = view.find<PersonCase>(case_of(via));
    if (change.became == via) {
      if (change.became_window) sources.became[via] = *change.became_window;
    } else if (row != nullptr && row->counts && row->window_from) {
      sources.became[via] = {row->case_id, {*row->window_from, row->window_until}};
    }
  }
  return sources;
}

void reassess(PersonId person, const FactChange& change, const View& view, const Context& context,
              Decision& decision) {
  const auto* list = view.find<ContactList>(contacts_of_person(person));
  if (list == nullptr) return;
  const auto exposures = exposures_after(person, change, view);
  const Sources sources = sources_of(exposures, change, view);
  const auto told = exposures_after(person, {}, view);
  const Sources known = sources_of(told, {}, view);
  for (const ContactId id : list->contacts) {
    const Contact& contact = view.get<Contact>(id);
    if (change.without.contains(id) || is_settled(contact.state)) continue;
    const ClassRules rules = class_rules(context, id.home());
    const ClassFinding finding = class_of(exposures, id, sources, rules);
    ClassFinding plain = finding;
    plain.decisive.reset();
    plain.counting.clear();
    const ClassFinding before = found_before(contact);
    if (plain == before) continue;
    decision.events.emplace_back(
        ClassFound{id, contact.case_id, finding.class_, finding.day0, finding.reason, finding.assessed});
    const bool moved = finding.class_ != before.class_ || finding.day0 != before.day0;
    if (moved && contact.class_)
      propose(contact, finding, class_of(told, id, known, rules), change, view, context, decision);
  }
}

void reassess(const ContactList* list, const FactChange& change, const View& view, const Context& context,
              Decision& decision) {
  if (list == nullptr) return;
  std::set<PersonId> done;
  for (const PersonId person : list->persons)
    if (done.insert(person).second) reassess(person, change, view, context, decision);
}

void reassess_stop(const ContactList* list, const FactChange& change, const View& view,
                   const Context& context, Decision& decision) {
  if (list == nullptr || !change.stop) return;
  std::set<PersonId> done;
  for (const PersonId person : list->persons) {
    const auto* row = view.find<PersonExposures>(exposures_of(person));
    const auto is_there = [&](const Exposure& e) { return e.at && e.at->stop == *change.stop; };
    if (row != nullptr && std::ranges::any_of(row->exposures, is_there) && done.insert(person).second)
      reassess(person, change, view, context, decision);
  }
}

FactChange onset_known(const Case& file, std::optional<Day> onset, const View& view, const Context& context,
                       Decision& decision) {
  if (!onset) return {};
  const auto from = infectious_from(context, onset, file.sampled_at, file.id.home());
  decision.events.emplace_back(OnsetKnown{file.id, file.person, *onset, from});
  rewindow(file, from, view, decision);
  requestion(file, {.window_from = from, .without = {}, .with = {}}, view, context, decision);
  FactChange change;
  change.cause = ChangeCause::window_moved;
  change.case_id = file.id;
  change.became = file.person;
  if (from && !file.history) {
    change.infectious = Infectious{file.id, {*from, file.opened_at}};
    change.became_window = change.infectious;
  }
  return change;
}

void own_onset(const Case& file, Day onset, const Loaded& loaded, const View& view, const Context& context,
               KeySet& keys) {
  const auto from = infectious_from(context, onset, file.sampled_at, file.id.home());
  own_questions(file.id, {.window_from = from, .without = {}, .with = {}}, view, context, keys);
  own_classes_of(view.find<ContactList>(contacts_of_case(file.id)), loaded, view, keys);
  keys.own<PersonCase>(case_of(file.person));
}

std::optional<int> control_days(ContactClass c, const Context& context, std::int32_t county) {
  if (!asks_control(c)) return std::nullopt;
  const auto rule = c == ContactClass::close ? "F.close_contact" : "F.contact_of_contact";
  const RuleValue value = context.rules.value(rule, context.occurred_at, county);
  if (value.state != RuleValue::State::value) return std::nullopt;
  const auto days_in = [](const boost::json::value& table) -> std::optional<int> {
    const auto* object = table.if_object();
    const auto* days = object != nullptr ? object->if_contains("days") : nullptr;
    return days != nullptr && days->is_number() ? std::optional(days->to_number<int>()) : std::nullopt;
  };
  boost::system::error_code error;
  const auto table = boost::json::parse(value.text(), error);
  const auto days = error ? std::nullopt : days_in(table);
  if (!days) return std::nullopt;
  const auto* then = table.as_object().if_contains("then");
  return *days + (then != nullptr ? days_in(*then).value_or(0) : 0);
}

std::optional<Day> last_day(ContactClass c, std::optional<Day> day0, const Context& context,
                            std::int32_t county) {
  const auto days = control_days(c, context, county);
  return days && day0 ? std::optional(*day0 + *days) : std::nullopt;
}

bool period_over(ContactClass c, std::optional<Day> day0, const Context& context, std::int32_t county) {
  const auto days = control_days(c, context, county);
  return days && day0 && day_of(context.occurred_at) > *day0 + *days;
}

}  // namespace fx::investigation
