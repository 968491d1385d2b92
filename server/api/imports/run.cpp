// What happens to a file, on a thread of its own: read, tried, recorded as commands of the account that brought it.
#include <condition_variable>

#include "api/front_door.hpp"
#include "api/imports/job.hpp"
#include "api/imports/lookups.hpp"
#include "importing/import_report.hpp"
#include "importing/table_items.hpp"
#include "journal/sqlite/connection.hpp"

namespace fx::api {
namespace {

using importing::ImportFile;
using importing::PlannedCommand;

/// The account with the roles it has now: a post may end while a file runs.
Visitor visitor_now(House& house, const ImportJob& job) {
  Visitor who;
  who.session.account = job.account;
  who.session.unit = job.unit;
  who.actor = {job.account, job.unit, 0, {}};
  who.reference = house.parts.writer.reference();
  who.now = house.now();
  for (const Holding* holding : who.reference->holdings_of(job.account, who.now))
    if (holding->unit == job.unit && !who.actor.has(holding->role)) who.actor.roles.push_back(holding->role);
  if (const Unit* unit = who.reference->unit(job.unit)) who.actor.jurisdiction = unit->jurisdiction;
  return who;
}

/// Units near the importer by which imported cases find theirs.
std::optional<UnitId> unit_near(const Visitor& who, UnitKind kind) {
  const Unit* own = who.reference->unit(who.session.unit);
  if (own != nullptr && own->kind == kind) return own->id;
  const Unit* unit = who.reference->unit_of(kind, who.actor.jurisdiction);
  return unit != nullptr ? std::optional(unit->id) : std::nullopt;
}

std::optional<UnitId> own_laboratory(const Visitor& who) {
  const Unit* own = who.reference->unit(who.session.unit);
  return own != nullptr && own->kind == UnitKind::laboratory ? std::optional(own->id) : std::nullopt;
}

importing::ImportPlace place_of(House& house, const ImportJob& job, const Visitor& who) {
  return {.jurisdiction = who.actor.jurisdiction,
          .hospital = unit_near(who, UnitKind::hospital),
          .cdc = unit_near(who, UnitKind::cdc),
          .default_pathogen = job.asked.pathogen,
          .live = house.parts.realm == Realm::live,
          .now = who.now,
          .township = job.asked.township,
          .source = job.asked.source,
          .laboratory = own_laboratory(who),
          .plate = job.asked.plate};
}

/// Answers of a stretch of commands, which come on the writer's thread.
class Answers {
 public:
  explicit Answers(std::size_t n) : outcomes_(n), left_(n) {}
  void put(std::size_t i, Outcome outcome) {
    const std::lock_guard lock(mutex_);
    outcomes_[i] = std::move(outcome);
    if (--left_ == 0) all_.notify_all();
  }
  std::vector<Outcome> wait() {
    std::unique_lock lock(mutex_);
    all_.wait(lock, [&] { return left_ == 0; });
    return std::move(outcomes_);
  }

 private:
  std::mutex mutex_;
  std::condition_variable all_;
  std::vector<Outcome> outcomes_;
  std::size_t left_;
};

Outcome refusal_outcome(std::string code, Words say, std::string path = {}) {
  Outcome out;
  out.kind = Outcome::Kind::refused;
  out.refusals.add({.code = std::move(code),
                    .say = std::move(say),
                    .rule = {},
                    .source = {},
                    .path = std::move(path),
                    .lifts = {}});
  return out;
}

/// A command of the plan as the front door makes it; or why not.
std::optional<Command> command_of(House& house, const ImportJob& job, const Visitor& who,
                                  const PlannedCommand& planned, Outcome& why) {
  const Operation* operation = house.parts.registry.operation(planned.operation);
  const bool may = operation != nullptr &&
                   std::ranges::any_of(operation->actors, [&](Role role) { return who.actor.has(role); });
  if (!may) {
    why = refusal_outcome("R-ROLE", door_refusals().at("R-ROLE"));
    return std::nullopt;
  }
  Faults faults;
  Envelope envelope;
  envelope.key = planned.id;
  envelope.occurred_at = planned.occurred_at;
  auto command = make_command(Sender{house, who, job.peer}, *operation, envelope, planned.fields, faults, {});
  if (!command) why = refusal_outcome("F-SHAPE", faults.front().say, faults.front().path);
  return command;
}

/// Waits for room in the writer's queue: people come before files. False: the job was cancelled meanwhile.
bool submit_patiently(House& house, const ImportJob& job, Command& command,
                      const std::shared_ptr<Answers>& answers, std::size_t i) {
  for (;;) {
    if (job.cancel) return false;
    if (house.parts.writer.counters().waiting * 4 < house.parts.queue) {
      Command copy = command;
      if (house.parts.writer.submit(std::move(copy), runtime::Lane::bulk,
                                    [answers, i](Outcome outcome) { answers->put(i, std::move(outcome)); }))
        return true;
    }
    std::this_thread::sleep_for(std::chrono::milliseconds(20));
  }
}

std::vector<Outcome> issue(House& house, const ImportJob& job, const std::vector<PlannedCommand>& commands) {
  const Visitor who = visitor_now(house, job);
  const auto answers = std::make_shared<Answers>(commands.size());
  for (std::size_t i = 0; i < commands.size(); ++i) {
    Outcome why;
    auto command = command_of(house, job, who, commands[i], why);
    if (command && submit_patiently(house, job, *command, answers, i)) continue;
    if (command) why.kind = Outcome::Kind::unavailable;
    answers->put(i, std::move(why));
  }
  return answers->wait();
}

/// Runs the items through the desks, or only through what the ledger knows.
importing::ImportReport pass(House& house, ImportJob& job, const ImportFile& file, bool dry) {
  const Visitor who = visitor_now(house, job);
  const ImportLedger ledger{house.parts.registry, house.parts.readers, house.opener, house.parts.rulebook(),
                            who.actor.jurisdiction};
  importing::CommandSink sink(
      place_of(house, job, who), lookups_of(ledger),
      [&](const std::vector<PlannedCommand>& commands) { return issue(house, job, commands); });
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
