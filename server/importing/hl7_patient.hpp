#pragma once

#include <optional>
#include <string>

#include "importing/hl7_reader.hpp"

/// Parts of the reader of laboratory reports; not for others.
namespace fx::importing {

/// Collects what is wrong in one message.
class Hl7Notes {
 public:
  explicit Hl7Notes(const Hl7Options& options) : options_(options) {}

  void fault_at(std::size_t row, std::string segment, std::string field, std::string code, std::string zh,
                std::string en);
  void fault(const Hl7Segment& at, std::size_t field, std::string code, std::string zh, std::string en);
  void missing(const Hl7Segment& at, std::size_t field, const std::string& zh, const std::string& en);
  void warn(const Hl7Segment& at, std::size_t field, std::string code, std::string zh, std::string en);
  /// A stamp that is absent gives nothing; one that is no time, or lies in the future, warns (settled 26).
  std::optional<Instant> time(const Hl7Segment& at, std::size_t n, const Hl7Field& field);
  std::optional<Day> birth_day(const Hl7Segment& at, std::size_t n, const std::string& text);

  RowFaults faults;
  RowFaults warnings;

 private:
  Hl7Options options_;
};

LabPatient read_patient(const Hl7Segment& pid, Hl7Notes& notes);

}  // namespace fx::importing
