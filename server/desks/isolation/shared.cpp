#include "desks/isolation/operations.hpp"
#include "desks/isolation/site_events.hpp"

namespace fx::isolation {

void own_room(const Stay& stay, KeySet& keys) {
  if (!stay.room) return;
  keys.own<QuarantineRoom>(*stay.room).own<Site>(stay.site.raw);
  for (const std::int32_t place : places_of_a_room) keys.own<Claim>(place_in_room(*stay.room, place));
}

void own_tests(const Stay& stay, KeySet& keys) {
  for (const StayTestId id : stay.tests) keys.own<StayTest>(id);
}

Tests tests_due(const Stay& stay, UnitId site, const std::vector<Day>& days) {
  Tests out;
  for (const Day day : days) {
    const auto test = derive<StayTestTag>(stay.id.raw, "test:" + format(day));
    if (std::ranges::find(stay.tests, test) != stay.tests.end()) continue;  // asked for before it moved
    out.ids.push_back(test);
    out.events.emplace_back(TestDue{test, stay.id, stay.person, site, stay.cdc, day, start_of(day + 1)});
  }
  return out;
}

std::vector<StayTestId> open_tests(const Stay& stay, const View& view) {
  std::vector<StayTestId> out;
  for (const StayTestId id : stay.tests)
    if (is_one_of(view.get<StayTest>(id).state, {TestState::due, TestState::sampled, TestState::no_answer}))
      out.push_back(id);
  return out;
}

namespace {

/// The place the stay has in its room.
std::optional<std::int32_t> place_of(const Stay& stay, const View& view) {
  for (const std::int32_t place : places_of_a_room) {
    const Claim* claim = view.find<Claim>(place_in_room(*stay.room, place));
    if (claim != nullptr && claim->holder == stay.id.raw) return place;
  }
  return std::nullopt;
}

}  // namespace

void leave_room(Decision& decision, const Stay& stay, const View& view) {
  if (!stay.room) return;
  const bool last = view.get<QuarantineRoom>(*stay.room).stays.size() <= 1;
  decision.events.emplace_back(RoomLeft{*stay.room, stay.site, stay.id, last, place_of(stay, view)});
}

Regime regime_now(const Stay& stay) {
  return stay.state == StayState::home_phase ? stay.then_regime.value_or(stay.regime) : stay.regime;
}

std::optional<Instant> check_after(Instant at, const Context& context, std::int32_t county) {
  const auto a_day = context.number("F.check.per_day", county);
  if (!a_day || *a_day < 1) return std::nullopt;
  return next_check(at, static_cast<std::int32_t>(*a_day));
}

}  // namespace fx::isolation
