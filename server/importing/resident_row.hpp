#pragma once

#include <boost/describe.hpp>

#include <string>

#include "importing/lab_report.hpp"

namespace fx::importing {

/// One person of the population who is to be sampled in a round, as grid and community keep their registers.
struct ResidentRow {
  std::string name;
  std::string document_type;
  std::string document_number;
  Sex sex = Sex::unknown;
  std::string phone;
  std::string township;  ///< code of nine digits (GB/T 2260 and 10114)
  std::string building;
  std::string address;
  std::string notes;
  friend bool operator==(const ResidentRow&, const ResidentRow&) = default;
};
BOOST_DESCRIBE_STRUCT(ResidentRow, (),
                      (name, document_type, document_number, sex, phone, township, building, address, notes))

}  // namespace fx::importing
