#include <fmt/format.h>

#include <sstream>

#include "bin/backup.hpp"
#include "bin/cli.hpp"
#include "bin/desks.hpp"
#include "bin/realm.hpp"
#include "journal/restore.hpp"
#include "runtime/keystore.hpp"

namespace fx::bin {
namespace {

namespace fs = std::filesystem;

struct Asked {
  std::string from;
  std::string to;
  std::string until;
  std::string keys;
  std::vector<std::string> anchors;
  bool json = false;
};

/// Where the realm is put together; gone unless all of it was right.
class Workshop {
 public:
  explicit Workshop(const fs::path& target) : target_(fs::absolute(target).lexically_normal()) {
    if (!target_.has_filename()) target_ = target_.parent_path();
    if (fs::exists(target_) && !(fs::is_directory(target_) && fs::is_empty(target_)))
      throw std::runtime_error(target_.string() + " is not empty: nothing is ever restored over something");
    path_ = target_.string() + ".restoring";
    if (fs::exists(path_)) throw std::runtime_error(path_.string() + " is in the way");
    fs::create_directories(path_);
    fs::permissions(path_, fs::perms::owner_all);
  }
  Workshop(const Workshop&) = delete;
  Workshop& operator=(const Workshop&) = delete;
  ~Workshop() {
    std::error_code ignored;
    if (!done_) fs::remove_all(path_, ignored);
  }
  void deliver() {
    for (const auto& file : fs::directory_iterator(path_)) journal::sync_path(file.path());
    journal::sync_path(path_);
    fs::rename(path_, target_);
    done_ = true;
    journal::sync_path(target_.parent_path());
  }
  [[nodiscard]] const fs::path& path() const { return path_; }

 private:
  fs::path target_;
  fs::path path_;
  bool done_ = false;
};

std::vector<RawId> ids_in(const std::string& lines) {
  std::vector<RawId> out;
  std::istringstream in(lines);
  for (std::string line; std::getline(in, line);)
    if (const auto id = RawId::parse(line)) out.push_back(*id);
  return out;
}

/// Erased before the backup, and since then as far as the given keys know.
std::vector<RawId> erased_persons(const Asked& asked) {
  std::vector<RawId> out = ids_in(journal::backup_note(asked.from, erased_note));
  if (asked.keys.empty()) return out;
  for (const RawId& person : runtime::FileKeyStore(asked.keys).erased()) out.push_back(person);
  return out;
}

/// A training realm's clock goes on from the restored ledger, not from where it once stopped.
void write_realm(const fs::path& backup, const fs::path& directory) {
  auto realm = from_own_json<RealmFile>(journal::backup_note(backup, realm_note));
  realm.clock_at.reset();
  save_realm(directory, realm);
}

void place_keys(const Asked& asked, const fs::path& directory, std::span<const RawId> erased) {
  if (asked.keys.empty()) return;
  const fs::path place = directory / "keys.db";
  journal::copy_database(asked.keys, place);
  (void)runtime::FileKeyStore(place.string()).destroy(erased);
}

void tell(const Asked& asked, const journal::Restored& restored) {
  if (asked.json)
    return fmt::print(R"({{"batch":{},"last_event":"{}","mark":{},"verify":{}}})"
                      "\n",
                      restored.batch, restored.last_event, json_of(restored.mark), restored.report.json());
  for (const auto& fault : restored.report.faults)
    fmt::print("BAD batch {} event {}: {}\n", fault.batch, fault.no, fault.what);
  if (!restored.report.ok) return fmt::print("NOT RESTORED: what the backup holds does not verify\n");
  fmt::print("restored up to batch {} (event {}) of {}; verified; a new epoch begins\n", restored.batch,
             restored.last_event, restored.mark.batch);
  fmt::print("{}put realm.key beside it: without it no name can be read\n",
             asked.keys.empty()
                 ? "no keys were given (--keys FILE): names stay closed until keys.db is put there\n"
                 : "");
}

void restore(const Asked& asked, int& exit_code) {
  journal::RestoreOptions options;
  if (!asked.until.empty()) options.until = journal::parse_until(asked.until);
  for (const std::string& text : asked.anchors) options.anchors.push_back(parse_anchor(text));
  options.erased = erased_persons(asked);
  options.note = fmt::format(R"({{"until":"{}"}})", asked.until.empty() ? "all" : asked.until);
  Workshop workshop(asked.to);
  const auto registry = make_registry();
  const journal::Restored restored = journal::restore(asked.from, workshop.path(), *registry, options);
  if (restored.report.ok) {
    write_realm(asked.from, workshop.path());
    place_keys(asked, workshop.path(), options.erased);
    workshop.deliver();
  }
  tell(asked, restored);
  exit_code = restored.report.ok ? 0 : 1;
}

}  // namespace

void add_restore(CLI::App& app, int& exit_code) {
  auto* command =
      app.add_subcommand("restore", "make a realm's data directory from a backup, up to any event");
  auto asked = std::make_shared<Asked>();
  command->add_option("--from", asked->from, "the backup")->required()->check(CLI::ExistingFile);
  command->add_option("--to", asked->to, "a directory that is new or empty")->required();
  command->add_option("--until", asked->until,
                      "an event number (its batch is kept whole) or batch:N; default: all of it");
  command->add_option("--keys", asked->keys, "the keys as they are now: who was erased since stays erased")
      ->check(CLI::ExistingFile);
  command->add_option("--anchor", asked->anchors, "batch:link as noted outside; must agree");
  command->add_flag("--json", asked->json, "machine-readable");
  command->callback([asked, &exit_code] { restore(*asked, exit_code); });
}

}  // namespace fx::bin
