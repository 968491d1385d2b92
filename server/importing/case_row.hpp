#pragma once

#include <boost/describe.hpp>

#include <optional>
#include <string>
#include <vector>

#include "base/time.hpp"
#include "importing/lab_report.hpp"

namespace fx::importing {

/// One line of a case line list, read but not judged. What a column does not say is empty. `row` and the days
/// are as in the file until `shift_days` moved them.
struct CaseRow {
  std::string case_id;
  std::string name;
  std::string document_type;
  std::string document_number;
  Sex sex = Sex::unknown;
  std::optional<int> age_months;
  std::optional<Day> birth_day;
  std::string phone;
  std::string address;
  std::string county_code;  ///< GB/T 2260, 6 digits
  std::string case_class;   ///< confirmed | asymptomatic | suspected | screen_positive | no_case
  std::string severity;     ///< mild | ordinary | severe | critical; empty: not classified
  std::optional<Day> onset_day;
  std::optional<Day> sampled_day;
  std::optional<Day> confirmed_day;
  std::string outcome;  ///< cured | died | unknown
  std::optional<Day> death_day;
  std::optional<Day> exposed_from_day;
  std::optional<Day> exposed_until_day;
  std::string symptoms;
  std::string infection_source;           ///< as written
  std::vector<std::string> linked_cases;  ///< case ids named in the source
  std::vector<std::string> infectors;     ///< case ids the list says infected this one
  std::string notes;
  friend bool operator==(const CaseRow&, const CaseRow&) = default;
};
BOOST_DESCRIBE_STRUCT(CaseRow, (),
                      (case_id, name, document_type, document_number, sex, age_months, birth_day, phone,
                       address, county_code, case_class, severity, onset_day, sampled_day, confirmed_day,
                       outcome, death_day, exposed_from_day, exposed_until_day, symptoms, infection_source,
                       linked_cases, infectors, notes))

}  // namespace fx::importing
