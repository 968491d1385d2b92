#pragma once

#include "desks/supervision/events.hpp"
#include "kernel/desk.hpp"

namespace fx::supervision {

/// FOUND → NOTIFIED; the three gates follow with the inspection desk.
enum class FindingState { found, notified };
BOOST_DESCRIBE_ENUM(FindingState, found, notified)

struct Finding {
  static constexpr std::string_view table = "finding";
  FindingId id;
  UnitId unit;
  Problem problem = Problem::other;
  Grade grade = Grade::minor;
  FindingState state = FindingState::found;
  std::optional<RawId> source;
  Instant found_at;
  std::optional<Day> due_day;
};
BOOST_DESCRIBE_STRUCT(Finding, (), (id, unit, problem, grade, state, source, found_at, due_day))

void add_facts(Desk& desk);

}  // namespace fx::supervision
