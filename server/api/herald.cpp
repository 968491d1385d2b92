#include "api/herald.hpp"

#include <fmt/format.h>

#include "api/handlers.hpp"
#include "api/row_json.hpp"

namespace fx::api {
namespace {

constexpr auto pause = std::chrono::milliseconds(250);  // at most four messages a second
constexpr auto look_after_listeners = std::chrono::seconds(5);
constexpr std::string_view everywhere = "clock";

std::string message(const std::set<std::string>& topics, std::int64_t batch) {
  std::string list;
  for (const std::string& topic : topics) (list += list.empty() ? "" : ",") += quoted(topic);
  return fmt::format(R"({{"topics":[{}],"batch":{}}})", list, batch);
}

bool hears(const Herald::Places& places, std::int32_t county) {
  return std::ranges::any_of(
      places, [&](const auto& range) { return range.first <= county && county <= range.second; });
}

}  // namespace

Herald::Herald() : thread_([this] { loop(); }) {}

Herald::~Herald() {
  {
    const std::lock_guard lock(mutex_);
    stopping_ = true;
  }
  wake_.notify_all();
  thread_.join();
  for (Listener& listener : listeners_) listener.stream->close();
}

void Herald::listen(std::shared_ptr<http::Stream> stream, Places places, std::function<bool()> alive) {
  stream->send(http::event_text("hello", message({}, batch())));
  const std::lock_guard lock(mutex_);
  listeners_.push_back({std::move(stream), std::move(places), std::move(alive), {}});
}

void Herald::changed(const std::vector<StoredEvent>& events) {
  {
    const std::lock_guard lock(mutex_);
    for (const StoredEvent& event : events) {
      const std::string_view type = event.row.type;
      news_[event.row.jurisdiction].emplace(type.substr(0, type.find('.')));
      seen_batch(event.batch);
    }
  }
  wake_.notify_one();
}

void Herald::clock_moved(std::int64_t batch) {
  seen_batch(batch);
  {
    const std::lock_guard lock(mutex_);
    clock_ = true;
  }
  wake_.notify_one();
}

std::size_t Herald::listeners() const {
  const std::lock_guard lock(mutex_);
  return listeners_.size();
}

void Herald::loop() {
  std::unique_lock lock(mutex_);
  while (!stopping_) {
    const bool news =
        wake_.wait_for(lock, look_after_listeners, [&] { return stopping_ || !news_.empty() || clock_; });
    if (stopping_) return;
    tell(lock);
    if (news) wake_.wait_for(lock, pause, [&] { return stopping_; });
  }
}

void Herald::tell(std::unique_lock<std::mutex>& lock) {
  const auto news = std::exchange(news_, {});
  const bool clock = std::exchange(clock_, false);
  const std::int64_t upto = batch();
  bool folded = false;
  std::vector<std::pair<std::shared_ptr<http::Stream>, std::string>> letters;
  for (Listener& listener : listeners_) {
    for (const auto& [county, topics] : news)
      if (hears(listener.places, county)) listener.waiting.insert(topics.begin(), topics.end());
    if (clock) listener.waiting.emplace(everywhere);
    if (listener.waiting.empty()) continue;
    if (listener.stream->backlog() > 0) {
      folded = true;
      continue;
    }
    letters.emplace_back(listener.stream, http::event_text("changed", message(listener.waiting, upto)));
    listener.waiting.clear();
  }
  std::vector<Listener> present = std::exchange(listeners_, {});
  lock.unlock();  // sending and asking may take other locks
  for (auto& [stream, letter] : letters) stream->send(std::move(letter));
  std::erase_if(present, [](const Listener& listener) {
    if (listener.stream->closed()) return true;
    if (listener.alive()) return false;
    listener.stream->close();
    return true;
  });
  lock.lock();
  // Who came meanwhile stands behind.
  present.insert(present.end(), std::make_move_iterator(listeners_.begin()),
                 std::make_move_iterator(listeners_.end()));
  listeners_ = std::move(present);
  if (folded) news_.try_emplace(-1);  // look again after the pause
}

void open_stream(const ExchangePtr& exchange) {
  const Visitor& who = exchange->who;
  const Scope& scope = who.scope();
  Herald::Places places = scope.places;
  if (scope.everything) places = {{0, 999'999}};
  if (places.empty()) places.push_back(range_of(who.actor.jurisdiction));  // what lies in one's own county
  for (const UnitId unit : scope.units)
    if (const Unit* known = who.reference->unit(unit)) places.push_back(range_of(known->jurisdiction));
  House& house = exchange->house;
  auto alive = [&house, token = token_of(exchange->request)] {
    return house.sessions.alive(token, house.machine());
  };
  exchange->answer(http::event_stream([&house, places, alive](std::shared_ptr<http::Stream> stream) {
    house.herald.listen(std::move(stream), places, alive);
  }));
}

}  // namespace fx::api
