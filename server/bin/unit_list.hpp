#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "kernel/roles.hpp"

namespace fx::bin {

/// One row of the list of units a realm is made with.
struct ListedUnit {
  std::size_t row = 0;
  std::string code;
  std::string name_zh;
  std::string name_en;
  UnitKind kind = UnitKind::other;
  std::int32_t jurisdiction = 0;
  std::string parent;  ///< code of the unit above; empty: none
};

struct UnitList {
  std::vector<ListedUnit> units;
  std::vector<std::string> faults;  ///< each with its row; no unit is made while there is one
};

/// Reads the bytes of a CSV with the columns code, name_zh, name_en, kind, jurisdiction, parent code, under a row that names them.
/// Judges  every row before any is made: codes once (`taken` are used already), names there, kinds known, places of the
///         realm's province (of any, when the realm is the nation's) outside the demonstration, parents further up.
UnitList read_unit_list(std::string_view bytes, std::int32_t realm, const std::vector<std::string>& taken);

}  // namespace fx::bin
