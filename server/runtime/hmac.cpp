#include "runtime/hmac.hpp"

#include <sodium.h>

namespace fx::runtime {
namespace {

const unsigned char* bytes_of(std::string_view text) {
  return reinterpret_cast<const unsigned char*>(text.data());
}

}  // namespace

Digest32 hmac_sha256(std::string_view key, std::string_view bytes) {
  crypto_auth_hmacsha256_state state;
  crypto_auth_hmacsha256_init(&state, bytes_of(key), key.size());
  crypto_auth_hmacsha256_update(&state, bytes_of(bytes), bytes.size());
  Digest32 out{};
  crypto_auth_hmacsha256_final(&state, out.data());
  return out;
}

}  // namespace fx::runtime
