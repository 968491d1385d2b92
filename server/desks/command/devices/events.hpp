#pragma once

// Field devices that record without the network and send their queue later: which of their records have come.

#include "kernel/event.hpp"

namespace fx::command {

/// Records of one device by its own numbers, both ends included.
struct SequenceRange {
  std::int64_t from = 0;
  std::int64_t until = 0;
  friend bool operator==(const SequenceRange&, const SequenceRange&) = default;
};
BOOST_DESCRIBE_STRUCT(SequenceRange, (), (from, until))

struct DeviceSynced {
  static constexpr std::string_view name = "command.device_synced";
  RawId device;  ///< device_row_id(unit, name)
  std::string device_name;
  UnitId unit;
  AccountId account;  ///< who sent
  std::vector<SequenceRange> arrived;
  std::vector<std::int64_t> reused;  ///< numbers that another record had before
};
BOOST_DESCRIBE_STRUCT(DeviceSynced, (), (device, device_name, unit, account, arrived, reused))

}  // namespace fx::command
