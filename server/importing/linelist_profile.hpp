#pragma once

#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.hpp"
#include "importing/case_row.hpp"

namespace fx::importing {

/// One column of a line list and the field of CaseRow it fills.
struct LineListColumn {
  std::string field;
  std::string zh;                 ///< header in the Chinese template
  std::string en;                 ///< header in the English template
  std::vector<std::string> also;  ///< other headers accepted, e.g. the ones a source happens to use
  bool required = false;
  std::map<std::string, std::string, std::less<>> values;  ///< what is written (lower case) → our code
};

/// How the columns of one kind of line list are read: data of reference/linelist/*.toml.
class LineListProfile {
 public:
  /// Refuses F-SHAPE, path "file:line": unknown fields and codes, headers claimed twice, unusable date forms.
  static Result<LineListProfile> load(std::string_view toml, std::string_view file);

  [[nodiscard]] const std::string& id() const { return id_; }
  [[nodiscard]] const Words& title() const { return title_; }
  [[nodiscard]] const std::vector<LineListColumn>& columns() const { return columns_; }
  [[nodiscard]] const std::map<std::string, std::string>& constants() const { return constants_; }

  /// Index of the header that fills each column, in the order of columns(); nothing where no header does.
  [[nodiscard]] std::vector<std::optional<std::size_t>> match(const std::vector<std::string>& headers) const;
  /// Required columns that these headers lack.
  [[nodiscard]] std::vector<std::string> lacking(const std::vector<std::string>& headers) const;

  [[nodiscard]] bool is_missing(std::string_view text) const;
  [[nodiscard]] std::optional<Day> day(std::string_view text) const;
  /// Date forms as the profile names them, for messages.
  [[nodiscard]] const std::vector<std::string>& day_forms() const { return day_forms_; }
  /// Case ids named in a free text, in the order they appear, none twice, without `own`.
  [[nodiscard]] std::vector<std::string> cases_named(std::string_view text, std::string_view own) const;

 private:
  std::string id_;
  Words title_;
  std::vector<LineListColumn> columns_;
  std::map<std::string, std::string> constants_;  ///< field → code, where no column says it
  std::vector<std::string> missing_;
  std::vector<std::string> day_forms_;
  std::string case_prefix_;
  std::vector<std::string> case_marks_;
};

/// An empty file to fill in: the headers of the profile in one language, UTF-8 with byte order mark (Excel
/// needs it).
enum class HeaderLanguage { zh, en };
std::string linelist_template(const LineListProfile& profile, HeaderLanguage language);

/// `form`: Y year (four digits), m month, d day (one or two digits), all else literal. A time of day behind
/// the date is allowed and dropped.
std::optional<Day> read_day(std::string_view text, std::string_view form);

/// Years, or months where the text says so (8月, 8个月, 8 months): in months. Nothing when it is no age of
/// 0–130 years.
std::optional<int> read_age_months(std::string_view text);

/// Fields of CaseRow a profile may name, and what may stand in those that are codes.
bool is_case_field(std::string_view field);
const std::vector<std::string>* codes_of_field(std::string_view field);

}  // namespace fx::importing
