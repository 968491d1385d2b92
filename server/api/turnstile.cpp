#include "api/turnstile.hpp"

#include <arpa/inet.h>
#include <sodium.h>

#include <algorithm>
#include <cstring>

#include "base/text.hpp"

namespace fx::api {

Turnstile::Turnstile(const runtime::SecretKey& key, int most, Duration window)
    : key_(key), most_(most), window_(window), counts_(counters) {}

std::array<std::size_t, 2> Turnstile::places_of(std::string_view who) const {
  std::array<std::uint64_t, 2> mixed{};
  static_assert(sizeof mixed == crypto_generichash_BYTES_MIN);
  crypto_generichash(reinterpret_cast<unsigned char*>(mixed.data()), sizeof mixed,
                     reinterpret_cast<const unsigned char*>(who.data()), who.size(), key_.data(),
                     runtime::SecretKey::size);
  return {mixed[0] % counters, mixed[1] % counters};
}

Duration Turnstile::wait(std::string_view who, Duration now) {
  const auto places = places_of(who);
  const std::lock_guard lock(mutex_);
  Duration soonest{};
  bool full = true;
  for (const std::size_t place : places) {
    Count& count = counts_[place];
    if (count.times == 0 || now - count.since >= window_) count = {now, 0};
    full = full && count.times >= most_;
    const Duration left = count.since + window_ - now;
    soonest = soonest == Duration::zero() ? left : std::min(soonest, left);
  }
  if (full) return std::max(soonest, Duration(1));
  for (const std::size_t place : places) ++counts_[place].times;
  return Duration::zero();
}

std::string network_of(const std::string& peer) {
  std::array<unsigned char, 16> bytes{};
  if (inet_pton(AF_INET6, peer.c_str(), bytes.data()) != 1) return peer;
  constexpr std::array<unsigned char, 12> mapped{0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0xff, 0xff};
  const std::string_view all(reinterpret_cast<const char*>(bytes.data()), bytes.size());
  if (std::equal(mapped.begin(), mapped.end(), bytes.begin())) return hex(all.substr(mapped.size()));
  return hex(all.substr(0, bytes.size() / 2));
}

}  // namespace fx::api
