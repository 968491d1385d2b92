#pragma once

#include <boost/json/value.hpp>

namespace fx {

/// Takes the blanks (also the wide one of Chinese input, U+3000) off both ends of every text in `value`, at any depth;
/// names of fields stay. What a person typed: "  " is nothing, and nothing is no reason.
void trim_texts(boost::json::value& value);

/// Whether `trim_texts` would change anything; makes nothing.
bool has_blank_ends(const boost::json::value& value);

}  // namespace fx
