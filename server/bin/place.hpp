#pragma once

#include <CLI/CLI.hpp>
#include <filesystem>
#include <string>

#include "bin/realm.hpp"

namespace fx::bin {

/// Where a realm's ledger and keys lie: in its directory, or in databases that several servers share.
struct StorePlace {
  std::string store;  ///< postgres://… of the ledger; empty: ledger.db in the directory
  std::string keys;   ///< postgres://… of keys and sessions; empty: the ledger's database name and "_keys"
  [[nodiscard]] bool shared() const { return !store.empty(); }
};

/// Adds --store and --keys to a subcommand.
void add_store_options(CLI::App& command, StorePlace& place);
/// Checks what was asked for against the realm and fills in what was not: a realm that was made on a database is opened
/// there. Throws when a realm whose ledger is a file is asked for on a database: 'fangxian copy' moves it.
StorePlace settled(StorePlace asked, const RealmFile& realm, const std::filesystem::path& directory);

}  // namespace fx::bin
