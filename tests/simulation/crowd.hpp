#pragma once

// Many connections from one thread: what an overload and a crowd of idle listeners are made of.

#include <arpa/inet.h>
#include <netinet/in.h>
#include <sys/epoll.h>
#include <sys/resource.h>
#include <sys/socket.h>

#include <functional>
#include <memory>

#include "tests/simulation/night.hpp"

namespace fx::simulation {

/// As many open files as the machine allows; children inherit it.
inline std::size_t raise_file_limit() {
  rlimit limit{};
  ::getrlimit(RLIMIT_NOFILE, &limit);
  limit.rlim_cur = limit.rlim_max;
  ::setrlimit(RLIMIT_NOFILE, &limit);
  return limit.rlim_cur;
}

/// Resident memory of a process in bytes, now.
inline std::int64_t resident(pid_t pid) {
  std::ifstream in(fmt::format("/proc/{}/statm", pid));
  std::int64_t all = 0;
  std::int64_t pages = 0;
  in >> all >> pages;
  return pages * 4096;
}

inline int connect_to(std::uint16_t port) {
  const int socket = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
  sockaddr_in to{};
  to.sin_family = AF_INET;
  to.sin_port = htons(port);
  to.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  if (socket < 0 || ::connect(socket, reinterpret_cast<sockaddr*>(&to), sizeof to) != 0)
    throw std::runtime_error("cannot connect");
  return socket;
}

/// One thread that keeps requests under way on many connections, at a given rate however slow the answers are.
class Crowd {
 public:
  struct Answered {
    std::size_t number = 0;  ///< of the request, from 0
    unsigned status = 0;
    double ms = 0;
  };
  Crowd(std::uint16_t port, std::size_t connections) : poll_(::epoll_create1(EPOLL_CLOEXEC)) {
    for (std::size_t i = 0; i < connections; ++i) {
      lines_.push_back(std::make_unique<Line>());
      Line& line = *lines_.back();
      line.socket = connect_to(port);
      epoll_event event{};
      event.events = EPOLLIN;
      event.data.ptr = &line;
      ::epoll_ctl(poll_, EPOLL_CTL_ADD, line.socket, &event);
      idle_.push_back(&line);
    }
  }
  Crowd(const Crowd&) = delete;
  Crowd& operator=(const Crowd&) = delete;
  ~Crowd() {
    for (const auto& line : lines_) ::close(line->socket);
    ::close(poll_);
  }

  /// Sends request(0), request(1), … for so long; a rate of 0 sends whenever a connection is free. Then waits for what
  /// is under way, at most `patience` seconds.
  void run(double seconds, double rate, const std::function<std::string(std::size_t)>& request,
           double patience = 30) {
    const auto start = std::chrono::steady_clock::now();
    const auto elapsed = [&] { return ms_since(start) / 1000; };
    const std::size_t first = sent_;
    while (elapsed() < seconds) {
      const auto due = rate > 0 ? first + static_cast<std::size_t>(elapsed() * rate) : SIZE_MAX;
      for (int burst = 0; burst < 64 && sent_ < due && !idle_.empty(); ++burst) send(request(sent_));
      hear(rate > 0 ? 1 : 10);
    }
    wanted_ = rate > 0 ? static_cast<std::size_t>(seconds * rate) : sent_ - first;
    while (under_way_ > 0 && elapsed() < seconds + patience) hear(100);
  }
  [[nodiscard]] const std::vector<Answered>& answers() const { return answers_; }
  [[nodiscard]] std::size_t sent() const { return sent_; }
  [[nodiscard]] std::size_t wanted() const { return wanted_; }
  [[nodiscard]] std::size_t unanswered() const { return under_way_ + broken_; }

 private:
  struct Line {
    int socket = -1;
    std::size_t number = 0;
    std::chrono::steady_clock::time_point sent_at;
    std::string answer;
  };
  void send(const std::string& request) {
    Line& line = *idle_.back();
    idle_.pop_back();
    line.number = sent_++;
    line.answer.clear();
    line.sent_at = std::chrono::steady_clock::now();
    if (::send(line.socket, request.data(), request.size(), MSG_NOSIGNAL) !=
        static_cast<ssize_t>(request.size()))
      ++broken_;
    else
      ++under_way_;
  }
  void hear(int wait_ms) {
    epoll_event ready[256];
    const int n = ::epoll_wait(poll_, ready, 256, wait_ms);
    for (int i = 0; i < n; ++i) receive(*static_cast<Line*>(ready[i].data.ptr));
  }
  void receive(Line& line) {
    char some[16384];
    const ssize_t n = ::recv(line.socket, some, sizeof some, MSG_DONTWAIT);
    if (n <= 0) {
      ::epoll_ctl(poll_, EPOLL_CTL_DEL, line.socket, nullptr);
      ++broken_;
      if (under_way_ > 0) --under_way_;
      return;
    }
    line.answer.append(some, static_cast<std::size_t>(n));
    if (!whole(line.answer)) return;
    const auto status = static_cast<unsigned>(std::stoul(line.answer.substr(9, 3)));
    answers_.push_back({line.number, status, ms_since(line.sent_at)});
    --under_way_;
    idle_.push_back(&line);
  }
  static bool whole(const std::string& answer) {
    const auto end = answer.find("\r\n\r\n");
    constexpr std::string_view name = "\r\nContent-Length: ";
    const auto at = answer.find(name);
    if (end == std::string::npos || at == std::string::npos) return false;
    return answer.size() >= end + 4 + std::stoul(answer.substr(at + name.size(), 12));
  }

  int poll_;
  std::vector<std::unique_ptr<Line>> lines_;
  std::vector<Line*> idle_;
  std::vector<Answered> answers_;
  std::size_t sent_ = 0, wanted_ = 0, under_way_ = 0, broken_ = 0;
};

/// Whole requests that each print one tube: a durable command of its own.
class Prints {
 public:
  Prints(SignedIn nurse, std::uint64_t place)
      : nurse_(std::move(nurse)), place_(place), at_ms_(machine_ms()) {}
  [[nodiscard]] std::string key(std::size_t n) const { return id(2 * n); }
  [[nodiscard]] std::string request(std::size_t n) const {
    const std::string body = fmt::format(
        R"({{"sender":"{}","tubes":[{{"tube":"{}","code":"{}"}}],"size":1,"class":"voluntary","pathogen":"covid19-cn"}})",
        nurse_.unit.text(), id(2 * n + 1), write_code({'T', place_ << 28 | n}));
    return fmt::format(
        "POST /v1/screening/print_tubes HTTP/1.1\r\nHost: 127.0.0.1\r\nCookie: {}\r\nIdempotency-Key: {}\r\n"
        "Content-Type: application/json\r\nContent-Length: {}\r\n\r\n{}",
        nurse_.cookie, key(n), body.size(), body);
  }

 private:
  [[nodiscard]] std::string id(std::size_t n) const {
    return RawId::make(at_ms_, county, (place_ << 40 | n) * 0x9E3779B97F4A7C15ULL,
                       static_cast<std::uint16_t>(n))
        .text();
  }
  SignedIn nurse_;
  std::uint64_t place_;
  std::int64_t at_ms_;
};

}  // namespace fx::simulation
