#pragma once

#include "kernel/event.hpp"

namespace fx::investigation {

FX_TAG(Report, "report");

/// 初次流调报告 密接初次流调报告 完整流调报告 流调通报（公开）.
enum class ReportKind { first, contacts, full, public_notice };
BOOST_DESCRIBE_ENUM(ReportKind, first, contacts, full, public_notice)

/// A version of a report as its author left it; former ones stay in the ledger. A part that is absent stays as it was.
struct ReportSaved {
  static constexpr std::string_view name = "investigation.report_saved";
  ReportId report;
  CaseId case_id;
  ReportKind kind = ReportKind::first;
  UnitId cdc;
  AccountId by;
  TextRef basic;
  TextRef trajectory;
  TextRef contacts;
  TextRef source;
  TextRef measures;
};
BOOST_DESCRIBE_STRUCT(ReportSaved, (),
                      (report, case_id, kind, cdc, by, basic, trajectory, contacts, source, measures))

/// 签发: a named officer stands for this version as it was saved; what is saved later is a draft again.
struct ReportSigned {
  static constexpr std::string_view name = "investigation.report_signed";
  ReportId report;
  CaseId case_id;
  ReportKind kind = ReportKind::first;
  std::int32_t version = 0;
  AccountId by;
};
BOOST_DESCRIBE_STRUCT(ReportSigned, (), (report, case_id, kind, version, by))

}  // namespace fx::investigation
