#pragma once

#include <boost/describe.hpp>

#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.hpp"
#include "base/time.hpp"

namespace fx::importing {

/// What the rows of a table are about; each kind has a described struct of its own (table_kinds.hpp).
enum class TableKind {
  cases,
  contacts,
  links,
  follow_ups,
  lab_results,
  returnees,
  trajectories,
  instrument_readings,
  residents
};
BOOST_DESCRIBE_ENUM(TableKind, cases, contacts, links, follow_ups, lab_results, returnees, trajectories,
                    instrument_readings, residents)

/// One column of a table and the field of the row it fills.
struct TableColumn {
  std::string field;
  std::string zh;                 ///< header in the Chinese template
  std::string en;                 ///< header in the English template
  std::vector<std::string> also;  ///< other headers accepted, e.g. the ones a source happens to use
  bool required = false;          ///< the header must be there, and every row must fill it
  bool marks = false;             ///< the header must be there; a row may leave it empty
  bool joins = false;             ///< adds its text to what other columns gave the same field
  std::string gene;               ///< whose Ct an instrument writes there; empty: the line says it
  std::map<std::string, std::string, std::less<>> values;  ///< what is written (lower case) → our code
};

/// How the columns of one table are read: data of reference/tables/*.toml.
class TableProfile {
 public:
  /// Refuses F-SHAPE, path "file:line": unknown fields and codes, headers claimed twice, unusable date forms.
  static Result<TableProfile> load(std::string_view toml, std::string_view file);

  [[nodiscard]] const std::string& id() const { return id_; }
  /// As the profile spells it: cases, contacts …
  [[nodiscard]] const std::string& kind() const { return kind_text_; }
  [[nodiscard]] TableKind table_kind() const { return kind_; }
  /// Numbers of cases and contacts are those of this source; several files of it share them.
  [[nodiscard]] const std::string& name_space() const { return name_space_; }
  /// Of the cases in it, where the list says it for all; empty: whoever imports says it.
  [[nodiscard]] const std::string& pathogen() const { return pathogen_; }
  /// Lines below the header explain the columns.
  [[nodiscard]] bool captions() const { return captions_; }
  /// A template of Fangxian's own, offered to be filled in.
  [[nodiscard]] bool offered() const { return offered_; }
  [[nodiscard]] const Words& title() const { return title_; }
  [[nodiscard]] const std::vector<TableColumn>& columns() const { return columns_; }
  [[nodiscard]] const std::map<std::string, std::string>& constants() const { return constants_; }

  /// Index of the header that fills each column, in the order of columns(); nothing where no header does.
  [[nodiscard]] std::vector<std::optional<std::size_t>> match(const std::vector<std::string>& headers) const;
  /// Required columns that these headers lack.
  [[nodiscard]] std::vector<std::string> lacking(const std::vector<std::string>& headers) const;

  [[nodiscard]] bool is_missing(std::string_view text) const;
  /// By the forms of the profile; "7月17日" without a year is the latest such day not after `today`.
  [[nodiscard]] std::optional<Day> day(std::string_view text, std::optional<Day> today = {}) const;
  /// Date forms as the profile names them, for messages.
  [[nodiscard]] const std::vector<std::string>& day_forms() const { return day_forms_; }
  /// Case ids named in a free text, in the order they appear, none twice, without `own`.
  [[nodiscard]] std::vector<std::string> cases_named(std::string_view text, std::string_view own) const;

 private:
  std::string id_;
  TableKind kind_ = TableKind::cases;
  std::string kind_text_;
  std::string name_space_;
  std::string pathogen_;
  bool captions_ = false;
  bool offered_ = false;
  Words title_;
  std::vector<TableColumn> columns_;
  std::map<std::string, std::string> constants_;  ///< field → code, where no column says it
  std::vector<std::string> missing_;
  std::vector<std::string> day_forms_;
  std::string case_prefix_;
  std::vector<std::string> case_marks_;
};

/// An empty file to fill in: the headers of the profile in one language, UTF-8 with byte order mark (Excel
/// needs it).
enum class HeaderLanguage { zh, en };
std::vector<std::string> template_headers(const TableProfile& profile, HeaderLanguage language);
std::string table_template(const TableProfile& profile, HeaderLanguage language);

/// `form`: Y year (four digits), m month, d day (one or two digits), all else literal; without Y the latest such day not
/// after `today`; "serial" is the number a spreadsheet stores. A time of day behind the date is allowed and dropped.
std::optional<Day> read_day(std::string_view text, std::string_view form, std::optional<Day> today = {});

/// Years, or months where the text says so (8月, 8个月, 8 months): in months. Nothing when it is no age of
/// 0–130 years.
std::optional<int> read_age_months(std::string_view text);

/// A header as it is compared: blanks, case, marks for "required" do not matter.
std::string header_words(std::string_view header);

}  // namespace fx::importing
