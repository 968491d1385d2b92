#include "desks/investigation/classing/reassess.hpp"
#include "desks/investigation/operations.hpp"

namespace fx::investigation {
namespace {

/// Day 0: the last exposure to any infectious case; where no window is known, the last occasion named.
std::optional<Day> day_zero(const Contact& contact, const View& view, const Context& context) {
  const auto exposures = exposures_after(contact.person, {}, view);
  const auto found = class_of(exposures, contact.id, sources_of(exposures, {}, view),
                              class_rules(context, contact.id.home()));
  if (found.day0) return found.day0;
  const auto last = contact.exposure_until ? contact.exposure_until : contact.exposure_from;
  return last ? std::optional(day_of(*last)) : std::nullopt;
}

void more_keys(const JudgeContact& c, const View& view, const Context& context, KeySet& keys) {
  const Loaded loaded(keys);
  surroundings_of_contact(c, view, context, keys);
  const Contact* contact = view.find<Contact>(c.contact);
  if (contact == nullptr) return;
  if (contact->stop) keys.own<Stop>(*contact->stop);
  own_classes_of(contact->person, loaded, view, keys);
}

Result<Decision> judge_contact(const JudgeContact& c, const View& view, const Context& context) {
  const Contact* contact = view.find<Contact>(c.contact);
  if (contact == nullptr) return unknown("/contact");
  Refusals no;
  // JUDGED(coc) → JUDGED(close): the contact this one met became a case [domain model D3].
  const bool again = contact->state == ContactState::judged && contact->class_ == ContactClass::coc &&
                     c.class_ == ContactClass::close;
  // Handed over before anybody judged: the county that took it over does.
  const bool taken_over = contact->state == ContactState::handed_over && !contact->class_;
  if (!is_one_of(contact->state, {ContactState::named, ContactState::verified}) && !again && !taken_over)
    no.add(wrong_state(contact->state, {ContactState::named, ContactState::verified}));
  if (!class_exists(c.class_, context, c.contact.home())) no.add("R-CON-2", "/class");
  if (c.reason.empty()) no.add(missing("/reason"));
  if (!no.empty()) return no;
  const auto day0 = day_zero(*contact, view, context);
  const bool first = !contact->class_.has_value();
  Decision decision{{ContactJudged{c.contact, contact->case_id, contact->person, c.class_,
                                   contact->in_charge(), context.actor.account, c.distance_m, day0,
                                   c.reason.ref, !period_over(c.class_, day0, context, c.contact.home()),
                                   c.high_risk.value_or(false), first ? contact->stop : std::nullopt}}};
  const ClassProposal* open = view.find<ClassProposal>(proposal_for(c.contact));
  if (open != nullptr && open->state == ProposalState::open)
    decision.events.emplace_back(ClassProposalSettled{open->id, c.contact, ProposalState::accepted,
                                                      context.actor.account, c.reason.ref});
  return decision;
}

}  // namespace

void add_judge_contact(Desk& desk) {
  desk.operation<JudgeContact>("judge_contact", {"判定接触者", "Judge a contact"})
      .by({Role::INV})
      .keys([](const JudgeContact& c, const Context&, KeySet& keys) {
        keys.own<Contact>(c.contact).own<ClassProposal>(proposal_for(c.contact));
      })
      .more_keys(more_keys)
      .place(cdc_of_contact<JudgeContact>)
      .decide(judge_contact);
}

}  // namespace fx::investigation
