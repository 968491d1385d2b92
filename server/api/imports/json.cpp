#include <fmt/format.h>

#include <algorithm>

#include "api/imports/job.hpp"
#include "api/row_json.hpp"

namespace fx::api {
namespace {

/// The screen shows the first ones; the error file has all.
constexpr std::size_t most_shown = 200;

/// What stands in the cell a fault is about; empty when it is about more than a cell.
std::string cell_of(const ImportJob& job, const importing::RowFault& fault) {
  if (!job.table || fault.field.empty()) return {};
  const importing::Table& table = *job.table;
  const auto line = std::ranges::lower_bound(table.lines, fault.row, {}, &importing::TableLine::row);
  const auto column =
      static_cast<std::size_t>(std::ranges::find(table.headers, fault.field) - table.headers.begin());
  if (line == table.lines.end() || line->row != fault.row || column >= line->cells.size()) return {};
  return line->cells[column];
}

bool is_column(const ImportJob& job, const std::string& field) {
  return job.table && std::ranges::find(job.table->headers, field) != job.table->headers.end();
}

std::string faults_json(const ImportJob& job, const importing::RowFaults& faults) {
  std::string out;
  for (std::size_t i = 0; i < std::min(faults.size(), most_shown); ++i) {
    const importing::RowFault& fault = faults[i];
    std::string one = "{";
    add_json(one, "row", std::to_string(fault.row));
    add_text(one, "segment", fault.segment);
    add_text(one, "field", fault.field);
    add_text(one, "code", fault.code);
    add_text(one, "zh", fault.reason.zh);
    add_text(one, "en", fault.reason.en);
    add_text(one, "cell", cell_of(job, fault));
    add_json(one, "changeable", is_column(job, fault.field) ? "true" : "false");
    (out += out.empty() ? "" : ",") += one + "}";
  }
  return "[" + out + "]";
}

}  // namespace

std::string import_json(ImportJob& job) {
  const std::lock_guard lock(job.mutex);
  const importing::ImportSummary& sum = job.report.summary;
  std::string out = "{";
  add_text(out, "id", job.id.text());
  add_text(out, "kind", std::string(job.asked.kind->id));
  add_text(out, "file", job.asked.file);
  add_text(out, "state", std::string(enum_text(job.state)));
  add_json(out, "dry", job.dry ? "true" : "false");
  add_json(out, "total", std::to_string(job.total.load()));
  add_json(out, "at", std::to_string(job.read.load()));
  add_json(out, "summary",
           fmt::format(R"({{"read":{},"accepted":{},"refused":{},"unchanged":{}}})", sum.read, sum.accepted,
                       sum.refused, sum.unchanged));
  add_text(out, "profile", job.file.profile);
  add_text(out, "sheet", job.file.sheet);
  add_json(out, "fault_count", std::to_string(job.report.faults.size()));
  add_json(out, "faults", faults_json(job, job.report.faults));
  add_json(out, "warning_count", std::to_string(job.report.warnings.size()));
  add_json(out, "warnings", faults_json(job, job.report.warnings));
  if (!job.problem.en.empty())
    add_json(out, "problem",
             fmt::format(R"({{"zh":{},"en":{}}})", quoted(job.problem.zh), quoted(job.problem.en)));
  return out + "}";
}

}  // namespace fx::api
