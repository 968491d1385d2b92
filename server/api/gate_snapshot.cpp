// What a gate takes along to judge without the server: values and versions as the desks make them, the control list as
// keyed tokens of document numbers, all of it signed. No name, no number; the key of the tokens is this snapshot's own.
// Opening the numbers is a look at identities and stands in the audit before the answer (kernel-notes §8).
#include <fmt/format.h>

#include <algorithm>

#include "api/gate_door.hpp"
#include "api/people_cards.hpp"
#include "api/row_json.hpp"
#include "base/text.hpp"
#include "runtime/hmac.hpp"

namespace fx::api {
namespace {

constexpr std::size_t token_bytes = 8;
constexpr std::chrono::seconds reading_limit{10};

template <class Bytes>
std::string in_hex(const Bytes& bytes, std::size_t most = 64) {
  const std::string_view text(reinterpret_cast<const char*>(bytes.data()), std::min(bytes.size(), most));
  return hex(text);
}

/// Sorted, so that their order tells nothing.
std::string tokens_of(const Exchange& exchange, journal::Reader& reader, const std::vector<RawId>& people,
                      std::string_view salt) {
  std::vector<std::string> tokens;
  for (const RawId& person : people) {
    const auto identity = exchange.house.cards.open(reader, person, "person");
    const std::string number = identity ? text_in(*identity, "document_number") : std::string();
    if (!number.empty()) tokens.push_back(in_hex(runtime::hmac_sha256(salt, number), token_bytes));
  }
  std::ranges::sort(tokens);
  std::string out;
  for (const std::string& token : tokens) out += (out.empty() ? "\"" : ",\"") + token + '"';
  return out;
}

std::string payload_of(const Exchange& exchange, journal::Reader& reader, const GateSheet& sheet) {
  const std::string salt = runtime::random_bytes(32);
  return fmt::format(R"({},"salt":"{}","stopped":[{}],"unclassed":[{}]}})",
                     std::string_view(sheet.json).substr(0, sheet.json.size() - 1), hex(salt),
                     tokens_of(exchange, reader, sheet.stopped, salt),
                     tokens_of(exchange, reader, sheet.unclassed, salt));
}

void snapshot(const ExchangePtr& exchange, UnitId gate) {
  House& house = exchange->house;
  const Unit* unit = exchange->who.reference->unit(gate);
  if (unit == nullptr || !sees(exchange->who, unit->jurisdiction, {gate})) not_found();
  std::string payload;
  std::size_t people = 0;
  {
    auto reader = house.parts.readers.open(reading_limit);
    const auto book = house.parts.rulebook();
    const auto sheet = gate_door().sheet(reader, gate, unit->jurisdiction, house.now(), *book);
    if (!sheet) not_found();
    payload = payload_of(*exchange, reader, *sheet);
    people = sheet->stopped.size() + sheet->unclassed.size();
  }
  const std::string answer =
      fmt::format(R"({{"id":"{}","payload":{},"signature":"{}","public_key":"{}"}})",
                  in_hex(runtime::sha256(payload), token_bytes), quoted(payload),
                  in_hex(house.parts.vault.sign(payload)), in_hex(house.parts.vault.public_key()));
  AuditLine line = audit_line(*exchange, "gate_snapshot");
  line.purpose = "search";
  line.detail = fmt::format(R"({{"gate":"{}","people":{}}})", gate.text(), people);
  const bool taken = house.parts.writer.audit(std::move(line), [exchange, answer](bool written) {
    exchange->answer(written ? http::json(200, answer) : refused(507, "F-DISK"));
  });
  if (!taken) exchange->answer(busy());
}

}  // namespace

namespace {
GateDoor& door() {
  static GateDoor one;
  return one;
}
}  // namespace

void open_gate_door(GateDoor opened) { door() = std::move(opened); }
const GateDoor& gate_door() { return door(); }

void take_gate_snapshot(const ExchangePtr& exchange) {
  require_role(*exchange, {Role::GK, Role::FRP});
  if (!gate_door().sheet) not_found();
  const std::string text = text_in_query(exchange->request, "gate");
  const UnitId gate = text.empty() ? exchange->who.session.unit : UnitId{id_in_path(text)};
  const bool taken =
      exchange->house.reads.post([exchange, gate] { guarded(exchange, [&] { snapshot(exchange, gate); }); });
  if (!taken) exchange->answer(busy());
}

}  // namespace fx::api
