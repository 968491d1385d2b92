#pragma once

#include <string>
#include <string_view>

namespace fx::bin {

/// The bytes themselves, or what is packed in them when they begin as gzip does. Throws std::runtime_error when they are
/// broken or hold more than `most` bytes.
std::string unpacked(std::string bytes, std::size_t most);

}  // namespace fx::bin
