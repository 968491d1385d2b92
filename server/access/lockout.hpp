#pragma once

#include <optional>

#include "base/time.hpp"

namespace fx {

/// Failed sign-ins of one account, on the monotonic clock. A guesser is slowed, the victim is never shut out for ever:
/// the pause doubles from 2 s and stops at 15 min, and fades after a quiet hour.
struct Failures {
  int count = 0;
  Duration last{};
};

/// How long the next try has to wait; zero when it may go on.
Duration wait_before_try(const Failures& failures, Duration monotonic_now);
Failures after_failure(const Failures& failures, Duration monotonic_now);

/// A session ends by idleness or age, whichever is first.
struct SessionLimits {
  Duration idle = std::chrono::minutes(30);
  Duration absolute = std::chrono::hours(12);
};
bool session_alive(Duration opened, Duration last_used, Duration now, const SessionLimits& limits);

}  // namespace fx
