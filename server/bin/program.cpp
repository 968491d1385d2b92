#include "bin/program.hpp"

#include "bin/shared_keys.hpp"
#include "journal/postgres/read_session.hpp"

namespace fx::bin {
namespace {

Program::Options placed(Program::Options options) {
  options.place = settled(std::move(options.place), load_realm(options.directory), options.directory);
  return options;
}

std::unique_ptr<runtime::KeyStore> open_keys(const Program::Options& options) {
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

/// The realm remembers where its ledger is, so that nobody opens an empty file beside it.
void remember_place(const std::filesystem::path& directory, RealmFile& realm, const StorePlace& place) {
  if (!place.shared() || realm.store) return;
  realm.store = journal::pg::without_password(place.store);
  realm.keys = journal::pg::without_password(place.keys);
  save_realm(directory, realm);
}

}  // namespace

Program::Program(Options opened)
    : options(placed(std::move(opened))),
      realm(load_realm(options.directory)),
      registry(make_registry()),
      book(load_rulebook(*registry, rulebook_files(options.rulebook))),
      vault(runtime::load_key_file((options.directory / "realm.key").string())),
      key_store(open_keys(options)),
      keys(*key_store),
      sqlite(open_file(options, *registry)),
      postgres(open_database(options, *registry)),
      store(sqlite != nullptr ? static_cast<Store&>(*sqlite) : *postgres),
      clock(),
      engine({*registry, book.get(), access, store}) {
  std::string all;
  for (const auto& file : rulebook_files(options.rulebook)) all += "# " + file.name + "\n" + file.text + "\n";
  if (sqlite != nullptr)
    sqlite->keep_rulebook(book->version(), all, engine.head().decided_at);
  else
    postgres->keep_rulebook(book->version(), all, engine.head().decided_at);
  remember_place(options.directory, realm, options.place);
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
