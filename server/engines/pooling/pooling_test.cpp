// Without these, a round would be planned on arithmetic nobody had checked: too few tubes, or infections missed unseen.
#include <gtest/gtest.h>

#include <cmath>

#include "engines/pooling/choose.hpp"

namespace fx::pooling {
namespace {

const Assay good{.sensitivity = 0.95, .specificity = 0.99};

struct Known {
  double prevalence;
  std::int32_t size;
  double tests;
};

// OTC1(algorithm = "D2", Se = 0.95, Sp = 0.99) of binGroup2 1.3.1: best group size and expected tests per person.
TEST(Pooling, GivesTheValuesOfAnIndependentPackage) {
  for (const Known& known : {Known{0.0005, 47, 0.0531144555731369}, Known{0.001, 33, 0.070831800700289},
                             Known{0.005, 15, 0.144751835977439}, Known{0.01, 11, 0.199291131905898},
                             Known{0.02, 8, 0.275282758773122}, Known{0.05, 5, 0.42264591875},
                             Known{0.1, 4, 0.583266}, Known{0.2, 3, 0.802053333333333}}) {
    const Outcome out = expect(known.prevalence, known.size, good);
    EXPECT_NEAR(out.tests, known.tests, 1e-12);
    EXPECT_NEAR(out.found, 0.9025, 1e-12);
    Question question{.people = 1, .prevalence = {known.prevalence, known.prevalence}, .assay = good};
    for (std::int32_t size = 2; size <= 60; ++size) question.sizes.push_back(size);
    EXPECT_EQ(choose(question).size, known.size) << known.prevalence;
  }
  // operatingCharacteristics1: specificity of the whole procedure, 1 - false positives among the negative.
  const Outcome ten = expect(0.01, 10, good);
  EXPECT_NEAR(10 * ten.tests, 1.99880849491724, 1e-12);
  EXPECT_NEAR(1 - ten.false_positive / 0.99, 0.999087062126346, 1e-12);
}

TEST(Pooling, PrevalenceZeroAndOne) {
  const Assay perfect;
  for (const std::int32_t size : {5, 10, 20}) {
    EXPECT_EQ(expect(0, size, perfect).tests, 1.0 / size);
    EXPECT_EQ(expect(0, size, perfect).missed, 0);
    EXPECT_NEAR(expect(0, size, good).resampled, 0.01, 1e-15);
    EXPECT_EQ(expect(1, size, perfect).tests, 1.0 / size + 1);
    EXPECT_DOUBLE_EQ(expect(1, size, good).missed, 1 - 0.9025);
    EXPECT_NEAR(expect(1, size, good).false_positive, 0, 1e-15);
  }
  EXPECT_EQ(expect(1, 1, good).tests, 1);
}

TEST(Pooling, AHouseholdWithoutCorrelationIsNobodyInParticular) {
  EXPECT_DOUBLE_EQ(clean_probability(0.1, 10, {3, 0}), clean_probability(0.1, 10));
  EXPECT_DOUBLE_EQ(clean_probability(0.1, 10, {5, 1}), 0.9 * 0.9);
}

TEST(Pooling, DilutionCostsOneCycleForEachDoubling) {
  const CtSpread spread{.mean = 28, .deviation = 4, .cutoff = 40};
  EXPECT_NEAR(diluted_sensitivity(spread, 1), 0.998650101968370, 1e-12);   // three deviations
  EXPECT_NEAR(diluted_sensitivity(spread, 16), 0.977249868051821, 1e-12);  // two
}

TEST(Pooling, ASizeBetweenTwoListedSeesAsTheLarger) {
  const Assay assay{.sensitivity = 0.99, .by_size = {{20, 0.8}, {10, 0.9}}};
  EXPECT_EQ(tube_sensitivity(assay, 1), 0.99);
  EXPECT_EQ(tube_sensitivity(assay, 5), 0.9);
  EXPECT_EQ(tube_sensitivity(assay, 11), 0.8);
  EXPECT_EQ(tube_sensitivity(assay, 21), 0.99);
}

// 270,000 people, 29,000 tubes: ten in a tube is what fits and what costs least; with room for all, nothing changes.
TEST(Pooling, CapacityRulesOutWhatDoesNotFit) {
  Question question{.people = 270'000, .prevalence = {0.0001, 0.0002}, .sizes = {20, 1, 5, 10}};
  question.assay.by_size = {{5, 0.97}, {10, 0.94}, {20, 0.86}};
  question.missed_share_max = 0.1;
  question.tubes_max = 29'000;
  const Choice choice = choose(question);
  ASSERT_EQ(choice.candidates.size(), 4U);
  EXPECT_FALSE(choice.candidates[0].within_capacity);
  EXPECT_FALSE(choice.candidates[1].within_capacity);
  EXPECT_EQ(choice.candidates[2].tubes, 27'000);
  EXPECT_EQ(choice.candidates[2].tubes_in_all, 27'508);
  EXPECT_FALSE(choice.candidates[3].within_missed);
  EXPECT_EQ(choice.size, 10);
  question.tubes_max = 20'000;
  EXPECT_FALSE(choose(question).size);
}

// Every second person positive: singles are least work, though a large tube misses so many that it needs fewer tests.
TEST(Pooling, MissesAreNoMerit) {
  Question question{.people = 1'000, .prevalence = {0.5, 0.5}, .sizes = {1, 5, 10, 20}};
  question.assay = {.sensitivity = 0.977, .by_size = {{5, 0.947}, {10, 0.926}, {20, 0.9}}};
  const Choice choice = choose(question);
  EXPECT_LT(choice.candidates[3].expected.tests, 1);
  EXPECT_EQ(choice.size, 1);
}

// propCI(pt.method = "mle", ci.method = "lrt") of binGroup2 1.3.1.
TEST(Pooling, PrevalenceFromPools) {
  const PoolCount three[] = {{20, 10, 1}, {10, 20, 2}, {5, 30, 4}};
  const Estimate of_three = estimate_prevalence(three);
  EXPECT_NEAR(of_three.estimate, 0.0133914384096262, 1e-6);
  EXPECT_NEAR(of_three.low, 0.00577372381040537, 1e-6);
  EXPECT_NEAR(of_three.high, 0.0257544293477607, 1e-6);
  const PoolCount two[] = {{10, 40, 0}, {5, 20, 1}};
  const Estimate of_two = estimate_prevalence(two);
  EXPECT_NEAR(of_two.estimate, 0.00200804833857416, 1e-6);
  EXPECT_NEAR(of_two.low, 0.000114685275059922, 1e-6);
  EXPECT_NEAR(of_two.high, 0.00881144259711638, 1e-6);
  const PoolCount none[] = {{10, 100, 0}};
  EXPECT_EQ(estimate_prevalence(none).estimate, 0);
  EXPECT_EQ(estimate_prevalence(none).low, 0);
  EXPECT_NEAR(estimate_prevalence(none).high, 1 - std::exp(-3.841458820694124 / 2000), 1e-9);
  const PoolCount all[] = {{10, 7, 7}};
  EXPECT_EQ(estimate_prevalence(all).estimate, 1);
  EXPECT_EQ(estimate_prevalence(all).high, 1);
  EXPECT_EQ(estimate_prevalence({}).high, 1);
}

}  // namespace
}  // namespace fx::pooling
