#include "importing/cleaning.hpp"

#include <algorithm>
#include <vector>

#include "base/text.hpp"

namespace fx::importing {
namespace {

/// The code points of well-formed UTF-8; a broken byte becomes U+FFFD.
std::u32string wide(std::string_view text) {
  std::u32string out;
  for (std::size_t i = 0; i < text.size();) {
    const auto lead = static_cast<unsigned char>(text[i]);
    const std::size_t length = lead < 0x80 ? 1 : lead < 0xE0 ? 2 : lead < 0xF0 ? 3 : 4;
    const bool whole = (lead < 0x80 || lead >= 0xC2) && lead < 0xF5 && i + length <= text.size() &&
                       valid_utf8(text.substr(i, length));
    if (!whole) {
      out.push_back(U'\uFFFD');
      ++i;
      continue;
    }
    char32_t code = length == 1 ? lead : lead & (0xFFU >> (length + 1));
    for (std::size_t k = 1; k < length; ++k)
      code = (code << 6) | (static_cast<unsigned char>(text[i + k]) & 0x3FU);
    out.push_back(code);
    i += length;
  }
  return out;
}

std::string narrow(std::u32string_view text) {
  std::string out;
  for (const char32_t c : text) {
    if (c < 0x80) {
      out.push_back(static_cast<char>(c));
    } else if (c < 0x800) {
      out.push_back(static_cast<char>(0xC0 | (c >> 6)));
      out.push_back(static_cast<char>(0x80 | (c & 0x3F)));
    } else if (c < 0x10000) {
      out.push_back(static_cast<char>(0xE0 | (c >> 12)));
      out.push_back(static_cast<char>(0x80 | ((c >> 6) & 0x3F)));
      out.push_back(static_cast<char>(0x80 | (c & 0x3F)));
    } else {
      out.push_back(static_cast<char>(0xF0 | (c >> 18)));
      out.push_back(static_cast<char>(0x80 | ((c >> 12) & 0x3F)));
      out.push_back(static_cast<char>(0x80 | ((c >> 6) & 0x3F)));
      out.push_back(static_cast<char>(0x80 | (c & 0x3F)));
    }
  }
  return out;
}

bool is_blank(char32_t c) {
  return c == ' ' || c == 0xA0 || c == 0x3000 || (c >= 0x2000 && c <= 0x200A) || c == 0x202F || c == 0x205F;
}
bool is_break(char32_t c) { return c < 0x20 || c == 0x7F || c == 0x85 || c == 0x2028 || c == 0x2029; }
/// Zero width, direction marks, byte order mark: nobody sees them, everybody's comparison does.
bool is_unseen(char32_t c) {
  return (c >= 0x200B && c <= 0x200F) || (c >= 0x202A && c <= 0x202E) || (c >= 0x2060 && c <= 0x2069) ||
         c == 0xFEFF || c == 0xAD;
}
bool is_han(char32_t c) {
  return (c >= 0x4E00 && c <= 0x9FFF) || (c >= 0x3400 && c <= 0x4DBF) || (c >= 0x20000 && c <= 0x3FFFF) ||
         (c >= 0xF900 && c <= 0xFAFF) || c == 0x3007;
}
bool is_interpunct(char32_t c) {
  return c == 0xB7 || c == 0x2022 || c == 0x30FB || c == 0xFF65 || c == 0x2027 || c == 0x22C5 ||
         c == 0xFF0E || c == '.' || c == 0x2024 || c == 0x318D || c == 0x16EB || c == 0x2219;
}
bool is_wide_ascii(char32_t c) { return c >= 0xFF01 && c <= 0xFF5E; }
bool is_wide_alnum(char32_t c) {
  return (c >= 0xFF10 && c <= 0xFF19) || (c >= 0xFF21 && c <= 0xFF3A) || (c >= 0xFF41 && c <= 0xFF5A);
}

/// What was done, each thing said once.
class Deeds {
 public:
  void add(const char* zh, const char* en) {
    const Words one{zh, en};
    if (std::ranges::find(all_, one) == all_.end()) all_.push_back(one);
  }
  [[nodiscard]] Words words() const {
    Words out;
    for (const Words& one : all_) {
      out.zh += (out.zh.empty() ? "" : "、") + one.zh;
      out.en += (out.en.empty() ? "" : ", ") + one.en;
    }
    return out;
  }

