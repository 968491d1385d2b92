#include "api/http/client.hpp"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <charconv>
#include <cstring>
#include <stdexcept>

#include "base/text.hpp"

namespace fx::http {
namespace {

std::runtime_error failure(const std::string& what, int error = 0) {
  return std::runtime_error("HTTP client: " + what +
                            (error != 0 ? std::string(": ") + std::strerror(error) : ""));
}

std::size_t parse_size(std::string_view text, int base) {
  std::size_t size = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), size, base);
  if (error != std::errc{} || end == text.data()) throw failure("bad length '" + std::string(text) + "'");
  return size;
}

}  // namespace

std::string_view Answer::header(std::string_view name) const {
  const auto found = std::ranges::find(headers, lower(name), &Header::first);
  return found == headers.end() ? std::string_view{} : std::string_view{found->second};
}

Client::Client(std::uint16_t port, std::string host, std::chrono::milliseconds timeout)
    : host_(std::move(host)), port_(port), timeout_(timeout) {}

Client::~Client() { disconnect(); }

Client::Client(Client&& other) noexcept
    : host_(std::move(other.host_)),
      port_(other.port_),
      timeout_(other.timeout_),
      socket_(std::exchange(other.socket_, -1)),
      buffer_(std::move(other.buffer_)) {}

Client& Client::operator=(Client&& other) noexcept {
  std::swap(host_, other.host_);
  std::swap(port_, other.port_);
  std::swap(timeout_, other.timeout_);
  std::swap(socket_, other.socket_);
  std::swap(buffer_, other.buffer_);
  return *this;
}

