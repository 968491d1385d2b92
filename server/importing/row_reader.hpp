#pragma once

#include <fmt/format.h>

#include <algorithm>
#include <string>
#include <vector>

#include "base/described.hpp"
#include "base/text.hpp"
#include "importing/cleaning.hpp"
#include "importing/import_item.hpp"
#include "importing/result_table.hpp"
#include "importing/table.hpp"
#include "importing/table_kinds.hpp"
#include "importing/text_encoding.hpp"

namespace fx::importing {

/// One line of a table, read by a profile.
template <class Row>
struct ReadRow {
  std::size_t row = 0;
  RawId content;  ///< of the cells as they were meant: what cleaning changes is no other content
  Row value;      ///< meaningful when there are no faults
  RowFaults faults;
  RowFaults warnings;
};

/// Warnings that say what was cleaned bear this code; the value that counts is the clean one.
inline constexpr const char* cleaned_code = "F-CLEANED";

/// Fills one described struct from one line: cleans every cell, says what it did, names what it cannot read.
template <class Row>
class RowReader {
 public:
  RowReader(const Table& table, std::optional<Day> today)
      : profile_(*table.profile),
        headers_(table.headers),
        places_(profile_.match(headers_)),
        day_form_(table.day_form),
        mended_(table.mended),
        today_(today) {}

  ReadRow<Row> read(const TableLine& line) const {
    ReadRow<Row> out{.row = line.row, .content = {}, .value = {}, .faults = {}, .warnings = {}};
    if (line.broken) {
      out.faults.push_back(*line.broken);
      return out;
    }
    for (const auto& [field, code] : profile_.constants()) set_code(out.value, field, code);
    std::vector<std::string> clean;
    for (std::size_t c = 0; c < places_.size(); ++c) {
      if (!places_[c]) continue;
      clean.push_back(fill(out, profile_.columns()[c], headers_[*places_[c]], line.cells.at(*places_[c])));
    }
    out.content = import_key({clean.begin(), clean.end()});
    return out;
  }

  /// The header that filled a field, for messages.
  [[nodiscard]] std::string header_of(std::string_view field) const {
    for (std::size_t c = 0; c < places_.size(); ++c)
      if (profile_.columns()[c].field == field && places_[c]) return headers_[*places_[c]];
    return std::string(field);
  }

 private:
  static Cleaned cleaned(std::string_view field, std::string_view cell) {
    if (field == "name") return clean_name(cell);
    if (field == "document_number") return clean_document(cell);
    if (field == "phone") return clean_phone(cell);
    if (field.ends_with("_day") || field.ends_with("_id") || field == "age_months") return clean_code(cell);
    return clean_text(cell);
  }

  /// The clean text of the cell.
  std::string fill(ReadRow<Row>& out, const TableColumn& column, const std::string& header,
                   const std::string& cell) const {
    if (mended_ && cell.find(no_text) != std::string::npos) {
      complain(out, header, "F-ENCODING", "有无法解码的字节", "holds bytes that are no text");
      return {};
    }
    Cleaned clean = cleaned(column.field, cell);
    if (profile_.is_missing(clean.value)) {
      if (column.required) complain(out, header, "F-SHAPE", "必填栏为空", "a required column is empty");
      return {};
    }
    if (length_utf8(clean.value) > longest_text) {
      complain(out, header, "F-SHAPE", fmt::format("超过 {} 字", longest_text),
               fmt::format("longer than {} characters", longest_text));
      return {};
    }
    if (clean.changed()) out.warnings.push_back({out.row, {}, header, cleaned_code, std::move(clean.done)});
    for_each_member<Row>([&](std::string_view field, auto member) {
      if (field != column.field) return;
      if (codes_of_field(field) != nullptr) return code(out, out.value.*member, column, header, clean.value);
      value(out, out.value.*member, column, header, clean.value);
    });
    return std::move(clean.value);
  }

