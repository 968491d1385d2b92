#pragma once

#include "desks/investigation/reports/events.hpp"

namespace fx::investigation {

struct SaveReport {
  CaseId case_id;
  ReportKind kind = ReportKind::first;
  std::optional<FreeText> basic;
  std::optional<FreeText> trajectory;
  std::optional<FreeText> contacts;
  std::optional<FreeText> source;
  std::optional<FreeText> measures;
};
BOOST_DESCRIBE_STRUCT(SaveReport, (), (case_id, kind, basic, trajectory, contacts, source, measures))

/// 签发. A first or full report is thereby submitted, with what that asks for.
struct SignReport {
  CaseId case_id;
  ReportKind kind = ReportKind::first;
  std::int32_t version = 0;  ///< the one that was read; another one is not signed unseen
};
BOOST_DESCRIBE_STRUCT(SignReport, (), (case_id, kind, version))

}  // namespace fx::investigation