void Client::connect() {
  disconnect();
  sockaddr_in to{};
  to.sin_family = AF_INET;
  to.sin_port = htons(port_);
  if (::inet_pton(AF_INET, host_.c_str(), &to.sin_addr) != 1) throw failure("not an IPv4 address: " + host_);
  socket_ = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
  if (socket_ < 0) throw failure("no socket", errno);
  set_timeout(timeout_);
  const int on = 1;
  ::setsockopt(socket_, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
  if (::connect(socket_, reinterpret_cast<sockaddr*>(&to), sizeof to) != 0) {
    const int error = errno;
    disconnect();
    throw failure("cannot connect to " + host_ + " port " + std::to_string(port_), error);
  }
}

void Client::disconnect() {
  if (socket_ >= 0) ::close(socket_);
  socket_ = -1;
  buffer_.clear();
}

void Client::set_timeout(std::chrono::milliseconds timeout) {
  const timeval limit{timeout.count() / 1000, timeout.count() % 1000 * 1000};
  ::setsockopt(socket_, SOL_SOCKET, SO_RCVTIMEO, &limit, sizeof limit);
  ::setsockopt(socket_, SOL_SOCKET, SO_SNDTIMEO, &limit, sizeof limit);
}

Answer Client::get(std::string_view target, const std::vector<Header>& headers) {
  return request("GET", target, {}, headers);
}

Answer Client::post(std::string_view target, std::string_view body, const std::vector<Header>& headers) {
  return request("POST", target, body, headers);
}

Answer Client::request(std::string_view method, std::string_view target, std::string_view body,
                       const std::vector<Header>& headers) {
  if (socket_ >= 0) {
    // Readable before we asked anything: the server closed the connection meanwhile.
    pollfd idle{socket_, POLLIN, 0};
    if (::poll(&idle, 1, 0) != 0) disconnect();
  }
  if (socket_ < 0) connect();
  std::string out;
  out.append(method).append(" ").append(target).append(" HTTP/1.1\r\nHost: ").append(host_).append("\r\n");
  if (!body.empty() || method == "POST" || method == "PUT" || method == "PATCH") {
    out.append("Content-Length: ").append(std::to_string(body.size())).append("\r\n");
  }
  for (const auto& [name, value] : headers) out.append(name).append(": ").append(value).append("\r\n");
  out.append("\r\n").append(body);
  send_raw(out);  // a server that refuses early may close before all is sent, and still has an answer
  Answer answer = read_answer(method == "HEAD");
  if (lower(answer.header("connection")) == "close") disconnect();
  return answer;
}

bool Client::send_raw(std::string_view bytes) {
  while (!bytes.empty()) {
    const ssize_t sent = ::send(socket_, bytes.data(), bytes.size(), MSG_NOSIGNAL);
    if (sent < 0 && errno == EINTR) continue;
    if (sent <= 0) return false;
    bytes.remove_prefix(static_cast<std::size_t>(sent));
  }
  return true;
}

bool Client::receive() {
  char some[16 * 1024];
  for (;;) {
    const ssize_t size = ::recv(socket_, some, sizeof some, 0);
    if (size > 0) {
      buffer_.append(some, static_cast<std::size_t>(size));
      return true;
    }
    if (size == 0) return false;
    if (errno == EINTR) continue;
    if (errno == EAGAIN) throw failure("no answer in time");
    throw failure("connection broken", errno);
  }
}

std::string Client::take_until(std::string_view mark) {
  std::size_t end = 0;
  while ((end = buffer_.find(mark)) == std::string::npos) {
    if (!receive()) throw failure("connection ended early");
  }
  return take(end + mark.size());
}

std::string Client::take(std::size_t size) {
  while (buffer_.size() < size) {
    if (!receive()) throw failure("connection ended early");
  }
  std::string out = buffer_.substr(0, size);
  buffer_.erase(0, size);
  return out;
}

Answer Client::read_head() {
  const std::string head = take_until("\r\n\r\n");
  if (!head.starts_with("HTTP/1.1 ") || head.size() < 13) throw failure("not an HTTP answer");
  Answer answer;
  answer.status = static_cast<unsigned>(parse_size(std::string_view(head).substr(9, 3), 10));
  for (std::size_t from = head.find("\r\n") + 2; from + 2 < head.size();) {
    const std::size_t end = head.find("\r\n", from);
    const std::string_view line = std::string_view(head).substr(from, end - from);
    const std::size_t colon = line.find(':');
    if (colon == line.npos) throw failure("header without a colon");
    answer.headers.emplace_back(lower(line.substr(0, colon)), trim(line.substr(colon + 1)));
    from = end + 2;
  }
  return answer;
}

Answer Client::read_answer(bool head_only) {
  Answer answer = read_head();
  while (answer.status >= 100 && answer.status < 200) answer = read_head();
  if (head_only || answer.status == 204 || answer.status == 304) return answer;
  if (!answer.header("content-length").empty()) {
    answer.body = take(parse_size(answer.header("content-length"), 10));
  } else if (lower(answer.header("transfer-encoding")) == "chunked") {
    answer.body = read_chunks();
  } else {
    while (receive()) {
    }
    answer.body = std::exchange(buffer_, {});
  }
  return answer;
}

std::string Client::read_chunks() {
  std::string body;
  while (const std::size_t size = parse_size(take_until("\r\n"), 16)) {
    body += take(size);
    take(2);
  }
  take_until("\r\n");
  return body;
}

std::optional<std::string> Client::next_event() {
  while (buffer_.find("\n\n") == std::string::npos) {
    if (!receive()) return std::nullopt;
  }
  return take(buffer_.find("\n\n") + 2);
}

std::string Client::read_some() {
  if (buffer_.empty() && !receive()) return {};
  return std::exchange(buffer_, {});
}

bool Client::closes_within(std::chrono::milliseconds time) {
  const auto until = std::chrono::steady_clock::now() + time;
  char some[16 * 1024];
  for (;;) {
    const auto left =
        std::chrono::duration_cast<std::chrono::milliseconds>(until - std::chrono::steady_clock::now());
    pollfd wait{socket_, POLLIN, 0};
    if (left.count() <= 0 || ::poll(&wait, 1, static_cast<int>(left.count())) == 0) return false;
    const ssize_t size = ::recv(socket_, some, sizeof some, MSG_DONTWAIT);
    if (size == 0 || (size < 0 && errno != EAGAIN && errno != EINTR)) return true;
  }
}

}  // namespace fx::http
