// Laws, by chance: every expectation against the sum over all patterns of infections and calls.
#include <gtest/gtest.h>
#include <rapidcheck.h>
#include <rapidcheck/gtest.h>

#include <algorithm>
#include <cmath>

#include "engines/pooling/choose.hpp"

namespace fx::pooling {
namespace {

rc::Gen<double> probability() {
  return rc::gen::weightedOneOf<double>(
      {{1, rc::gen::just(0.0)},
       {1, rc::gen::just(1.0)},
       {8, rc::gen::map(rc::gen::inRange(0, 1'000'001), [](int n) { return n / 1e6; })}});
}

/// P(members of one household are infected exactly as `bits` says): Polya's urn, one after the other.
double pattern(std::uint32_t bits, std::int32_t members, double p, double correlation) {
  double all = 1;
  std::int32_t ill = 0;
  for (std::int32_t i = 0; i < members; ++i) {
    const bool is_ill = ((bits >> static_cast<std::uint32_t>(i)) & 1U) != 0;
    // The i-th is ill with (p (1 - c) + c * ill so far) / (1 - c + c * i).
    const double weight = 1 - correlation + correlation * i;
    const double next = (weight > 0) ? (p * (1 - correlation) + correlation * ill) / weight : 0;
    const double chance = i == 0 ? p : next;
    all *= is_ill ? chance : 1 - chance;
    ill += is_ill ? 1 : 0;
  }
  return all;
}

struct Sums {
  double tests = 0;
  double tube_positive = 0;
  double resampled = 0;
  double missed = 0;
  double false_positive = 0;
};

/// Every pattern of one pool, its probability times what follows from it.
Sums enumerate(double p, std::int32_t size, const Assay& assay, const Household& home) {
  Sums sums;
  for (std::uint32_t bits = 0; bits < (1U << static_cast<std::uint32_t>(size)); ++bits) {
    double chance = 1;
    std::int32_t ill = 0;
    for (std::int32_t from = 0; from < size; from += home.size) {
      const std::int32_t members = std::min(home.size, size - from);
      chance *= pattern(bits >> static_cast<std::uint32_t>(from), members, p, home.correlation);
    }
    for (std::int32_t i = 0; i < size; ++i)
      ill += ((bits >> static_cast<std::uint32_t>(i)) & 1U) != 0 ? 1 : 0;
    const double call = ill > 0 ? tube_sensitivity(assay, size) : 1 - assay.specificity;
    const double well = size - ill;
    sums.tube_positive += chance * call;
    if (size == 1) {
      sums.tests += chance;
      sums.missed += chance * ill * (1 - call);
      sums.false_positive += chance * well * call;
      continue;
    }
    sums.tests += chance * (1 + call * size);
    sums.resampled += chance * call * size;
    sums.missed += chance * ill * (1 - call * assay.sensitivity);
    sums.false_positive += chance * well * call * (1 - assay.specificity);
  }
  return sums;
}

RC_GTEST_PROP(PoolingLaws, EqualsTheSumOverAllPatterns, ()) {
  const double p = *probability();
  const std::int32_t size = *rc::gen::inRange(1, 11);
  const Assay assay{.sensitivity = *probability(),
                    .specificity = *probability(),
                    .by_size = {{5, *probability()}, {10, *probability()}}};
  const Household home{.size = *rc::gen::inRange(1, 6), .correlation = *probability()};
  const Outcome out = expect(p, size, assay, home);
  const Sums sums = enumerate(p, size, assay, home);
  const auto near = [](double a, double b) { return std::abs(a - b) < 1e-9; };
  RC_ASSERT(near(out.tests * size, sums.tests));
  RC_ASSERT(near(out.tube_positive, sums.tube_positive));
  RC_ASSERT(near(out.resampled * size, sums.resampled));
  RC_ASSERT(near(out.missed * size, sums.missed));
  RC_ASSERT(near(out.false_positive * size, sums.false_positive));
  RC_ASSERT(out.tests <= 1.0 / size + 1 + 1e-12);
}

RC_GTEST_PROP(PoolingLaws, HouseholdsTogetherNeverNeedMoreTests, ()) {
  const double p = *probability();
  const std::int32_t size = *rc::gen::inRange(2, 25);
  const Household home{.size = *rc::gen::inRange(1, 8), .correlation = *probability()};
  RC_ASSERT(expect(p, size, {}, home).tests <= expect(p, size, {}).tests + 1e-12);
}

RC_GTEST_PROP(PoolingLaws, TheChoiceIsTheCheapestThatFits, ()) {
  Question question;
  question.people = *rc::gen::inRange<std::int64_t>(0, 100'000);
  question.prevalence.expected = *probability();
  question.prevalence.high = std::max(question.prevalence.expected, *probability());
  question.sizes = *rc::gen::container<std::vector<std::int32_t>>(rc::gen::inRange(1, 33));
  question.assay = {
      .sensitivity = *probability(), .specificity = *probability(), .by_size = {{8, *probability()}}};
  question.tubes_max = *rc::gen::inRange<std::int64_t>(0, 200'000);
  const Choice choice = choose(question);
  double least = 2;
  for (const Candidate& one : choice.candidates)
    if (one.tubes_in_all <= *question.tubes_max) least = std::min(least, one.work);
  RC_ASSERT(choice.size.has_value() == (least < 2));
  if (!choice.size) return;
  const auto work = [&](std::int32_t size) {
    return std::ranges::find(choice.candidates, size, [](const Candidate& one) { return one.expected.size; })
        ->work;
  };
  RC_ASSERT(work(*choice.size) <= least + 1e-15);
  question.tubes_max = *question.tubes_max + *rc::gen::inRange<std::int64_t>(0, 200'000);
  const Choice roomier = choose(question);
  RC_ASSERT(roomier.size.has_value());
  RC_ASSERT(work(*roomier.size) <= least + 1e-15);
}

RC_GTEST_PROP(PoolingLaws, DilutionNeverHelps, ()) {
  const CtSpread spread{.mean = *rc::gen::inRange(100, 450) / 10.0,
                        .deviation = *rc::gen::inRange(1, 100) / 10.0,
                        .cutoff = *rc::gen::inRange(300, 450) / 10.0};
  const std::int32_t size = *rc::gen::inRange(1, 64);
  RC_ASSERT(diluted_sensitivity(spread, size + 1) <= diluted_sensitivity(spread, size));
}

RC_GTEST_PROP(PoolingLaws, TheIntervalHoldsItsEstimate, ()) {
  std::vector<PoolCount> pools;
  const int kinds = *rc::gen::inRange(1, 4);
  for (int i = 0; i < kinds; ++i) {
    const auto tested = *rc::gen::inRange<std::int64_t>(0, 200);
    pools.push_back({*rc::gen::inRange(1, 25), tested, *rc::gen::inRange<std::int64_t>(0, tested + 1)});
  }
  const Estimate out = estimate_prevalence(pools);
  RC_ASSERT(out.low >= 0 && out.low <= out.estimate && out.estimate <= out.high && out.high <= 1);
}

}  // namespace
}  // namespace fx::pooling
