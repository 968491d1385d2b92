#pragma once

#include "api/house.hpp"

namespace fx::api {

/// The entry that holds a document; nil when nobody does. The claim is the people desk's: named after type and keyed token.
RawId holder_of_document(const House& house, journal::Reader& reader, const std::string& type,
                         const std::string& number);

}  // namespace fx::api
