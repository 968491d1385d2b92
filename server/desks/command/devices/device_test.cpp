// Without these, a record lost on a phone would be lost in silence.
#include <rapidcheck/gtest.h>

#include <set>

#include "desks/command/devices/facts.hpp"

namespace fx::command {
namespace {

RC_GTEST_PROP(Device, NamesExactlyWhatHasNotCome, ()) {
  Device device;
  std::set<std::int64_t> came;
  const auto steps = *rc::gen::inRange(1, 30);
  for (int i = 0; i < steps; ++i) {
    const std::int64_t from = *rc::gen::inRange(1, 60);
    const SequenceRange range{from, from + *rc::gen::inRange(0, 6)};
    const bool news = is_news(&device, {range});
    const Device before = device;
    take_in(device, range);
    RC_ASSERT(news || (before.gaps == device.gaps && before.highest == device.highest));
    for (std::int64_t n = range.from; n <= range.until; ++n) came.insert(n);
    std::set<std::int64_t> missing;
    for (const SequenceRange& gap : device.gaps)
      for (std::int64_t n = gap.from; n <= gap.until; ++n) RC_ASSERT(missing.insert(n).second);
    RC_ASSERT(device.highest == *came.rbegin());
    for (std::int64_t n = 1; n <= device.highest; ++n) RC_ASSERT(missing.contains(n) != came.contains(n));
    RC_ASSERT(device.missing == static_cast<std::int64_t>(missing.size()));
  }
}

// A wiped phone that keeps its name begins at 1 again: its gaps would be filled by other people's records.
TEST(Device, NamesNumbersThatTwoRecordsBear) {
  EXPECT_TRUE(reused_numbers(nullptr, {1, 2}).empty());
  EXPECT_EQ(reused_numbers(nullptr, {2, 1, 2}), std::vector<std::int64_t>{2});
  Device device;
  take_in(device, {1, 4});
  take_in(device, {7, 7});
  EXPECT_EQ(reused_numbers(&device, {4, 5, 6, 7, 8}), (std::vector<std::int64_t>{4, 7}));
  EXPECT_TRUE(reused_numbers(&device, {}).empty()) << "what is only answered again is no other record";
}

}  // namespace
}  // namespace fx::command
