#pragma once

#include "runtime/crypto.hpp"

namespace fx::runtime {

/// RFC 2104 over SHA-256, with a key of any length: what a browser can compute, too.
Digest32 hmac_sha256(std::string_view key, std::string_view bytes);

}  // namespace fx::runtime
