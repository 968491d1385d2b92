#pragma once

#include <cstddef>

namespace fx::runtime {

/// How long transactions of so many commands take here and now: a fixed part (the disk's sync) and a part for each
/// command, fitted to the last transactions, older ones counting less and less. Pure.
class Pace {
 public:
  /// One transaction of `commands` took `seconds`, with what followed it.
  void note(std::size_t commands, double seconds);
  /// Time until the last of `commands` is answered, when at most `batch` go into one transaction.
  [[nodiscard]] double seconds_for(std::size_t commands, std::size_t batch) const;
  /// How many commands a transaction holds that takes at most `seconds`.
  [[nodiscard]] std::size_t commands_within(double seconds) const;

 private:
  // Weighted sums of the observations.
  double weight_ = 0, n_ = 0, t_ = 0, nn_ = 0, nt_ = 0;
  double fixed_ = 0.002;
  double each_ = 0.0002;
};

}  // namespace fx::runtime
