#include "journal/merge.hpp"

#include <sodium.h>

#include <algorithm>
#include <cstring>
#include <queue>

namespace fx::journal {
namespace {

constexpr int base64 = sodium_base64_VARIANT_URLSAFE_NO_PADDING;

/// One stream: what was fetched and not yet handed out.
struct StreamHead {
  std::vector<Place> places;
  std::size_t next = 0;
  std::size_t piece = 4;
  bool ended = false;
};

bool refill(const Stream& stream, StreamHead& head, const std::optional<Place>& start) {
  if (head.next < head.places.size()) return true;
  if (head.ended) return false;
  if (head.places.empty() && stream.first) {
    head.places.push_back(*stream.first);
    return true;
  }
  const std::optional<Place> after = head.places.empty() ? start : std::optional(head.places.back());
  head.places.clear();
  head.next = 0;
  stream.fetch(after, head.piece, head.places);
  head.ended = head.places.size() < head.piece;
  head.piece = std::min<std::size_t>(head.piece * 4, 256);
  return !head.places.empty();
}

}  // namespace

Merged merge(const std::vector<Stream>& streams, const std::optional<Place>& after, bool descending,
             std::size_t limit) {
  std::vector<StreamHead> heads(streams.size());
  const auto later = [&](std::size_t a, std::size_t b) {
    const Place& left = heads[a].places[heads[a].next];
    const Place& right = heads[b].places[heads[b].next];
    return descending ? left < right : right < left;
  };
  std::priority_queue<std::size_t, std::vector<std::size_t>, decltype(later)> queue(later);
  for (std::size_t i = 0; i < streams.size(); ++i)
    if (refill(streams[i], heads[i], after)) queue.push(i);

  Merged out;
  while (!queue.empty()) {
    const std::size_t i = queue.top();
    queue.pop();
    const Place& place = heads[i].places[heads[i].next];
    if (out.places.empty() || out.places.back() != place) {
      if (out.places.size() == limit) {
        out.more = true;
        return out;
      }
      out.places.push_back(place);
    }
    ++heads[i].next;
    if (refill(streams[i], heads[i], after)) queue.push(i);
  }
  return out;
}

std::string to_cursor(const Place& place) {
  std::string bytes(1, static_cast<char>(place.value.index()));
  bytes.append(reinterpret_cast<const char*>(place.key.bytes.data()), place.key.bytes.size());
  if (const auto* i = std::get_if<std::int64_t>(&place.value))
    bytes.append(reinterpret_cast<const char*>(i), sizeof *i);
  if (const auto* d = std::get_if<double>(&place.value))
    bytes.append(reinterpret_cast<const char*>(d), sizeof *d);
  if (const auto* s = std::get_if<std::string>(&place.value)) bytes += *s;
  std::string out(sodium_base64_encoded_len(bytes.size(), base64), '\0');
  sodium_bin2base64(out.data(), out.size(), reinterpret_cast<const unsigned char*>(bytes.data()),
                    bytes.size(), base64);
  out.pop_back();  // the terminating zero
  return out;
}

std::optional<Place> from_cursor(std::string_view text) {
  std::string bytes(text.size(), '\0');
  std::size_t size = 0;
  const char* end = nullptr;
  if (sodium_base642bin(reinterpret_cast<unsigned char*>(bytes.data()), bytes.size(), text.data(),
                        text.size(), nullptr, &size, &end, base64) != 0 ||
      end != text.data() + text.size() || size < 17)
    return std::nullopt;
  bytes.resize(size);
  Place place;
  std::memcpy(place.key.bytes.data(), bytes.data() + 1, 16);
  const std::string rest = bytes.substr(17);
  switch (bytes[0]) {
    case 0: return rest.empty() ? std::optional(place) : std::nullopt;
    case 1: {
      std::int64_t i = 0;
      if (rest.size() != sizeof i) return std::nullopt;
      std::memcpy(&i, rest.data(), sizeof i);
      place.value = i;
      return place;
    }
    case 2: {
      double d = 0;
      if (rest.size() != sizeof d) return std::nullopt;
      std::memcpy(&d, rest.data(), sizeof d);
      place.value = d;
      return place;
    }
    case 3: place.value = rest; return place;
    default: return std::nullopt;
  }
}

}  // namespace fx::journal
