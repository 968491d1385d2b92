#pragma once

#include <boost/beast/http/basic_parser.hpp>
#include <optional>
#include <string_view>

#include "api/http/wire.hpp"

/// Inside the HTTP layer: bytes to Request. Beast reads the grammar; what it leaves open is decided here,
/// strictly.
namespace fx::http {

class RequestParser final : private boost::beast::http::basic_parser<true> {
 public:
  enum class State {
    more,      ///< wants further bytes; what is left of the input must be shown again, with them
    head,      ///< the head is complete: judge it, set the body limit, call feed() again
    complete,  ///< the request is complete; what is left of the input belongs to the next one
    refused,   ///< see fault()
  };

  explicit RequestParser(const Limits& limits);

  /// Takes what it can from the front of `input`.
  State feed(std::string_view& input);

  Request& request() { return request_; }
  FaultKind fault() const { return fault_; }
  bool keep_alive() const { return http11_ && basic_parser::keep_alive(); }
  bool expects_continue() const { return expects_continue_; }
  /// Bytes of body announced; none for a chunked one, and before the head is there.
  std::optional<std::uint64_t> announced() const;
  void body_limit(std::size_t limit) { basic_parser::body_limit(limit); }

 private:
  using string_view = boost::beast::string_view;
  using error_code = boost::beast::error_code;
  using field = boost::beast::http::field;
  using verb = boost::beast::http::verb;

  void on_request_impl(verb, string_view method, string_view target, int version, error_code& ec) override;
  void on_field_impl(field name, string_view name_string, string_view value, error_code& ec) override;
  void on_header_impl(error_code& ec) override;
  void on_body_init_impl(const boost::optional<std::uint64_t>& length, error_code& ec) override;
  std::size_t on_body_impl(string_view body, error_code& ec) override;
  void on_chunk_header_impl(std::uint64_t, string_view, error_code&) override {}
  std::size_t on_chunk_body_impl(std::uint64_t remain, string_view body, error_code& ec) override;
  void on_finish_impl(error_code&) override {}
  void on_response_impl(int, string_view, int, error_code&) override {}

  State refuse(FaultKind kind);
  void refuse(FaultKind kind, error_code& ec);
  State refuse_by(error_code ec);

  const Limits& limits_;
  Request request_;
  FaultKind fault_ = FaultKind::syntax;
  std::size_t head_bytes_ = 0;
  int hosts_ = 0;
  bool line_done_ = false;
  bool refused_ = false;
  bool http11_ = false;
  bool head_done_ = false;
  bool head_shown_ = false;
  bool expects_continue_ = false;
  bool foreign_coding_ = false;
};

}  // namespace fx::http
