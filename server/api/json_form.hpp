#pragma once

#include <boost/json/value.hpp>
#include <optional>
#include <string>

#include "base/described.hpp"

namespace fx::api {

/// A request's body. A member that is there twice is a fault with its path: of two values one would silently count.
std::optional<boost::json::value> parse_body(std::string_view text, Faults& faults);

/// The value as text in one form, whatever order its members came in.
std::string canonical(const boost::json::value& value);

}  // namespace fx::api
