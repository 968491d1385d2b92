// The offline queue of a device, in order: each item is a command of its own and gets an answer of its own.
#include <fmt/format.h>
#include <boost/json/serialize.hpp>

#include <set>

#include "api/front_door.hpp"
#include "api/handlers.hpp"
#include "api/json_form.hpp"
#include "api/row_json.hpp"

namespace fx::api {
namespace {

constexpr std::size_t most_items = 1000;
constexpr std::size_t small_batch = 20;  // more of them wait behind what people are waiting for

/// A device's records of one batch, by their numbers. All that came is not lost, whatever its answer; what was answered for
/// the first time tells whether two records bear one number.
struct FromDevice {
  std::set<std::int64_t> arrived;
  std::vector<std::pair<std::int64_t, RawId>> fresh;  ///< with the key of the record
};
using FromDevices = std::map<std::string, FromDevice>;

boost::json::array ranges_of(const std::set<std::int64_t>& numbers) {
  boost::json::array ranges;
  for (auto at = numbers.begin(); at != numbers.end();) {
    const std::int64_t from = *at;
    std::int64_t until = from;
    for (++at; at != numbers.end() && *at == until + 1; ++at) until = *at;
    ranges.push_back({{"from", from}, {"until", until}});
  }
  return ranges;
}

/// One command a device tells the ledger which of its records have come, so that gaps show until they are filled.
void note_devices(const Exchange& exchange, FromDevices& devices, runtime::Lane lane) {
  const Operation* operation = exchange.house.parts.registry.operation("command.note_device");
  if (operation == nullptr) return;
  for (auto& [device, records] : devices) {
    if (records.arrived.empty()) continue;
    std::ranges::sort(records.fresh);
    boost::json::array fresh;
    std::string keys;  // other records under the same numbers are another command
    for (const auto& [number, key] : records.fresh) {
      fresh.push_back(number);
      keys += key.text();
    }
    boost::json::object body{{"device_name", device},
                             {"unit", exchange.who.session.unit.raw.text()},
                             {"account", exchange.who.session.account.raw.text()},
                             {"arrived", ranges_of(records.arrived)},
                             {"fresh", std::move(fresh)}};
    Command command;
    command.operation = operation;
    command.id = named_id("device", boost::json::serialize(body) + keys, exchange.who.actor.jurisdiction);
    Faults faults;
    command.body = operation->decode(std::move(body), faults, {});
    FX_ASSERT(faults.empty(), "note_device changed its shape");
    command.system = true;
    command.jurisdiction = exchange.who.actor.jurisdiction;
    exchange.house.parts.writer.submit(std::move(command), lane, {});
  }
}

/// Gathers the answers of one batch; the last one in sends them, not before `all_handed_over`: what a device is told
/// has come is then on its way into the ledger.
struct Gathering {
  Gathering(ExchangePtr e, std::size_t n, runtime::Lane l)
      : exchange(std::move(e)), lane(l), answers(n), left(n + 1) {}

  void came(const Envelope& envelope) {
    if (envelope.device.empty() || envelope.device_seq <= 0) return;
    const std::lock_guard lock(mutex);
    devices[envelope.device].arrived.insert(envelope.device_seq);
  }
  void answered(const Envelope& envelope, const Outcome& outcome) {
    const bool judged = outcome.kind == Outcome::Kind::accepted || outcome.kind == Outcome::Kind::refused;
    if (!judged || outcome.replayed || envelope.device.empty() || envelope.device_seq <= 0) return;
    const std::lock_guard lock(mutex);
    devices[envelope.device].fresh.emplace_back(envelope.device_seq, envelope.key);
  }

  void all_handed_over() {
    {
      const std::lock_guard lock(mutex);
      if (--left > 0) return;
    }
    send();
  }

