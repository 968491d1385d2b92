#include "base/erased.hpp"

#include <gtest/gtest.h>

#include <stdexcept>
#include <string>

// Without these, a row could be freed while somebody reads it, or never.
namespace fx {
namespace {

struct Counted {
  static inline int living = 0;
  std::string words;
  explicit Counted(std::string said) : words(std::move(said)) {
    if (words.empty()) throw std::invalid_argument("nothing said");
    ++living;
  }
  Counted(const Counted& other) : words(other.words) { ++living; }
  ~Counted() { --living; }
};

const Counted& seen(const std::shared_ptr<const void>& shared) {
  return *static_cast<const Counted*>(shared.get());
}

TEST(ShareNew, LivesAsLongAsSomebodyHoldsItAndEndsOnce) {
  std::weak_ptr<const void> watched;
  {
    std::shared_ptr<const void> first =
        share_new<Counted>("a row that is longer than what a string holds itself");
    watched = first;
    std::shared_ptr<const void> second = first;
    first.reset();
    EXPECT_EQ(Counted::living, 1);
    EXPECT_EQ(seen(second).words.size(), 52U);
    const auto copy = share_new<Counted>(seen(second));
    EXPECT_EQ(Counted::living, 2);
    EXPECT_EQ(seen(copy).words, seen(second).words);
  }
  EXPECT_EQ(Counted::living, 0);
  EXPECT_TRUE(watched.expired()) << "and the memory stays until the last who watches has gone";
}

TEST(ShareNew, WhatCannotBeMadeLeavesNothingBehind) {
  EXPECT_THROW(share_new<Counted>(""), std::invalid_argument);  // the sanitizer looks for the memory
  EXPECT_EQ(Counted::living, 0);
}

TEST(ShareNew, LiesWhereAnythingMay) {
  struct Wide {
    long double number = 1;
  };
  for (int i = 0; i < 8; ++i) {
    const auto shared = share_new<Wide>();
    EXPECT_EQ(reinterpret_cast<std::uintptr_t>(shared.get()) % alignof(Wide), 0U);
  }
}

int doubled(int number) { return 2 * number; }

TEST(Erased, CallsWhatItHoldsWithWhatItIsGiven) {
  const Erased<int(int)> function = doubled;
  EXPECT_EQ(function(21), 42);
  const auto member = &Counted::words;
  const Erased<void(const void*, std::string&)> reads = [member](const void* object, std::string& out) {
    out += static_cast<const Counted*>(object)->*member;
  };
  std::string out = "said: ";
  const Counted row("yes");
  reads(&row, out);
  EXPECT_EQ(out, "said: yes");
  const Erased<std::unique_ptr<int>(std::unique_ptr<int>)> passes = [](std::unique_ptr<int> one) {
    return one;
  };
  EXPECT_EQ(*passes(std::make_unique<int>(7)), 7);
}

TEST(Erased, KnowsWhetherItHoldsAnything) {
  Erased<int(int)> function;
  EXPECT_FALSE(function);
  function = doubled;
  EXPECT_TRUE(function);
  function = {};
  EXPECT_FALSE(function);
}

}  // namespace
}  // namespace fx
