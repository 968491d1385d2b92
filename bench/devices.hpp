#pragma once

#include <string>
#include <utility>
#include <vector>

#include "base/time.hpp"
#include "bench/load.hpp"
#include "kernel/ids.hpp"

namespace fx::bench {

/// A phone or scanner in the field: deeds are noted, numbered, and sent later in pieces of at most 400, as the field page
/// sends them (web/src/offline/upload.ts).
class Device {
 public:
  Device(std::string name, std::string cookie) : name_(std::move(name)), cookie_(std::move(cookie)) {}
  void note(std::string_view operation, std::string_view body, const RawId& key, Instant at);
  [[nodiscard]] const std::string& cookie() const { return cookie_; }
  /// What waits, in order; taken away.
  [[nodiscard]] std::vector<std::string> take() { return std::exchange(waiting_, {}); }

 private:
  std::string name_;
  std::string cookie_;
  std::int64_t numbered_ = 0;
  std::vector<std::string> waiting_;
};

struct Uploaded {
  int batches = 0;  ///< sent, again included
  int items = 0;    ///< recorded
  int refused = 0;
  int again = 0;  ///< items the server had no room for: sent once more
  std::string first_refused;
  double wall = 0;
  std::vector<double> seconds;  ///< of each batch

  void add(const Uploaded& other);
};

/// Sends what all devices have, over so many connections; what the server turns away goes again until it is taken.
Uploaded upload(std::uint16_t port, int connections, const std::vector<Device*>& devices,
                double most_seconds);

/// Statuses of a batch's items in order, as the answer's body says; none when the batch as a whole was turned away.
std::vector<int> item_statuses(const std::string& answer);
/// The whole request of these items.
std::string batch_request(const std::string& cookie, const std::vector<std::string>& items);

}  // namespace fx::bench
