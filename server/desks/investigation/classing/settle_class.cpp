// The facts propose another class; a named officer accepts, and what is owed follows, or declines and says why.

#include "desks/investigation/classing/operations.hpp"

namespace fx::investigation {
namespace {

Result<Decision> accept_class(const AcceptClass& c, const View& view, const Context& context) {
  const Contact* contact = view.find<Contact>(c.contact);
  if (contact == nullptr) return unknown("/contact");
  const ClassProposal* proposal = view.find<ClassProposal>(proposal_for(c.contact));
  if (proposal == nullptr || proposal->state != ProposalState::open) return refuse("R-CON-11", "/contact");
  if (!contact->class_ || is_one_of(contact->state, {ContactState::released, ContactState::upgraded_to_case}))
    return wrong_state(contact->state, {ContactState::judged, ContactState::in_control});
  if (!class_exists(proposal->to, context, c.contact.home())) return refuse("R-CON-2", "/contact");
  const bool owed = !period_over(proposal->to, proposal->to_day0, context, c.contact.home());
  const bool close =
      proposal->to == ContactClass::close || is_close_besides(contact->person, {c.contact}, view);
  return Decision{
      {ContactReclassed{c.contact, contact->case_id, contact->person, contact->in_charge(), proposal->to,
                        *contact->class_, contact->state == ContactState::in_control, owed, proposal->to_day0,
                        context.actor.account, close ? std::nullopt : std::optional(contact->person)},
       ClassProposalSettled{proposal->id, c.contact, ProposalState::accepted, context.actor.account, {}}}};
}

Result<Decision> decline_class(const DeclineClass& c, const View& view, const Context& context) {
  const ClassProposal* proposal = view.find<ClassProposal>(proposal_for(c.contact));
  Refusals no;
  if (proposal == nullptr || proposal->state != ProposalState::open) no.add("R-CON-11", "/contact");
  if (c.reason.empty()) no.add(missing("/reason"));
  if (!no.empty()) return no;
  return Decision{{ClassProposalSettled{proposal->id, c.contact, ProposalState::declined,
                                        context.actor.account, c.reason.ref}}};
}

template <class C>
void keys(const C& c, const Context&, KeySet& keys) {
  keys.own<Contact>(c.contact);
  keys.own<ClassProposal>(proposal_for(c.contact));
}

void more_keys(const AcceptClass& c, const View& view, const Context& context, KeySet& keys) {
  const Loaded loaded(keys);
  surroundings_of_contact(c, view, context, keys);
  if (const Contact* contact = view.find<Contact>(c.contact))
    read_judgements(contact->person, loaded, view, keys);
}

}  // namespace

void add_settle_class(Desk& desk) {
  desk.operation<AcceptClass>("accept_class", {"采纳类别调整建议", "Accept the proposed class"})
      .by({Role::INV, Role::CDC})
      .keys(keys<AcceptClass>)
      .more_keys(more_keys)
      .place(cdc_of_contact<AcceptClass>)
      .decide(accept_class);
  desk.operation<DeclineClass>("decline_class", {"不采纳类别调整建议", "Decline the proposed class"})
      .by({Role::INV, Role::CDC})
      .keys(keys<DeclineClass>)
      .place(cdc_of_contact<DeclineClass>)
      .decide(decline_class);
}

}  // namespace fx::investigation
