#include "api/http/wire.hpp"

#include <algorithm>
#include <array>

#include "base/text.hpp"

namespace fx::http {
namespace {

char lower_char(char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c; }

int hex_value(char c) {
  if (c >= '0' && c <= '9') return c - '0';
  if (c >= 'a' && c <= 'f') return c - 'a' + 10;
  if (c >= 'A' && c <= 'F') return c - 'A' + 10;
  return -1;
}

bool has_control(std::string_view text) {
  return std::ranges::any_of(text, [](char c) { return static_cast<unsigned char>(c) < 0x20 || c == 0x7f; });
}

bool safe_path(std::string_view path) {
  if (path.empty() || path.front() != '/' || has_control(path) || !valid_utf8(path)) return false;
  for (std::size_t from = 1; from <= path.size();) {
    const std::size_t until = std::min(path.find('/', from), path.size());
    const std::string_view segment = path.substr(from, until - from);
    if (segment == "." || segment == "..") return false;
    from = until + 1;
  }
  return true;
}

bool parse_query(std::string_view text, std::size_t limit, std::vector<Header>& query) {
  while (!text.empty()) {
    const std::size_t end = std::min(text.find('&'), text.size());
    const std::string_view pair = text.substr(0, end);
    text.remove_prefix(std::min(end + 1, text.size()));
    if (pair.empty()) continue;
    if (query.size() == limit) return false;
    const std::size_t equals = std::min(pair.find('='), pair.size());
    auto name = percent_decode(pair.substr(0, equals), true);
    auto value = percent_decode(pair.substr(std::min(equals + 1, pair.size())), true);
    if (!name || !value) return false;
    if (!valid_utf8(*name) || !valid_utf8(*value) || value->find('\0') != value->npos || has_control(*name)) {
      return false;
    }
    query.emplace_back(std::move(*name), std::move(*value));
  }
  return true;
}

/// Ours to say, whatever a handler puts there: a wrong one would desynchronise the connection.
bool own_header(std::string_view name) {
  switch (name.size()) {
    case 4: return same_ignoring_case(name, "date");
    case 10: return same_ignoring_case(name, "connection");
    case 14: return same_ignoring_case(name, "content-length");
    case 17: return same_ignoring_case(name, "transfer-encoding");
    default: return false;
  }
}

bool breaks_line(std::string_view text) {
  return text.find_first_of(std::string_view{"\r\n\0", 3}) != text.npos;
}

void append_number(std::string& out, std::size_t number) {
  std::array<char, 20> digits;
  char* at = digits.data() + digits.size();
  do {
    *--at = static_cast<char>('0' + number % 10);
    number /= 10;
  } while (number != 0);
  out.append(at, digits.data() + digits.size());
}

void append_line(std::string& out, std::string_view name, std::string_view value) {
  out += name;
  out += ": ";
  out += value;
  out += "\r\n";
}

}  // namespace

bool same_ignoring_case(std::string_view a, std::string_view b) {
  return a.size() == b.size() && std::equal(a.begin(), a.end(), b.begin(),
                                            [](char x, char y) { return lower_char(x) == lower_char(y); });
}

std::optional<std::string> percent_decode(std::string_view text, bool plus_is_space) {
  std::string out;
  out.reserve(text.size());
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (text[i] == '+' && plus_is_space) {
      out += ' ';
    } else if (text[i] != '%') {
      out += text[i];
    } else {
      const int high = i + 1 < text.size() ? hex_value(text[i + 1]) : -1;
      const int low = i + 2 < text.size() ? hex_value(text[i + 2]) : -1;
      if (high < 0 || low < 0) return std::nullopt;
      out += static_cast<char>(high * 16 + low);
      i += 2;
    }
  }
  return out;
}

bool decode_target(std::string_view target, std::size_t query_count, std::string& path,
                   std::vector<Header>& query) {
  // The absolute form is for proxies, but RFC 9112 3.2.2 asks every server to take it.
  for (const std::string_view scheme : {"http://", "https://"}) {
    if (target.size() >= scheme.size() && same_ignoring_case(target.substr(0, scheme.size()), scheme)) {
      target.remove_prefix(scheme.size());
      target.remove_prefix(std::min(target.find_first_of("/?"), target.size()));
      if (target.empty()) target = "/";
      break;
    }
  }
  target = target.substr(0, target.find('#'));
  const std::size_t mark = std::min(target.find('?'), target.size());
  const std::string_view raw = target.substr(0, mark);
  auto decoded = percent_decode(raw, false);
  // An encoded slash would be a separator to some readers and a letter to others; nobody here needs one.
  if (!decoded || std::ranges::count(*decoded, '/') != std::ranges::count(raw, '/')) return false;
  path = std::move(*decoded);
  return safe_path(path) && parse_query(target.substr(std::min(mark + 1, target.size())), query_count, query);
}

