#include "engines/pooling/pool.hpp"

#include <cmath>

#include "base/assert.hpp"

namespace fx::pooling {
namespace {

bool is_probability(double p) { return p >= 0 && p <= 1; }

/// Nobody among the first `members` of one household is positive.
double clean_household(double prevalence, std::int32_t members, double correlation) {
  if (prevalence >= 1) return members > 0 ? 0 : 1;
  if (correlation >= 1) return members > 0 ? 1 - prevalence : 1;
  if (correlation <= 0) return std::pow(1 - prevalence, members);
  // Beta-binomial with a + b = (1 - c) / c: the i-th member is clean, given that those before it are.
  const double whole = (1 - correlation) / correlation;
  double clean = 1;
  for (std::int32_t i = 0; i < members; ++i) clean *= (whole * (1 - prevalence) + i) / (whole + i);
  return clean;
}

}  // namespace

double tube_sensitivity(const Assay& assay, std::int32_t size) {
  if (size <= 1) return assay.sensitivity;
  const SizeSensitivity* nearest = nullptr;
  for (const SizeSensitivity& one : assay.by_size)
    if (one.size >= size && (nearest == nullptr || one.size < nearest->size)) nearest = &one;
  return nearest != nullptr ? nearest->sensitivity : assay.sensitivity;
}

double diluted_sensitivity(const CtSpread& spread, std::int32_t size) {
  FX_ASSERT(size >= 1 && spread.deviation > 0, "a pool has members, and thresholds differ");
  const double reach = (spread.cutoff - spread.mean - std::log2(size)) / spread.deviation;
  return std::erfc(-reach / std::sqrt(2.0)) / 2;
}

double clean_probability(double prevalence, std::int32_t size, const Household& household) {
  FX_ASSERT(is_probability(prevalence) && is_probability(household.correlation), "probabilities are 0..1");
  FX_ASSERT(size >= 1 && household.size >= 1, "a pool and a household have members");
  const double whole = clean_household(prevalence, household.size, household.correlation);
  return std::pow(whole, size / household.size) *
         clean_household(prevalence, size % household.size, household.correlation);
}

Outcome expect(double prevalence, std::int32_t size, const Assay& assay, const Household& household,
               const Delays& delays) {
  const double clean = clean_probability(prevalence, size, household);
  const double seen = tube_sensitivity(assay, size);
  FX_ASSERT(is_probability(seen) && is_probability(assay.sensitivity) && is_probability(assay.specificity),
            "probabilities are 0..1");
  const double false_alarm = 1 - assay.specificity;
  Outcome out{.size = size, .tests = 1.0 / size};
  out.tube_positive = seen * (1 - clean) + false_alarm * clean;
  if (size == 1) {
    out.missed = prevalence * (1 - seen);
    out.false_positive = (1 - prevalence) * false_alarm;
    out.found = seen;
    out.settled_min = delays.tube_min;
    return out;
  }
  out.resampled = out.tube_positive;  // each member of a tube that is called positive
  out.tests += out.resampled;
  out.found = seen * assay.sensitivity;
  out.missed = prevalence * (1 - out.found);
  // A negative member is sampled again when its tube is called positive, for whatever reason.
  out.false_positive = (out.tube_positive - prevalence * seen) * false_alarm;
  out.settled_min = delays.tube_min + out.resampled * (delays.resample_min + delays.single_min);
  return out;
}

}  // namespace fx::pooling
