#pragma once

#include <functional>
#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "base/id.hpp"

namespace fx::journal {

/// The value of an order column: nothing sorts first, as SQLite has it.
using OrderValue = std::variant<std::monostate, std::int64_t, double, std::string>;

/// Where a row stands in a list: its order value, then its key.
struct Place {
  OrderValue value;
  RawId key;
  friend auto operator<=>(const Place&, const Place&) = default;
};

/// Opaque to clients. nullopt: not one of ours.
std::string to_cursor(const Place& place);
std::optional<Place> from_cursor(std::string_view text);

/// Appends the next rows of one ordered stream, at most `limit`, after `after` (from the start without it).
using Fetch =
    std::function<void(const std::optional<Place>& after, std::size_t limit, std::vector<Place>& out)>;

struct Stream {
  Fetch fetch;
  std::optional<Place> first;  ///< its first place after the cursor, when that is known already
};

struct Merged {
  std::vector<Place> places;
  bool more = false;
};

/// The first `limit` places of several ordered streams together. Each stream is read in small pieces and no further
/// than needed, so a page over a hundred counties costs a hundred seeks, not a scan. A row in two streams comes once.
Merged merge(const std::vector<Stream>& streams, const std::optional<Place>& after, bool descending,
             std::size_t limit);

}  // namespace fx::journal
