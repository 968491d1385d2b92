#pragma once

#include <chrono>
#include <cstdint>
#include <functional>
#include <memory>
#include <string>

/// The MLLP listener, behind plain types: one thread, up to Limits::connections connections, each answered in order.
namespace fx::mllp {

struct Message {
  std::string text;
  std::string peer;       ///< address of the other end
  bool too_long = false;  ///< its beginning only: to be refused, the connection ends
};

/// Answers one message, unframed; empty: the connection is cut. Call it once, from any thread, also after the listener is gone.
/// Dropped without a call, the connection is cut.
using Reply = std::move_only_function<void(std::string)>;
/// Runs on the listener's thread and must not block.
using Handler = std::function<void(Message&&, Reply)>;

struct Limits {
  std::size_t message_bytes = 1024 * 1024;
  std::size_t connections = 16;
  std::chrono::milliseconds message_timeout{30'000};  ///< from the first byte of a message to its last
  std::chrono::milliseconds idle_timeout{1'800'000};  ///< between messages: instruments keep their connection
  std::chrono::milliseconds reply_timeout{60'000};
  std::chrono::milliseconds write_timeout{30'000};
  std::chrono::milliseconds stop_grace{10'000};
};

/// Why a connection was cut or not taken.
enum class Cut { not_allowed, full, garbled, too_long, too_slow, unanswered };

struct Options {
  std::string address = "127.0.0.1";
  std::uint16_t port = 0;  ///< 0 = any free one
  Limits limits;
  std::function<bool(const std::string& peer)> allowed;       ///< none: everybody
  std::function<void(const std::string& peer, Cut why)> cut;  ///< told on the listener's thread
};

class Listener {
 public:
  /// Binds at once; throws std::runtime_error when it cannot.
  Listener(Options options, Handler handler);
  ~Listener();
  Listener(const Listener&) = delete;
  Listener& operator=(const Listener&) = delete;

  void start();
  /// No new messages; those under way are answered within the grace.
  void stop();
  [[nodiscard]] std::uint16_t port() const;

 private:
  class Impl;
  std::unique_ptr<Impl> impl_;
};

}  // namespace fx::mllp
