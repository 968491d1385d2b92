#include "importing/csv.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>

namespace fx::importing {
namespace {

/// A cell longer than this is an open quote, not a cell. It also bounds the cost of a file full of open
/// quotes.
constexpr std::size_t max_quoted_field = 64 * 1024;

bool is_line_break(char c) { return c == '\n' || c == '\r'; }

}  // namespace

char guess_separator(std::string_view text, std::size_t lines) {
  std::array<std::pair<char, int>, 3> seen{{{',', 0}, {';', 0}, {'\t', 0}}};
  bool quoted = false;
  for (const char c : text) {
    if (c == '"') quoted = !quoted;
    if (!quoted && is_line_break(c) && --lines == 0) break;
    for (auto& [separator, times] : seen) times += !quoted && c == separator ? 1 : 0;
  }
  return std::ranges::max_element(seen, {}, &std::pair<char, int>::second)->first;
}

struct CsvReader::Scan {
  std::vector<std::string> fields;
  std::size_t next = 0;
};

CsvReader::CsvReader(std::string_view text, char separator)
    : text_(text), separator_(separator != 0 ? separator : guess_separator(text, 1)) {}

/// Behind the line break of the line that holds `at`.
std::size_t CsvReader::end_of_line(std::size_t at) const {
  at = std::min(text_.find_first_of("\r\n", at), text_.size());
  if (at + 1 < text_.size() && text_[at] == '\r' && text_[at + 1] == '\n') return at + 2;
  return std::min(at + 1, text_.size());
}

void CsvReader::move_to(std::size_t at) {
  for (std::size_t i = at_; i < at; ++i) {
    const bool first_half = text_[i] == '\r' && i + 1 < text_.size() && text_[i + 1] == '\n';
    if (is_line_break(text_[i]) && !first_half) ++line_;
  }
  at_ = at;
}

/// `at` stands behind the opening quote; gives the place behind the closing one.
std::expected<std::size_t, Words> CsvReader::scan_quoted(std::size_t at, std::string& field) const {
  while (field.size() <= max_quoted_field) {
    const std::size_t quote =
        text_.substr(0, std::min(text_.size(), at + max_quoted_field + 1)).find('"', at);
    if (quote == std::string_view::npos) break;
    field.append(text_, at, quote - at);
    at = quote + 1;
    if (at >= text_.size() || text_[at] != '"') return at;
    field.push_back('"');
    ++at;
  }
  return std::unexpected(Words{"引号没有结束", "a quoted field does not end"});
}

std::expected<CsvReader::Scan, Words> CsvReader::scan_row(std::size_t at) const {
  Scan scan;
  for (;;) {
    std::string& field = scan.fields.emplace_back();
    if (at < text_.size() && text_[at] == '"') {
      const auto behind = scan_quoted(at + 1, field);
      if (!behind) return std::unexpected(behind.error());
      at = *behind;
      if (at < text_.size() && text_[at] != separator_ && !is_line_break(text_[at])) {
        return std::unexpected(Words{"结束引号之后还有文字", "text follows a closing quote"});
      }
    } else {
      const std::size_t from = at;
      while (at < text_.size() && text_[at] != separator_ && !is_line_break(text_[at])) ++at;
      field.assign(text_, from, at - from);
    }
    if (at < text_.size() && text_[at] == separator_) {
      ++at;
      continue;
    }
    scan.next = end_of_line(at);
    return scan;
  }
}

std::optional<std::expected<CsvRow, RowFault>> CsvReader::next() {
  while (at_ < text_.size() && is_line_break(text_[at_])) move_to(end_of_line(at_));
  if (at_ >= text_.size()) return std::nullopt;
  const std::size_t row = line_;
  auto scan = scan_row(at_);
  if (!scan) {
    move_to(end_of_line(at_));
    return std::unexpected(RowFault{.row = row, .code = "F-SHAPE", .reason = scan.error()});
  }
  if (any_width_) {
    move_to(scan->next);
    return CsvRow{.row = row, .fields = std::move(scan->fields)};
  }
  if (width_ == 0) width_ = scan->fields.size();
  while (scan->fields.size() > width_ && scan->fields.back().empty()) scan->fields.pop_back();
  if (scan->fields.size() != width_) {
    const std::size_t found = scan->fields.size();
    move_to(end_of_line(at_));  // not behind the scan: a stray quote may have joined whole rows into this one
    return std::unexpected(RowFault{.row = row,
                                    .code = "F-SHAPE",
                                    .reason = {fmt::format("应有 {} 栏，实有 {} 栏", width_, found),
                                               fmt::format("{} fields expected, {} found", width_, found)}});
  }
  move_to(scan->next);
  return CsvRow{.row = row, .fields = std::move(scan->fields)};
}

std::string write_csv_row(const std::vector<std::string>& fields, char separator) {
  std::string out;
  for (std::size_t i = 0; i < fields.size(); ++i) {
    const std::string& field = fields[i];
    if (i > 0) out.push_back(separator);
    const bool lonely = fields.size() == 1 && field.empty();  // else the row would be a blank line
    if (!lonely && field.find_first_of(std::string("\"\r\n") + separator) == std::string::npos) {
      out += field;
      continue;
    }
    out.push_back('"');
    for (const char c : field) {
      if (c == '"') out.push_back('"');
      out.push_back(c);
    }
    out.push_back('"');
  }
  return out + "\r\n";
}

std::string harmless_cell(std::string text) {
  if (!text.empty() && std::string_view("=+-@\t\r").find(text.front()) != std::string_view::npos)
    text.insert(0, "'");
  return text;
}

}  // namespace fx::importing
