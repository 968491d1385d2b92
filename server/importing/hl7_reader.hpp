#pragma once

#include <optional>

#include "importing/hl7_syntax.hpp"
#include "importing/lab_report.hpp"
#include "importing/result_table.hpp"

namespace fx::importing {

struct Hl7Options {
  Instant now;                                          ///< stamps beyond it are doubtful
  Duration future_tolerance = std::chrono::minutes(5);  ///< settled 8
  Duration zone = std::chrono::hours(8);                ///< of stamps that state none
};

struct LabReading {
  std::optional<LabReport> report;  ///< exactly when there are no faults
  RowFaults faults;
  RowFaults warnings;
};

/// Reads one ORU^R01 message of version 2.3.1 or 2.5.1.
/// Refuses  naming segment and field, all faults at once: grammar; MSH-7, MSH-9, MSH-10, MSH-12 empty or not
/// ours; no
///          PID, nobody to whom the report could belong, PID-5 with a family name but neither given name nor
///          type; no OBR, OBX before it, OBX-1 repeated within one order and specimen, OBX-3 empty, no status
/// Warns    doubtful times and birth dates, a test message, unreadable results of followed pathogens (settled
/// 26) Keeps    no message makes it fail otherwise
LabReading read_lab_report(const Hl7Message& message, const ResultTable& table, const Hl7Options& options);

}  // namespace fx::importing
