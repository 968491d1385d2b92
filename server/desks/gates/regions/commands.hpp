#pragma once

#include "desks/gates/regions/events.hpp"

namespace fx::gates {

struct ReceiveList {
  ExternalListId external_list;
  std::int32_t number = 0;  ///< version, as the sender counts
  std::vector<RegionEntry> entries;
};
BOOST_DESCRIBE_STRUCT(ReceiveList, (), (external_list, number, entries))

struct PutListInForce {
  ExternalListId external_list;
};
BOOST_DESCRIBE_STRUCT(PutListInForce, (), (external_list))

}  // namespace fx::gates
