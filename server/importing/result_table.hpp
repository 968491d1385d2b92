#pragma once

#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.hpp"
#include "importing/lab_report.hpp"

namespace fx::importing {

/// How codes and texts of laboratories are read: data of reference/hl7-results.toml, no pathogen stands in
/// code.
class ResultTable {
 public:
  /// Refuses F-SHAPE, path "file:line", for everything that is wrong in the table, all at once.
  static Result<ResultTable> load(std::string_view toml, std::string_view file);

  struct Reading {
    LabVerdict verdict = LabVerdict::none;
    std::string pathogen;
    TestMethod method = TestMethod::unknown;
    std::string question;
  };
  /// What one observation says. `asked` is true when the message itself marks it as a question (OBX-29 QST).
  [[nodiscard]] Reading read(const Coded& test, const Coded& value, bool asked) const;
  /// What OBX-11 does; nothing when the table does not know the letter.
  [[nodiscard]] std::optional<Standing> standing(std::string_view status) const;
  [[nodiscard]] bool knows_pathogen(const std::string& id) const { return pathogens_.contains(id); }

 private:
  class Loader;
  struct Test {
    std::string pathogen;
    TestMethod method = TestMethod::unknown;
  };

  [[nodiscard]] std::optional<Test> test_of(const Coded& test) const;
  [[nodiscard]] std::optional<LabVerdict> verdict_of(const Coded& value, const std::string& pathogen) const;

  std::map<std::string, Standing, std::less<>> standings_;
  std::map<std::string, LabVerdict, std::less<>> by_snomed_;
  std::map<std::string, LabVerdict, std::less<>> by_text_;
  std::map<std::string, Test, std::less<>> tests_;             ///< by LOINC
  std::map<std::string, std::string, std::less<>> questions_;  ///< by LOINC
  std::map<std::string, std::string, std::less<>> organisms_;  ///< SNOMED → pathogen
  std::map<std::string, Words> pathogens_;
  std::vector<std::pair<std::string, std::string>> names_;  ///< part of a test's name, lower case → pathogen
};

/// Lower case, inner blanks single: how texts are compared with the table.
std::string plain_words(std::string_view text);

/// The check digit of a LOINC code (94558-4) holds.
bool is_loinc(std::string_view code);

}  // namespace fx::importing
