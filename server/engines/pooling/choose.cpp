#include "engines/pooling/choose.hpp"

#include <algorithm>
#include <cmath>

#include "base/assert.hpp"

namespace fx::pooling {
namespace {

Candidate judge(const Question& q, std::int32_t size) {
  Candidate one;
  one.expected = expect(q.prevalence.expected, size, q.assay, q.household, q.delays);
  one.high = expect(q.prevalence.high, size, q.assay, q.household, q.delays);
  const Assay undiluted{
      .sensitivity = q.assay.sensitivity, .specificity = q.assay.specificity, .by_size = {}};
  one.work = expect(q.prevalence.expected, size, undiluted, q.household, q.delays).tests;
  one.tubes = (q.people + size - 1) / size;
  one.tubes_in_all =
      one.tubes + static_cast<std::int64_t>(std::ceil(static_cast<double>(q.people) * one.high.resampled));
  one.within_capacity = !q.tubes_max || one.tubes_in_all <= *q.tubes_max;
  one.within_missed = !q.missed_share_max || 1 - one.expected.found <= *q.missed_share_max;
  return one;
}

/// Derivative of the log likelihood, but for a factor that is never negative: falls as p grows.
double slope(std::span<const PoolCount> pools, double p) {
  double sum = 0;
  for (const PoolCount& pool : pools) {
    const double clean = std::pow(1 - p, pool.size);
    const auto negative = static_cast<double>(pool.tested - pool.positive);
    const double gain = pool.positive == 0 ? 0 : static_cast<double>(pool.positive) * clean / (1 - clean);
    sum += pool.size * (gain - negative);
  }
  return sum;
}

double log_likelihood(std::span<const PoolCount> pools, double p) {
  double sum = 0;
  for (const PoolCount& pool : pools) {
    const auto negative = pool.tested - pool.positive;
    if (negative > 0) sum += static_cast<double>(negative) * pool.size * std::log1p(-p);
    if (pool.positive > 0)
      sum += static_cast<double>(pool.positive) * std::log(-std::expm1(pool.size * std::log1p(-p)));
  }
  return sum;
}

/// Where `is_left` turns from true to false between `low` and `high`.
template <class F>
double turn(double low, double high, F is_left) {
  for (int i = 0; i < 200 && high - low > 1e-15 * high; ++i) {
    const double middle = (low + high) / 2;
    (is_left(middle) ? low : high) = middle;
  }
  return (low + high) / 2;
}

}  // namespace

Choice choose(const Question& question) {
  FX_ASSERT(question.prevalence.expected <= question.prevalence.high, "high is not below what is expected");
  std::vector<std::int32_t> sizes = question.sizes;
  std::ranges::sort(sizes);
  const auto twice = std::ranges::unique(sizes);
  sizes.erase(twice.begin(), twice.end());
  Choice choice;
  const Candidate* best = nullptr;
  choice.candidates.reserve(sizes.size());
  for (const std::int32_t size : sizes) {
    const Candidate& one = choice.candidates.emplace_back(judge(question, size));
    if (!one.within_capacity || !one.within_missed) continue;
    if (best == nullptr || one.work < best->work) best = &one;
  }
  if (best != nullptr) choice.size = best->expected.size;
  return choice;
}

Estimate estimate_prevalence(std::span<const PoolCount> pools, double z2) {
  std::int64_t tested = 0;
  std::int64_t positive = 0;
  for (const PoolCount& pool : pools) {
    FX_ASSERT(pool.size >= 1 && pool.positive >= 0 && pool.positive <= pool.tested, "counts of pools");
    tested += pool.tested;
    positive += pool.positive;
  }
  if (tested == 0) return {};
  Estimate out;
  if (positive == tested)
    out.estimate = 1;
  else if (positive > 0)
    out.estimate = turn(0, 1, [&](double p) { return slope(pools, p) > 0; });
  const double top = positive == 0 || positive == tested ? 0 : log_likelihood(pools, out.estimate);
  const auto is_rejected = [&](double p) { return 2 * (top - log_likelihood(pools, p)) > z2; };
  out.low = positive == 0 ? 0 : turn(0, out.estimate, is_rejected);
  out.high = positive == tested ? 1 : turn(out.estimate, 1, [&](double p) { return !is_rejected(p); });
  return out;
}

}  // namespace fx::pooling
