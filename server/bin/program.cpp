#include "bin/program.hpp"

#include <fmt/format.h>

#include <charconv>

#include "base/text.hpp"
#include "bin/shared_keys.hpp"
#include "journal/postgres/read_session.hpp"

namespace fx::bin {
namespace {

Program::Options placed(Program::Options options) {
  options.place = settled(std::move(options.place), load_realm(options.directory), options.directory);
  return options;
}

/// Tells one realm.key from another and nothing else; it outlives a change of the key that wraps.
std::string fingerprint(const runtime::Vault& vault) {
  const runtime::SecretKey derived = vault.derive("fingerprint");
  const auto digest = runtime::sha256({reinterpret_cast<const char*>(derived.data()), derived.size});
  constexpr std::size_t enough = 16;
  return hex({reinterpret_cast<const char*>(digest.data()), enough});
}

/// A realm that was used is not begun anew because a file of it is missing or another's.
void check_files(const Program::Options& options, const RealmFile& realm, const runtime::Vault& vault) {
  const auto& directory = options.directory;
  if (realm.key && *realm.key != fingerprint(vault))
    throw std::runtime_error(
        fmt::format("{} is not the key this realm was made with: no name could be read and nobody sign in; "
                    "put back the copy that was kept apart",
                    (directory / "realm.key").string()));
  if (options.place.shared() || !realm.ledger) return;
  if (!std::filesystem::exists(directory / "ledger.db"))
    throw std::runtime_error(
        fmt::format("{} is missing, and this realm has been used: put the file back, or make the realm again "
                    "from a backup ('fangxian restore')",
                    (directory / "ledger.db").string()));
  if (!std::filesystem::exists(directory / "keys.db"))
    throw std::runtime_error(
        fmt::format("{} is missing, and this realm has been used: without the persons' keys no name could be "
                    "read and nobody sign in; put back the copy of 'fangxian backup --keys-to'",
                    (directory / "keys.db").string()));
}

std::unique_ptr<runtime::KeyStore> open_keys(const Program::Options& options, const RealmFile& realm,
                                             const runtime::Vault& vault) {
  check_files(options, realm, vault);
  if (options.place.shared()) return std::make_unique<SharedKeyStore>(options.place.keys);
  return std::make_unique<runtime::FileKeyStore>((options.directory / "keys.db").string());
}

std::unique_ptr<journal::SqliteStore> open_file(const Program::Options& options, const Registry& registry) {
  if (options.place.shared()) return nullptr;
  return std::make_unique<journal::SqliteStore>(
      registry, journal::StoreOptions{.directory = options.directory, .broken = options.broken});
}

std::unique_ptr<journal::PgStore> open_database(const Program::Options& options, const Registry& registry) {
  if (!options.place.shared()) return nullptr;
  return std::make_unique<journal::PgStore>(registry, journal::PgOptions{.url = options.place.store});
}

/// The ledger's name, hexadecimal.
std::string ledger_of(const journal::SqliteStore* file, journal::PgStore* database) {
  if (file == nullptr) return hex(database->link().ask("SELECT ledger FROM head").bytes(0, 0));
  journal::Connection ledger(file->path(), journal::Connection::Mode::read);
  journal::Statement head(ledger, "SELECT ledger FROM head");
  return head.step() ? hex(head.blob_at(0)) : std::string();
}

/// The realm remembers where its ledger is, so that nobody opens an empty file beside it, and which ledger and key are
/// its own. What an older program did not note is taken as it stands.
void remember(const Program& program, RealmFile& realm) {
  const auto& place = program.options.place;
  const std::string ledger = ledger_of(program.sqlite.get(), program.postgres.get());
  if (realm.ledger && *realm.ledger != ledger)
    throw std::runtime_error("the ledger that was found is not this realm's: its name is " + ledger +
                             ", realm.json says " + *realm.ledger);
  const bool placed = !place.shared() || realm.store;
  if (placed && realm.ledger && realm.key) return;
  if (!placed) {
    realm.store = journal::pg::without_password(place.store);
    realm.keys = journal::pg::without_password(place.keys);
  }
  realm.ledger = ledger;
  realm.key = fingerprint(program.vault);
  save_realm(program.options.directory, realm);
}

}  // namespace

/// Each file by its name and its length in bytes: nothing in a file is taken for the head of the next.
std::string kept_text(const std::vector<rulebook::File>& files) {
  std::string all;
  for (const auto& file : files) all += fmt::format("# {}\t{}\n{}\n", file.name, file.text.size(), file.text);
  return all;
}

namespace {

/// As programs before wrote it, without lengths: each line that looks like a name begins a file.
std::vector<rulebook::File> files_by_name(std::string_view text) {
  const auto is_name = [](std::string_view line) {
    return line.starts_with("# ") && line.ends_with(".toml") && line.find(' ', 2) == std::string_view::npos;
  };
  std::vector<rulebook::File> files;
  for (std::size_t at = 0; at < text.size();) {
    const std::size_t end = std::min(text.find('\n', at), text.size());
    const std::string_view line = text.substr(at, end - at);
    if (is_name(line))
      files.push_back({std::string(line.substr(2)), {}});
    else if (!files.empty())
      (files.back().text += line) += '\n';
    at = end + 1;
  }
  for (auto& file : files) file.text.resize(file.text.empty() ? 0 : file.text.size() - 1);
  return files;
}

}  // namespace

std::vector<rulebook::File> files_of_kept(std::string_view text) {
  std::vector<rulebook::File> files;
  while (text.starts_with("# ")) {
    const std::size_t end = std::min(text.find('\n'), text.size());
    const std::string_view head = text.substr(2, end - 2);
    const std::size_t tab = head.rfind('\t');
    std::size_t length = 0;
    if (tab == std::string_view::npos ||
        std::from_chars(head.data() + tab + 1, head.data() + head.size(), length).ec != std::errc() ||
        text.size() < end + 1 + length)
      break;
    files.push_back({std::string(head.substr(0, tab)), std::string(text.substr(end + 1, length))});
    text.remove_prefix(std::min(end + 2 + length, text.size()));
  }
  return text.empty() ? files : files_by_name(text);
}

Program::Program(Options opened)
    : options(placed(std::move(opened))),
      realm(load_realm(options.directory)),
      registry(make_registry()),
      book(load_rulebook(*registry, rulebook_files(options.rulebook))),
      vault(runtime::load_key_file((options.directory / "realm.key").string())),
      key_store(open_keys(options, realm, vault)),
      keys(*key_store),
      sqlite(open_file(options, *registry)),
      postgres(open_database(options, *registry)),
      store(sqlite != nullptr ? static_cast<Store&>(*sqlite) : *postgres),
      clock(),
      engine({*registry, book.get(), access, store}) {
  remember(*this, realm);
  const std::string all = kept_text(rulebook_files(options.rulebook));
  if (sqlite != nullptr)
    sqlite->keep_rulebook(book->version(), all, engine.head().decided_at);
  else
    postgres->keep_rulebook(book->version(), all, engine.head().decided_at);
}

Engine* Program::open_second() {
  second_store = open_database(options, *registry);
  if (second_store == nullptr) return nullptr;
  second = std::make_unique<Engine>(Engine::Parts{*registry, book.get(), access, *second_store});
  return second.get();
}

std::unique_ptr<journal::Readers> Program::readers(journal::ReaderOptions limits) const {
  if (sqlite != nullptr)
    return std::make_unique<journal::Readers>(sqlite->path(), *registry, sqlite->log(), limits);
  return std::make_unique<journal::Readers>(journal::pg::source(options.place.store), *registry, limits);
}

std::string Program::sessions() const {
  return sqlite != nullptr ? (options.directory / "sessions.db").string() : options.place.keys;
}

void Program::resume_clock() {
  if (realm.realm == api::Realm::live) return;
  const Instant at = std::max(engine.head().decided_at, realm.clock_at.value_or(Instant{}));
  if (at != Instant{}) clock.set_offset(at - clock.machine());
}

void Program::keep_clock() {
  if (realm.realm == api::Realm::live) return;
  realm.clock_at = clock.wall();
  save_realm(options.directory, realm);
}

void Program::seal(Command& command, const Context& context) {
  runtime::VaultSealer sealer(vault, keys, passwords);
  command.operation->prepare(command.body.get(), context, sealer);
  sealer.finish(command);
}

void Program::store_keys(const std::vector<Command>& commands) {
  std::vector<runtime::KeyStore::Entry> entries;
  for (const Command& command : commands)
    for (const auto& [person, bytes] : command.new_keys) {
      runtime::WrappedKey wrapped{};
      std::copy_n(bytes.begin(), std::min(bytes.size(), wrapped.size()), wrapped.begin());
      entries.emplace_back(person, wrapped);
    }
  if (!entries.empty()) keys.put(entries);
}

}  // namespace fx::bin
