#pragma once

// Findings of inspections and of the system itself (M). First member: the finding.

#include "kernel/event.hpp"

namespace fx::supervision {

/// Problem codes of the domain model's additions (M4); missed_control: somebody there was never enrolled (漏管).
enum class Problem {
  p01_no_check,
  p02_mask,
  p03_exit_check,
  p04_gate_formalism,
  p05_directive,
  p06_red_lane,
  p07_zones,
  p08_self_check,
  p09_left_before_result,
  p10_test_frequency,
  other,
  missed_control
};
BOOST_DESCRIBE_ENUM(Problem, p01_no_check, p02_mask, p03_exit_check, p04_gate_formalism, p05_directive,
                    p06_red_lane, p07_zones, p08_self_check, p09_left_before_result, p10_test_frequency,
                    other, missed_control)

enum class Grade { minor, major, critical };
BOOST_DESCRIBE_ENUM(Grade, minor, major, critical)

struct FindingRecorded {
  static constexpr std::string_view name = "supervision.finding_recorded";
  FindingId finding;
  UnitId unit;  ///< the owner of the problem
  Problem problem = Problem::other;
  Grade grade = Grade::minor;
  std::optional<RawId> source;  ///< what it was seen on
  TextRef note;
};
BOOST_DESCRIBE_STRUCT(FindingRecorded, (), (finding, unit, problem, grade, source, note))

struct FindingNotified {
  static constexpr std::string_view name = "supervision.finding_notified";
  FindingId finding;
  UnitId unit;
  Problem problem = Problem::other;
  Grade grade = Grade::minor;
  std::optional<Day> due_day;  ///< last day to mend it, M.fix.days by grade
};
BOOST_DESCRIBE_STRUCT(FindingNotified, (), (finding, unit, problem, grade, due_day))

}  // namespace fx::supervision
