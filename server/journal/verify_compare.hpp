#pragma once

#include <string>
#include <vector>

#include "journal/sqlite/connection.hpp"

namespace fx::journal {

/// One table on both sides: `key` lists the quoted columns of its primary key.
struct Compared {
  std::string name;  ///< quoted
  std::vector<std::string> key;
};
struct TableDigest {
  std::int64_t rows = 0;
  std::string digest;  ///< sum of the rows' hashes, hexadecimal: order does not matter
};

TableDigest digest_of(Connection& connection, const Compared& table);
/// The first differences, in key order, in words; at most `most`.
std::vector<std::string> differences(Connection& stored, Connection& replayed, const Compared& table,
                                     std::size_t most);

}  // namespace fx::journal
