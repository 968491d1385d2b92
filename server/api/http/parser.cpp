#include "api/http/parser.hpp"

#include <algorithm>
#include <boost/asio/buffer.hpp>
#include <boost/beast/http/error.hpp>

#include "base/text.hpp"

namespace fx::http {
namespace {

namespace beast_http = boost::beast::http;

/// RFC 9110 5.6.2: what a method may be written with.
bool token_char(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
         std::string_view{"!#$%&'*+-.^_`|~"}.find(c) != std::string_view::npos;
}

/// Whether this can still become a request line. Beast says so only at the end of the head, and nonsense (a
/// TLS greeting on a plain port, say) seldom has one.
bool plausible_start(std::string_view input) {
  constexpr std::size_t longest_method = 24;
  for (std::size_t i = 0; i < std::min(input.size(), longest_method); ++i) {
    if (input[i] == ' ') return i > 0;
    if (!token_char(input[i])) return false;
  }
  return input.size() < longest_method;
}

}  // namespace

RequestParser::RequestParser(const Limits& limits) : limits_(limits) {
  header_limit(static_cast<std::uint32_t>(limits.header_bytes));
  basic_parser::body_limit(boost::none);  // judged here, once the path is known
  eager(false);
}

std::optional<std::uint64_t> RequestParser::announced() const {
  if (!head_done_) return std::nullopt;
  const auto length = content_length();
  return length ? std::optional<std::uint64_t>{*length} : std::nullopt;
}

RequestParser::State RequestParser::feed(std::string_view& input) {
  if (!got_some()) {
    // RFC 9112 2.2: an empty line before the request line is forgiven, some old clients send one after a
    // body.
    while (!input.empty() && (input.front() == '\r' || input.front() == '\n')) input.remove_prefix(1);
  }
  if (!line_done_ && !input.empty() && !plausible_start(input)) return refuse(FaultKind::syntax);
  while (!is_done()) {
    // Beast 1.81 asserts that at least 5 bytes are there when it looks at the last chunk a second time. At
    // least that many always still come before a chunked body ends (its last chunk is "0\r\n\r\n"), so wait
    // for them.
    const bool chunks = head_done_ && chunked();
    if (input.empty() || (chunks && input.size() < 5)) return State::more;
    error_code ec;
    const std::size_t used = put(boost::asio::const_buffer{input.data(), input.size()}, ec);
    input.remove_prefix(used);
    if (refused_) return State::refused;
    if (!head_shown_) head_bytes_ += used;  // Beast limits each piece it is shown, we the whole
    if (!head_shown_ && head_bytes_ + (head_done_ ? 0 : input.size()) > limits_.header_bytes) {
      return refuse(FaultKind::head_too_large);
    }
    if (ec == beast_http::error::need_more) {
      if (chunks && input.size() > limits_.header_bytes) return refuse(FaultKind::body_framing);
      return State::more;
    }
    if (ec) return refuse_by(ec);
    if (head_done_ && !head_shown_) {
      head_shown_ = true;
      return State::head;
    }
  }
  return State::complete;
}

RequestParser::State RequestParser::refuse(FaultKind kind) {
  refused_ = true;
  fault_ = kind;
  return State::refused;
}

void RequestParser::refuse(FaultKind kind, error_code& ec) {
  refuse(kind);
  ec = beast_http::error::bad_value;
}

RequestParser::State RequestParser::refuse_by(error_code ec) {
  using beast_http::error;
  if (ec == error::header_limit) return refuse(FaultKind::head_too_large);
  if (ec == error::body_limit) return refuse(FaultKind::body_too_large);
  if (ec == error::bad_version) return refuse(FaultKind::version);
  const bool framing = head_done_ || ec == error::bad_content_length ||
                       ec == error::multiple_content_length || ec == error::bad_transfer_encoding;
  return refuse(framing ? FaultKind::body_framing : FaultKind::syntax);
}

void RequestParser::on_request_impl(verb, string_view method, string_view target, int version,
                                    error_code& ec) {
  line_done_ = true;
  http11_ = version == 11;
  request_.method.assign(method.data(), method.size());
  request_.target.assign(target.data(), target.size());
  request_.headers.reserve(12);
  if (request_.method == "CONNECT" || request_.method == "TRACE") return refuse(FaultKind::method, ec);
  if (request_.target == "*" && request_.method == "OPTIONS") {
    request_.path = "*";
  } else if (!decode_target(request_.target, limits_.query_count, request_.path, request_.query)) {
    refuse(FaultKind::target, ec);
  }
}

void RequestParser::on_field_impl(field name, string_view name_string, string_view value, error_code& ec) {
  if (head_done_) return;  // trailers of a chunked body: nobody here may be told things after the fact
  if (request_.headers.size() == limits_.header_count) return refuse(FaultKind::head_too_large, ec);
  auto& [key, text] = request_.headers.emplace_back();
  key.resize(name_string.size());
  std::ranges::transform(name_string, key.begin(),
                         [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c; });
  text.assign(value.data(), value.size());
  const bool ascii = std::ranges::all_of(text, [](char c) { return static_cast<unsigned char>(c) < 0x80; });
  if (!ascii && !valid_utf8(text)) return refuse(FaultKind::syntax, ec);  // logs and audit lines are UTF-8
  if (name == field::host) ++hosts_;
  if (name == field::transfer_encoding && !same_ignoring_case(text, "chunked")) foreign_coding_ = true;
  if (name == field::expect) {
    if (!same_ignoring_case(text, "100-continue")) return refuse(FaultKind::expectation, ec);
    expects_continue_ = true;
  }
}

void RequestParser::on_header_impl(error_code& ec) {
  head_done_ = true;
  // A coding we cannot undo leaves the end of the body unknown: what follows could be taken for another
  // request.
  if (foreign_coding_ || (chunked() && !http11_)) return refuse(FaultKind::coding, ec);
  if (hosts_ > 1 || (http11_ && hosts_ == 0)) return refuse(FaultKind::host, ec);
}

void RequestParser::on_body_init_impl(const boost::optional<std::uint64_t>& length, error_code&) {
  // Not the whole announced length: a promise of 8 MB costs its maker nothing.
  if (length) request_.body.reserve(static_cast<std::size_t>(std::min<std::uint64_t>(*length, 64 * 1024)));
}

std::size_t RequestParser::on_body_impl(string_view body, error_code&) {
  request_.body.append(body.data(), body.size());
  return body.size();
}

std::size_t RequestParser::on_chunk_body_impl(std::uint64_t, string_view body, error_code& ec) {
  return on_body_impl(body, ec);
}

}  // namespace fx::http
