#include "kernel/derive.hpp"

#include <boost/describe/enum_to_string.hpp>
#include <boost/uuid/name_generator_sha1.hpp>
#include <boost/uuid/uuid.hpp>

#include <string>

namespace fx {
namespace {

/// SHA-1 of a name in a name space, as RFC 9562 version 5 makes it; uniqueness, not secrecy, is what it is for.
RawId hashed(const RawId& space, std::string_view name) {
  boost::uuids::uuid ns;
  std::memcpy(ns.data, space.bytes.data(), 16);
  const boost::uuids::uuid out = boost::uuids::name_generator_sha1(ns)(name.data(), name.size());
  RawId id;
  std::memcpy(id.bytes.data(), out.data, 16);
  return id;
}

void set_home(RawId& id, std::int32_t home) {
  std::uint64_t low = 0;
  for (std::size_t i = 8; i < 16; ++i) low = (low << 8) | id.bytes[i];
  low = (std::uint64_t{2} << 62) | (static_cast<std::uint64_t>(home & 0xFFFFF) << 42) |
        (low & 0x3FFFFFFFFFFULL);
  for (std::size_t i = 0; i < 8; ++i) id.bytes[8 + i] = static_cast<std::uint8_t>(low >> (56 - 8 * i));
  id.bytes[6] = static_cast<std::uint8_t>(0x80 | (id.bytes[6] & 0x0F));
}

}  // namespace

RawId derive_id(const RawId& seed, std::string_view salt, std::int32_t home) {
  RawId id = hashed(seed, salt);
  std::memcpy(id.bytes.data(), seed.bytes.data(), 6);
  set_home(id, home != 0 ? home : seed.home());
  return id;
}

RawId named_id(std::string_view kind, std::string_view key, std::int32_t home) {
  std::string name(kind);
  name += '\n';
  name += key;
  RawId id = hashed({}, name);
  set_home(id, home);
  return id;
}

RawId post_id(UnitId unit, Role role) {
  return derive_id(unit.raw, boost::describe::enum_to_string(role, "?"));
}

}  // namespace fx
