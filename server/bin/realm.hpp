#pragma once

#include <filesystem>
#include <string>

#include "api/parts.hpp"
#include "base/described.hpp"

namespace fx::bin {

/// A realm's data directory: realm.json, realm.key (secret), keys.db, ledger.db, sessions.db; the last three are
/// databases where several servers share the realm.
struct RealmFile {
  api::Realm realm = api::Realm::live;
  std::string name_zh;
  std::string name_en;
  std::int32_t jurisdiction = 0;  ///< own place
  std::optional<Instant>
      clock_at;  ///< a training realm's clock when its server last stopped: it goes on from there
  std::string created_at;
  std::optional<std::string> store = {};  ///< postgres://… without a password; none: ledger.db
  std::optional<std::string> keys = {};   ///< the same of keys and sessions
  // What the realm was made with, so that it is never begun anew, or with other keys, because a file is missing.
  std::optional<std::string> ledger = {};  ///< the ledger's name, hexadecimal
  std::optional<std::string> key = {};     ///< fingerprint of realm.key
};
BOOST_DESCRIBE_STRUCT(RealmFile, (),
                      (realm, name_zh, name_en, jurisdiction, clock_at, created_at, store, keys, ledger, key))

/// Throws std::runtime_error with words for a person.
RealmFile load_realm(const std::filesystem::path& directory);
/// Written beside and moved into place, so that a crash leaves the old or the new one.
void save_realm(const std::filesystem::path& directory, const RealmFile& realm);

/// A live realm refuses the demonstration prefix 99; a demonstration takes nothing else (settled.md 10).
bool fits_realm(api::Realm realm, std::int32_t jurisdiction);

}  // namespace fx::bin
