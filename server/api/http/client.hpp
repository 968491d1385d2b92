#pragma once

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "api/http/http.hpp"

/// A small blocking HTTP/1.1 client over plain TCP: for tests, benches and health checks. Throws
/// std::runtime_error when the other end cannot be reached, says nonsense or takes longer than the timeout.
namespace fx::http {

struct Answer {
  unsigned status = 0;
  std::vector<Header> headers;  ///< names in lower case
  std::string body;

  std::string_view header(std::string_view name) const;
};

class Client {
 public:
  explicit Client(std::uint16_t port, std::string host = "127.0.0.1",
                  std::chrono::milliseconds timeout = std::chrono::seconds(10));
  ~Client();
  Client(Client&& other) noexcept;
  Client& operator=(Client&& other) noexcept;

  /// One request, one answer; the connection is kept, and made anew when the server had closed it.
  Answer request(std::string_view method, std::string_view target, std::string_view body = {},
                 const std::vector<Header>& headers = {});
  Answer get(std::string_view target, const std::vector<Header>& headers = {});
  Answer post(std::string_view target, std::string_view body, const std::vector<Header>& headers = {});

  // The parts, for those who want to misbehave.
  void connect();
  void disconnect();
  /// False: the other end takes no more.
  bool send_raw(std::string_view bytes);
  Answer read_answer(bool head_only = false);
  /// Status and headers only; what follows is read by next_event() or read_some().
  Answer read_head();
  /// The next block of an event stream, comments included; none at its end.
  std::optional<std::string> next_event();
  /// What has arrived; empty at the end of the connection.
  std::string read_some();
  /// True when the other end closes (or resets) within the time, whatever it still sends before.
  bool closes_within(std::chrono::milliseconds time);

 private:
  bool receive();
  std::string take_until(std::string_view mark);
  std::string take(std::size_t size);
  std::string read_chunks();
  void set_timeout(std::chrono::milliseconds timeout);

  std::string host_;
  std::uint16_t port_;
  std::chrono::milliseconds timeout_;
  int socket_ = -1;
  std::string buffer_;
};

}  // namespace fx::http
