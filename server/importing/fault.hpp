#pragma once

#include <cstddef>
#include <string>
#include <utility>
#include <vector>

#include "base/result.hpp"

namespace fx::importing {

/// What is wrong at one place of an import file: a line of its error file (settled 26). A warning has the
/// same shape; it is stored with what was imported and refuses nothing.
struct RowFault {
  std::size_t row = 0;  ///< line of the file, the first is 1; 0 when the whole file is meant
  std::string segment;  ///< HL7 segment, or the name of the mapping for a table
  std::string field;    ///< OBX-1, or the header of a column
  std::string code;     ///< F-SHAPE, F-REF, F-FUTURE, F-ENCODING, or a desk's refusal code
  Words reason;
  friend bool operator==(const RowFault&, const RowFault&) = default;
};

using RowFaults = std::vector<RowFault>;

}  // namespace fx::importing
