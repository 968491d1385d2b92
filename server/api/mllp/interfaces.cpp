#include "api/mllp/interfaces.hpp"

#include <algorithm>
#include <boost/asio/ip/address.hpp>
#include <charconv>
#include <set>

#include "importing/toml_reader.hpp"

namespace fx::mllp {
namespace {

namespace ip = boost::asio::ip;
constexpr int bits_of_v4 = 32;
constexpr int bits_of_v6 = 128;

std::optional<ip::address> address_of(std::string_view text) {
  boost::system::error_code error;
  const auto address = ip::make_address(std::string(text), error);
  return error ? std::nullopt : std::optional(address);
}

std::array<std::uint8_t, 16> bytes_of(const ip::address& address) {
  return address.is_v4() ? ip::make_address_v6(ip::v4_mapped, address.to_v4()).to_bytes()
                         : address.to_v6().to_bytes();
}

}  // namespace

std::optional<Network> read_network(std::string_view text) {
  const std::size_t slash = text.find('/');
  const auto address = address_of(text.substr(0, slash));
  if (!address) return std::nullopt;
  const int most = address->is_v4() ? bits_of_v4 : bits_of_v6;
  int bits = most;
  if (slash != std::string_view::npos) {
    const std::string_view number = text.substr(slash + 1);
    const auto [end, error] = std::from_chars(number.data(), number.data() + number.size(), bits);
    if (error != std::errc() || end != number.data() + number.size() || bits < 0 || bits > most)
      return std::nullopt;
  }
  return Network{bytes_of(*address), bits + bits_of_v6 - most};
}

bool holds(const Network& network, std::string_view address) {
  const auto of = address_of(address);
  if (!of) return false;
  const auto bytes = bytes_of(*of);
  for (int bit = 0; bit < network.bits; ++bit) {
    const auto at = static_cast<std::size_t>(bit / 8);
    const int mask = 0x80 >> (bit % 8);
    if (((bytes[at] ^ network.address[at]) & mask) != 0) return false;
  }
  return true;
}

Result<std::vector<Interface>> load_interfaces(std::string_view toml, std::string_view file) {
  importing::TomlReader in(toml, file);
  std::vector<Interface> out;
  std::set<std::pair<std::string, std::string>> named;
  in.only(in.root(), {"sender"});
  for (const importing::TomlTable& entry : in.tables("sender")) {
    in.only(entry, {"application", "facility", "account", "kind", "from"});
    const auto application = in.text(entry, "application");
    Interface one{.application = application.text,
                  .facility = in.text(entry, "facility").text,
                  .account = in.text(entry, "account").text};
    const auto kind = in.text_or(entry, "kind", "instrument");
    if (kind.text != "instrument" && kind.text != "reports")
      in.complain(kind.line, "kind: " + kind.text + " (instrument, reports)");
    one.instrument = kind.text == "instrument";
    for (const auto& text : in.texts(entry, "from")) {
      const auto network = read_network(text.text);
      if (network)
        one.from.push_back(*network);
      else
        in.complain(text.line, "from: " + text.text);
    }
    if (!named.emplace(one.application, one.facility).second)
      in.complain(application.line, "twice: " + one.application + " " + one.facility);
    out.push_back(std::move(one));
  }
  if (!in.refusals().empty()) return in.refusals();
  return out;
}

bool may_call(const Interface& interface, std::string_view peer) {
  return interface.from.empty() ||
         std::ranges::any_of(interface.from, [&](const Network& network) { return holds(network, peer); });
}

bool may_call(const std::vector<Interface>& interfaces, std::string_view peer) {
  return std::ranges::any_of(interfaces, [&](const Interface& one) { return may_call(one, peer); });
}

}  // namespace fx::mllp
