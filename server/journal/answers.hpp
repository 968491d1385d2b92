#pragma once

#include "base/time.hpp"

namespace fx::journal {

/// How long an answer is kept after its key was made (kernel-notes §9, P): the door refuses older keys, so that nothing
/// is done again. Answers to keys that do not tell when they were made, or were made elsewhen, are kept for good: imports
/// and arrows derive theirs from what they carry.
inline constexpr Duration answers_kept = std::chrono::days(7);
/// The mark in the head is moved so often.
inline constexpr Duration answers_step = std::chrono::hours(1);

}  // namespace fx::journal
