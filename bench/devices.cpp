#include "bench/devices.hpp"

#include <fmt/format.h>

#include <charconv>
#include <chrono>
#include <deque>
#include <thread>

namespace fx::bench {
namespace {

constexpr std::size_t most_items = 400;
constexpr std::chrono::milliseconds after_a_refusal{50};  ///< a busy server is not asked again at once

struct Piece {
  const std::string* cookie = nullptr;
  std::vector<std::string> items;
  std::string bytes;
};

}  // namespace

void Device::note(std::string_view operation, std::string_view body, const RawId& key, Instant at) {
  const std::string when = format(at);
  waiting_.push_back(fmt::format(
      R"({{"operation":"{}","idempotency_key":"{}","body":{},"occurred_at":"{}","device":"{}","device_seq":{},"device_time":"{}"}})",
      operation, key.text(), body, when, name_, ++numbered_, when));
}

void Uploaded::add(const Uploaded& other) {
  batches += other.batches;
  items += other.items;
  refused += other.refused;
  again += other.again;
  wall += other.wall;
  if (first_refused.empty()) first_refused = other.first_refused;
  seconds.insert(seconds.end(), other.seconds.begin(), other.seconds.end());
}

std::vector<int> item_statuses(const std::string& answer) {
  std::vector<int> out;
  constexpr std::string_view mark = R"({"status":)";
  for (auto at = answer.find(mark); at != std::string::npos; at = answer.find(mark, at)) {
    at += mark.size();
    int status = 0;
    std::from_chars(answer.data() + at, answer.data() + answer.size(), status);
    out.push_back(status);
  }
  return out;
}

std::string batch_request(const std::string& cookie, const std::vector<std::string>& items) {
  std::size_t size = 2;
  for (const std::string& item : items) size += item.size() + 1;
  std::string out = fmt::format(
      "POST /v1/batch HTTP/1.1\r\nHost: 127.0.0.1\r\nCookie: {}\r\nContent-Type: application/json\r\n"
      "Content-Length: {}\r\n\r\n[",
      cookie, size - (items.empty() ? 0 : 1));
  out.reserve(out.size() + size);
  for (std::size_t i = 0; i < items.size(); ++i) (out += i == 0 ? "" : ",") += items[i];
  return out += "]";
}

Uploaded upload(std::uint16_t port, int connections, const std::vector<Device*>& devices,
                double most_seconds) {
  std::vector<std::deque<Piece>> queues(
      devices.size());  // of one device, one piece after the other is answered
  std::deque<std::size_t> ready;
  for (std::size_t i = 0; i < devices.size(); ++i) {
    std::vector<std::string> items = devices[i]->take();
    for (std::size_t from = 0; from < items.size(); from += most_items) {
      const auto until = std::min(items.size(), from + most_items);
      Piece piece{&devices[i]->cookie(), {}, {}};
      piece.items.assign(std::make_move_iterator(items.begin() + static_cast<std::ptrdiff_t>(from)),
                         std::make_move_iterator(items.begin() + static_cast<std::ptrdiff_t>(until)));
      queues[i].push_back(std::move(piece));
    }
    if (!queues[i].empty()) ready.push_back(i);
  }
  Uploaded out;
  const auto next = [&]() -> Next {
    if (ready.empty()) return {};
    const std::size_t device = ready.front();
    ready.pop_front();
    Piece& piece = queues[device].front();
    piece.bytes = batch_request(*piece.cookie, piece.items);
    ++out.batches;
    return {device, &piece.bytes};
  };
  const auto heard = [&](std::size_t device, const std::string& answer) {
    Piece& piece = queues[device].front();
    const std::vector<int> statuses = item_statuses(answer);
    std::vector<std::string> left;
    for (std::size_t i = 0; i < piece.items.size(); ++i) {
      const int status = i < statuses.size() ? statuses[i] : 503;
      if (status == 200)
        ++out.items;
      else if (status == 429 || status >= 500)
        left.push_back(std::move(piece.items[i]));
      else if (out.refused++ == 0)
        out.first_refused = piece.items[i] + " → " + answer.substr(0, 2000);
    }
    if (!left.empty()) std::this_thread::sleep_for(after_a_refusal);
    out.again += static_cast<int>(left.size());
    piece.items = std::move(left);
    if (piece.items.empty()) queues[device].pop_front();
    if (!queues[device].empty()) ready.push_back(device);
  };
  Load load = send_each(port, connections, next, heard, most_seconds);
  if (!ready.empty())
    throw std::runtime_error("the devices' queues were not taken in time: " +
                             load.first_other.substr(0, 500));
  out.wall = load.wall;
  out.seconds = std::move(load.seconds);
  return out;
}

}  // namespace fx::bench
