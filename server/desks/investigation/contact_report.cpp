// What is owed for a close contact besides control: its first report; and how its matter ends without a stay.

#include "desks/investigation/classing/reassess.hpp"
#include "desks/investigation/operations.hpp"

namespace fx::investigation {
namespace {

using enum ContactState;

Result<Decision> submit_contact_report(const SubmitContactReport& c, const View& view,
                                       const Context& context) {
  const Contact* contact = view.find<Contact>(c.contact);
  if (contact == nullptr) return unknown("/contact");
  Refusals no;
  if (!contact->class_) no.add(wrong_state(contact->state, {judged}));
  if (c.report.empty()) no.add(missing("/report"));
  if (!no.empty()) return no;
  return Decision{
      {ContactFirstReportSubmitted{c.contact, contact->case_id, context.actor.account, c.report.ref}}};
}

/// Found when the period was over: one test, and the CDC says how it ends. No stay is dated back.
Result<Decision> decide_late_contact(const DecideLateContact& c, const View& view, const Context& context) {
  const Contact* contact = view.find<Contact>(c.contact);
  if (contact == nullptr) return unknown("/contact");
  Refusals no;
  if (contact->owed || !contact->class_ ||
      !is_one_of(contact->state, {judged, notified, located, handed_over}))
    no.add("R-CON-13", "/contact");
  if (c.decision.empty()) no.add(missing("/decision"));
  if (!no.empty()) return no;
  return Decision{{LateContactDecided{c.contact, contact->case_id, contact->person, context.actor.account,
                                      c.decision.ref}}};
}

/// A contact whom no stay holds any more: the period of its class is over and its tests are done. While a stay goes on, its
/// own end completes the contact, and that end waits for every test.
Result<Decision> complete_contact(const CompleteContact& c, const View& view, const Context& context) {
  const Contact* contact = view.find<Contact>(c.contact);
  if (contact == nullptr) return unknown("/contact");
  Refusals no;
  if (contact->state != in_control) no.add(wrong_state(contact->state, {in_control}));
  const bool held = is_under_order(*contact, view, context);
  const bool over = contact->release_due || !contact->class_ ||
                    period_over(*contact->class_, contact->last_exposure_day, context, c.contact.home());
  if (held || !over) no.add("R-CON-5", "/contact");
  if (!c.tests_done) no.add("R-CON-5", "/tests_done");
  if (c.note.empty()) no.add(missing("/note"));
  if (!no.empty()) return no;
  return Decision{{ContactCompleted{c.contact, contact->case_id, contact->person}}};
}

}  // namespace

void add_contact_report(Desk& desk) {
  desk.operation<SubmitContactReport>("submit_contact_report", {"密接初次流调报告", "First contact report"})
      .by({Role::INV, Role::CDC})
      .keys(own_contact<SubmitContactReport>)
      .place(cdc_of_contact<SubmitContactReport>)
      .decide(submit_contact_report);
  desk.operation<DecideLateContact>("decide_late_contact",
                                    {"逾期发现密接的处置", "Decide on a contact found late"})
      .by({Role::CDC})
      .keys(own_contact<DecideLateContact>)
      .place(cdc_of_contact<DecideLateContact>)
      .decide(decide_late_contact);
  desk.operation<CompleteContact>("complete_contact", {"解除接触者管理", "Complete a contact"})
      .by({Role::CDC, Role::GRID, Role::QD})
      .keys(own_contact<CompleteContact>)
      .more_keys(orders_of_contact<CompleteContact>)
      .place(cdc_of_contact<CompleteContact>)
      .decide(complete_contact);
}

}  // namespace fx::investigation
