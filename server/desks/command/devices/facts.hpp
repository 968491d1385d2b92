#pragma once

#include "desks/command/devices/events.hpp"
#include "kernel/desk.hpp"

namespace fx::command {

/// One row a device, for ever: a wiped device is a new device (kernel-notes §9).
struct Device {
  static constexpr std::string_view table = "device";
  RawId id;
  std::string name;
  UnitId unit;
  AccountId account;                ///< who sent last
  std::int64_t highest = 0;         ///< number of the latest record that came
  std::vector<SequenceRange> gaps;  ///< records below it that have not come, ascending
  std::int64_t missing = 0;         ///< how many those are
  Instant synced_at;
  std::int64_t reused =
      0;  ///< records under a number that another record had: it was wiped and kept its name
  std::optional<Instant> reused_at;
};
BOOST_DESCRIBE_STRUCT(Device, (),
                      (id, name, unit, account, highest, gaps, missing, synced_at, reused, reused_at))

RawId device_row_id(UnitId unit, std::string_view name);

/// Gaps and high-water mark after these records came. Keeps  the same in any order of arrival.
void take_in(Device& device, const SequenceRange& arrived);

/// Those of `fresh` that another record of the device had before, each as often.
/// Keeps   none when every number is new, filled from a gap, or answered again
std::vector<std::int64_t> reused_numbers(const Device* device, std::vector<std::int64_t> fresh);

/// Would it change the row?
bool is_news(const Device* device, const std::vector<SequenceRange>& arrived);

}  // namespace fx::command
