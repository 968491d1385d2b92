#pragma once

#include <optional>

#include "access/scope.hpp"
#include "bin/desks.hpp"
#include "bin/place.hpp"
#include "bin/realm.hpp"
#include "bin/rules.hpp"
#include "journal/journal.hpp"
#include "journal/postgres/store.hpp"
#include "runtime/vault_sealer.hpp"
#include "runtime/writer.hpp"

namespace fx::bin {

/// A rulebook as the ledger keeps it: its files one after another, each under its name.
std::string kept_text(const std::vector<rulebook::File>& files);
std::vector<rulebook::File> files_of_kept(std::string_view text);

/// Everything one realm needs, opened in order; what serve, import and the making of realms share.
struct Program {
  struct Options {
    std::filesystem::path directory;
    std::filesystem::path rulebook;  ///< empty: the program's own
    std::size_t queue = 8192;
    std::function<void(const std::string&)> broken;  ///< the store failed: the process has to end
    StorePlace place = {};
  };
  explicit Program(Options options);

  /// Seals a command as the front door does.
  void seal(Command& command, const Context& context);
  /// Makes the keys of new persons durable; before the transaction that names them.
  void store_keys(const std::vector<Command>& commands);

  /// Opens the second connection for writing, where there can be one; nullptr on a file.
  Engine* open_second();

  /// A training or drill realm's clock pauses while no program runs: it goes on from where it stood.
  void resume_clock();
  void keep_clock();

  /// Connections for reading, to whichever store it is.
  [[nodiscard]] std::unique_ptr<journal::Readers> readers(journal::ReaderOptions limits = {}) const;
  /// Where sessions are kept.
  [[nodiscard]] std::string sessions() const;

  Options options;
  RealmFile realm;
  std::unique_ptr<Registry> registry;
  std::shared_ptr<const rulebook::Rulebook> book;
  runtime::Vault vault;
  std::unique_ptr<runtime::KeyStore> key_store;
  runtime::KeyStore& keys;
  runtime::PasswordGate passwords{16};
  ScopeAccess access;
  std::unique_ptr<journal::SqliteStore> sqlite;  ///< one of the two holds the ledger
  std::unique_ptr<journal::PgStore> postgres;
  Store& store;
  runtime::SystemClock clock;
  Engine engine;
  // On a shared store a server writes over two connections, so that one prepares while the other waits for the disk.
  std::unique_ptr<journal::PgStore> second_store;
  std::unique_ptr<Engine> second;
};

}  // namespace fx::bin
