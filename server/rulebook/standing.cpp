#include "rulebook/standing.hpp"

#include <boost/json/parse.hpp>

#include "rulebook/cells.hpp"

namespace fx::rulebook {
namespace {

using State = RuleValue::State;

/// What nobody states, and what waits for a place that has not spoken, is off.
State effect(State state) { return state == State::absent || state == State::local ? State::off : state; }

/// Where a cell is on its value's scale: numbers as they are, clock times in minutes.
std::optional<double> on_scale(const ValueMeta& meta, const Row& row) {
  if (meta.stricter == Stricter::none) return std::nullopt;
  if (meta.unit != "clock") return row.as_number();
  const auto* text = std::get_if<std::string>(&row.value);
  const auto minutes = text != nullptr ? parse_clock(*text) : std::nullopt;
  return minutes ? std::optional<double>(*minutes) : std::nullopt;
}

bool equal(const ValueMeta& meta, const Row& a, const Row& b) {
  const auto* one = std::get_if<std::string>(&a.value);
  const auto* other = std::get_if<std::string>(&b.value);
  if (meta.unit != "table" || one == nullptr || other == nullptr) return a.value == b.value;
  return boost::json::parse(*one) == boost::json::parse(*other);  // whatever the order of keys
}

/// The nation's bounds are about the nation's value; what a city sets binds its counties as it stands.
Bounds bounds_of(const ValueMeta& meta, const Row& above) {
  return meta.bounds && above.jurisdiction == 0 ? *meta.bounds : Bounds{};
}

Standing of_values(const ValueMeta& meta, const Row& local, const Row& above) {
  const auto ours = on_scale(meta, local);
  const auto theirs = on_scale(meta, above);
  if (!ours || !theirs) return equal(meta, local, above) ? Standing::same : Standing::apart;
  const double sign = meta.stricter == Stricter::less ? 1 : -1;
  const Bounds bounds = bounds_of(meta, above);
  const double lax = bounds.lax.value_or(*theirs);
  const double strict = bounds.strict.value_or(*theirs);
  if (sign * (*ours - lax) > 0) return Standing::laxer;
  return sign * (strict - *ours) > 0 ? Standing::stricter : Standing::same;
}

}  // namespace

Standing standing(const ValueMeta& meta, const Row& local, const Row* above) {
  const State stated = above != nullptr ? above->state : State::absent;
  const State ours = effect(local.state);
  const State theirs = effect(stated);
  // Left to the place: whatever it sets, unless the nation lets nobody set more (settled 11).
  if (stated == State::local) return above->widen || ours == State::off ? Standing::same : Standing::stricter;
  if (ours == theirs) return ours == State::value ? of_values(meta, local, *above) : Standing::same;
  if (theirs == State::not_allowed || (theirs == State::value && ours == State::off)) return Standing::laxer;
  const bool ordered = meta.stricter != Stricter::none;
  return theirs == State::off && ours == State::value && ordered ? Standing::stricter : Standing::apart;
}

std::string limit_text(const ValueMeta& meta, const Row* above, Standing side) {
  if (above == nullptr) return "absent";
  if (above->state != State::value) return std::string(state_text(*above));
  const Bounds bounds = bounds_of(meta, *above);
  if (side == Standing::laxer && bounds.lax) return number_text(*bounds.lax);
  if (side == Standing::stricter && bounds.strict) return number_text(*bounds.strict);
  return value_text(*above);
}

}  // namespace fx::rulebook
