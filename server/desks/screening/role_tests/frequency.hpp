#pragma once

// How often a post is tested, and on which days: pure. Days are civil days at +08:00; a week is Monday to Sunday.

#include <optional>
#include <string_view>
#include <vector>

#include "base/time.hpp"
#include "kernel/ids.hpp"

namespace fx::screening {

/// E.freq.*: "n per day" · "every 2nd day" · "n per week [at least g days apart]".
struct Frequency {
  enum class Kind { per_day, every, per_week };
  Kind kind = Kind::per_day;
  std::int32_t times = 1;  ///< a day, a week; or every so many days
  std::int32_t gap_d = 1;  ///< at least so many days apart
};

/// Nothing when the words are not understood.
std::optional<Frequency> parse_frequency(std::string_view text);

/// The days on which somebody was sampled, ascending.
using SampledDays = std::vector<Day>;

/// Those of them that count: each at least the gap after the one before.
SampledDays counting_days(const Frequency& frequency, const SampledDays& sampled);
/// The last day by whose end the next sample is due. Never sampled: that very day, `today`.
Day due_day(const Frequency& frequency, const SampledDays& sampled, Day today);
/// The first day on which the next sample counts.
Day earliest_day(const Frequency& frequency, const SampledDays& sampled, Day today);

struct PlannedMember {
  PersonId person;
  SampledDays sampled;
};
struct PlannedTest {
  PersonId person;
  Day day;
  friend bool operator==(const PlannedTest&, const PlannedTest&) = default;
};

/// Tests of a group on the days [from, from + days).
/// Takes    members in any order
/// Gives    tests by day, then person: each member on the last day that is due, moved forward only where a day of a group
///          of two or more would have fewer than `min_daily`
/// Keeps    same members, same history, same plan · nobody later than due · nobody before the gap is over · a day is
///          short only when nobody may be tested on it
/// Source   [E.freq.*, E.spread.min_daily]. Cost O(days · members · log members)
std::vector<PlannedTest> plan_tests(std::vector<PlannedMember> members, const Frequency& frequency, Day from,
                                    std::int32_t days, std::int32_t min_daily);

/// Days of [from, from + days) with fewer tests than `min_daily`; none for a group of one.
std::vector<Day> short_days(const std::vector<PlannedTest>& tests, std::size_t members, Day from,
                            std::int32_t days, std::int32_t min_daily);

}  // namespace fx::screening
