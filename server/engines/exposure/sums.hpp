#pragma once

#include <functional>
#include <span>
#include <vector>

#include "engines/exposure/rules.hpp"

namespace fx::exposure {

struct ClassMeeting {
  std::uint8_t place_class = 0;
  Meeting meeting;
};

/// The meetings of one source with one contact at places of one class, when together they last long enough.
struct SumTogether {
  std::span<const ClassMeeting> meetings;
  Span span;                    ///< from the first beginning to the last end
  std::int64_t together_s = 0;  ///< what two meetings cover counts once
  std::int64_t longest_s = 0;   ///< of one meeting
};

/// Puts the meetings in order and gives those sums that reach the minimum of their class (Counting::summed). The meetings
/// of a source with a contact must all be there.
void judge_sums(std::vector<ClassMeeting>& meetings, const MeetingRules& rules,
                const std::function<void(const SumTogether&)>& take);

/// By contact, beginning, source, place.
void sort_as_evidence(std::vector<Meeting>& meetings);

}  // namespace fx::exposure
