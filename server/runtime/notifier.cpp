#include "runtime/notifier.hpp"

#include <fmt/format.h>

namespace fx::runtime {
namespace {

constexpr std::size_t most_waiting = 100'000;
constexpr int most_tries = 5;

/// 2, 8, 32, 128 seconds.
Duration pause_after(int tries) { return std::chrono::seconds(2) * (1 << (2 * (tries - 1))); }

}  // namespace

std::string notice_message(const Notice& notice, const Reference& reference) {
  std::string out = R"({"notice":)";
  write_json(out, notice);
  const Unit* unit = reference.unit(notice.unit);
  out += R"(,"number":)";
  write_json_string(out, std::to_string(notice.no));  // a ledger number does not fit a JavaScript number
  out += R"(,"unit":{"zh":)";
  write_json_string(out, unit != nullptr ? unit->name_zh : "");
  out += R"(,"en":)";
  write_json_string(out, unit != nullptr ? unit->name_en : "");
  return out + "}}";
}

Notifier::Notifier(Writer& writer, const Registry& registry, Adapters adapters,
                   std::function<void(const std::string&)> log)
    : writer_(writer), registry_(registry), adapters_(std::move(adapters)), log_(std::move(log)) {}

Notifier::~Notifier() { stop(); }

void Notifier::start() {
  if (!adapters_.empty()) thread_ = std::thread([this] { loop(); });
}

void Notifier::stop() {
  {
    const std::lock_guard lock(mutex_);
    stopping_ = true;
  }
  wake_.notify_all();
  if (thread_.joinable()) thread_.join();
}

void Notifier::committed(const std::vector<StoredEvent>& events) {
  if (adapters_.empty()) return;
  std::vector<Notice> notices;
  for (const StoredEvent& event : events) {
    if (event.row.effects.empty()) continue;
    for (Notice& notice : from_own_json<Effects>(event.row.effects).notices)
      notices.push_back(std::move(notice));
  }
  add(std::move(notices));
}

void Notifier::add(std::vector<Notice> notices) {
  {
    const std::lock_guard lock(mutex_);
    for (Notice& notice : notices)
      if (waiting_.size() < most_waiting) waiting_.push_back({std::move(notice)});
  }
  wake_.notify_one();
}

void Notifier::loop() {
  while (auto waiting = next()) carry(std::move(*waiting));
}

/// Urgent ones first, then in the order sent. Nothing: stopped.
std::optional<Notifier::Waiting> Notifier::next() {
  std::unique_lock lock(mutex_);
  while (!stopping_) {
    const Duration now = clock_.monotonic();
    auto found = waiting_.end();
    for (auto it = waiting_.begin(); it != waiting_.end(); ++it) {
      if (it->not_before > now) continue;
      if (found == waiting_.end()) found = it;
      if (!it->notice.urgent) continue;
      found = it;
      break;
    }
    if (found != waiting_.end()) {
      Waiting out = std::move(*found);
      waiting_.erase(found);
      return out;
    }
    wake_.wait_for(lock, std::chrono::milliseconds(200));
  }
  return std::nullopt;
}

void Notifier::carry(Waiting waiting) {
  const std::string message = notice_message(waiting.notice, *writer_.reference());
  for (const auto& adapter : adapters_)
    if (adapter->deliver(message)) return record(waiting.notice, adapter->way());
  if (++waiting.tries >= most_tries) {
    if (log_)
      log_(fmt::format("notice {} could not be delivered in {} tries", waiting.notice.no, waiting.tries));
    return;
  }
  waiting.not_before = clock_.monotonic() + pause_after(waiting.tries);
  const std::lock_guard lock(mutex_);
  waiting_.push_back(std::move(waiting));
}

void Notifier::record(const Notice& notice, const std::string& way) {
  Command command;
  command.operation = registry_.operation("command.record_delivery");
  if (command.operation == nullptr) return;
  Faults faults;
  command.body = command.operation->decode(
      boost::json::object{{"notice", std::to_string(notice.no)}, {"by", way}}, faults, {});
  FX_ASSERT(faults.empty(), "record_delivery changed its shape");
  command.id = named_id("delivery", std::to_string(notice.no), notice.jurisdiction);
  command.system = true;
  command.jurisdiction = notice.jurisdiction;
  writer_.submit(std::move(command), Lane::normal, {});
}

}  // namespace fx::runtime
