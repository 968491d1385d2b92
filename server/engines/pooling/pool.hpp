#pragma once

// Testing in two stages: one tube of several people first, each member singly when it is called positive.
// Source: R. Dorfman, "The detection of defective members of large populations", Ann. Math. Statist. 14 (1943) 436-440.

#include <cstdint>
#include <vector>

namespace fx::pooling {

/// Sensitivity of a tube of `size` people of whom one is positive: probability 0..1 that it is called positive.
struct SizeSensitivity {
  std::int32_t size = 1;
  double sensitivity = 1;
};

/// What a test sees. Sensitivity depends on how many share the tube, not on how many of them are positive: more than
/// one positive is never counted as easier to see, so misses are never understated.
struct Assay {
  double sensitivity = 1;  ///< of a single specimen, 0..1
  double specificity = 1;  ///< of any tube without a positive, 0..1
  std::vector<SizeSensitivity>
      by_size;  ///< a size not listed counts as the next larger one listed, else as a single
};
double tube_sensitivity(const Assay& assay, std::int32_t size);

/// Cycle thresholds of single specimens of those infected: normally distributed, in cycles.
struct CtSpread {
  double mean = 0;
  double deviation = 1;  ///< > 0
  double cutoff = 0;     ///< called positive up to this cycle
};

/// Loss by dilution: a pool of n holds each member's material n times thinner, and a test that doubles it each cycle
/// sees it log2(n) cycles later. Gives the share of the infected whose pooled threshold is still within the cutoff;
/// it falls with n and is the single's sensitivity at n = 1. Perfect doubling is assumed.
double diluted_sensitivity(const CtSpread& spread, std::int32_t size);

/// How people of one tube belong together. Pools are filled with whole households one after the other, the last one cut.
/// Members of a household are positive together with intra-class correlation `correlation` (beta-binomial):
/// 0 = independent, 1 = all or none; the prevalence of a person is the same whatever it is.
struct Household {
  std::int32_t size = 1;
  double correlation = 0;  ///< 0..1
};

/// Probability that nobody in a tube of `size` is positive.
double clean_probability(double prevalence, std::int32_t size, const Household& household = {});

/// Minutes of each stage, from the last sample of a tube on.
struct Delays {
  double tube_min = 0;      ///< until its result
  double resample_min = 0;  ///< from a positive pool until its members are sampled singly
  double single_min = 0;    ///< until the single's result
};

/// What to expect of one pool size. Everything is a mean per person unless said otherwise.
struct Outcome {
  std::int32_t size = 1;
  double tests = 1;           ///< tubes tested, both stages
  double tube_positive = 0;   ///< probability that a tube is called positive
  double resampled = 0;       ///< singles taken after a positive pool
  double missed = 0;          ///< positive people called negative
  double false_positive = 0;  ///< negative people called positive at the end
  double found = 1;        ///< share of the positive who are called positive; 1 when there are none to miss
  double settled_min = 0;  ///< mean minutes until a person has a result of its own
};

/// Takes   prevalence 0..1, size >= 1, probabilities within 0..1 (a breach is a defect of the caller)
/// Keeps   equal to summing over every pattern of infections (test: exact enumeration); 0 <= tests <= 1/size + 1
/// Cost    O(size)
Outcome expect(double prevalence, std::int32_t size, const Assay& assay, const Household& household = {},
               const Delays& delays = {});

}  // namespace fx::pooling