 private:
  std::vector<Words> all_;
};

struct Cell {
  std::u32string text;
  Deeds deeds;

  [[nodiscard]] Cleaned done() const { return {narrow(text), deeds.words()}; }
};

void plain_width(Cell& cell, bool all) {
  for (char32_t& c : cell.text) {
    if (!(all ? is_wide_ascii(c) : is_wide_alnum(c))) continue;
    c -= 0xFEE0;
    cell.deeds.add("全角改半角", "full-width characters made plain");
  }
}

/// Blanks at the ends gone, single inside, unseen marks gone.
void settle_blanks(Cell& cell) {
  std::u32string out;
  bool owed = false;  // a blank is owed before the next character
  bool odd = false;
  bool ends = false;
  for (const char32_t c : cell.text) {
    if (is_unseen(c)) {
      cell.deeds.add("去掉不可见字符", "unseen characters removed");
      continue;
    }
    if (is_blank(c) || is_break(c)) {
      if (is_break(c)) cell.deeds.add("换行或制表符改空格", "line breaks and tabs made blanks");
      if (out.empty()) ends = true;
      odd = odd || c != ' ' || owed;
      owed = !out.empty();
      continue;
    }
    if (owed) out.push_back(' ');
    owed = false;
    out.push_back(c);
  }
  ends = ends || owed;
  if (ends) cell.deeds.add("去掉首尾空格", "blanks at the ends removed");
  if (odd && !ends) cell.deeds.add("多余空格合为一个", "blanks joined");
  cell.text = std::move(out);
}

Cell as_text(std::string_view raw, bool all_widths) {
  Cell cell{wide(raw), {}};
  plain_width(cell, all_widths);
  settle_blanks(cell);
  return cell;
}

void join_han(Cell& cell) {
  std::u32string out;
  const std::u32string& in = cell.text;
  for (std::size_t i = 0; i < in.size(); ++i) {
    const auto part_of_name = [](char32_t c) { return is_han(c) || is_interpunct(c); };
    const bool between = in[i] == ' ' && !out.empty() && i + 1 < in.size() && part_of_name(out.back()) &&
                         part_of_name(in[i + 1]);
    if (between)
      cell.deeds.add("去掉姓名中的空格", "blanks inside the name removed");
    else
      out.push_back(in[i]);
  }
  for (std::size_t i = 1; i + 1 < out.size(); ++i) {
    if (!is_interpunct(out[i]) || out[i] == 0xB7 || !is_han(out[i - 1]) || !is_han(out[i + 1])) continue;
    out[i] = 0xB7;
    cell.deeds.add("间隔号统一为“·”", "interpunct made U+00B7");
  }
  cell.text = std::move(out);
}

struct Scientific {
  std::string digits;
  std::size_t length = 0;  ///< digits the number has before its point
};

/// 1.38E+10, 3.3010619900101E17: digits and how many there should be.
bool read_scientific(std::string_view text, Scientific& out) {
  const std::size_t e = text.find_first_of("eE");
  if (e == std::string_view::npos || e == 0) return false;
  std::string_view mantissa = text.substr(0, e);
  std::string_view power = text.substr(e + 1);
  if (!power.empty() && power.front() == '+') power.remove_prefix(1);
  if (power.empty() || power.size() > 2 || !std::ranges::all_of(power, is_digit)) return false;
  if (!is_digit(mantissa.front()) || (mantissa.size() > 1 && mantissa[1] != '.')) return false;
  for (const char c : mantissa)
    if (is_digit(c))
      out.digits.push_back(c);
    else if (c != '.')
      return false;
  out.length = 1;
  for (std::size_t n = 0; const char c : power)
    n = n * 10 + static_cast<std::size_t>(c - '0'), out.length = n + 1;
  return true;
}

void write_out_number(Cell& cell) {
  std::string text = narrow(cell.text);
  Scientific number;
  if (read_scientific(text, number) && number.digits.size() == number.length) {
    cell.text = wide(number.digits);
    cell.deeds.add("科学计数法还原", "scientific form written out");
    return;
  }
  const std::size_t point = text.find('.');
  const bool whole = point != std::string::npos && point > 0 &&
                     text.find_first_not_of('0', point + 1) == std::string::npos &&
                     std::ranges::all_of(std::string_view(text).substr(0, point), is_digit) && point >= 6;
  if (!whole) return;
  cell.text = wide(text.substr(0, point));
  cell.deeds.add("去掉小数点", "decimal point removed");
}

Cell as_code(std::string_view raw) {
  Cell cell = as_text(raw, true);
  const auto is_apostrophe = [](char32_t c) { return c == '\'' || c == '`' || c == 0x2018 || c == 0x2019; };
  std::size_t marks = 0;
  while (marks < cell.text.size() && is_apostrophe(cell.text[marks])) ++marks;
  if (marks > 0) {
    cell.text.erase(0, marks);
    cell.deeds.add("去掉前导撇号", "leading apostrophe removed");
    settle_blanks(cell);
  }
  write_out_number(cell);
  return cell;
}

bool is_dash(char32_t c) { return c == '-' || (c >= 0x2010 && c <= 0x2015) || c == 0x2212; }

template <class Drop>
void drop(Cell& cell, Drop drop_it, const char* zh, const char* en) {
  if (std::erase_if(cell.text, drop_it) > 0) cell.deeds.add(zh, en);
}

}  // namespace

Cleaned clean_text(std::string_view raw) { return as_text(raw, false).done(); }

Cleaned clean_name(std::string_view raw) {
  Cell cell = as_text(raw, false);
  join_han(cell);
  return cell.done();
}

Cleaned clean_code(std::string_view raw) { return as_code(raw).done(); }

Cleaned clean_document(std::string_view raw) {
  Cell cell = as_code(raw);
  drop(
      cell, [](char32_t c) { return c == ' ' || is_dash(c); }, "去掉号码中的空格和横线",
      "blanks and dashes inside the number removed");
  for (char32_t& c : cell.text) {
    if (c < 'a' || c > 'z') continue;
    c -= 'a' - 'A';
    cell.deeds.add("小写字母改大写", "small letters made capitals");
  }
  return cell.done();
}

Cleaned clean_phone(std::string_view raw) {
  Cell cell = as_code(raw);
  drop(
      cell, [](char32_t c) { return c == ' ' || is_dash(c) || c == '(' || c == ')'; },
      "去掉电话中的空格和横线", "blanks and dashes inside the number removed");
  for (const std::u32string_view prefix : {U"+86", U"0086", U"86"}) {
    const bool mobile = cell.text.size() == prefix.size() + 11 && cell.text.starts_with(prefix) &&
                        cell.text[prefix.size()] == '1';
    if (!mobile) continue;
    cell.text.erase(0, prefix.size());
    cell.deeds.add("去掉 +86", "+86 removed");
    break;
  }
  return cell.done();
}

bool lost_digits(std::string_view cell) {
  Scientific number;
  return read_scientific(trim(cell), number) && number.digits.size() < number.length;
}

bool is_phone(std::string_view text) {
  if (text.starts_with('+')) text.remove_prefix(1);
  return text.size() >= 5 && text.size() <= 15 && std::ranges::all_of(text, is_digit);
}

bool is_serial_day(std::string_view text) {
  const std::size_t point = text.find('.');
  const std::string_view whole = text.substr(0, point);
  if (point != std::string_view::npos && !std::ranges::all_of(text.substr(point + 1), is_digit)) return false;
  if (whole.size() != 5 || !std::ranges::all_of(whole, is_digit)) return false;
  return whole >= "20000" && whole <= "73050";
}

}  // namespace fx::importing
