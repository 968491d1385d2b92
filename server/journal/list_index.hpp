#pragma once

#include "journal/sqlite/facts.hpp"

namespace fx::journal {

/// The index in which the rows a list wants lie together when these columns have given values, better still in the order
/// of the list; empty: none does better than walking through all rows in that order. Few rows are taken to have the same
/// id or text (unless it is a unit's), many the same choice.
std::string index_for(const FactTable& table, const std::vector<std::string>& given,
                      const std::string& order);

}  // namespace fx::journal
