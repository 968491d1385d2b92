#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.hpp"

namespace fx::mllp {

/// Addresses `10.2.0.0/16`, `2001:db8::/32`, or one of them; version 4 as mapped into version 6.
struct Network {
  std::array<std::uint8_t, 16> address{};
  int bits = 128;
};
std::optional<Network> read_network(std::string_view text);
/// False for what is no address.
bool holds(const Network& network, std::string_view address);

/// Who may send: named by MSH-3 and MSH-4, and where it calls from. It acts as an account of the realm, so its rights and its
/// laboratory are the posts of that account.
struct Interface {
  std::string application;
  std::string facility;
  std::string account;  ///< sign-in name
  bool instrument =
      true;  ///< reads tubes of its laboratory; else a laboratory's system that reports patients
  std::vector<Network> from;  ///< empty: anywhere
};

/// The file of interfaces (docs/import.md). Refuses F-SHAPE, path "file:line", for everything that is wrong, all at once.
Result<std::vector<Interface>> load_interfaces(std::string_view toml, std::string_view file);

bool may_call(const Interface& interface, std::string_view peer);
/// Any of them may call from there.
bool may_call(const std::vector<Interface>& interfaces, std::string_view peer);

}  // namespace fx::mllp
