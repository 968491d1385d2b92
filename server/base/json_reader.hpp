#pragma once

#include <boost/json/value.hpp>
#include <boost/system/error_code.hpp>
#include <string_view>

namespace fx {

/// A JSON text as a value. Boost.JSON's own reader may be wrong in the last place of a number with more than fifteen
/// digits; here each is what std::from_chars says, so that what a ledger wrote is what it reads again.
struct JsonRead {
  boost::json::value value;  ///< when there is no error
  boost::system::error_code error;
  std::size_t used = 0;  ///< bytes read, up to what is wrong
};
JsonRead read_json(std::string_view text);

}  // namespace fx
