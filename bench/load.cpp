#include "bench/load.hpp"

#include <arpa/inet.h>
#include <fmt/format.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <sys/epoll.h>
#include <sys/socket.h>
#include <unistd.h>

#include <charconv>
#include <deque>
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

/// All connections, and which of them were answered.
class Lines {
 public:
  Lines(std::uint16_t port, int connections) : poll_(::epoll_create1(EPOLL_CLOEXEC)) {
    for (int i = 0; i < connections; ++i) {
      lines_.push_back(std::make_unique<Line>(port));
      epoll_event event{};
      event.events = EPOLLIN;
      event.data.ptr = lines_.back().get();
      ::epoll_ctl(poll_, EPOLL_CTL_ADD, lines_.back()->socket(), &event);
    }
  }
  Lines(const Lines&) = delete;
  Lines& operator=(const Lines&) = delete;
  ~Lines() { ::close(poll_); }

  std::vector<std::unique_ptr<Line>>& each() { return lines_; }
  /// Waits at most so long; false: nothing was heard.
  template <class F>
  bool hear(int most_ms, F answered) {
    epoll_event ready[64];
    const int n = ::epoll_wait(poll_, ready, 64, most_ms);
    for (int i = 0; i < n; ++i) {
      auto& line = *static_cast<Line*>(ready[i].data.ptr);
      if (line.receive()) answered(line);
    }
    return n > 0;
  }

 private:
  int poll_;
  std::vector<std::unique_ptr<Line>> lines_;
};

void note(Load& load, const Line& line, double since) {
  load.seconds.push_back(wall_seconds() - since);
  if (line.ok())
    ++load.ok;
  else if (load.other++ == 0)
    load.first_other = line.answer();
}

}  // namespace

Load send_each(std::uint16_t port, int connections, const std::function<Next()>& next,
               const std::function<void(std::size_t number, const std::string& answer)>& heard,
               double most_seconds) {
  Lines all(port, connections);
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
  for (auto& line : all.each()) send_next(*line);
  const auto answered = [&](Line& line) {
    --under_way;
    note(load, line, line.sent_at());
    if (heard) heard(line.number(), line.answer());
    send_next(line);
  };
  while (under_way > 0 && all.hear(30'000, answered)) {
  }
  load.wall = wall_seconds() - began;
  return load;
}

Load send_paced(std::uint16_t port, int connections, double per_second, double seconds,
                const std::function<std::string(std::size_t n)>& request,
                const std::function<void(std::size_t n, const std::string& answer)>& heard) {
  constexpr double patience = 30;
  Lines all(port, connections);
  std::deque<Line*> idle;  // in turn: one that rests too long is closed by the server
  for (auto& line : all.each()) idle.push_back(line.get());
  Load load;
  const double began = wall_seconds();
  const auto wanted = static_cast<std::size_t>(per_second * seconds);
  std::size_t sent = 0;
  const auto due = [&](std::size_t n) { return began + static_cast<double>(n) / per_second; };
  const auto answered = [&](Line& line) {
    note(load, line, due(line.number()));
    if (heard) heard(line.number(), line.answer());
    idle.push_back(&line);
  };
  while (load.seconds.size() < wanted && wall_seconds() - began < seconds + patience) {
    while (sent < wanted && !idle.empty() && due(sent) <= wall_seconds()) {
      Line& line = *idle.front();
      idle.pop_front();
      line.send(request(sent), sent);
      ++sent;
    }
    all.hear(1, answered);
  }
  load.wall = wall_seconds() - began;
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
