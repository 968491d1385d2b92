#include <fmt/format.h>
#include <boost/json/serialize.hpp>

#include "api/assets.hpp"
#include "api/imports/lookups.hpp"
#include "bin/cli.hpp"
#include "bin/division.hpp"
#include "bin/importable.hpp"
#include "bin/program.hpp"
#include "importing/command_sink.hpp"
#include "importing/edge/import_files.hpp"
#include "importing/import_source.hpp"

namespace fx::bin {
namespace {

struct Asked {
  std::string directory;
  std::vector<std::string> files;
  std::int32_t jurisdiction = 0;
  std::string shift_to;
  std::string profile;
  std::string pathogen = "covid19-cn";
  std::string name_space;
  std::string township;
  std::string source;
  std::string account;
  std::string plate;
  std::string round;
  std::string errors;
  std::string language = "en";
  bool dry_run = false;
  bool json = false;
  StorePlace place;
};

importing::ImportCatalogue catalogue() {
  std::vector<std::pair<std::string, std::string>> files;
  for (const auto& asset : assets::reference()) files.emplace_back(asset.path, asset.text);
  auto read = importing::load_catalogue(files);
  if (!read) throw std::runtime_error("reference data of imports: " + read.error().list().front().say.en);
  return std::move(*read);
}

/// Who brings the files in: an account at the unit where its post is. Nobody named: the program itself, at the CDC.
struct Bearer {
  AccountId account;
  UnitId unit;
  std::optional<UnitId> laboratory;
};

/// Issues planned commands on the realm's engine, a stretch of them in one durable transaction.
class Door {
 public:
  Door(Program& program, std::int32_t jurisdiction, Bearer bearer)
      : program_(program), jurisdiction_(jurisdiction), bearer_(bearer) {}

  std::vector<Outcome> issue(const std::vector<importing::PlannedCommand>& planned) {
    const Instant now = program_.engine.ledger_time(program_.clock.wall());
    std::vector<Outcome> outcomes(planned.size());
    std::vector<Command> commands;
    std::vector<std::size_t> places;
    for (std::size_t i = 0; i < planned.size(); ++i) {
      auto command = command_of(planned[i], now, outcomes[i]);
      if (!command) continue;
      commands.push_back(std::move(*command));
      places.push_back(i);
    }
    program_.store_keys(commands);
    auto done = program_.engine.run(commands, now);
    for (std::size_t i = 0; i < done.size(); ++i) outcomes[places[i]] = std::move(done[i]);
    program_.engine.settle(now);
    return outcomes;
  }

 private:
  /// Decoded and sealed; nothing when its fields have the wrong shape, then `outcome` says so.
  std::optional<Command> command_of(const importing::PlannedCommand& planned, Instant now, Outcome& outcome) {
    Command command;
    command.operation = program_.registry->operation(planned.operation);
    FX_ASSERT(command.operation != nullptr, "no operation " + planned.operation);
    Faults faults;
    command.body = command.operation->decode(planned.fields, faults, {});
    if (!faults.empty()) {
      outcome.kind = Outcome::Kind::refused;
      for (const Fault& fault : faults)
        outcome.refusals.add(
            {.code = "F-SHAPE", .say = fault.say, .rule = {}, .source = {}, .path = fault.path, .lifts = {}});
      return std::nullopt;
    }
    command.id = planned.id;
    command.body_hash = content_hash(planned.operation, boost::json::serialize(planned.fields));
    command.system = bearer_.account.is_nil();
    command.account = bearer_.account;
    command.unit = bearer_.unit;
    command.jurisdiction = jurisdiction_;
    command.occurred_at = planned.occurred_at;
    program_.seal(command,
                  {now,
                   planned.occurred_at.value_or(now),
                   {command.account, command.unit, jurisdiction_, {command.system ? Role::SYS : Role::LAB}},
                   command.id,
                   *program_.engine.reference(),
                   *program_.book});
    return command;
  }

