#include "runtime/pace.hpp"

#include <algorithm>

namespace fx::runtime {
namespace {

constexpr double kept = 0.97;          // the last thirty transactions or so decide
constexpr double usual_each = 0.0002;  // s a command, believed until sizes differ enough to tell
constexpr double belief = 400;         // commands², how strongly

}  // namespace

void Pace::note(std::size_t commands, double seconds) {
  const auto n = static_cast<double>(commands);
  weight_ = weight_ * kept + 1;
  n_ = n_ * kept + n;
  t_ = t_ * kept + seconds;
  nn_ = nn_ * kept + n * n;
  nt_ = nt_ * kept + n * seconds;
  const double mean_n = n_ / weight_;
  const double mean_t = t_ / weight_;
  const double spread = nn_ / weight_ - mean_n * mean_n;
  const double together = nt_ / weight_ - mean_n * mean_t;
  each_ = std::max(0.0, (together + belief * usual_each) / (spread + belief));
  fixed_ = mean_t - each_ * mean_n;
  if (fixed_ >= 0) return;
  fixed_ = 0;  // many commands a transaction: all of it is theirs
  each_ = n_ > 0 ? t_ / n_ : usual_each;
}

double Pace::seconds_for(std::size_t commands, std::size_t batch) const {
  if (commands == 0) return 0;
  const std::size_t transactions = (commands + batch - 1) / batch;
  return static_cast<double>(transactions) * fixed_ + static_cast<double>(commands) * each_;
}

std::size_t Pace::commands_within(double seconds) const {
  constexpr double least_each = 1e-6;  // s: no command costs nothing
  return static_cast<std::size_t>(std::max(0.0, (seconds - fixed_) / std::max(each_, least_each)));
}

}  // namespace fx::runtime
