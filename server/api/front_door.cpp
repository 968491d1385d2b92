// The one door for commands: role, shape, sealing, the writer's queue; then what became of it.
#include "api/front_door.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "api/handlers.hpp"
#include "api/json_form.hpp"
#include "api/row_json.hpp"
#include "base/trimmed.hpp"
#include "journal/answers.hpp"

namespace fx::api {
namespace {

template <class T>
void take(boost::json::object& body, std::string_view name, T& out, Faults& faults, const Path& at) {
  const auto found = body.find(name);
  if (found == body.end()) return;
  if (!found->value().is_null()) read_json(found->value(), out, faults, Path{&at, name, 0});
  body.erase(found);
}

/// Keyed, since a short password in a body could be guessed from a plain hash.
std::uint64_t body_hash(const House& house, const Operation& operation, const Envelope& envelope,
                        const boost::json::value& body) {
  runtime::Blake2b hash;
  hash.add({reinterpret_cast<const char*>(house.answer_key.data()), runtime::SecretKey::size});
  hash.add(operation.full_name()).add("\n");
  hash.add(envelope.occurred_at ? std::to_string(envelope.occurred_at->ms) : std::string()).add("\n");
  hash.add(canonical(body));
  const auto digest = hash.digest();
  std::uint64_t out = 0;
  for (std::size_t i = 0; i < sizeof out; ++i) out = (out << 8) | digest[i];
  return out;
}

std::optional<RawId> key_of(const http::Request& request) {
  const std::string* key = request.find_header("idempotency-key");
  return key != nullptr ? RawId::parse(*key) : std::nullopt;
}

void submit(const ExchangePtr& exchange, const Operation& operation, boost::json::value body, RawId key) {
  Faults faults;
  Envelope envelope = take_envelope(body.as_object(), faults, {});
  envelope.key = key;
  auto command = make_command(*exchange, operation, envelope, body, faults, {});
  if (!command) return exchange->answer(malformed(faults));
  const auto content = command->body;
  const bool taken = exchange->house.parts.writer.submit(
      std::move(*command), lane_of(operation), [exchange, &operation, content](const Outcome& outcome) {
        exchange->answer(answer_of(outcome, operation, content.get(), *exchange->who.reference));
      });
  if (!taken) exchange->answer(busy());
}

}  // namespace

Envelope take_envelope(boost::json::object& body, Faults& faults, const Path& at) {
  Envelope out;
  take(body, "occurred_at", out.occurred_at, faults, at);
  take(body, "device", out.device, faults, at);
  take(body, "device_seq", out.device_seq, faults, at);
  take(body, "device_time", out.device_time, faults, at);
  return out;
}

/// Results, holds and exits: who waits for one of these is locked up, or let out, by its answer (kernel-notes §1).
constexpr std::array results_holds_exits{std::string_view("gates.check_person"),
                                         std::string_view("gates.hold_driver"),
                                         std::string_view("gates.open_red_channel"),
                                         std::string_view("gates.pass_person"),
                                         std::string_view("gates.read_antigen"),
                                         std::string_view("gates.recheck_person"),
                                         std::string_view("gates.record_passage"),
                                         std::string_view("gates.release_driver"),
                                         std::string_view("gates.send_to_second_check"),
                                         std::string_view("hospitals.clear_patient"),
                                         std::string_view("hospitals.record_departure"),
                                         std::string_view("hospitals.report_left_early"),
                                         std::string_view("isolation.report_left_control"),
                                         std::string_view("screening.amend_result"),
                                         std::string_view("screening.authorise_plate"),
                                         std::string_view("screening.authorise_result"),
                                         std::string_view("screening.record_external_result")};

runtime::Lane lane_of(const Operation& operation) {
  const bool urgent =
      operation.life_saving || std::ranges::binary_search(results_holds_exits, operation.full_name());
  return urgent ? runtime::Lane::life : runtime::Lane::normal;
}

std::optional<http::Response> forbidden(const Exchange& exchange, const Operation& operation) {
  if (std::ranges::any_of(operation.actors, [&](Role role) { return exchange.who.actor.has(role); }))
    return std::nullopt;
  AuditLine line = audit_line(exchange, "refused");
  line.operation = operation.full_name();
  line.code = "R-ROLE";
  exchange.house.parts.writer.audit(std::move(line));
  return refused(403, "R-ROLE");
}

/// A key of version 7 or 8 tells when it was made. By the realm's clock or the machine's, whichever is behind: a realm may
/// be moved ahead of the devices' time.
std::optional<http::Response> outdated(const Exchange& exchange, const Operation& operation,
                                       const RawId& key) {
  const int version = key.bytes[6] >> 4;
  if (version != 7 && version != 8) return std::nullopt;
  std::int64_t made = 0;
  for (std::size_t i = 0; i < 6; ++i) made = (made << 8) | key.bytes[i];
  const Instant now = std::min(exchange.who.now, exchange.house.parts.clock.machine());
  if (Instant{made} >= now - journal::answers_kept) return std::nullopt;
  AuditLine line = audit_line(exchange, "refused");
  line.operation = operation.full_name();
  line.code = "F-OLD";
  exchange.house.parts.writer.audit(std::move(line));
  return refused(422, "F-OLD");
}

bool takes_long(const Operation& operation) { return operation.body->find("password") != nullptr; }

/// What was typed, without blanks at the ends; a password keeps its own.
std::shared_ptr<void> decode(const Operation& operation, const boost::json::value& body, Faults& faults,
                             const Path& at) {
  if (takes_long(operation) || !has_blank_ends(body)) return operation.decode(body, faults, at);
  boost::json::value tidy = body;
  trim_texts(tidy);
  return operation.decode(tidy, faults, at);
}

std::optional<Command> make_command(const Sender& sender, const Operation& operation,
                                    const Envelope& envelope, const boost::json::value& body, Faults& faults,
                                    const Path& at) {
  House& house = sender.house;
  auto decoded = decode(operation, body, faults, at);
  if (!faults.empty()) return std::nullopt;
  const RulebookPtr rules = house.parts.rulebook();
  const Visitor& who = sender.who;
  const Context context{
      who.now, envelope.occurred_at.value_or(who.now), who.actor, envelope.key, *who.reference, *rules};
  runtime::VaultSealer sealer(house.parts.vault, house.parts.keys, house.parts.passwords);
  operation.prepare(decoded.get(), context, sealer);
  Command command;
  command.operation = &operation;
  command.body = std::move(decoded);
  command.id = envelope.key;
  command.body_hash = body_hash(house, operation, envelope, body);
  command.account = who.session.account;
  command.unit = who.session.unit;
  command.occurred_at = envelope.occurred_at;
  command.device = envelope.device;
  command.device_seq = envelope.device_seq;
  command.device_time = envelope.device_time;
  command.peer = sender.peer;
  sealer.finish(command);
  return command;
}

void run_operation(const ExchangePtr& exchange, const Operation& operation) {
  if (auto no = forbidden(*exchange, operation)) return exchange->answer(std::move(*no));
  const auto key = key_of(exchange->request);
  Faults faults;
  auto json = parse_body(exchange->request.body, faults);
  if (json && !json->is_object()) expected(faults, {}, "对象", "object");
  if (!key)
    add_fault(faults, Path{nullptr, "Idempotency-Key", 0}, "请求头 Idempotency-Key 须为UUID",
              "the header Idempotency-Key must be a UUID");
  if (!faults.empty()) {
    // The fields are judged too, so that the caller hears everything at once.
    if (json && json->is_object()) {
      (void)take_envelope(json->as_object(), faults, {});
      (void)operation.decode(*json, faults, {});
    }
    return exchange->answer(malformed(faults));
  }
  if (auto no = outdated(*exchange, operation, *key)) return exchange->answer(std::move(*no));
  if (!takes_long(operation))
    return guarded(exchange, [&] { submit(exchange, operation, std::move(*json), *key); });
  const bool taken =
      exchange->house.slow.post([exchange, &operation, key = *key, body = std::move(*json)]() mutable {
        guarded(exchange, [&] { submit(exchange, operation, std::move(body), key); });
      });
  if (!taken) exchange->answer(busy());
}

}  // namespace fx::api
