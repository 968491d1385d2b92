#include "access/lockout.hpp"

#include <algorithm>

namespace fx {
namespace {

constexpr int free_tries = 4;
constexpr Duration first_pause = std::chrono::seconds(2);
constexpr Duration longest_pause = std::chrono::minutes(15);
constexpr Duration forgotten_after = std::chrono::hours(1);

}  // namespace

Duration wait_before_try(const Failures& failures, Duration monotonic_now) {
  if (failures.count <= free_tries || monotonic_now - failures.last >= forgotten_after)
    return Duration::zero();
  const int doublings = std::min(failures.count - free_tries - 1, 10);
  const Duration pause = std::min(longest_pause, first_pause * (1 << doublings));
  return std::max(Duration::zero(), failures.last + pause - monotonic_now);
}

Failures after_failure(const Failures& failures, Duration monotonic_now) {
  const bool forgotten = monotonic_now - failures.last >= forgotten_after;
  return {forgotten ? 1 : failures.count + 1, monotonic_now};
}

bool session_alive(Duration opened, Duration last_used, Duration now, const SessionLimits& limits) {
  return now - last_used < limits.idle && now - opened < limits.absolute;
}

}  // namespace fx
