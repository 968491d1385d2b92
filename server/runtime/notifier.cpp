#include "runtime/notifier.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace fx::runtime {
namespace {

constexpr std::size_t most_waiting = 100'000;
constexpr int most_tries = 5;
constexpr std::size_t most_singly = 5;       ///< to one recipient at once; more are one digest
constexpr std::size_t most_together = 1000;  ///< in one digest

/// 2, 8, 32, 128 seconds.
Duration pause_after(int tries) { return std::chrono::seconds(2) * (1 << (2 * (tries - 1))); }

void write_unit(std::string& out, UnitId id, const Reference& reference) {
  const Unit* unit = reference.unit(id);
  out += R"("unit":{"zh":)";
  write_json_string(out, unit != nullptr ? unit->name_zh : "");
  out += R"(,"en":)";
  write_json_string(out, unit != nullptr ? unit->name_en : "");
  out += '}';
}

void write_notice(std::string& out, const Notice& notice) {
  out += R"("notice":)";
  write_json(out, notice);
  out += R"(,"number":)";
  write_json_string(out, std::to_string(notice.no));  // a ledger number does not fit a JavaScript number
}

}  // namespace

std::string notice_message(const Notice& notice, const Reference& reference) {
  std::string out = "{";
  write_notice(out, notice);
  out += ',';
  write_unit(out, notice.unit, reference);
  return out + "}";
}

std::string digest_message(const std::vector<Notice>& notices, const Reference& reference) {
  std::string out = fmt::format(R"({{"digest":{{"count":{}}},)", notices.size());
  write_unit(out, notices.front().unit, reference);
  out += R"(,"notices":[)";
  for (const Notice& notice : notices) {
    out += &notice == &notices.front() ? "{" : ",{";
    write_notice(out, notice);
    out += '}';
  }
  return out + "]}";
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
  for (auto waiting = next(); !waiting.empty(); waiting = next()) carry(std::move(waiting));
}

/// The one found, or what waits for its recipient where that is much; an urgent one goes by itself. Caller holds the mutex.
std::vector<Notifier::Waiting> Notifier::take_with(const std::deque<Waiting>::iterator& found, Duration now) {
  const auto together = [unit = found->notice.unit, role = found->notice.role, now](const Waiting& one) {
    return one.not_before <= now && !one.notice.urgent && one.notice.unit == unit && one.notice.role == role;
  };
  std::vector<Waiting> out;
  if (found->notice.urgent ||
      static_cast<std::size_t>(std::ranges::count_if(waiting_, together)) <= most_singly) {
    out.push_back(std::move(*found));
    waiting_.erase(found);
    return out;
  }
  std::deque<Waiting> stay;
  for (Waiting& one : waiting_) {
    if (out.size() < most_together && together(one))
      out.push_back(std::move(one));
    else
      stay.push_back(std::move(one));
  }
  waiting_.swap(stay);
  return out;
}

/// Urgent ones first, then in the order sent. Nothing: stopped.
std::vector<Notifier::Waiting> Notifier::next() {
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
    if (found != waiting_.end()) return take_with(found, now);
    wake_.wait_for(lock, std::chrono::milliseconds(200));
  }
  return {};
}

void Notifier::carry(std::vector<Waiting> waiting) {
  const ReferencePtr reference = writer_.reference();
  std::vector<Notice> notices;
  notices.reserve(waiting.size());
  for (const Waiting& one : waiting) notices.push_back(one.notice);
  const std::string message =
      notices.size() == 1 ? notice_message(notices.front(), *reference) : digest_message(notices, *reference);
  for (const auto& adapter : adapters_) {
    if (!adapter->deliver(message)) continue;
    for (const Notice& notice : notices) record(notice, adapter->way());
    return;
  }
  for (Waiting& one : waiting) try_again(std::move(one));
}

void Notifier::try_again(Waiting waiting) {
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
