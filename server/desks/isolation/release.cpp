// OBSERVING → RELEASED → HOME_PHASE → ENDED. Not before the period is over, the tests are answered, and somebody at
// home has agreed to receive [R-STY-5, R-STY-6, R-STY-7].
#include "desks/isolation/evidence/facts.hpp"
#include "desks/isolation/operations.hpp"
#include "desks/isolation/release_guards.hpp"

namespace fx::isolation {
namespace {

Refusal too_early(Instant until) {
  Refusal no = refuse_because("R-STY-5", "", fmt::format("隔离期到 {} 才满", format_short(until)),
                              fmt::format("the period ends at {}", format_short(until)));
  no.lifts = {"隔离期满", "the end of the period"};
  return no;
}

Result<Decision> propose(const ProposeRelease& c, const View& view, const Context& context) {
  const Stay* stay = view.find<Stay>(c.stay);
  if (stay == nullptr) return unknown("/stay");
  Refusals no;
  if (stay->state != StayState::observing) no.add(wrong_state(stay->state, {StayState::observing}));
  const Unit* village = context.reference.unit(c.village);
  if (village == nullptr || !is_one_of(village->kind, {UnitKind::village, UnitKind::township}))
    no.add(unknown("/village"));
  if (!no.empty()) return no;
  return Decision{{ReleaseProposed{stay->id, stay->person, stay->site, c.village}}};
}

Result<Decision> accept(const AcceptRelease& c, const View& view, const Context& context) {
  const Stay* stay = view.find<Stay>(c.stay);
  if (stay == nullptr) return unknown("/stay");
  Refusals no;
  if (stay->state != StayState::observing) no.add(wrong_state(stay->state, {StayState::observing}));
  if (!stay->village || stay->accepted) no.add("R-STY-15", "/stay");
  if (!no.empty()) return no;
  return Decision{{ReleaseAccepted{stay->id, *stay->village, context.actor.account}}};
}

Result<Decision> record_surfaces(const RecordSurfaces& c, const View& view, const Context& context) {
  const Stay* stay = view.find<Stay>(c.stay);
  if (stay == nullptr) return unknown("/stay");
  Refusals no;
  if (stay->state != StayState::observing) no.add(wrong_state(stay->state, {StayState::observing}));
  if (!stay->room) no.add("R-STY-12", "/stay");
  if (!no.empty()) return no;
  return Decision{{SurfacesRecorded{stay->id, stay->person, stay->site, c.result, context.actor.account}}};
}

/// A stay at home has no community to hand over to: it ends where it was.
bool central(const Stay& stay) { return stay.regime == Regime::central; }

Result<Decision> release(const ReleaseStay& c, const View& view, const Context& context) {
  const Stay* stay = view.find<Stay>(c.stay);
  if (stay == nullptr) return unknown("/stay");
  Refusals no;
  if (stay->state != StayState::observing) return wrong_state(stay->state, {StayState::observing});
  if (context.occurred_at < stay->ends_at) no.add(too_early(stay->ends_at));
  judge_tests(*stay, view, context, c.one_lab && !c.one_lab->empty(), no);
  judge_surfaces(*stay, context, no);
  if (central(*stay) && !stay->accepted) no.add("R-STY-7");
  if (!no.empty()) return no;
  const Instant home_until = end_of(stay->day0, stay->days + stay->then_days);
  const bool goes_on = stay->then_regime && stay->then_days > 0 && home_until > context.occurred_at;
  StayReleased event{.stay = stay->id,
                     .person = stay->person,
                     .contact = stay->contact,
                     .site = stay->site,
                     .village = stay->village,
                     .township = {},
                     .room = stay->room,
                     .state = goes_on ? StayState::home_phase : StayState::ended,
                     .home_until = {},
                     .regime = {},
                     .next_check = {},
                     .tests = {},
                     .edition = edition_of(*stay),
                     .officer = context.actor.account,
                     .one_lab = c.one_lab ? std::optional(c.one_lab->ref) : std::nullopt};
  if (const Unit* village = stay->village ? context.reference.unit(*stay->village) : nullptr)
    event.township = village->parent;
  Tests tests;
  if (goes_on) {
    event.regime = stay->then_regime;
    event.next_check = check_after(context.occurred_at, context, stay->id.home());
    event.home_until = home_until;
    tests =
        tests_due(*stay, stay->village.value_or(stay->site), home_days(*stay, day_of(context.occurred_at)));
    event.tests = std::move(tests.ids);
  }
  Decision decision{{std::move(event)}};
  leave_room(decision, *stay, view);
  std::ranges::move(tests.events, std::back_inserter(decision.events));
  return decision;
}

Result<Decision> end(const EndStay& c, const View& view, const Context& context) {
  const Stay* stay = view.find<Stay>(c.stay);
  if (stay == nullptr) return unknown("/stay");
  if (stay->state != StayState::home_phase) return wrong_state(stay->state, {StayState::home_phase});
  Refusals no;
  if (stay->home_until && context.occurred_at < *stay->home_until) no.add(too_early(*stay->home_until));
  judge_tests(*stay, view, context, false, no);
  if (!no.empty()) return no;
  return Decision{
      {StayEnded{stay->id, stay->person, stay->contact, edition_of(*stay), context.actor.account}}};
}

void release_keys(const ReleaseStay& c, const View& view, const Context& context, KeySet& keys) {
  own_surroundings(c, view, context, keys);
  const Stay* stay = view.find<Stay>(c.stay);
  if (stay == nullptr) return;
  read_first_tests(*stay, view, keys);
  for (const Day day : home_days(*stay, day_of(context.occurred_at)))
    keys.own<StayTest>(derive<StayTestTag>(stay->id.raw, "test:" + format(day)));
}

}  // namespace

void add_release(Desk& desk) {
  desk.operation<ProposeRelease>("propose_release", {"提请解除隔离", "Propose the release"})
      .by({Role::QD, Role::QM})
      .keys(own_stay<ProposeRelease>)
      .place(site_of<ProposeRelease>)
      .decide(propose);
  desk.operation<AcceptRelease>("accept_release", {"社区同意接收", "Agree to receive"})
      .by({Role::GRID, Role::FRP})
      .keys(own_stay<AcceptRelease>)
      .place([](const AcceptRelease& c, const View& view, const Context&) -> std::optional<UnitId> {
        const Stay* stay = view.find<Stay>(c.stay);
        return stay != nullptr && stay->village ? stay->village : std::nullopt;
      })
      .decide(accept);
  desk.operation<RecordSurfaces>("record_surfaces",
                                 {"记录物品和环境采样结果", "Record samples of goods and surfaces"})
      .by({Role::QD, Role::QM, Role::CDC})
      .keys(own_stay<RecordSurfaces>)
      .place(site_of<RecordSurfaces>)
      .decide(record_surfaces);
  desk.operation<ReleaseStay>("release_stay", {"解除隔离", "Release"})
      .by({Role::QD, Role::GRID})
      .keys(own_stay<ReleaseStay>)
      .more_keys(release_keys)
      .place(site_of<ReleaseStay>)
      .decide(release);
  desk.operation<EndStay>("end_stay", {"居家期满解除", "End the phase at home"})
      .by({Role::GRID})
      .keys(own_stay<EndStay>)
      .more_keys(own_surroundings<EndStay>)
      .place(site_of<EndStay>)
      .decide(end);
}

}  // namespace fx::isolation
