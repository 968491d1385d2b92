#pragma once

#include <string_view>

#include "kernel/ids.hpp"
#include "kernel/roles.hpp"

namespace fx {

/// An id that follows from another: same seed and salt, same id, on every server and in every replay. Keeps the seed's
/// time bits, so that the row lies near what it follows from. `home` 0 keeps the seed's home.
RawId derive_id(const RawId& seed, std::string_view salt, std::int32_t home = 0);

/// Key of a uniqueness claim (kernel-notes §3) or of a row named by a text. Lives in no county.
RawId named_id(std::string_view kind, std::string_view key, std::int32_t home = 0);

/// The post of a unit as a subject of duties (check-in of the duty officer …).
RawId post_id(UnitId unit, Role role);

template <class Tag>
Id<Tag> derive(const RawId& seed, std::string_view salt, std::int32_t home = 0) {
  return {derive_id(seed, salt, home)};
}

}  // namespace fx
