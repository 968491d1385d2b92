#include <fmt/format.h>

#include <set>

#include "base/text.hpp"
#include "bin/cli.hpp"
#include "bin/division.hpp"
#include "bin/program.hpp"
#include "bin/unit_list.hpp"

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

std::string command_post_code(const Asked& asked) { return fmt::format("CMD-{}", asked.jurisdiction); }

/// Everything that is asked for, judged before anything is made.
UnitList judged(const Asked& asked) {
  if (!fits_realm(api::Realm::live, asked.jurisdiction))
    throw std::runtime_error("prefix 99 is for demonstrations; a live realm has its own place");
  if (trim(asked.name_zh).empty() || trim(asked.name_en).empty())
    throw std::runtime_error("a realm has a name in both languages (--name-zh, --name-en)");
  if (trim(asked.user).empty())
    throw std::runtime_error("the first administrator has a sign-in name (--user)");
  if (length_utf8(asked.password) < 10)
    throw std::runtime_error("the first administrator's password needs at least 10 characters (--password)");
  if (std::filesystem::exists(std::filesystem::path(asked.directory) / "realm.json"))
    throw std::runtime_error("there is a realm in " + asked.directory);
  if (asked.units.empty()) return {};
  UnitList list = read_unit_list(read_file(asked.units), asked.jurisdiction, {command_post_code(asked)});
  std::string all;
  for (const std::string& fault : list.faults) all += fmt::format("\n{}: {}", asked.units, fault);
  if (!all.empty()) throw std::runtime_error("nothing was made:" + all);
  return list;
}

/// Until it is done, whatever appeared in the directory goes again: a making that failed leaves no half of a realm. A
/// database that holds the beginning of one keeps its key and files: they are what it can be read with.
class Making {
 public:
  explicit Making(std::filesystem::path directory) : directory_(std::move(directory)) {
    made_directory_ = std::filesystem::create_directories(directory_);
    for (const auto& entry : std::filesystem::directory_iterator(directory_)) before_.insert(entry.path());
  }
  Making(const Making&) = delete;
  Making& operator=(const Making&) = delete;
  ~Making() {
    if (done_) return;
    std::error_code ignored;  // the fault that ended the making is the one to tell
    std::vector<std::filesystem::path> after;
    for (const auto& entry : std::filesystem::directory_iterator(directory_, ignored))
      if (!before_.contains(entry.path())) after.push_back(entry.path());
    for (const auto& path : after) std::filesystem::remove_all(path, ignored);
    if (made_directory_) std::filesystem::remove(directory_, ignored);
  }
  void done() { done_ = true; }

 private:
  std::filesystem::path directory_;
  std::set<std::filesystem::path> before_;
  bool made_directory_ = false;
  bool done_ = false;
};

void make_units(Maker& maker, const UnitList& list, std::map<std::string, RawId> units) {
  for (const ListedUnit& listed : list.units) {
    const RawId id = maker.id(listed.jurisdiction);
    boost::json::object unit{{"unit", id.text()},
                             {"code", listed.code},
                             {"name_zh", listed.name_zh},
                             {"name_en", listed.name_en},
                             {"kind", enum_text(listed.kind)},
                             {"level", enum_text(level_of(listed.jurisdiction))},
                             {"jurisdiction", listed.jurisdiction}};
    if (!listed.parent.empty()) unit["parent"] = units.at(listed.parent).text();
    maker.issue("command.create_unit", std::move(unit), listed.jurisdiction);
    units[listed.code] = id;
  }
}

RawId make_command_post(Maker& maker, const Asked& asked) {
  const RawId post = maker.id(asked.jurisdiction);
  maker.issue("command.create_unit",
              {{"unit", post.text()},
               {"code", command_post_code(asked)},
               {"name_zh", asked.name_zh + "疫情防控指挥部"},
               {"name_en", asked.name_en + " command post"},
               {"kind", "command_post"},
               {"level", enum_text(level_of(asked.jurisdiction))},
               {"jurisdiction", asked.jurisdiction}},
              asked.jurisdiction);
  return post;
}

void make_administrator(Maker& maker, const Asked& asked, const RawId& unit) {
  const RawId account = maker.id(asked.jurisdiction);
  maker.issue("command.create_account",
              {{"account", account.text()},
               {"user", asked.user},
               {"display_name", asked.user},
               {"password", asked.password},
               {"unit", unit.text()}},
              asked.jurisdiction);
  maker.issue("command.appoint",
              {{"holding", maker.id(asked.jurisdiction).text()},
               {"account", account.text()},
               {"unit", unit.text()},
               {"role", "ADM"}},
              asked.jurisdiction);
}

void make_all(Program& program, const Asked& asked, const UnitList& list) {
  Maker maker(program);
  const RawId post = make_command_post(maker, asked);
  make_units(maker, list, {{command_post_code(asked), post}});
  make_administrator(maker, asked, post);
}

void init(const Asked& asked) {
  const UnitList list = judged(asked);
  const std::filesystem::path directory(asked.directory);
  Making making(directory);
  (void)runtime::create_key_file((directory / "realm.key").string());
  save_realm(directory, {.realm = api::Realm::live,
                         .name_zh = asked.name_zh,
                         .name_en = asked.name_en,
                         .jurisdiction = asked.jurisdiction,
                         .created_at = format(runtime::SystemClock().machine())});
  {
    Program program({.directory = directory, .rulebook = {}, .broken = {}, .place = asked.place});
    if (program.engine.head().batch > 0)
      throw std::runtime_error("that database holds a ledger already: a new realm needs an empty one");
    try {
      make_all(program, asked, list);
    } catch (const std::exception& fault) {
      if (!asked.place.shared() || program.engine.head().batch == 0) throw;
      making.done();
      throw std::runtime_error(
          fmt::format("{}\nthe database holds the beginning of this realm: empty it and {}, "
                      "then try again",
                      fault.what(), directory.string()));
    }
  }
  making.done();
  fmt::print("made the live realm {} with {} units; administrator: {}\n", asked.name_en,
             list.units.size() + 1, asked.user);
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
  takes_division(
      command->add_option("--jurisdiction", asked->jurisdiction, "GB/T 2260 code of the realm's place")
          ->required());
  command->add_option("--name-zh", asked->name_zh)->required();
  command->add_option("--name-en", asked->name_en)->required();
  command->add_option("--units", asked->units, "CSV: code, name_zh, name_en, kind, jurisdiction, parent code")
      ->check(CLI::ExistingFile);
  command->add_option("--user", asked->user, "the first administrator");
  command->add_option("--password", asked->password, "at least 10 characters")->required();
  command->callback([asked] { init(*asked); });
}

}  // namespace fx::bin
