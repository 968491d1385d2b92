#include "engines/exposure/sums.hpp"

#include <algorithm>
#include <tuple>

namespace fx::exposure {
namespace {

auto group_of(const ClassMeeting& one) {
  return std::tuple(one.meeting.source, one.meeting.contact, one.place_class);
}

SumTogether sum_of(std::span<const ClassMeeting> meetings) {
  SumTogether sum{meetings, meetings.front().meeting.span, 0, 0};
  std::int64_t covered_until_s = meetings.front().meeting.span.from_s;
  for (const ClassMeeting& one : meetings) {
    const Span& span = one.meeting.span;
    sum.together_s += std::max<std::int64_t>(0, span.until_s - std::max(span.from_s, covered_until_s));
    covered_until_s = std::max(covered_until_s, span.until_s);
    sum.longest_s = std::max(sum.longest_s, span.seconds());
  }
  sum.span.until_s = covered_until_s;
  return sum;
}

}  // namespace

void judge_sums(std::vector<ClassMeeting>& meetings, const MeetingRules& rules,
                const std::function<void(const SumTogether&)>& take) {
  std::ranges::sort(meetings, {},
                    [](const ClassMeeting& one) { return std::tuple(group_of(one), one.meeting.span); });
  for (auto first = meetings.begin(); first != meetings.end();) {
    const auto last = std::find_if(first, meetings.end(),
                                   [&](const auto& one) { return group_of(one) != group_of(*first); });
    const SumTogether sum = sum_of({first, last});
    if (sum.together_s >= rules.classes[first->place_class].min_overlap_s) take(sum);
    first = last;
  }
}

void sort_as_evidence(std::vector<Meeting>& meetings) {
  std::ranges::sort(meetings, {}, [](const Meeting& one) {
    return std::tuple(one.contact, one.span.from_s, one.source, one.place, one.span.until_s, one.source_spot,
                      one.contact_spot, one.source_knowledge, one.contact_knowledge);
  });
}

}  // namespace fx::exposure
