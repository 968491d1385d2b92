// What events do to transition orders, their lines, and the stays they change.
#include "desks/isolation/transition/facts.hpp"

#include "desks/isolation/facts.hpp"
#include "kernel/guards.hpp"

namespace fx::isolation {
namespace {

void draft(Transition& row, const TransitionDrafted& e, const Stamp&) {
  row.id = e.transition;
  row.issuer = e.issuer;
  row.cdc = e.cdc;
  row.pathogen = e.pathogen;
  row.classes = e.classes;
  row.effective_at = e.effective_at;
  row.document = e.document;
  row.author = e.author;
}

void preview(TransitionLine& row, const StayPreviewed& e, const Stamp&) {
  row.id = e.line;
  row.transition = e.transition;
  row.stay = e.stay;
  row.person = e.person;
  row.site = e.site;
  row.class_ = e.former.class_;
  row.former_profile = e.former.profile;
  row.profile = e.profile;
  row.change = e.change;
  row.former_end = e.former_end;
  row.new_end = e.new_end;
  row.tests_cancelled = e.tests_cancelled;
  row.tests_added = e.tests_added;
}

void done(TransitionLine& row, const StayRescheduled& e, const Stamp& at) {
  row.id = e.line;
  row.transition = e.transition;
  row.stay = e.stay;
  row.person = e.person;
  row.site = e.site;
  row.class_ = e.former.class_;
  row.former_profile = e.former.profile;
  row.profile = e.profile;
  row.change = e.change;
  row.former_end = e.former_end;
  row.new_end = e.change == Change::ended ? at.occurred_at : e.ends_at;
  row.tests_cancelled = static_cast<std::int32_t>(e.cancelled.size());
  row.tests_added = static_cast<std::int32_t>(e.added.size());
  row.done_at = at.occurred_at;
}

void reschedule(Stay& row, const StayRescheduled& e, const Stamp&) {
  row.profile = e.profile;
  row.rule = e.rule;
  row.regime = e.regime;
  row.days = e.days;
  if (!e.home_until) row.ends_at = e.ends_at;
  row.then_regime = e.then_regime;
  row.then_days = e.then_days;
  row.protocol_days = e.tests;
  row.then_protocol_days = e.then_tests;
  row.release_samples = e.release_samples;
  row.fresh_negative_h = e.fresh_negative_h;
  if (e.home_until) row.home_until = e.home_until;
  row.tests.insert(row.tests.end(), e.added.begin(), e.added.end());
}

/// The stay is counted under the new edition from here on.
void recount(OpenStays& row, const StayRescheduled& e, const Stamp&) {
  count_open(row, e.stay.home(), e.former, -1);
  count_open(row, e.stay.home(), {e.former.pathogen, e.former.class_, e.profile}, 1);
}

}  // namespace

void add_transition_facts(Desk& desk) {
  desk.table<Transition>().table<TransitionLine>({.indexes = {"transition, change", "stay"}});
  desk.event<TransitionDrafted>().event<StayPreviewed>().event<TransitionApproved>();
  desk.event<StayRescheduled>().event<TransitionStepped>();
  desk.event<TransitionClosed>().event<TransitionWithdrawn>();
  desk.evolves<TransitionDrafted, Transition>(&TransitionDrafted::transition, draft)
      .evolves<StayPreviewed, Transition>(
          &StayPreviewed::transition,
          [](Transition& row, const StayPreviewed& e, auto&) { row.previewed += e.first ? 1 : 0; })
      .evolves<TransitionApproved, Transition>(&TransitionApproved::transition,
                                               [](Transition& row, const TransitionApproved& e, auto&) {
                                                 row.state = TransitionState::approved;
                                                 row.approver = e.approver;
                                               })
      .evolves<StayRescheduled, Transition>(&StayRescheduled::transition,
                                            [](Transition& row, const StayRescheduled& e, auto&) {
                                              ++row.changed;
                                              row.added += e.listed ? 0 : 1;
                                            })
      .evolves<TransitionClosed, Transition>(&TransitionClosed::transition,
                                             [](Transition& row, auto&, const Stamp& at) {
                                               row.state = TransitionState::closed;
                                               row.closed_at = at.occurred_at;
                                             })
      .evolves<TransitionWithdrawn, Transition>(
          &TransitionWithdrawn::transition,
          [](Transition& row, auto&, auto&) { row.state = TransitionState::withdrawn; });
  desk.evolves<StayPreviewed, TransitionLine>(&StayPreviewed::line, preview)
      .evolves<StayRescheduled, TransitionLine>(&StayRescheduled::line, done)
      .evolves<StayRescheduled, Stay>(&StayRescheduled::stay, reschedule)
      .evolves<StayRescheduled, OpenStays>(
          [](const StayRescheduled& e) {
            return open_stays_of(e.stay.home(), e.former.pathogen, e.former.class_);
          },
          recount)
      .evolves<StayRescheduled, StayTest>(
          &StayRescheduled::cancelled, [](StayTest& row, auto&, auto&) { row.state = TestState::cancelled; });
}

}  // namespace fx::isolation
