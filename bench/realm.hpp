#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "kernel/ids.hpp"

namespace fx::bench {

inline constexpr std::string_view password = "beiling-2022";  ///< of every demonstration account

/// Tubes of a demonstration realm that wait for their authoriser.
struct Tubes {
  std::vector<RawId> ids;
  double fill_us = 0;  ///< wall time of one of the five commands that bring a tube there, in the engine
};

/// `fangxian demo create`.
void make_realm(const std::filesystem::path& data, const std::filesystem::path& log,
                const std::vector<std::string>& options = {});

/// Prints, links, seals, receives, tests so many single tubes through the engine (not over HTTP), off the clock: each
/// then has a negative result recorded, and its duties open.
Tubes record_results(const std::filesystem::path& data, int count);

/// The n-th idempotency key: younger than the demonstration's days, or the door takes it for one whose answer it no longer
/// keeps.
RawId request_key(std::size_t n);

/// The n-th request to authorise one of them as negative, over HTTP, with a key of its own.
std::string authorise_request(const RawId& tube, std::size_t n, const std::string& cookie);

/// Fills the tables directly (settled question 31): so many events in sealed batches of 500, so many open duties of
/// 1,500 posts in 30 counties. The seals are not genuine, so `verify` would refuse this ledger; it is for reading.
void fill_ledger(const std::filesystem::path& data, int events, int duties);

}  // namespace fx::bench
