#include "importing/import_report.hpp"

#include <algorithm>
#include <span>

#include "importing/csv.hpp"

namespace fx::importing {
namespace {

SinkAnswer judge(const ImportItem& item, ImportSink& sink, bool dry_run) {
  if (!item.faults.empty()) return {.outcome = Outcome::refused, .faults = item.faults};
  SinkAnswer answer = sink.take(item, dry_run);
  for (RowFault& fault : answer.faults) {
    if (fault.row == 0) fault.row = item.row;
  }
  return answer;
}

void count(ImportReport& report, const ImportItem& item, SinkAnswer answer) {
  ++report.summary.read;
  if (answer.outcome == Outcome::accepted) ++report.summary.accepted;
  if (answer.outcome == Outcome::unchanged) ++report.summary.unchanged;
  if (answer.outcome == Outcome::refused) {
    ++report.summary.refused;
    if (answer.faults.empty()) {
      answer.faults.push_back({item.row, "", "", "F-SHAPE", {"未说明原因", "no reason given"}});
    }
    std::ranges::move(answer.faults, std::back_inserter(report.faults));
  }
  std::ranges::copy(item.warnings, std::back_inserter(report.warnings));
  if (!answer.note.empty()) ++report.notes[answer.note];
}

}  // namespace

ImportReport run_import(const ImportFile& file, ImportSink& sink, const RunOptions& options) {
  ImportReport report{.warnings = file.warnings};
  constexpr std::size_t chunk = 256;
  for (std::size_t i = 0; i < file.items.size(); ++i) {
    if (i % chunk == 0)
      sink.prepare(std::span(file.items).subspan(i, std::min(chunk, file.items.size() - i)), options.dry_run);
    const ImportItem& item = file.items[i];
    count(report, item, judge(item, sink, options.dry_run));
    if (options.progress && !options.progress(report.summary, file.items.size())) {
      report.cancelled = report.summary.read < file.items.size();
      break;
    }
  }
  return report;
}

void add_report(ImportReport& sum, const ImportReport& more) {
  sum.summary.read += more.summary.read;
  sum.summary.accepted += more.summary.accepted;
  sum.summary.refused += more.summary.refused;
  sum.summary.unchanged += more.summary.unchanged;
  std::ranges::copy(more.faults, std::back_inserter(sum.faults));
  std::ranges::copy(more.warnings, std::back_inserter(sum.warnings));
  for (const auto& [note, times] : more.notes) sum.notes[note] += times;
  sum.cancelled = sum.cancelled || more.cancelled;
}

std::string error_file(const RowFaults& faults, ReportLanguage language) {
  std::string out = "\xEF\xBB\xBF";
  const bool zh = language == ReportLanguage::zh;
  out += write_csv_row(zh ? std::vector<std::string>{"行", "段", "字段", "代码", "原因"}
                          : std::vector<std::string>{"row", "segment", "field", "code", "reason"});
  for (const RowFault& fault : faults) {
    out += write_csv_row({fault.row == 0 ? "" : std::to_string(fault.row), harmless_cell(fault.segment),
                          harmless_cell(fault.field), fault.code,
                          harmless_cell(zh ? fault.reason.zh : fault.reason.en)});
  }
  return out;
}

}  // namespace fx::importing
