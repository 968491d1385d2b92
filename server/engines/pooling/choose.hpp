#pragma once

// Which of the allowed pool sizes a round should use.

#include <optional>
#include <span>

#include "engines/pooling/pool.hpp"

namespace fx::pooling {

/// Prevalence among those to be tested, 0..1: what is expected, and how high it may plausibly be.
struct Prevalence {
  double expected = 0;
  double high = 0;  ///< >= expected; capacity must hold even then
};

struct Question {
  std::int64_t people = 0;
  Prevalence prevalence;
  std::vector<std::int32_t> sizes;  ///< allowed, any order
  Assay assay;
  Household household;
  Delays delays;
  std::optional<std::int64_t> tubes_max;   ///< what the laboratories can test in the time there is
  std::optional<double> missed_share_max;  ///< at most this share of the positive may be missed, 0..1
};

struct Candidate {
  Outcome expected;
  Outcome high;
  double work = 1;                ///< tests a person expected, were a pool as sensitive as a single
  std::int64_t tubes = 0;         ///< first stage: full tubes and a last one
  std::int64_t tubes_in_all = 0;  ///< with the singles to expect, at the high prevalence
  bool within_capacity = true;
  bool within_missed = true;
};

struct Choice {
  std::vector<Candidate> candidates;  ///< by size
  std::optional<std::int32_t> size;   ///< none: no allowed size fits
};

/// Among the sizes that fit, the one with the least work; of equal ones the smaller. A positive lost by dilution calls
/// nobody back: that saves tests, and is no merit, so work is reckoned as if none were lost.
/// Keeps   no allowed size that fits needs less work; more capacity never raises the work of the choice
Choice choose(const Question& question);

/// Pools of one size, how many were tested and how many of them were positive.
struct PoolCount {
  std::int32_t size = 1;
  std::int64_t tested = 0;
  std::int64_t positive = 0;
};

/// Prevalence of persons from results of pools, without knowing who was positive, a perfect test assumed.
/// Gives    maximum likelihood, and the interval of all values whose likelihood ratio is not rejected: 0 <= low <=
///          estimate <= high <= 1. Without any pool: 0, 0, 1. All positive: the estimate is 1.
/// Takes    `z2` the quantile of chi-square with one degree of freedom, 3.841… for 95 %
/// Source   as `propCI(..., "mle", "lrt")` of binGroup2 1.3.1 (tested against its values)
struct Estimate {
  double low = 0;
  double estimate = 0;
  double high = 1;
};
Estimate estimate_prevalence(std::span<const PoolCount> pools, double z2 = 3.841458820694124);

}  // namespace fx::pooling
