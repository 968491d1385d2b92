#include "importing/table_profile.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <set>

#include "base/described.hpp"
#include "base/text.hpp"
#include "importing/cleaning.hpp"
#include "importing/csv.hpp"
#include "importing/result_table.hpp"
#include "importing/table_kinds.hpp"
#include "importing/toml_reader.hpp"

namespace fx::importing {
namespace {

bool usable_day_form(std::string_view form) {
  return form == "serial" || (std::ranges::count(form, 'Y') <= 1 && std::ranges::count(form, 'm') == 1 &&
                              std::ranges::count(form, 'd') == 1);
}

/// Days since 1899-12-30, with or without a time behind the point.
std::optional<Day> read_serial(std::string_view text) {
  if (!is_serial_day(text)) return std::nullopt;
  int days = 0;
  for (const char c : text.substr(0, text.find('.'))) days = days * 10 + (c - '0');
  return *make_day(1899, 12, 30) + days;
}

/// The latest day of this month and day that is not after `today`.
std::optional<Day> latest_day(unsigned month, unsigned day, std::optional<Day> today) {
  if (!today) return std::nullopt;
  const int year = std::stoi(format(*today).substr(0, 4));
  for (const int y : {year, year - 1})
    if (const auto found = make_day(y, month, day); found && *found <= *today) return found;
  return std::nullopt;
}

/// Up to `most` digits, at least one.
std::optional<int> take_number(std::string_view& text, std::size_t least, std::size_t most) {
  std::size_t n = 0;
  int value = 0;
  while (n < most && n < text.size() && is_digit(text[n])) value = value * 10 + (text[n++] - '0');
  if (n < least) return std::nullopt;
  text.remove_prefix(n);
  return value;
}

}  // namespace

std::optional<Day> read_day(std::string_view text, std::string_view form, std::optional<Day> today) {
  text = trim(text);
  if (form == "serial") return read_serial(text);
  std::optional<int> year;
  std::optional<int> month;
  std::optional<int> day;
  for (const char sign : form) {
    if (sign == 'Y' || sign == 'm' || sign == 'd') {
      auto& part = sign == 'Y' ? year : sign == 'm' ? month : day;
      part = sign == 'Y' ? take_number(text, 4, 4) : take_number(text, 1, 2);
      if (!part) return std::nullopt;
    } else {
      if (!text.starts_with(sign)) return std::nullopt;
      text.remove_prefix(1);
    }
  }
  if (!text.empty()) {  // "2020-01-18 10:00", "2020-01-18T10:00:00"
    if (text.front() != ' ' && text.front() != 'T') return std::nullopt;
    if (!parse_clock(trim(text.substr(1)).substr(0, 5))) return std::nullopt;
  }
  if (!year) return latest_day(static_cast<unsigned>(*month), static_cast<unsigned>(*day), today);
  return make_day(*year, static_cast<unsigned>(*month), static_cast<unsigned>(*day));
}

std::optional<int> read_age_months(std::string_view text) {
  text = trim(text);
  const auto number = take_number(text, 1, 3);
  if (!number) return std::nullopt;
  if (text.starts_with('.')) {  // ages in decimals: whole years count
    text.remove_prefix(1);
    if (text.empty() || !is_digit(text.front())) return std::nullopt;
    while (!text.empty() && is_digit(text.front())) text.remove_prefix(1);
  }
  const std::string unit = lower(trim(text));
  static const std::set<std::string> years = {"",    "岁",   "周岁",  "y",        "yr",
                                              "yrs", "year", "years", "years old"};
  static const std::set<std::string> months = {"月", "个月", "月龄", "m", "mo", "month", "months"};
  static const std::set<std::string> shorter = {"天",  "日",   "日龄", "周",   "d",
                                                "day", "days", "week", "weeks"};
  if (years.contains(unit) && *number <= 130) return *number * 12;
  if (months.contains(unit)) return number;
  if (shorter.contains(unit)) return 0;
  return std::nullopt;
}

Result<TableProfile> TableProfile::load(std::string_view toml, std::string_view file) {
  TomlReader in(toml, file);
  TableProfile out;
  const TomlTable root = in.root();
  in.only(root, {"id", "kind", "name_space", "pathogen", "captions", "offered", "zh", "en", "missing",
                 "day_forms", "case_prefix", "case_marks", "constant", "column"});
  out.id_ = in.text(root, "id").text;
  const TomlText kind = in.text_or(root, "kind", "cases");
  out.kind_text_ = kind.text;
  if (const auto known = enum_from<TableKind>(kind.text))
    out.kind_ = *known;
  else
    in.complain(kind.line, "kind: " + kind.text);
  out.name_space_ = in.text_or(root, "name_space", out.id_).text;
  out.pathogen_ = in.text_or(root, "pathogen", "").text;
  out.captions_ = in.flag(root, "captions");
  out.offered_ = in.flag(root, "offered");
  out.title_ = {.zh = in.text(root, "zh").text, .en = in.text(root, "en").text};
  for (const TomlText& text : in.texts(root, "missing")) out.missing_.push_back(plain_words(text.text));
  for (const TomlText& form : in.texts(root, "day_forms")) {
    if (!usable_day_form(form.text)) in.complain(form.line, "day_forms: " + form.text);
    out.day_forms_.push_back(form.text);
  }
  out.case_prefix_ = in.text_or(root, "case_prefix", "").text;
  for (const TomlText& mark : in.texts(root, "case_marks")) out.case_marks_.push_back(lower(mark.text));

  const auto check_code = [&](const std::string& field, const TomlText& code) {
    const auto* codes = codes_of_field(field);
    if (codes != nullptr && std::ranges::find(*codes, code.text) == codes->end()) {
      in.complain(code.line, fmt::format("{}: {} ({})", field, code.text, join(*codes, ", ")));
    }
  };
  for (const auto& [field, codes] : in.lists(root, "constant")) {
    if (codes_of_field(field.text) == nullptr || codes.size() != 1)
      in.complain(field.line, "constant: " + field.text);
    else
      check_code(field.text, codes.front()), out.constants_[field.text] = codes.front().text;
  }
  std::set<std::string> headers;
  std::set<std::string> fields;
  for (const TomlTable& entry : in.tables("column")) {
    in.only(entry, {"field", "zh", "en", "also", "required", "marks", "joins", "gene", "values"});
    const TomlText field = in.text(entry, "field");
    TableColumn column{.field = field.text, .zh = in.text(entry, "zh").text, .en = in.text(entry, "en").text};
    for (const TomlText& text : in.texts(entry, "also")) column.also.push_back(text.text);
    column.required = in.flag(entry, "required");
    column.marks = in.flag(entry, "marks");
    column.joins = in.flag(entry, "joins");
    column.gene = in.text_or(entry, "gene", "").text;
    if (!is_field_of(out.kind_, field.text)) in.complain(field.line, "field: " + field.text);
    if (!fields.insert(field.text).second && !column.joins) in.complain(field.line, "twice: " + field.text);
    std::set<std::string> own = {header_words(column.zh), header_words(column.en)};
    for (const std::string& text : column.also) own.insert(header_words(text));
    for (const std::string& header : own) {
      if (!headers.insert(header).second) in.complain(field.line, "twice: " + header);
    }
    for (const auto& [code, written] : in.lists(entry, "values")) {
      check_code(field.text, code);
      for (const TomlText& text : written) column.values[plain_words(text.text)] = code.text;
    }
    out.columns_.push_back(std::move(column));
  }
  if (!in.refusals().empty()) return in.refusals();
  return out;
}

std::vector<std::optional<std::size_t>> TableProfile::match(const std::vector<std::string>& headers) const {
  std::map<std::string, std::size_t, std::less<>> places;  // the first of several with one name
  for (std::size_t h = 0; h < headers.size(); ++h) places.emplace(header_words(headers[h]), h);
  std::vector<std::optional<std::size_t>> found(columns_.size());
  for (std::size_t c = 0; c < columns_.size(); ++c) {
    std::vector<std::string> names = columns_[c].also;
    names.insert(names.begin(), {columns_[c].zh, columns_[c].en});
    for (const std::string& name : names) {
      const auto place = places.find(header_words(name));
      if (place == places.end()) continue;
      found[c] = place->second;
      break;
    }
  }
  return found;
}

std::vector<std::string> TableProfile::lacking(const std::vector<std::string>& headers) const {
  const auto found = match(headers);
  std::vector<std::string> out;
  for (std::size_t c = 0; c < columns_.size(); ++c) {
    if ((columns_[c].required || columns_[c].marks) && !found[c])
      out.push_back(fmt::format("{} ({})", columns_[c].zh, columns_[c].en));
  }
  return out;
}

bool TableProfile::is_missing(std::string_view text) const {
  const std::string words = plain_words(text);
  return words.empty() || std::ranges::find(missing_, words) != missing_.end();
}

std::optional<Day> TableProfile::day(std::string_view text, std::optional<Day> today) const {
  for (const std::string& form : day_forms_) {
    if (const auto day = read_day(text, form, today)) return day;
  }
  return std::nullopt;
}

std::vector<std::string> TableProfile::cases_named(std::string_view text, std::string_view own) const {
  const std::string words = lower(text);
  std::map<std::size_t, std::string> at_place;
  for (const std::string& mark : case_marks_) {
    for (std::size_t at = words.find(mark); at != std::string::npos; at = words.find(mark, at + 1)) {
      std::string_view behind = std::string_view(words).substr(at + mark.size());
      std::string digits(behind.substr(0, std::min(behind.find_first_not_of("0123456789"), behind.size())));
      if (!digits.empty()) at_place.emplace(at + mark.size(), case_prefix_ + digits);
    }
  }
  std::vector<std::string> out;
  for (const auto& [at, id] : at_place) {
    if (id != own && std::ranges::find(out, id) == out.end()) out.push_back(id);
  }
  return out;
}

std::string header_words(std::string_view header) {
  std::string text = clean_name(header).value;
  // 姓名*, *姓名, 证件号码（必填）: a mark or a remark is no part of the name.
  const std::size_t bracket = std::min(text.find('('), text.find("（"));
  if (bracket != std::string::npos && bracket > 0) text.resize(bracket);
  std::erase(text, '*');
  return plain_words(text);
}

std::vector<std::string> template_headers(const TableProfile& profile, HeaderLanguage language) {
  std::vector<std::string> headers;
  for (const TableColumn& column : profile.columns())
    headers.push_back(language == HeaderLanguage::zh ? column.zh : column.en);
  return headers;
}

std::string table_template(const TableProfile& profile, HeaderLanguage language) {
  return "\xEF\xBB\xBF" + write_csv_row(template_headers(profile, language));
}

}  // namespace fx::importing
