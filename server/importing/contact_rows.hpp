#pragma once

#include <boost/describe.hpp>

#include <optional>
#include <string>

#include "base/time.hpp"
#include "importing/lab_report.hpp"

namespace fx::importing {

/// One line of a list of contacts. Where the list does not say whose contact it is, links do.
struct ContactRow {
  std::string contact_id;
  std::string case_id;  ///< whose contact
  std::string name;
  std::string document_type;
  std::string document_number;
  Sex sex = Sex::unknown;
  std::optional<int> age_months;
  std::optional<Day> birth_day;
  std::string phone;
  std::string address;
  std::string contact_kind;  ///< household | colleague | companion | service | patient | staff | other
  std::optional<Day> first_contact_day;
  std::optional<Day> last_contact_day;
  std::string place;
  std::string follow_up;  ///< under_follow_up | completed | lost | became_case | died | cancelled | none
  std::optional<Day> follow_up_until_day;
  std::string notes;
  friend bool operator==(const ContactRow&, const ContactRow&) = default;
};
BOOST_DESCRIBE_STRUCT(ContactRow, (),
                      (contact_id, case_id, name, document_type, document_number, sex, age_months, birth_day,
                       phone, address, contact_kind, first_contact_day, last_contact_day, place, follow_up,
                       follow_up_until_day, notes))

/// Somebody met or infected somebody: a pair of numbers of one source. Whether it is an infection or a contact follows from
/// what the second one is.
struct LinkRow {
  std::string from;  ///< case id
  std::string to;    ///< case or contact id
  std::string setting;
  std::string context;
  std::string certainty;  ///< low | medium | high
  std::optional<Day> contact_day;
  std::string notes;
  friend bool operator==(const LinkRow&, const LinkRow&) = default;
};
BOOST_DESCRIBE_STRUCT(LinkRow, (), (from, to, setting, context, certainty, contact_day, notes))

/// One visit or call to a contact under observation.
struct FollowUpRow {
  std::string follow_up_id;
  std::string contact_id;
  std::optional<Day> visit_day;
  std::string status;  ///< seen_well | seen_ill | missed | not_attempted | not_performed
  std::string number;  ///< day of the observation
  std::string notes;
  friend bool operator==(const FollowUpRow&, const FollowUpRow&) = default;
};
BOOST_DESCRIBE_STRUCT(FollowUpRow, (), (follow_up_id, contact_id, visit_day, status, number, notes))

/// A laboratory's result for a case of the same source.
struct LabRow {
  std::string result_id;
  std::string case_id;
  std::string name;
  std::string specimen;
  std::string result;  ///< positive | negative | grey | invalid
  std::optional<Day> sampled_day;
  std::optional<Day> result_day;
  std::string notes;
  friend bool operator==(const LabRow&, const LabRow&) = default;
};
BOOST_DESCRIBE_STRUCT(LabRow, (),
                      (result_id, case_id, name, specimen, result, sampled_day, result_day, notes))

}  // namespace fx::importing
