#include <fmt/format.h>

#include "base/text.hpp"
#include "bin/cli.hpp"
#include "bin/program.hpp"
#include "importing/csv.hpp"
#include "importing/text_encoding.hpp"

namespace fx::bin {
namespace {

struct Asked {
  std::string directory;
  std::int32_t jurisdiction = 0;
  std::string name_zh, name_en;
  std::string units;
  std::string user = "admin";
  std::string password;
  StorePlace place;
};

/// Issues one command of the realm's making; throws with every reason when it is refused.
class Maker {
 public:
  explicit Maker(Program& program) : program_(program), ids_(program.clock) {}

  RawId id(std::int32_t home) { return ids_.next(home); }

  void issue(std::string_view operation, boost::json::object fields, std::int32_t home) {
    Command command;
    command.operation = program_.registry->operation(operation);
    Faults faults;
    command.body = command.operation->decode(std::move(fields), faults, {});
    if (!faults.empty()) throw std::runtime_error(faults.front().path + ": " + faults.front().say.en);
    command.id = ids_.next(home);
    command.system = true;
    command.jurisdiction = home;
    const Instant now = program_.engine.ledger_time(program_.clock.wall());
    program_.seal(
        command,
        {now, now, {{}, {}, home, {Role::SYS}}, command.id, *program_.engine.reference(), *program_.book});
    std::vector<Command> one;
    one.push_back(std::move(command));
    program_.store_keys(one);
    const Outcome outcome = program_.engine.run(one, now).front();
    if (outcome.kind == Outcome::Kind::accepted) return;
    std::string why = std::string(operation) + ": " + outcome.defect;
    for (const Refusal& refusal : outcome.refusals.list())
      why += " " + refusal.code + " " + refusal.path + " " + refusal.say.en;
    throw std::runtime_error(why);
  }

 private:
  Program& program_;
  runtime::SystemIds ids_;
};

/// Columns of the unit list, in this order: code, name_zh, name_en, kind, jurisdiction, parent code.
void read_units(Maker& maker, const Asked& asked, std::map<std::string, RawId>& units) {
  const std::string text = importing::decode_text(read_file(asked.units)).value().utf8;
  importing::CsvReader reader(text);
  bool header = true;
  while (auto row = reader.next()) {
    if (!*row)
      throw std::runtime_error(
          fmt::format("{}: row {}: {}", asked.units, row->error().row, row->error().reason.en));
    auto fields = (*row)->fields;
    if (std::exchange(header, false)) continue;
    fields.resize(6);
    const std::int32_t place = std::atoi(fields[4].c_str());
    if (!fits_realm(api::Realm::live, place))
      throw std::runtime_error(
          fmt::format("{}: row {}: prefix 99 is for demonstrations", asked.units, (*row)->row));
    const RawId id = maker.id(place);
    units[fields[0]] = id;
    boost::json::object unit{{"unit", id.text()},    {"code", fields[0]},
                             {"name_zh", fields[1]}, {"name_en", fields[2]},
                             {"kind", fields[3]},    {"level", enum_text(level_of(place))},
                             {"jurisdiction", place}};
    if (!fields[5].empty()) {
      if (!units.contains(fields[5]))
        throw std::runtime_error(
            fmt::format("{}: row {}: parent {} comes later or never", asked.units, (*row)->row, fields[5]));
      unit["parent"] = units[fields[5]].text();
    }
    maker.issue("command.create_unit", std::move(unit), place);
  }
}

void init(const Asked& asked) {
  if (!fits_realm(api::Realm::live, asked.jurisdiction))
    throw std::runtime_error("prefix 99 is for demonstrations; a live realm has its own place");
  if (length_utf8(asked.password) < 10)
    throw std::runtime_error("the first administrator's password needs at least 10 characters (--password)");
  const std::filesystem::path directory(asked.directory);
  std::filesystem::create_directories(directory);
  if (std::filesystem::exists(directory / "realm.json"))
    throw std::runtime_error("there is a realm in " + asked.directory);
  (void)runtime::create_key_file((directory / "realm.key").string());
  save_realm(directory, {.realm = api::Realm::live,
                         .name_zh = asked.name_zh,
                         .name_en = asked.name_en,
                         .jurisdiction = asked.jurisdiction,
                         .created_at = {}});
  Program program({.directory = directory, .rulebook = {}, .broken = {}, .place = asked.place});
  Maker maker(program);
  const RawId command_post = maker.id(asked.jurisdiction);
  maker.issue("command.create_unit",
              {{"unit", command_post.text()},
               {"code", fmt::format("CMD-{}", asked.jurisdiction)},
               {"name_zh", asked.name_zh + "疫情防控指挥部"},
               {"name_en", asked.name_en + " command post"},
               {"kind", "command_post"},
               {"level", enum_text(level_of(asked.jurisdiction))},
               {"jurisdiction", asked.jurisdiction}},
              asked.jurisdiction);
  std::map<std::string, RawId> units;
  if (!asked.units.empty()) read_units(maker, asked, units);
  const RawId account = maker.id(asked.jurisdiction);
  maker.issue("command.create_account",
              {{"account", account.text()},
               {"user", asked.user},
               {"display_name", asked.user},
               {"password", asked.password},
               {"unit", command_post.text()}},
              asked.jurisdiction);
  maker.issue("command.appoint",
              {{"holding", maker.id(asked.jurisdiction).text()},
               {"account", account.text()},
               {"unit", command_post.text()},
               {"role", "ADM"}},
              asked.jurisdiction);
  fmt::print("made the live realm {} with {} units; administrator: {}\n", asked.name_en, units.size() + 1,
             asked.user);
  fmt::print("BACK UP NOW, apart from the database: {} (without it no name can ever be read again)\n",
             (directory / "realm.key").string());
}

}  // namespace

void add_init(CLI::App& app, int&) {
  auto* command = app.add_subcommand(
      "init", "make a live realm: administrator, key file, own jurisdiction, units from a CSV");
  auto asked = std::make_shared<Asked>();
  command->add_option("--data", asked->directory, "data directory")->required();
  add_store_options(*command, asked->place);
  command->add_option("--jurisdiction", asked->jurisdiction, "GB/T 2260 code of the realm's place")
      ->required();
  command->add_option("--name-zh", asked->name_zh)->required();
  command->add_option("--name-en", asked->name_en)->required();
  command->add_option("--units", asked->units, "CSV: code, name_zh, name_en, kind, jurisdiction, parent code")
      ->check(CLI::ExistingFile);
  command->add_option("--user", asked->user, "the first administrator");
  command->add_option("--password", asked->password, "at least 10 characters")->required();
  command->callback([asked] { init(*asked); });
}

}  // namespace fx::bin
