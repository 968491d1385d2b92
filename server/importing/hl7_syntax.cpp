#include "importing/hl7_syntax.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <optional>
#include <set>

#include "base/text.hpp"

namespace fx::importing {
namespace {

/// Part n (from 1) of a text cut at a sign; empty behind the last.
std::string_view part(std::string_view raw, char sign, std::size_t n) {
  for (; n > 1; --n) {
    const std::size_t at = raw.find(sign);
    if (at == std::string_view::npos) return {};
    raw.remove_prefix(at + 1);
  }
  return raw.substr(0, raw.find(sign));
}

std::string blank_where(std::string_view raw, std::string_view signs) {
  std::string out(raw);
  for (char& c : out) {
    if (signs.find(c) != std::string_view::npos) c = ' ';
  }
  return out;
}

std::optional<std::string> from_hex(std::string_view digits) {
  if (digits.empty() || digits.size() % 2 != 0) return std::nullopt;
  std::string out;
  for (std::size_t i = 0; i < digits.size(); i += 2) {
    unsigned value = 0;
    const char* const end = digits.data() + i + 2;
    if (std::from_chars(digits.data() + i, end, value, 16).ptr != end) return std::nullopt;
    out.push_back(static_cast<char>(value));
  }
  return valid_utf8(out) ? std::optional(out) : std::nullopt;
}

/// What stands for the escape sequence `name`, without its two escape signs; nothing when it is unknown.
std::optional<std::string> escaped(std::string_view name, const Hl7Delimiters& d) {
  if (name == "F") return std::string(1, d.field);
  if (name == "S") return std::string(1, d.component);
  if (name == "T") return std::string(1, d.subcomponent);
  if (name == "R") return std::string(1, d.repetition);
  if (name == "E") return std::string(1, d.escape);
  if (name == ".br" || name.starts_with(".sp")) return "\n";
  if (name == "H" || name == "N" || name.starts_with('.')) return "";
  if (name.starts_with('X')) return from_hex(name.substr(1));
  return std::nullopt;
}

bool is_segment(std::string_view line) {
  const auto upper_or_digit = [](char c) { return (c >= 'A' && c <= 'Z') || is_digit(c); };
  if (line.size() < 3 || !std::ranges::all_of(line.substr(0, 3), upper_or_digit)) return false;
  return line.size() == 3 || !(upper_or_digit(line[3]) || line[3] == ' ');
}

/// MSH-1 and MSH-2 (also of FHS and BHS). Nothing when they cannot tell the parts of a message apart.
std::optional<Hl7Delimiters> delimiters_of(std::string_view header) {
  if (header.size() < 8) return std::nullopt;
  const char field = header[3];
  const std::string_view signs = part(header.substr(4), field, 1);
  if (signs.size() < 4 || signs.size() > 5) return std::nullopt;
  const Hl7Delimiters d{field, signs[0], signs[1], signs[2], signs[3]};
  std::set<char> all(signs.begin(), signs.end());
  all.insert(field);
  const bool plain = std::ranges::none_of(all, [](char c) {
    return is_digit(c) || (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') ||
           static_cast<unsigned char>(c) <= ' ' || static_cast<unsigned char>(c) > 126;
  });
  if (all.size() != signs.size() + 1 || !plain) return std::nullopt;
  return d;
}

RowFault shape(std::size_t row, std::string segment, std::string field, std::string zh, std::string en) {
  return RowFault{row, std::move(segment), std::move(field), "F-SHAPE", {std::move(zh), std::move(en)}};
}

/// Sorts the lines of a file into messages and the batch around them.
class Cutter {
 public:
  void line(std::size_t row, std::string_view text) {
    const std::string_view name = text.substr(0, 3);
    if (name == "MSH") return open(row, text);
    if (name == "FHS" || name == "BHS") {
      in_batch_ = true;
      return close();
    }
    if (name == "BTS" || name == "FTS") return trailer(row, text);
    if (!is_segment(text)) return stray(row);
    if (!open_) stray_segment(row, name);
    if (open_) file_.messages.back().lines.emplace_back(row, text);
  }

  Hl7File finish() && {
    if (in_batch_ && !ended_) {
      file_.warnings.push_back(
          shape(0, "BTS", "", "批次没有结尾段，文件可能被截断", "the batch has no end; the file may be cut"));
    }
    return std::move(file_);
  }

 private:
  void open(std::size_t row, std::string_view text) {
    Hl7Message& message = file_.messages.emplace_back();
    message.row = row;
    message.lines.emplace_back(row, text);
    open_ = true;
    ++in_this_batch_;
    if (const auto d = delimiters_of(text)) {
      message.delimiters = *d;
    } else {
      message.faults.push_back(
          shape(row, "MSH", "MSH-2", "分隔符缺失或重复", "the delimiters are missing or repeated"));
    }
  }

  void close() { open_ = false; }

  void trailer(std::size_t row, std::string_view text) {
    close();
    ended_ = true;
    if (!text.starts_with("BTS")) return;
    const std::string_view count =
        text.size() > 4 ? trim(part(text.substr(4), text[3], 1)) : std::string_view();
    if (!count.empty() && count != std::to_string(in_this_batch_)) {
      file_.warnings.push_back(
          shape(row, "BTS", "BTS-1", fmt::format("批次写明 {} 条，实有 {} 条", count, in_this_batch_),
                fmt::format("the batch states {} messages, {} found", count, in_this_batch_)));
    }
    in_this_batch_ = 0;
  }

  void stray(std::size_t row) {
    if (!open_) open_nameless(row);
    file_.messages.back().faults.push_back(
        shape(row, "", "", "此行不是 HL7 段", "this line is no HL7 segment"));
  }

  void stray_segment(std::size_t row, std::string_view name) {
    open_nameless(row);
    file_.messages.back().faults.push_back(
        shape(row, std::string(name), "", "此段之前没有 MSH", "no MSH stands before this segment"));
  }

  void open_nameless(std::size_t row) {
    file_.messages.emplace_back().row = row;
    open_ = true;
  }

  Hl7File file_;
  bool open_ = false;
  bool in_batch_ = false;
  bool ended_ = false;
  int in_this_batch_ = 0;
};

}  // namespace

std::string unescape_hl7(std::string_view raw, const Hl7Delimiters& d) {
  std::string out;
  while (!raw.empty()) {
    const std::size_t from = raw.find(d.escape);
    const std::size_t to = from == std::string_view::npos ? from : raw.find(d.escape, from + 1);
    if (to == std::string_view::npos) break;
    out += raw.substr(0, from);
    if (const auto known = escaped(raw.substr(from + 1, to - from - 1), d)) {
      out += *known;
      raw.remove_prefix(to + 1);
    } else {  // the second sign may begin a sequence of its own
      out += raw.substr(from, to - from);
      raw.remove_prefix(to);
    }
  }
  return out.append(raw);
}

std::string Hl7Component::sub(std::size_t n) const {
  return std::string(trim(unescape_hl7(part(raw_, d_->subcomponent, n), *d_)));
}

std::string Hl7Component::text() const {
  return std::string(trim(unescape_hl7(blank_where(raw_, std::string_view(&d_->subcomponent, 1)), *d_)));
}

bool Hl7Component::empty() const { return text().empty(); }

Hl7Component Hl7Field::at(std::size_t n) const { return {part(raw_, d_->component, n), *d_}; }

std::string Hl7Field::whole() const {
  const std::string signs{d_->component, d_->subcomponent};
  return std::string(trim(unescape_hl7(blank_where(raw_, signs), *d_)));
}

bool Hl7Field::empty() const {
  const std::string all = whole();
  return all.empty() || all == "\"\"";
}

std::string_view Hl7Segment::raw_field(std::size_t n) const {
  if (name() != "MSH") return part(raw_, d_->field, n + 1);
  if (n == 1) return raw_.substr(3, 1);
  return part(raw_, d_->field, n);  // MSH-1 is the sign itself
}

std::vector<Hl7Field> Hl7Segment::repetitions(std::size_t n) const {
  const std::string_view raw = raw_field(n);
  std::vector<Hl7Field> all;
  if (name() == "MSH" && n <= 2) return {Hl7Field(raw, *d_)};
  for (const std::string_view one : split(raw, d_->repetition)) all.emplace_back(one, *d_);
  if (all.empty()) all.emplace_back(raw, *d_);
  return all;
}

std::vector<Hl7Segment> Hl7Message::segments() const {
  std::vector<Hl7Segment> all;
  all.reserve(lines.size());
  for (const auto& [at, text] : lines) all.emplace_back(text, at, delimiters);
  return all;
}

Hl7File read_hl7_file(std::string_view text) {
  Cutter cutter;
  std::size_t row = 1;
  for (std::size_t at = 0; at < text.size(); ++row) {
    const std::size_t end = std::min(text.find_first_of("\r\n", at), text.size());
    std::string_view line = text.substr(at, end - at);
    while (!line.empty() && (line.front() == '\x0B' || line.front() == '\x1C'))
      line.remove_prefix(1);  // MLLP
    while (!line.empty() && line.back() == '\x1C') line.remove_suffix(1);
    if (!trim(line).empty()) cutter.line(row, line);
    at = end + (text.substr(end, 2) == "\r\n" ? 2 : 1);
  }
  return std::move(cutter).finish();
}

}  // namespace fx::importing
