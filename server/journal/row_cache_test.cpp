// What the writer remembers of the ledger. Without these it could grow without bound, or forget what is asked for all the
// time and keep what nobody asks for.
#include "journal/row_cache.hpp"

#include <gtest/gtest.h>

namespace fx::journal {
namespace {

using Numbers = Lately<int, int, std::hash<int>>;

TEST(Lately, WhatIsAskedForStaysAndTheBudgetHolds) {
  Numbers cache(10);
  cache.put(0, 100, 1);
  for (int n = 1; n <= 1000; ++n) {
    cache.put(n, n, 1);
    ASSERT_NE(cache.find(0), nullptr) << "asked for before each coming: after " << n;
    ASSERT_EQ(*cache.find(0), 100);
    ASSERT_LE(cache.weight(), 10U);
    ASSERT_EQ(cache.size(), cache.weight());
  }
  EXPECT_EQ(cache.find(900), nullptr);
  EXPECT_NE(cache.find(1000), nullptr);
}

TEST(Lately, AnEntryIsReplacedWithItsWeight) {
  Numbers cache(10);
  cache.put(1, 1, 4);
  cache.put(1, 2, 7);
  EXPECT_EQ(cache.weight(), 7U);
  EXPECT_EQ(*cache.find(1), 2);
  cache.put(2, 3, 4);
  EXPECT_LE(cache.weight(), 10U);
}

TEST(Lately, WhatIsHeavierThanTheBudgetIsNotKept) {
  Numbers cache(10);
  cache.put(1, 1, 2);
  cache.put(2, 2, 11);
  EXPECT_EQ(cache.find(2), nullptr);
  EXPECT_LE(cache.weight(), 10U);
  cache.clear();
  EXPECT_EQ(cache.size(), 0U);
  cache.put(3, 3, 10);
  EXPECT_NE(cache.find(3), nullptr);
}

}  // namespace
}  // namespace fx::journal
