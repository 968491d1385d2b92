#pragma once

#include "desks/command/devices/events.hpp"

namespace fx::command {

/// Said by the front door after a batch: which records of a device had an answer, whatever it was.
struct NoteDevice {
  std::string device_name;
  UnitId unit;
  AccountId account;
  std::vector<SequenceRange> arrived;  ///< ascending
  std::vector<std::int64_t>
      fresh;  ///< numbers of those answered for the first time; twice: two records bear it
};
BOOST_DESCRIBE_STRUCT(NoteDevice, (), (device_name, unit, account, arrived, fresh))

}  // namespace fx::command
