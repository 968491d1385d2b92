#pragma once

#include <sodium.h>

#include <string>

#include "base/text.hpp"

namespace fx::journal::testing_desk {

/// As events name a sealed text: SHA-256 of its bytes, hexadecimal.
inline std::string sha256_hex(const std::string& text) {
  std::string out(32, '\0');
  crypto_hash_sha256(reinterpret_cast<unsigned char*>(out.data()),
                     reinterpret_cast<const unsigned char*>(text.data()), text.size());
  return hex(out);
}

}  // namespace fx::journal::testing_desk