  Program& program_;
  std::int32_t jurisdiction_;
  Bearer bearer_;
};

std::optional<UnitId> unit_of(const Program& program, UnitKind kind, std::int32_t place) {
  const Unit* unit = program.engine.reference()->unit_of(kind, place);
  return unit != nullptr ? std::optional(unit->id) : std::nullopt;
}

/// The unit named by --township: of that name in the realm.
std::optional<UnitId> township_of(const Program& program, const Asked& asked) {
  if (asked.township.empty()) return std::nullopt;
  for (const Unit* unit : program.engine.reference()->units_of(UnitKind::township))
    if (asked.township == unit->name_zh || asked.township == unit->name_en || asked.township == unit->code)
      return unit->id;
  throw std::runtime_error("--township: no township of this realm has the name or code " + asked.township);
}

/// The round named by --round: its number.
std::optional<screening::RoundId> round_of(const Asked& asked) {
  if (asked.round.empty()) return std::nullopt;
  const auto id = RawId::parse(asked.round);
  if (!id) throw std::runtime_error("--round: a round's number is a UUID");
  return screening::RoundId{*id};
}

/// The account of --account, at the laboratory where it holds a post, else at the first unit where it holds one.
Bearer bearer_of(const Program& program, const Asked& asked, journal::Readers& readers,
                 const runtime::VaultOpener& opener, std::int32_t place, Instant now) {
  if (asked.account.empty()) {
    const UnitId cdc = unit_of(program, UnitKind::cdc, place).value_or(UnitId{});
    return {{}, cdc, {}};
  }
  const auto found = readers.open().subjects_of("user", opener.token("user", asked.account), 1);
  if (found.empty()) throw std::runtime_error("--account: nobody signs in under the name " + asked.account);
  const auto reference = program.engine.reference();
  const AccountId account{found.front()};
  Bearer out{account, {}, {}};
  for (const Holding* holding : reference->holdings_of(account, now)) {
    const Unit* unit = reference->unit(holding->unit);
    if (out.unit.is_nil()) out.unit = holding->unit;
    if (holding->role != Role::LAB || unit == nullptr || unit->kind != UnitKind::laboratory) continue;
    if (out.laboratory && *out.laboratory != unit->id)
      throw std::runtime_error("--account: " + asked.account + " works at several laboratories");
    out.unit = unit->id;
    out.laboratory = unit->id;
  }
  if (out.unit.is_nil()) throw std::runtime_error("--account: " + asked.account + " holds no post");
  return out;
}

importing::ImportReport import_files(Program& program, const Asked& asked) {
  const auto read = catalogue();
  const std::int32_t place_code = asked.jurisdiction != 0 ? asked.jurisdiction : program.realm.jurisdiction;
  const Instant now = program.engine.ledger_time(program.clock.wall());
  const auto readers = program.readers();
  const runtime::VaultOpener opener(program.vault, program.keys);
  const Bearer bearer = bearer_of(program, asked, *readers, opener, place_code, now);
  const importing::ImportPlace place{.jurisdiction = place_code,
                                     .hospital = unit_of(program, UnitKind::hospital, place_code),
                                     .cdc = unit_of(program, UnitKind::cdc, place_code),
                                     .default_pathogen = asked.pathogen,
                                     .live = program.realm.realm == api::Realm::live,
                                     .now = now,
                                     .township = township_of(program, asked),
                                     .source = asked.source,
                                     .laboratory = bearer.laboratory,
                                     .plate = asked.plate,
                                     .round = round_of(asked)};
  Door door(program, place_code, bearer);
  const auto lookups = api::lookups_of({*program.registry, *readers, opener, program.book, place_code});
  const auto issue = [&](const std::vector<importing::PlannedCommand>& commands) {
    return door.issue(commands);
  };
  importing::CommandSink sink(place, lookups, issue);
  importing::ImportReport sum;
  for (const auto& path : asked.files) {
    const Importable found = importable_at(path);
    for (const auto& file : found.skipped)
      fmt::print(stderr, "{}: skipped, by its name no file of a kind that is imported\n", file);
    for (const auto& file : found.files) {
      const auto shift = asked.shift_to.empty() ? std::nullopt : parse_day(asked.shift_to);
      auto source = importing::read_import(
          importing::read_whole_file(file), read,
          {.now = now, .shift_to = shift, .profile = asked.profile, .name_space = asked.name_space});
      if (!source) {
        const Refusal& no = source.error().list().front();
        importing::ImportReport unreadable;
        unreadable.summary = {1, 0, 1, 0};
        unreadable.faults.push_back({0, {}, file, no.code, no.say});
        importing::add_report(sum, unreadable);
        continue;
      }
      sink.begin_file(*source);
      importing::add_report(
          sum,
          importing::run_import(
              *source, sink, {.dry_run = asked.dry_run, .progress = [&](const auto& done, std::size_t all) {
                                if (!asked.json && done.read % 1000 == 0)
                                  fmt::print(stderr, "{}: {} of {}\n", file, done.read, all);
                                return true;
                              }}));
    }
  }
  return sum;
}

void run(const Asked& asked, int& exit_code) {
  if (!asked.shift_to.empty() && !parse_day(asked.shift_to))
    throw std::runtime_error("--shift-to wants a day such as 2022-07-17");
  Program program({.directory = asked.directory, .rulebook = {}, .broken = {}, .place = asked.place});
  program.resume_clock();
  if (asked.jurisdiction != 0 && !fits_realm(program.realm.realm, asked.jurisdiction))
    throw std::runtime_error(
        "--jurisdiction: prefix 99 belongs to demonstrations, and a demonstration takes nothing else");
  const auto report = import_files(program, asked);
  const auto language =
      asked.language == "zh" ? importing::ReportLanguage::zh : importing::ReportLanguage::en;
  if (!asked.errors.empty())
    importing::write_whole_file(asked.errors, importing::error_file(report.faults, language));
  for (const auto& fault : report.faults)
    fmt::print(stderr, "row {} {} {}: {} {}\n", fault.row, fault.segment, fault.field, fault.code,
               asked.language == "zh" ? fault.reason.zh : fault.reason.en);
  for (const auto& [note, count] : report.notes) fmt::print(stderr, "{}: {}\n", note, count);
  fmt::print("{}\n", to_json(report.summary));
  exit_code = report.summary.refused == 0 ? 0 : 1;
}

}  // namespace

void add_import(CLI::App& app, int& exit_code) {
  auto* command = app.add_subcommand(
      "import", "bring in laboratory reports and lists from elsewhere (docs/import.md); safe to repeat");
  auto asked = std::make_shared<Asked>();
  command->add_option("files", asked->files, "files or folders")->required()->check(CLI::ExistingPath);
  command->add_option("--data", asked->directory, "the realm's data directory")
      ->required()
      ->check(CLI::ExistingDirectory);
  add_store_options(*command, asked->place);
  takes_division(command->add_option("--jurisdiction", asked->jurisdiction,
                                     "division code where what is imported is at home"));
  command->add_option("--shift-to", asked->shift_to,
                      "move a line list's days so that the latest falls on this day");
  command->add_option("--profile,--kind", asked->profile,
                      "profile or kind of a table (docs/import.md); else whichever fits the header");
  command->add_option("--name-space", asked->name_space,
                      "whose numbers the case and contact ids are; else the profile's");
  command->add_option("--township", asked->township,
                      "name or code of the township that settles a list of returnees");
  command->add_option("--source", asked->source, "who sent the list of returnees");
  command->add_option("--account", asked->account,
                      "sign-in name of whoever brings the files in; instruments' results need a tester");
  command->add_option("--plate", asked->plate,
                      "code of the plate, of instruments' results that do not say it");
  command->add_option("--round", asked->round, "number of the round that a population list is the list of");
  command->add_option("--pathogen", asked->pathogen, "of line lists");
  command->add_option("--errors", asked->errors, "write the row-level error file here (CSV)");
  command->add_option("--lang", asked->language, "zh or en")->check(CLI::IsMember({"zh", "en"}));
  command->add_flag("--dry-run", asked->dry_run, "say what would happen, record nothing");
  command->add_flag("--json", asked->json, "no progress; the last line is the summary");
  command->callback([asked, &exit_code] { run(*asked, exit_code); });
}

}  // namespace fx::bin