const std::string* Request::find_header(std::string_view name) const {
  for (const auto& [key, value] : headers) {
    if (same_ignoring_case(key, name)) return &value;
  }
  return nullptr;
}

std::string_view Request::header(std::string_view name) const {
  const std::string* found = find_header(name);
  return found ? std::string_view{*found} : std::string_view{};
}

const std::string* Request::find_query(std::string_view name) const {
  for (const auto& [key, value] : query) {
    if (key == name) return &value;
  }
  return nullptr;
}

Response text(unsigned status, std::string body, std::string_view content_type) {
  Response response;
  response.status = status;
  response.headers.emplace_back("Content-Type", content_type);
  response.body = std::move(body);
  return response;
}

Response json(unsigned status, std::string body) { return text(status, std::move(body), "application/json"); }

Response bytes(std::string_view view, std::string_view content_type, std::shared_ptr<const void> owner) {
  Response response = text(200, {}, content_type);
  response.view = view;
  response.owner = std::move(owner);
  return response;
}

Response event_stream(std::function<void(std::shared_ptr<Stream>)> opened) {
  Response response;
  response.stream = std::move(opened);
  return response;
}

std::string event_text(std::string_view event, std::string_view data, std::string_view id) {
  std::string out;
  const auto line = [&out](std::string_view name, std::string_view value) {
    out.append(name).append(": ").append(value) += '\n';
  };
  if (!id.empty()) line("id", id);
  if (!event.empty()) line("event", event);
  for (;;) {
    const std::size_t end = std::min(data.find_first_of("\r\n"), data.size());
    line("data", data.substr(0, end));
    if (end == data.size()) break;
    const bool pair = data[end] == '\r' && end + 1 < data.size() && data[end + 1] == '\n';
    data.remove_prefix(end + (pair ? 2 : 1));
  }
  out += '\n';
  return out;
}

std::string_view reason_phrase(unsigned status) {
  switch (status) {
    case 200: return "OK";
    case 201: return "Created";
    case 202: return "Accepted";
    case 204: return "No Content";
    case 206: return "Partial Content";
    case 301: return "Moved Permanently";
    case 302: return "Found";
    case 303: return "See Other";
    case 304: return "Not Modified";
    case 307: return "Temporary Redirect";
    case 308: return "Permanent Redirect";
    case 400: return "Bad Request";
    case 401: return "Unauthorized";
    case 403: return "Forbidden";
    case 404: return "Not Found";
    case 405: return "Method Not Allowed";
    case 406: return "Not Acceptable";
    case 408: return "Request Timeout";
    case 409: return "Conflict";
    case 410: return "Gone";
    case 412: return "Precondition Failed";
    case 413: return "Content Too Large";
    case 415: return "Unsupported Media Type";
    case 416: return "Range Not Satisfiable";
    case 417: return "Expectation Failed";
    case 422: return "Unprocessable Content";
    case 428: return "Precondition Required";
    case 429: return "Too Many Requests";
    case 431: return "Request Header Fields Too Large";
    case 500: return "Internal Server Error";
    case 501: return "Not Implemented";
    case 503: return "Service Unavailable";
    case 505: return "HTTP Version Not Supported";
    case 507: return "Insufficient Storage";
    default: return "Status";
  }
}

Fault fault_of(FaultKind kind) {
  switch (kind) {
    case FaultKind::syntax: return {400, "H-SYNTAX", "不是有效的 HTTP 请求", "Not a valid HTTP request", {}};
    case FaultKind::target:
      return {400, "H-TARGET", "请求地址编码有误", "The request address is not correctly encoded", {}};
    case FaultKind::host:
      return {400, "H-HOST", "请求须带且只带一个 Host 头", "The request needs exactly one Host header", {}};
    case FaultKind::body_framing:
      return {400, "H-FRAMING", "请求体长度或分块有误", "The length or the chunks of the body are wrong", {}};
    case FaultKind::method: return {405, "H-METHOD", "不支持该请求方法", "This method is not supported", {}};
    case FaultKind::slow: return {408, "H-SLOW", "请求发送过慢，已断开", "The request came too slowly", {}};
    case FaultKind::body_too_large: return {413, "H-BODY", "请求体过大", "The body is too large", {}};
    case FaultKind::head_too_large: return {431, "H-HEAD", "请求头过大", "The request head is too large", {}};
    case FaultKind::expectation:
      return {417, "H-EXPECT", "不支持该 Expect 要求", "This expectation is not supported", {}};
    case FaultKind::defect:
      return {500, "H-DEFECT", "系统内部错误，已记录", "A fault of this system; it has been recorded", {}};
    case FaultKind::coding:
      return {501, "H-CODING", "不支持该传输编码", "This transfer coding is not supported", {}};
    case FaultKind::version: return {505, "H-VERSION", "只支持 HTTP/1.1", "Only HTTP/1.1 is supported", {}};
    case FaultKind::busy:
      return {503, "H-BUSY", "系统繁忙，请稍后重试", "The system is busy; please try again shortly", {}};
    case FaultKind::full:
      return {503, "H-FULL", "连接数已满，请稍后重试", "Too many connections; please try again shortly", {}};
    case FaultKind::late:
      return {503,
              "H-LATE",
              "处理超时，结果未知，可用同一编号重试",
              "No answer in time; the outcome is unknown, retry with the same key",
              {}};
  }
  return {500, "H-DEFECT", "系统内部错误", "A fault of this system", {}};
}