  static void set_code(Row& row, const std::string& wanted, const std::string& code) {
    for_each_member<Row>([&](std::string_view field, auto member) {
      if (field == wanted) assign(row.*member, code);
    });
  }
  static void assign(std::string& member, const std::string& code) {
    member = code == "unclassified" ? "" : code;
  }
  static void assign(Sex& member, const std::string& code) {
    member = enum_from<Sex>(code).value_or(Sex::unknown);
  }
  template <class T>
  static void assign(T&, const std::string&) {}

  template <class T>
  static void code(ReadRow<Row>& out, T& member, const TableColumn& column, const std::string& header,
                   const std::string& text) {
    const auto known = column.values.find(plain_words(text));
    const auto* codes = codes_of_field(column.field);
    if (known != column.values.end()) return assign(member, known->second);
    if (std::ranges::find(*codes, text) != codes->end()) return assign(member, text);
    complain(out, header, "F-REF", "未知代码：" + text, "unknown code: " + text);
  }

  void value(ReadRow<Row>&, std::string& member, const TableColumn& column, const std::string&,
             const std::string& text) const {
    if (column.joins && !member.empty())
      member += " " + text;
    else
      member = text;
  }
  void value(ReadRow<Row>&, std::vector<std::string>& member, const TableColumn&, const std::string&,
             const std::string& text) const {
    for (const std::string& one : list_of(text))
      if (std::ranges::find(member, one) == member.end()) member.push_back(one);
  }
  void value(ReadRow<Row>&, std::vector<CtCell>& member, const TableColumn& column, const std::string&,
             const std::string& text) const {
    member.push_back({column.gene, text});
  }
  void value(ReadRow<Row>& out, std::optional<Day>& member, const TableColumn&, const std::string& header,
             const std::string& text) const {
    if (!day_form_.empty()) member = read_day(text, day_form_);
    if (!member) member = profile_.day(text, today_);
    if (member) return;
    const std::string forms = join(profile_.day_forms(), ", ");
    complain(out, header, "F-SHAPE", fmt::format("日期无法识别：{}（格式 {}）", text, forms),
             fmt::format("not a date: {} (forms {})", text, forms));
  }
  void value(ReadRow<Row>& out, std::optional<int>& member, const TableColumn&, const std::string& header,
             const std::string& text) const {
    member = read_age_months(text);
    if (!member) complain(out, header, "F-SHAPE", "年龄无法识别：" + text, "not an age: " + text);
  }
  template <class T>
  void value(ReadRow<Row>&, T&, const TableColumn&, const std::string&, const std::string&) const {}

  static void complain(ReadRow<Row>& out, const std::string& header, const char* code, std::string zh,
                       std::string en) {
    out.faults.push_back({out.row, {}, header, code, {std::move(zh), std::move(en)}});
  }

  /// Numbers separated by commas of either width, 、 ; / or blanks.
  static std::vector<std::string> list_of(std::string_view text) {
    std::string plain(text);
    for (const std::string_view mark : {"，", "、", "；", ";", "/", " "})
      for (std::size_t at = 0; (at = plain.find(mark, at)) != std::string::npos;)
        plain.replace(at, mark.size(), ",");
    std::vector<std::string> out;
    for (const std::string_view part : split(plain, ','))
      if (!trim(part).empty()) out.emplace_back(trim(part));
    return out;
  }

  const TableProfile& profile_;
  const std::vector<std::string>& headers_;
  std::vector<std::optional<std::size_t>> places_;
  std::string day_form_;
  bool mended_ = false;
  std::optional<Day> today_;
};

/// Every day of a row with a value: f(field, day).
template <class Row, class F>
void for_each_day(Row& value, F f) {
  for_each_member<Row>([&](std::string_view field, auto member) {
    if constexpr (std::is_same_v<std::remove_cvref_t<decltype(value.*member)>, std::optional<Day>>) {
      if (auto& day = value.*member) f(field, *day);
    }
  });
}

}  // namespace fx::importing
