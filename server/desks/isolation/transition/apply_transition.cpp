// The order is carried out stay by stay, as events; it may stop and go on, and what was done is not done again. It closes
// when nobody follows an earlier edition any more.
#include <set>

#include "desks/isolation/transition/operations.hpp"

namespace fx::isolation {
namespace {

/// The stay's own instants and posts, as the new edition has them.
StayRescheduled rescheduled(const Converted& converted, const Transition& order, const View& view,
                            const Context& context) {
  const Stay& stay = *converted.stay;
  const Conversion& to = converted.conversion;
  const TransitionLineId line = line_of(order.id, stay.id);
  const bool home = phase_of(stay) == StayState::home_phase;
  const auto hours = context.number("F.transition.sample_h", order.id.home());
  StayRescheduled event{.stay = stay.id,
                        .transition = order.id,
                        .line = line,
                        .person = stay.person,
                        .site = stay.site,
                        .cdc = stay.cdc,
                        .change = to.change,
                        .listed = view.find<TransitionLine>(line) != nullptr,
                        .former = edition_of(stay),
                        .profile = converted.ruled.rule.profile,
                        .rule = converted.ruled.rule.id.empty() ? stay.rule : converted.ruled.rule.id,
                        .regime = to.regime,
                        .days = to.days,
                        .former_end = home ? stay.home_until.value_or(stay.ends_at) : stay.ends_at,
                        .ends_at = to.ends_at,
                        .release_by = {},
                        .home_until = home ? to.home_until : std::nullopt,
                        .then_regime = to.then_regime,
                        .then_days = to.then_days,
                        .tests = to.tests,
                        .then_tests = to.then_tests,
                        .release_samples = to.release_samples,
                        .fresh_negative_h = to.fresh_negative && hours
                                                ? std::optional(static_cast<std::int32_t>(*hours))
                                                : std::nullopt,
                        .cancelled = to.cancelled,
                        .added = {}};
  if (home && to.home_until) event.ends_at = *to.home_until;
  if (!home && stay.admitted_at && to.change != Change::ended) event.release_by = to.ends_at;
  return event;
}

void end_abolished(Decision& decision, const Stay& stay, const View& view, const Context& context) {
  if (phase_of(stay) == StayState::home_phase) {
    decision.events.emplace_back(
        StayEnded{stay.id, stay.person, stay.contact, edition_of(stay), context.actor.account});
  } else {
    decision.events.emplace_back(StayReleased{.stay = stay.id,
                                              .person = stay.person,
                                              .contact = stay.contact,
                                              .site = stay.site,
                                              .village = {},
                                              .township = {},
                                              .room = stay.room,
                                              .state = StayState::ended,
                                              .home_until = {},
                                              .regime = {},
                                              .next_check = {},
                                              .tests = {},
                                              .edition = edition_of(stay),
                                              .officer = context.actor.account});
    leave_room(decision, stay, view);
  }
}

void change(Decision& decision, const Converted& converted, const Transition& order, const View& view,
            const Context& context) {
  const Stay& stay = *converted.stay;
  StayRescheduled event = rescheduled(converted, order, view, context);
  Tests tests = tests_due(stay, stay.site, converted.conversion.added);
  event.added = std::move(tests.ids);
  const std::string profile = event.profile;
  decision.events.emplace_back(std::move(event));
  std::ranges::move(tests.events, std::back_inserter(decision.events));
  if (converted.conversion.change != Change::ended) return;
  Stay moved = stay;  // counted under the new edition since the event before
  moved.profile = profile;
  end_abolished(decision, moved, view, context);
}

Result<Decision> apply(const ApplyTransition& c, const View& view, const Context& context) {
  const Transition* order = view.find<Transition>(c.transition);
  if (order == nullptr) return unknown("/transition");
  Refusals no;
  if (order->state != TransitionState::approved)
    no.add(wrong_state(order->state, {TransitionState::approved}));
  if (context.occurred_at < order->effective_at)
    no.add(refuse_because("R-TRO-3", "",
                          fmt::format("衔接安排自 {} 起执行", format_short(order->effective_at)),
                          fmt::format("the order takes effect at {}", format_short(order->effective_at))));
  judge_stays(c.stays, *order, view, no);
  if (!no.empty()) return no;
  Decision decision;
  TransitionStepped step{order->id, 0, 0};
  std::set<StayId> seen;
  for (const StayId id : c.stays) {
    const auto converted = seen.insert(id).second ? convert_stay(id, *order, view, context) : std::nullopt;
    if (!converted) continue;
    if (converted->conversion.change == Change::officer) {
      ++step.left_to_officers;
      continue;
    }
    change(decision, *converted, *order, view, context);
    ++step.changed;
  }
  if (step.changed > 0) decision.events.emplace_back(step);
  return decision;
}

Result<Decision> close(const CloseTransition& c, const View& view, const Context& context) {
  const Transition* order = view.find<Transition>(c.transition);
  if (order == nullptr) return unknown("/transition");
  Refusals no;
  if (order->state != TransitionState::approved)
    no.add(wrong_state(order->state, {TransitionState::approved}));
  if (context.occurred_at < order->effective_at) no.add("R-TRO-3");
  if (const std::int32_t left = still_to_change(*order, view, context); left > 0)
    no.add(refuse_because("R-TRO-4", "", fmt::format("还有 {} 人未衔接", left),
                          fmt::format("{} stays still follow an earlier edition", left)));
  if (!no.empty()) return no;
  return Decision{{TransitionClosed{order->id, order->previewed, order->added, order->changed,
                                    order->previewed + order->added - order->changed}}};
}

void keys(const ApplyTransition& c, const Context&, KeySet& keys) {
  keys.own<Transition>(c.transition);
  for (const StayId stay : c.stays) keys.own<Stay>(stay).own<TransitionLine>(line_of(c.transition, stay));
}

/// What a change of the stays touches: their rooms, tests, claims and counts.
void surroundings(const ApplyTransition& c, const View& view, const Context& context, KeySet& keys) {
  const Transition* order = view.find<Transition>(c.transition);
  if (order == nullptr) return;
  count_keys(*order, keys);
  for (const StayId id : c.stays) {
    const Stay* stay = view.find<Stay>(id);
    if (stay == nullptr) continue;
    keys.own<Claim>(control_of_person(stay->person)).own<OpenStays>(count_key(*stay));
    keys.subject(stay->person.raw);
    own_room(*stay, keys);
    own_tests(*stay, keys);
    for (const Day day : days_asked(*stay, *order, context))
      keys.own<StayTest>(derive<StayTestTag>(stay->id.raw, "test:" + format(day)));
  }
}

}  // namespace

void add_apply_transition(Desk& desk) {
  desk.operation<ApplyTransition>("apply_transition", {"执行衔接安排", "Carry out a transition order"})
      .by({Role::CDC, Role::CMD, Role::HA})
      .keys(keys)
      .more_keys(surroundings)
      .place(issuer_of<ApplyTransition>)
      .decide(apply);
  desk.operation<CloseTransition>("close_transition", {"衔接安排销号", "Close a transition order"})
      .by({Role::CDC, Role::CMD, Role::HA})
      .keys(
          [](const CloseTransition& c, const Context&, KeySet& keys) { keys.own<Transition>(c.transition); })
      .more_keys([](const CloseTransition& c, const View& view, const Context&, KeySet& keys) {
        if (const Transition* order = view.find<Transition>(c.transition)) count_keys(*order, keys);
      })
      .place(issuer_of<CloseTransition>)
      .decide(close);
}

}  // namespace fx::isolation