  void put(std::size_t index, const http::Response& response) {
    std::string item = fmt::format(R"({{"status":{})", response.status);
    if (response.body.size() > 2)
      (item += ',') += std::string_view(response.body).substr(1);
    else
      item += '}';
    {
      const std::lock_guard lock(mutex);
      answers[index] = std::move(item);
      if (--left > 0) return;
    }
    send();
  }
  /// By whoever was last: nobody changes the answers any more.
  void send() {
    note_devices(*exchange, devices, lane);
    std::string all;
    for (const std::string& one : answers) (all += all.empty() ? "[" : ",") += one;
    exchange->answer(http::json(200, all + "]"));
  }

  ExchangePtr exchange;
  runtime::Lane lane;
  std::mutex mutex;
  FromDevices devices;
  std::vector<std::string> answers;
  std::size_t left;
};

/// One item: taken apart, judged at the door, handed to the writer. False: the writer's queue is full.
bool submit_item(const std::shared_ptr<Gathering>& gathering, std::size_t index,
                 const boost::json::value& json) {
  const ExchangePtr& exchange = gathering->exchange;
  const auto decline = [&](const http::Response& response) {
    gathering->put(index, response);
    return true;
  };
  const auto* item = json.if_object();
  if (item == nullptr) return decline(malformed({}, "应为对象", "expected object"));
  Faults faults;
  boost::json::object rest = *item;
  Envelope envelope = take_envelope(rest, faults, {});
  std::string key_text = text_in(rest, "idempotency_key");
  const auto key = RawId::parse(key_text);
  if (!key) add_fault(faults, Path{nullptr, "idempotency_key", 0}, "应为UUID", "expected a UUID");
  const Operation* operation = exchange->house.parts.registry.operation(text_in(rest, "operation"));
  if (operation == nullptr || operation->internal)
    add_fault(faults, Path{nullptr, "operation", 0}, "没有这个操作", "there is no such operation");
  const Path root{nullptr, "body", 0};
  const auto* body = rest.if_contains("body");
  if (body == nullptr || !body->is_object()) expected(faults, root, "对象", "object");
  const auto send_back = [&](const http::Response& response) {
    gathering->came(envelope);
    return decline(response);
  };
  if (!faults.empty()) return send_back(malformed(faults));
  if (auto no = forbidden(*exchange, *operation)) return send_back(*no);
  if (auto no = outdated(*exchange, *operation, *key)) return send_back(*no);
  envelope.key = *key;
  auto command = make_command(*exchange, *operation, envelope, *body, faults, root);
  if (!command) return send_back(malformed(faults));
  command->queued = true;
  const auto content = command->body;
  const bool taken = exchange->house.parts.writer.submit(
      std::move(*command), gathering->lane,
      [gathering, index, operation, content, envelope](const Outcome& outcome) {
        gathering->answered(envelope, outcome);
        gathering->put(index,
                       answer_of(outcome, *operation, content.get(), *gathering->exchange->who.reference));
      },
      RawIdHash{}(exchange->who.session.account.raw));
  if (taken) gathering->came(envelope);
  return taken;
}

void run_items(const ExchangePtr& exchange, const boost::json::array& items) {
  const auto lane = items.size() > small_batch ? runtime::Lane::bulk : runtime::Lane::normal;
  const auto gathering = std::make_shared<Gathering>(exchange, items.size(), lane);
  bool full = false;  // after one that found no room, none may overtake it
  for (std::size_t i = 0; i < items.size(); ++i) {
    if (!full) full = !submit_item(gathering, i, items[i]);
    if (full) gathering->put(i, busy());
  }
  gathering->all_handed_over();
}

}  // namespace

void run_batch(const ExchangePtr& exchange) {
  Faults faults;
  auto json = parse_body(exchange->request.body, faults);
  if (json && !json->is_array()) expected(faults, {}, "列表", "list");
  if (json && json->is_array() && json->as_array().size() > most_items)
    expected(faults, {}, "不超过1000项", "at most 1000 items");
  if (!faults.empty()) return exchange->answer(malformed(faults));
  if (json->as_array().empty()) return exchange->answer(http::json(200, "[]"));
  const bool taken = exchange->house.slow.post([exchange, items = std::move(json->as_array())] {
    guarded(exchange, [&] { run_items(exchange, items); });
  });
  if (!taken) exchange->answer(busy());
}

}  // namespace fx::api
