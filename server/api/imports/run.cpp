// What happens to a file, on a thread of its own: read, tried, recorded as commands of the account that brought it.
#include "api/imports/bearer.hpp"
#include "api/imports/job.hpp"
#include "api/imports/lookups.hpp"
#include "importing/import_report.hpp"
#include "importing/table_items.hpp"
#include "journal/sqlite/connection.hpp"

namespace fx::api {
namespace {

using importing::ImportFile;
using importing::PlannedCommand;

importing::ImportPlace place_of(House& house, const ImportJob& job, const Visitor& who) {
  importing::ImportPlace place = place_near(house, who);
  place.default_pathogen = job.asked.pathogen;
  place.township = job.asked.township;
  place.source = job.asked.source;
  place.plate = job.asked.plate;
  place.round = job.asked.round;
  return place;
}

/// Runs the items through the desks, or only through what the ledger knows.
importing::ImportReport pass(House& house, ImportJob& job, const ImportFile& file, bool dry) {
  const Bearer bearer{job.account, job.unit, job.peer, runtime::Lane::bulk,
                      [&job] { return job.cancel.load(); }};
  const Visitor who = visitor_now(house, bearer);
  const ImportLedger ledger{house.parts.registry, house.parts.readers, house.opener, house.parts.rulebook(),
                            who.actor.jurisdiction};
  importing::CommandSink sink(
      place_of(house, job, who), lookups_of(ledger),
      [&](const std::vector<PlannedCommand>& commands) { return issue(house, bearer, commands); });
  sink.begin_file(file);
  job.total = file.items.size();
  job.read = 0;
  return importing::run_import(
      file, sink, {.dry_run = dry, .progress = [&](const importing::ImportSummary& done, std::size_t) {
                     job.read = done.read;
                     return !job.cancel.load();
                   }});
}

Result<ImportFile> items(const ImportJob& job, std::string_view bytes, Instant now,
                         std::optional<importing::Table>& table) {
  const importing::ImportCatalogue& catalogue = import_catalogue();
  const bool hl7 = importing::is_hl7(bytes);
  const bool readings = job.asked.kind->id == importing::instrument_kind;  // by table or by message
  if (!readings && hl7 != (job.asked.kind->id == "lab_reports"))
    return Refusal{.code = "F-REF",
                   .say = hl7 ? Words{"这是 HL7 报告，请选择“实验室报告”",
                                      "these are HL7 reports: choose laboratory reports"}
                              : Words{"不是 HL7 报告", "these are no HL7 reports"},
                   .rule = {},
                   .source = {},
                   .path = "file",
                   .lifts = {}};
  if (hl7)
    return importing::read_import(bytes, catalogue,
                                  {.now = now,
                                   .shift_to = {},
                                   .profile = readings ? std::string(importing::instrument_kind) : "",
                                   .name_space = {}});
  auto read = importing::read_table(bytes, catalogue.profiles, job.asked.kind->id);
  if (!read) return read.error();
  table = *std::move(read);
  return importing::items_of(*table, {.today = day_of(now),
                                      .shift_to = {},
                                      .name_space = {},
                                      .words = &catalogue.words,
                                      .instruments = &catalogue.instruments});
}

void fail(ImportJob& job, Words why) {
  const std::lock_guard lock(job.mutex);
  job.problem = std::move(why);
  job.state = ImportState::failed;
}

void tell_defect(House& house, ImportJob& job, const std::exception& error) {
  house.log(std::string(R"({"level":"error","what":"import","error":")") + error.what() + "\"}");
  const std::lock_guard lock(job.mutex);
  job.problem = {"导入中断，请重试；已写入的不会重复",
                 "the import broke off: try again; what is recorded is not done twice"};
  job.state = job.dry ? ImportState::failed : ImportState::stopped;
}

void settle_check(ImportJob& job, ImportFile file, importing::ImportReport report) {
  const std::lock_guard lock(job.mutex);
  job.file = std::move(file);
  job.report = std::move(report);
  job.dry = true;
  job.state = ImportState::checked;
}

}  // namespace

void check_import(House& house, const ImportJobPtr& job) {
  try {
    std::string bytes;
    {
      const std::lock_guard lock(job->mutex);
      bytes = std::move(job->bytes);
      job->bytes.clear();
    }
    std::optional<importing::Table> table;
    auto file = items(*job, bytes, house.now(), table);
    if (!file) return fail(*job, file.error().list().front().say);
    auto report = pass(house, *job, *file, true);
    {
      const std::lock_guard lock(job->mutex);
      job->table = std::move(table);
    }
    settle_check(*job, *std::move(file), std::move(report));
  } catch (const std::exception& error) {
    tell_defect(house, *job, error);
  }
}

void change_cells(House& house, const ImportJobPtr& job, const std::vector<CellChange>& changes) {
  try {
    importing::Table table;
    {
      const std::lock_guard lock(job->mutex);
      if (!job->table) return;
      table = *job->table;
    }
    for (const CellChange& change : changes) {
      const auto line = std::ranges::lower_bound(table.lines, change.row, {}, &importing::TableLine::row);
      const auto column = std::ranges::find(table.headers, change.column);
      if (line == table.lines.end() || line->row != change.row || line->broken ||
          column == table.headers.end())
        continue;
      line->cells[static_cast<std::size_t>(column - table.headers.begin())] = change.value;
    }
    ImportFile file = importing::items_of(table, {.today = day_of(house.now()),
                                                  .shift_to = {},
                                                  .name_space = {},
                                                  .words = &import_catalogue().words,
                                                  .instruments = &import_catalogue().instruments});
    auto report = pass(house, *job, file, true);
    {
      const std::lock_guard lock(job->mutex);
      job->table = std::move(table);
    }
    settle_check(*job, std::move(file), std::move(report));
  } catch (const std::exception& error) {
    tell_defect(house, *job, error);
  }
}

void run_import(House& house, const ImportJobPtr& job) {
  try {
    // `file` is changed by change_cells only, which waits until this is over.
    auto report = pass(house, *job, job->file, false);
    const std::lock_guard lock(job->mutex);
    job->report = std::move(report);
    job->dry = false;
    job->state = job->report.cancelled ? ImportState::stopped : ImportState::done;
  } catch (const std::exception& error) {
    tell_defect(house, *job, error);
  }
}

}  // namespace fx::api
