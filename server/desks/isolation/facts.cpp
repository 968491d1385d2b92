// What events do to stays, their tests and the claims on persons.
#include "desks/isolation/facts.hpp"

#include <algorithm>

#include "kernel/derive.hpp"
#include "kernel/guards.hpp"
#include "kernel/view.hpp"

namespace fx::isolation {
namespace {

void order(Stay& row, const StayOrdered& e, const Stamp& at) {
  row.id = e.stay;
  row.person = e.person;
  row.class_ = e.class_;
  row.pathogen = e.pathogen;
  row.regime = e.regime;
  row.contact = e.contact;
  row.site = e.site;
  row.holder = e.cdc;
  row.cdc = e.cdc;
  row.carrier = e.carrier;
  row.day0 = e.day0;
  row.days = e.days;
  row.ends_at = e.ends_at;
  row.then_regime = e.then_regime;
  row.then_days = e.then_days;
  row.protocol_days = e.tests;
  row.then_protocol_days = e.then_tests;
  row.release_samples = e.release_samples;
  row.test_on_admission = e.test_on_admission;
  row.officer = e.officer;
  row.rule = e.rule;
  row.profile = e.profile;
  row.legal_basis = e.legal_basis;
  row.ordered_at = at.occurred_at;
}

void admit(Stay& row, const StayAdmitted& e, const Stamp& at) {
  row.state = StayState::observing;
  row.holder = row.site;
  row.room = e.room;
  row.with = e.with;
  row.leg.reset();
  row.admitted_at = at.occurred_at;
  row.next_check = e.next_check;
  row.tests.insert(row.tests.end(), e.tests.begin(), e.tests.end());
}

void leave(Stay& row) {
  row.room.reset();
  row.with.reset();
}

void release(Stay& row, const StayReleased& e, const Stamp& at) {
  row.state = e.state;
  leave(row);
  row.released_at = at.occurred_at;
  row.home_until = e.home_until;
  row.next_check = e.next_check;
  row.tests.insert(row.tests.end(), e.tests.begin(), e.tests.end());
  if (e.state == StayState::ended) row.ended_at = at.occurred_at;
  if (e.state == StayState::home_phase && e.village) row.site = row.holder = *e.village;
  row.fresh_negative_h.reset();
}

void end(Stay& row, StayState state, const Stamp& at) {
  row.state = state;
  leave(row);
  row.leg.reset();
  row.next_check.reset();
  row.ended_at = at.occurred_at;
}

/// A patient lies in the room until fetched.
void convert(Stay& row, const StayConverted& e, const Stamp& at) {
  const auto with = row.with;
  end(row, StayState::converted, at);
  row.room = e.waits_in;
  if (!row.room) return;
  row.with = with;
  row.ended_at.reset();
}

void fetch(Stay& row, const Stamp& at) {
  leave(row);
  if (!row.ended_at) row.ended_at = at.occurred_at;
}

void start_leg(Stay& row, const LegStarted& e, const Stamp& at) {
  row.leg = e.leg;
  row.holder = e.carrier;
  if (row.state == StayState::ordered) row.state = StayState::in_transfer;
  if (e.purpose == LegPurpose::case_to_hospital) fetch(row, at);
}

void end_leg(Stay& row, const LegEnded& e, const Stamp&) {
  row.leg.reset();
  row.holder = e.receiver;
  const bool to_site = e.purpose.value_or(LegPurpose::to_site) == LegPurpose::to_site;
  if (to_site && is_open(row.state)) row.site = e.receiver;
}

void count_negative(StayTest& row, const TestAnswered& e) {
  ++row.negatives;
  if (e.lab) row.samples.push_back({*e.lab, e.reagent ? *e.reagent : e.reagent_lot.value_or("")});
}

/// A later tube may have a higher one, or none.
void note_ct(StayTest& row, std::optional<double> ct) {
  if (ct) row.lowest_ct = std::min(*ct, row.lowest_ct.value_or(*ct));
}

void hold(Claim& claim, PersonId person, const RawId& holder) {
  claim = {control_of_person(person), "person_in_control", holder};
}

template <class E>
RawId claim_of(const E& e) {
  return control_of_person(e.person);
}

void let_go(Desk& desk) {
  desk.evolves<StayCancelled, Claim>(claim_of<StayCancelled>,
                                     [](Claim& claim, const auto& e, auto&) { hold(claim, e.person, {}); })
      .evolves<StayEnded, Claim>(claim_of<StayEnded>,
                                 [](Claim& claim, const auto& e, auto&) { hold(claim, e.person, {}); })
      .evolves<StayConverted, Claim>(
          [](const StayConverted& e) {
            return e.waits_in ? std::nullopt : std::optional(control_of_person(e.person));
          },
          [](Claim& claim, const auto& e, auto&) { hold(claim, e.person, {}); })
      .evolves<CaseHandedOver, Claim>(claim_of<CaseHandedOver>,
                                      [](Claim& claim, const auto& e, auto&) { hold(claim, e.person, {}); })
      .evolves<StayReleased, Claim>(
          [](const StayReleased& e) {
            return e.state == StayState::ended ? std::optional(control_of_person(e.person)) : std::nullopt;
          },
          [](Claim& claim, const auto& e, auto&) { hold(claim, e.person, {}); });
}

}  // namespace

RawId control_of_person(PersonId person) { return named_id("person_in_control", person.text()); }

bool is_open(StayState state) {
  return !is_one_of(state, {StayState::converted, StayState::ended, StayState::cancelled});
}

bool is_inside(const Stay& stay) {
  const StayState state = stay.state == StayState::absconded ? stay.before.value_or(stay.state) : stay.state;
  return is_one_of(state, {StayState::observing, StayState::out_closed_loop});
}

bool lies_in_room(const Stay& stay) {
  return stay.room && is_one_of(stay.state, {StayState::observing, StayState::converted});
}

void evolve_asked(Desk& desk) {
  desk.table<Asked>({.indexes = {"person"}});
  desk.evolves<ControlAsked, Asked>(&ControlAsked::contact,
                                    [](Asked& row, const ControlAsked& e, const Stamp&) {
                                      row.id = e.contact;
                                      row.person = e.person;
                                      row.class_ = e.class_;
                                      row.case_id = e.case_id;
                                      row.day0 = e.day0;
                                      row.cdc = e.cdc;
                                      row.stands = true;
                                    })
      .evolves<ControlNotAsked, Asked>(&ControlNotAsked::contact,
                                       [](Asked& row, const auto&, auto&) { row.stands = false; })
      .evolves<StayOrdered, Asked>(&StayOrdered::asked,
                                   [](Asked& row, const StayOrdered& e, auto&) { row.stay = e.stay; });
}

void evolve_stays(Desk& desk) {
  desk.table<Stay>({.indexes = {"state, site", "person", "cdc, state"}});
  desk.evolves<StayOrdered, Stay>(&StayOrdered::stay, order)
      .evolves<StayOrdered, Claim>(claim_of<StayOrdered>, [](Claim& claim, const StayOrdered& e,
                                                             auto&) { hold(claim, e.person, e.stay.raw); })
      .evolves<LegStarted, Stay>(&LegStarted::stay, start_leg)
      .evolves<LegEnded, Stay>(&LegEnded::stay, end_leg)
      .evolves<StayAdmitted, Stay>(&StayAdmitted::stay, admit)
      .evolves<HealthChecked, Stay>(&HealthChecked::stay,
                                    [](Stay& row, const HealthChecked& e, const Stamp& at) {
                                      row.checked_at = at.occurred_at;
                                      row.next_check = e.next_check;
                                    })
      .evolves<ReleaseProposed, Stay>(&ReleaseProposed::stay,
                                      [](Stay& row, const ReleaseProposed& e, auto&) {
                                        row.village = e.village;
                                        row.accepted = false;
                                      })
      .evolves<ReleaseAccepted, Stay>(&ReleaseAccepted::stay,
                                      [](Stay& row, auto&, auto&) { row.accepted = true; })
      .evolves<TestAdded, Stay>(&TestAdded::stay,
                                [](Stay& row, const TestAdded& e, auto&) { row.tests.push_back(e.test); })
      .evolves<ExtraSampled, Stay>(
          &ExtraSampled::stay, [](Stay& row, const ExtraSampled& e, auto&) { row.pending.push_back(e.tube); })
      .evolves<ExtraAnswered, Stay>(&ExtraAnswered::stay, [](Stay& row, const ExtraAnswered& e,
                                                             auto&) { std::erase(row.pending, e.tube); })
      .evolves<SurfacesRecorded, Stay>(&SurfacesRecorded::stay, [](Stay& row, const SurfacesRecorded& e,
                                                                   auto&) { row.surfaces = e.result; })
      .evolves<StayReleased, Stay>(&StayReleased::stay, release)
      .evolves<StayEnded, Stay>(&StayEnded::stay,
                                [](Stay& row, auto&, const Stamp& at) { end(row, StayState::ended, at); })
      .evolves<StayCancelled, Stay>(
          &StayCancelled::stay, [](Stay& row, auto&, const Stamp& at) { end(row, StayState::cancelled, at); })
      .evolves<StayConverted, Stay>(&StayConverted::stay, convert)
      .evolves<CaseHandedOver, Stay>(&CaseHandedOver::stay,
                                     [](Stay& row, const CaseHandedOver& e, const Stamp& at) {
                                       fetch(row, at);
                                       row.holder = e.to;
                                     })
      .evolves<LeftControl, Stay>(&LeftControl::stay,
                                  [](Stay& row, auto&, auto&) {
                                    row.before = row.state;
                                    row.state = StayState::absconded;
                                  })
      .evolves<Located, Stay>(&Located::stay,
                              [](Stay& row, const Located& e, auto&) {
                                row.next_check = e.next_check;
                                row.state = row.before.value_or(StayState::ordered);
                                row.before.reset();
                                if (e.held_by) row.holder = *e.held_by;
                              })
      .evolves<SentOut, Stay>(&SentOut::stay,
                              [](Stay& row, const SentOut& e, auto&) {
                                row.state = StayState::out_closed_loop;
                                row.holder = e.hospital;
                              })
      .evolves<TakenBack, Stay>(&TakenBack::stay, [](Stay& row, auto&, auto&) {
        row.state = StayState::observing;
        row.holder = row.site;
      });
  desk.evolves<StayExtended, Stay>(&StayExtended::stay, [](Stay& row, const StayExtended& e, auto&) {
    (e.state == StayState::home_phase ? row.home_until.emplace() : row.ends_at) = e.ends_at;
    row.officer = e.officer;
  });
  let_go(desk);
}

void evolve_tests(Desk& desk) {
  const auto close = [](StayTest& row, auto&, auto&) {
    if (is_one_of(row.state, {TestState::due, TestState::no_answer, TestState::sampled}))
      row.state = TestState::cancelled;
  };
  desk.table<StayTest>({.indexes = {"stay", "state, day", "site, state"}});
  desk.evolves<TestDue, StayTest>(&TestDue::test,
                                  [](StayTest& row, const TestDue& e, auto&) {
                                    row.id = e.test;
                                    row.stay = e.stay;
                                    row.person = e.person;
                                    row.site = e.site;
                                    row.day = e.day;
                                  })
      .evolves<TestSampled, StayTest>(&TestSampled::test,
                                      [](StayTest& row, const TestSampled& e, const Stamp& at) {
                                        row.state = TestState::sampled;
                                        row.open.push_back(e.tube);
                                        row.sampled_at = at.occurred_at;
                                      })
      .evolves<TestAnswered, StayTest>(&TestAnswered::test,
                                       [](StayTest& row, const TestAnswered& e, auto&) {
                                         std::erase(row.open, e.tube);
                                         if (e.result == TestState::negative) count_negative(row, e);
                                         note_ct(row, e.lowest_ct);
                                         if (row.state != TestState::positive) row.state = e.result;
                                       })
      .evolves<TestExplained, StayTest>(&TestExplained::test,
                                        [](StayTest& row, auto&, auto&) { row.state = TestState::explained; })
      .evolves<StayConverted, StayTest>(&StayConverted::tests, close)
      .evolves<StayCancelled, StayTest>(&StayCancelled::tests, close);
}

}  // namespace fx::isolation
