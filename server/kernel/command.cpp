#include "kernel/command.hpp"

namespace fx {

std::uint64_t content_hash(std::string_view operation, std::string_view body) {
  std::uint64_t hash = 0xCBF29CE484222325ULL;  // FNV-1a, 64 bit: tells contents apart, protects nothing
  const auto mix = [&](std::string_view text) {
    for (const char c : text) hash = (hash ^ static_cast<std::uint8_t>(c)) * 0x100000001B3ULL;
  };
  mix(operation);
  mix("\n");
  mix(body);
  return hash;
}

}  // namespace fx
