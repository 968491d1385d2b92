#include "bench/load.hpp"

#include <arpa/inet.h>
#include <fmt/format.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <sys/epoll.h>
#include <sys/socket.h>
#include <unistd.h>

#include <charconv>
#include <memory>
#include <stdexcept>

#include "bench/measure.hpp"

namespace fx::bench {
namespace {

class Line {
 public:
  explicit Line(std::uint16_t port) : socket_(::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0)) {
    sockaddr_in to{};
    to.sin_family = AF_INET;
    to.sin_port = htons(port);
    to.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    if (socket_ < 0 || ::connect(socket_, reinterpret_cast<sockaddr*>(&to), sizeof to) != 0)
      throw std::runtime_error("cannot connect");
    const int on = 1;
    ::setsockopt(socket_, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
  }
  Line(const Line&) = delete;
  Line& operator=(const Line&) = delete;
  ~Line() { ::close(socket_); }

  [[nodiscard]] int socket() const { return socket_; }
  [[nodiscard]] double sent_at() const { return sent_at_; }
  [[nodiscard]] const std::string& answer() const { return answer_; }

  /// Waits while the socket's buffer is full: the server reads a request to its end before it answers.
  void send(const std::string& request, std::size_t number) {
    answer_.clear();
    whole_ = 0;
    number_ = number;
    sent_at_ = wall_seconds();
    if (::send(socket_, request.data(), request.size(), MSG_NOSIGNAL) != static_cast<ssize_t>(request.size()))
      throw std::runtime_error("cannot send");
  }
  [[nodiscard]] std::size_t number() const { return number_; }
  /// True when the whole answer is there.
  bool receive() {
    char some[65536];
    const ssize_t n = ::recv(socket_, some, sizeof some, 0);
    if (n <= 0) throw std::runtime_error("the server closed the connection");
    answer_.append(some, static_cast<std::size_t>(n));
    if (whole_ == 0) whole_ = size_of_answer();
    return whole_ != 0 && answer_.size() >= whole_;
  }
  [[nodiscard]] bool ok() const { return answer_.starts_with("HTTP/1.1 200"); }

 private:
  [[nodiscard]] std::size_t size_of_answer() const {
    const auto end = answer_.find("\r\n\r\n");
    if (end == std::string::npos) return 0;
    constexpr std::string_view name = "\r\nContent-Length: ";
    const auto at = answer_.find(name);
    std::size_t length = 0;
    if (at != std::string::npos && at < end)
      std::from_chars(answer_.data() + at + name.size(), answer_.data() + end, length);
    return end + 4 + length;
  }

  int socket_;
  double sent_at_ = 0;
  std::size_t number_ = 0;
  std::size_t whole_ = 0;
  std::string answer_;
};

}  // namespace

Load send_each(std::uint16_t port, int connections, const std::function<Next()>& next,
               const std::function<void(std::size_t number, const std::string& answer)>& heard,
               double most_seconds) {
  const int poll = ::epoll_create1(EPOLL_CLOEXEC);
  std::vector<std::unique_ptr<Line>> lines;
  for (int i = 0; i < connections; ++i) {
    lines.push_back(std::make_unique<Line>(port));
    epoll_event event{};
    event.events = EPOLLIN;
    event.data.ptr = lines.back().get();
    ::epoll_ctl(poll, EPOLL_CTL_ADD, lines.back()->socket(), &event);
  }
  Load load;
  int under_way = 0;
  const double began = wall_seconds();
  const auto send_next = [&](Line& line) {
    if (wall_seconds() - began > most_seconds) return;
    const Next request = next();
    if (request.bytes == nullptr) return;
    line.send(*request.bytes, request.number);
    ++under_way;
  };
  for (auto& line : lines) send_next(*line);
  epoll_event ready[64];
  while (under_way > 0) {
    const int n = ::epoll_wait(poll, ready, 64, 30'000);
    if (n <= 0) break;
    for (int i = 0; i < n; ++i) {
      auto& line = *static_cast<Line*>(ready[i].data.ptr);
      if (!line.receive()) continue;
      --under_way;
      load.seconds.push_back(wall_seconds() - line.sent_at());
      if (line.ok())
        ++load.ok;
      else if (load.other++ == 0)
        load.first_other = line.answer();
      if (heard) heard(line.number(), line.answer());
      send_next(line);
    }
  }
  load.wall = wall_seconds() - began;
  ::close(poll);
  return load;
}

Load send_all(std::uint16_t port, int connections, const std::vector<std::string>& requests,
              double most_seconds) {
  std::size_t sent = 0;
  const auto next = [&]() -> Next {
    if (sent == requests.size()) return {};
    const std::size_t number = sent++;
    return {number, &requests[number]};
  };
  return send_each(port, connections, next, {}, most_seconds);
}

std::string post_request(std::string_view target, std::string_view body, std::string_view cookie,
                         std::string_view key) {
  return fmt::format(
      "POST {} HTTP/1.1\r\nHost: 127.0.0.1\r\nCookie: {}\r\nIdempotency-Key: {}\r\nContent-Type: "
      "application/json\r\n"
      "Content-Length: {}\r\n\r\n{}",
      target, cookie, key, body.size(), body);
}

std::string get_request(std::string_view target, std::string_view cookie) {
  return fmt::format("GET {} HTTP/1.1\r\nHost: 127.0.0.1\r\nCookie: {}\r\n\r\n", target, cookie);
}

}  // namespace fx::bench
