#pragma once

#include <boost/describe.hpp>

#include <optional>
#include <string>

#include "base/time.hpp"
#include "importing/lab_report.hpp"

namespace fx::importing {

/// One person who came or comes back from elsewhere, as a township's or another place's list has it.
struct ReturneeRow {
  std::string name;
  std::string document_type;
  std::string document_number;
  Sex sex = Sex::unknown;
  std::optional<int> age_months;
  std::string phone;
  std::string from_place;
  std::optional<Day> left_day;
  std::optional<Day> arrived_day;
  std::string transport;
  std::string service_number;  ///< train, flight, number plate
  std::string seat;
  std::string address;  ///< where they live now
  std::string notes;
  friend bool operator==(const ReturneeRow&, const ReturneeRow&) = default;
};
BOOST_DESCRIBE_STRUCT(ReturneeRow, (),
                      (name, document_type, document_number, sex, age_months, phone, from_place, left_day,
                       arrived_day, transport, service_number, seat, address, notes))

}  // namespace fx::importing
