// The one door for commands: role, shape, sealing, the writer's queue; then what became of it.
#include "api/front_door.hpp"

#include <fmt/format.h>
#include <boost/json/serialize.hpp>

#include "api/handlers.hpp"
#include "api/row_json.hpp"

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
                        const boost::json::object& body) {
  runtime::Blake2b hash;
  hash.add({reinterpret_cast<const char*>(house.answer_key.data()), runtime::SecretKey::size});
  hash.add(operation.full_name()).add("\n");
  hash.add(envelope.occurred_at ? std::to_string(envelope.occurred_at->ms) : std::string()).add("\n");
  hash.add(boost::json::serialize(body));
  const auto digest = hash.digest();
  std::uint64_t out = 0;
  for (std::size_t i = 0; i < sizeof out; ++i) out = (out << 8) | digest[i];
  return out;
}

std::optional<RawId> key_of(const http::Request& request) {
  const std::string* key = request.find_header("idempotency-key");
  return key != nullptr ? RawId::parse(*key) : std::nullopt;
}

void submit(const ExchangePtr& exchange, const Operation& operation, boost::json::object body, RawId key) {
  Faults faults;
  Envelope envelope = take_envelope(body, faults, {});
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

runtime::Lane lane_of(const Operation& operation) {
  return operation.life_saving ? runtime::Lane::life : runtime::Lane::normal;
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

bool takes_long(const Operation& operation) { return operation.body->find("password") != nullptr; }

std::optional<Command> make_command(const Sender& sender, const Operation& operation,
                                    const Envelope& envelope, const boost::json::object& body, Faults& faults,
                                    const Path& at) {
  House& house = sender.house;
  auto decoded = operation.decode(body, faults, at);
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
  auto json = parse_json(exchange->request.body, faults);
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
  if (!takes_long(operation))
    return guarded(exchange, [&] { submit(exchange, operation, std::move(json->as_object()), *key); });
  const bool taken = exchange->house.slow.post(
      [exchange, &operation, key = *key, body = std::move(json->as_object())]() mutable {
        guarded(exchange, [&] { submit(exchange, operation, std::move(body), key); });
      });
  if (!taken) exchange->answer(busy());
}

}  // namespace fx::api
