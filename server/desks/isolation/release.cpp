// OBSERVING → RELEASED → HOME_PHASE → ENDED. Not before the period is over, the tests are answered, and somebody at
// home has agreed to receive [R-STY-5, R-STY-6, R-STY-7].
#include "desks/isolation/operations.hpp"

namespace fx::isolation {
namespace {

Refusal too_early(Instant until) {
  Refusal no = refuse_because("R-STY-5", "", fmt::format("隔离期到 {} 才满", format_short(until)),
                              fmt::format("the period ends at {}", format_short(until)));
  no.lifts = {"隔离期满", "the end of the period"};
  return no;
}

/// Answered and negative, or explained by name; the last day may want more than one sample.
std::string unsettled(const Stay& stay, const View& view, bool at_home) {
  const Day last = day_of(stay.ends_at - Duration(1));
  const StayTest* final_test = nullptr;
  for (const StayTestId id : stay.tests) {
    const StayTest& test = view.get<StayTest>(id);
    const bool counts =
        is_one_of(test.state, {TestState::negative, TestState::explained, TestState::cancelled});
    if (!counts || !test.open.empty()) return format(test.day);
    if (test.day <= last && (final_test == nullptr || final_test->day < test.day)) final_test = &test;
  }
  if (!at_home && final_test != nullptr && final_test->state == TestState::negative &&
      final_test->negatives < stay.release_samples)
    return format(final_test->day);
  return {};
}

/// What a transition order shortened ends on one negative sample, taken not long before [rulebook section 13].
bool has_fresh_negative(const Stay& stay, const View& view, Instant now) {
  const auto since = now - std::chrono::hours(*stay.fresh_negative_h);
  return std::ranges::any_of(stay.tests, [&](StayTestId id) {
    const StayTest& test = view.get<StayTest>(id);
    return test.state == TestState::negative && test.sampled_at && *test.sampled_at >= since;
  });
}

void judge_freshness(const Stay& stay, const View& view, Instant now, Refusals& no) {
  if (stay.fresh_negative_h && !has_fresh_negative(stay, view, now))
    no.add(refuse_because("R-STY-6", "",
                          fmt::format("衔接安排要求解除前 {} 小时内采样阴性", *stay.fresh_negative_h),
                          fmt::format("the transition order asks for a negative sample of the last {} hours",
                                      *stay.fresh_negative_h)));
}

void judge_tests(const Stay& stay, const View& view, bool at_home, Refusals& no) {
  if (const std::string day = unsettled(stay, view, at_home); !day.empty())
    no.add(refuse_because("R-STY-6", "", fmt::format("{} 的检测没有阴性结果", day),
                          fmt::format("the test of {} has no negative result", day)));
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

/// A stay at home has no community to hand over to: it ends where it was.
bool central(const Stay& stay) { return stay.regime == Regime::central; }

Result<Decision> release(const ReleaseStay& c, const View& view, const Context& context) {
  const Stay* stay = view.find<Stay>(c.stay);
  if (stay == nullptr) return unknown("/stay");
  Refusals no;
  if (stay->state != StayState::observing) return wrong_state(stay->state, {StayState::observing});
  if (context.occurred_at < stay->ends_at) no.add(too_early(stay->ends_at));
  judge_tests(*stay, view, false, no);
  judge_freshness(*stay, view, context.occurred_at, no);
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
                     .officer = context.actor.account};
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
  judge_tests(*stay, view, true, no);
  judge_freshness(*stay, view, context.occurred_at, no);
  if (!no.empty()) return no;
  return Decision{
      {StayEnded{stay->id, stay->person, stay->contact, edition_of(*stay), context.actor.account}}};
}

void release_keys(const ReleaseStay& c, const View& view, const Context& context, KeySet& keys) {
  own_surroundings(c, view, context, keys);
  const Stay* stay = view.find<Stay>(c.stay);
  if (stay == nullptr) return;
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
