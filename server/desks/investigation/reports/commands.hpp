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

}  // namespace fx::investigation
