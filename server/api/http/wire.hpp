#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "api/http/http.hpp"

/// Inside the HTTP layer: text on the wire, no sockets.
namespace fx::http {

/// Every fault the layer can utter, by code.
enum class FaultKind {
  syntax,
  target,
  host,
  body_framing,
  method,
  slow,
  body_too_large,
  head_too_large,
  expectation,
  defect,
  coding,
  version,
  busy,
  full,
  late
};
Fault fault_of(FaultKind kind);
/// The answer to a fault: worded by the caller's function when there is one, else JSON.
Response fault_response(const Options& options, FaultKind kind, std::string_view peer);

/// Splits and decodes a request target into path and query. False: not a target of ours (bad percent escape,
/// not UTF-8, control characters, "." or ".." as a segment, an encoded slash).
bool decode_target(std::string_view target, std::size_t query_count, std::string& path,
                   std::vector<Header>& query);
std::optional<std::string> percent_decode(std::string_view text, bool plus_is_space);

bool same_ignoring_case(std::string_view a, std::string_view b);

/// The headers every answer carries, rendered once.
class CommonHeaders {
 public:
  explicit CommonHeaders(const std::vector<Header>& headers);
  void append_to(std::string& out, const std::vector<Header>& overriding) const;

 private:
  struct Line {
    std::string name, line;
  };
  std::vector<Line> lines_;
  std::string all_;
};

/// "Sun, 06 Nov 1994 08:49:37 GMT"
std::string http_date(std::int64_t unix_seconds);

struct HeadOptions {
  bool close = false;
  bool stream = false;
  std::size_t length = 0;
};
/// Appends status line, headers and the empty line. False, and `out` as it was: no final status, or a header
/// holds a line break or a NUL (nobody may smuggle a second answer through a value).
bool render_head(std::string& out, const Response& response, const HeadOptions& options,
                 const CommonHeaders& common, std::string_view date);

}  // namespace fx::http
