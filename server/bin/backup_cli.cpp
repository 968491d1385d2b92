#include <fmt/format.h>

#include <boost/json/serialize.hpp>

#include "bin/backup.hpp"
#include "bin/cli.hpp"
#include "runtime/keystore.hpp"

namespace fx::bin {
namespace {

namespace fs = std::filesystem;

struct Asked {
  std::string directory;
  std::string to;
  std::string keys_to;
  bool json = false;
};

/// One id a line.
std::string erased_in(const fs::path& keys) {
  std::string out;
  if (!fs::exists(keys)) return out;
  for (const RawId& person : runtime::FileKeyStore(keys.string()).erased()) out += person.text() + "\n";
  return out;
}

/// After the ledger: keys are durable before the ledger names their persons, so none can be missing.
void copy_keys(const fs::path& directory, const fs::path& to) {
  journal::copy_database(directory / "keys.db", to);
  fmt::print(
      stderr,
      "keys copied to {}. Keep them apart from the data; they open nothing without realm.key, which is not "
      "copied: whoever made the realm keeps its copy.\n",
      to.string());
}

void back_up(const Asked& asked) {
  const fs::path directory(asked.directory);
  journal::BackupOptions options;
  options.notes = {{std::string(realm_note), read_file((directory / "realm.json").string())},
                   {std::string(erased_note), erased_in(directory / "keys.db")}};
  const journal::Mark mark = journal::backup(directory, asked.to, options);
  if (!asked.keys_to.empty()) copy_keys(directory, asked.keys_to);
  if (asked.json) return fmt::print("{}\n", json_of(mark));
  fmt::print("{}: {} bytes in {} ms\nmark: batch {} last event {} link {}\n", mark.file, mark.bytes,
             mark.took_ms, mark.batch, mark.last_event, mark.link);
  fmt::print("persons' keys and realm.key are not in it (--keys-to FILE copies the keys)\n");
}

}  // namespace

std::string json_of(const journal::Mark& mark) {
  auto json = parse_own_json(to_json(mark)).as_object();
  json["last_event"] = std::to_string(mark.last_event);
  return boost::json::serialize(json);
}

void add_backup(CLI::App& app, int&) {
  auto* command = app.add_subcommand("backup", "copy a realm's ledger, also while it is being served");
  auto asked = std::make_shared<Asked>();
  command->add_option("--data", asked->directory, "the realm's data directory")
      ->required()
      ->check(CLI::ExistingDirectory);
  command->add_option("--to", asked->to, "a new file, or a directory")->required();
  command->add_option("--keys-to", asked->keys_to, "also copy the persons' keys, to a new file of their own");
  command->add_flag("--json", asked->json, "machine-readable");
  command->callback([asked] { back_up(*asked); });
}

}  // namespace fx::bin