Response fault_response(const Options& options, FaultKind kind, std::string_view peer) {
  Fault fault = fault_of(kind);
  fault.peer = peer;
  Response response;
  bool worded = false;
  if (options.fault) {
    try {
      response = options.fault(fault);
      worded = !response.stream;
    } catch (...) {
      worded = false;  // a wording that fails must not keep the refusal itself from being said
    }
  }
  if (!worded) {
    std::string body;
    body.append(R"({"code":")").append(fault.code).append(R"(","zh":")").append(fault.zh);
    body.append(R"(","en":")").append(fault.en).append(R"("})");
    response = json(fault.status, std::move(body));
  }
  response.status = fault.status;
  if (fault.status == 503) response.headers.emplace_back("Retry-After", "1");
  if (fault.status == 405)
    response.headers.emplace_back("Allow", "GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS");
  return response;
}

CommonHeaders::CommonHeaders(const std::vector<Header>& headers) {
  for (const auto& [name, value] : headers) {
    if (own_header(name) || breaks_line(name) || breaks_line(value)) continue;
    std::string line;
    append_line(line, name, value);
    all_ += line;
    lines_.push_back({name, std::move(line)});
  }
}

void CommonHeaders::append_to(std::string& out, const std::vector<Header>& overriding) const {
  const auto overridden = [&overriding](const Line& line) {
    return std::ranges::any_of(overriding,
                               [&](const Header& h) { return same_ignoring_case(h.first, line.name); });
  };
  if (std::ranges::none_of(lines_, overridden)) {
    out += all_;
    return;
  }
  for (const Line& line : lines_) {
    if (!overridden(line)) out += line.line;
  }
}

std::string http_date(std::int64_t unix_seconds) {
  static constexpr std::string_view days = "ThuFriSatSunMonTueWed";  // 1 January 1970 was a Thursday
  static constexpr std::string_view months = "JanFebMarAprMayJunJulAugSepOctNovDec";
  const std::chrono::sys_seconds at{std::chrono::seconds{unix_seconds}};
  const auto day = std::chrono::floor<std::chrono::days>(at);
  const std::chrono::year_month_day date{day};
  const std::chrono::hh_mm_ss clock{at - day};
  std::string out;
  const auto two = [&out](std::int64_t value) {
    out += static_cast<char>('0' + value / 10 % 10);
    out += static_cast<char>('0' + value % 10);
  };
  out += days.substr(static_cast<std::size_t>(day.time_since_epoch().count() % 7) * 3, 3);
  out += ", ";
  two(static_cast<unsigned>(date.day()));
  out += ' ';
  out += months.substr((static_cast<unsigned>(date.month()) - 1) * 3, 3);
  out += ' ';
  append_number(out, static_cast<std::size_t>(static_cast<int>(date.year())));
  out += ' ';
  two(clock.hours().count());
  out += ':';
  two(clock.minutes().count());
  out += ':';
  two(clock.seconds().count());
  out += " GMT";
  return out;
}

bool render_head(std::string& out, const Response& response, const HeadOptions& options,
                 const CommonHeaders& common, std::string_view date) {
  if (response.status < 200 || response.status > 599) return false;
  const std::size_t start = out.size();
  out += "HTTP/1.1 ";
  append_number(out, response.status);
  out += ' ';
  out += reason_phrase(response.status);
  out += "\r\nDate: ";
  out += date;
  out += "\r\n";
  // RFC 9110 8.6: a 204 carries no length; a 304 need not, and ours never does.
  const bool lengthless = options.stream || response.status == 204 || response.status == 304;
  if (!lengthless) {
    out += "Content-Length: ";
    append_number(out, options.length);
    out += "\r\n";
  }
  if (options.close) out += "Connection: close\r\n";
  for (const auto& [name, value] : response.headers) {
    if (own_header(name)) continue;
    if (name.empty() || breaks_line(name) || breaks_line(value)) {
      out.resize(start);
      return false;
    }
    append_line(out, name, value);
  }
  common.append_to(out, response.headers);
  out += "\r\n";
  return true;
}

}  // namespace fx::http
