#include "desks/screening/role_tests/frequency.hpp"

#include <algorithm>
#include <charconv>

#include "base/text.hpp"

namespace fx::screening {
namespace {

std::optional<std::int32_t> leading_number(std::string_view& text) {
  std::int32_t value = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (error != std::errc() || value < 1 || value > 366) return std::nullopt;
  text.remove_prefix(static_cast<std::size_t>(end - text.data()));
  return value;
}

Day monday_of(Day day) { return day + (1 - weekday(day)); }

/// The day by which the first of `left` tests of the week must be taken, so that the others still fit.
Day last_start(Day monday, std::int32_t left, std::int32_t gap) { return monday + (6 - (left - 1) * gap); }

}  // namespace

std::optional<Frequency> parse_frequency(std::string_view text) {
  Frequency out;
  if (text.starts_with("every ")) {
    text.remove_prefix(6);
    const auto days = leading_number(text);
    if (!days || (text != "nd day" && text != "rd day" && text != "th day")) return std::nullopt;
    out.kind = Frequency::Kind::every;
    out.times = *days;
    return out;
  }
  const auto times = leading_number(text);
  if (!times) return std::nullopt;
  out.times = *times;
  if (text == " per day") return out;
  if (!text.starts_with(" per week")) return std::nullopt;
  text.remove_prefix(9);
  out.kind = Frequency::Kind::per_week;
  if (text.empty()) return out;
  if (!text.starts_with(" at least ")) return std::nullopt;
  text.remove_prefix(10);
  const auto gap = leading_number(text);
  if (!gap || text != " days apart" || (*times - 1) * *gap > 6) return std::nullopt;
  out.gap_d = *gap;
  return out;
}

SampledDays counting_days(const Frequency& frequency, const SampledDays& sampled) {
  SampledDays out;
  for (const Day day : sampled)
    if (out.empty() || day >= out.back() + frequency.gap_d) out.push_back(day);
  return out;
}

Day due_day(const Frequency& frequency, const SampledDays& sampled, Day today) {
  if (sampled.empty()) return today;
  const SampledDays counting = counting_days(frequency, sampled);
  const Day last = counting.back();
  switch (frequency.kind) {
    case Frequency::Kind::per_day: return last + 1;
    case Frequency::Kind::every: return last + frequency.times;
    case Frequency::Kind::per_week: break;
  }
  const Day monday = monday_of(last);
  const auto done = static_cast<std::int32_t>(
      std::ranges::count_if(counting, [&](Day day) { return day >= monday && day < monday + 7; }));
  const std::int32_t left = frequency.times - done;
  if (left > 0 && last + frequency.gap_d <= monday + 6)
    return std::max(last + frequency.gap_d, last_start(monday, left, frequency.gap_d));
  return last_start(monday + 7, frequency.times, frequency.gap_d);
}

Day earliest_day(const Frequency& frequency, const SampledDays& sampled, Day today) {
  return sampled.empty() ? today : counting_days(frequency, sampled).back() + frequency.gap_d;
}

std::vector<PlannedTest> plan_tests(std::vector<PlannedMember> members, const Frequency& frequency, Day from,
                                    std::int32_t days, std::int32_t min_daily) {
  std::ranges::sort(members, {}, &PlannedMember::person);
  const std::int32_t least = members.size() < 2 ? 0 : min_daily;
  std::vector<PlannedTest> plan;
  for (Day day = from; day < from + days; day = day + 1) {
    // Who must go today; then, if that is too few, who would have to go soonest.
    std::vector<std::pair<Day, PlannedMember*>> may;
    for (PlannedMember& member : members)
      if (earliest_day(frequency, member.sampled, from) <= day)
        may.emplace_back(due_day(frequency, member.sampled, from), &member);
    std::ranges::sort(may, [](const auto& a, const auto& b) {
      return a.first != b.first ? a.first < b.first : a.second->person < b.second->person;
    });
    std::int32_t taken = 0;
    for (auto& [due, member] : may) {
      if (due > day && taken >= least) break;
      plan.push_back({member->person, day});
      member->sampled.push_back(day);
      ++taken;
    }
  }
  std::ranges::sort(plan, [](const PlannedTest& a, const PlannedTest& b) {
    return a.day != b.day ? a.day < b.day : a.person < b.person;
  });
  return plan;
}

std::vector<Day> short_days(const std::vector<PlannedTest>& tests, std::size_t members, Day from,
                            std::int32_t days, std::int32_t min_daily) {
  std::vector<Day> out;
  if (members < 2) return out;
  for (Day day = from; day < from + days; day = day + 1)
    if (std::ranges::count(tests, day, &PlannedTest::day) < min_daily) out.push_back(day);
  return out;
}

}  // namespace fx::screening
