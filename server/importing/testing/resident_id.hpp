#pragma once

#include <fmt/format.h>

#include <string>

#include "desks/people/documents.hpp"

namespace fx::importing::testing {

/// A resident's number with its check character; `order` is the last three digits before it.
inline std::string resident_id(const std::string& area, const std::string& birth, int order) {
  const std::string first = fmt::format("{}{}{:03}", area, birth, order);
  return first + people::check_character(first);
}

}  // namespace fx::importing::testing
