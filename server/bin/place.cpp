#include "bin/place.hpp"

#include "bin/shared_keys.hpp"

namespace fx::bin {
namespace {

std::string check_url(const std::string& value) {
  return value.starts_with("postgres://") || value.starts_with("postgresql://")
             ? std::string()
             : "should begin with postgres://";
}

}  // namespace

void add_store_options(CLI::App& command, StorePlace& place) {
  command
      .add_option("--store", place.store,
                  "postgres://… of the ledger, as the application role; else the realm's own file")
      ->check(CLI::Validator(check_url, "postgres://…"));
  command
      .add_option("--keys", place.keys,
                  "postgres://… of persons' keys and sessions; else the ledger's database name and _keys")
      ->check(CLI::Validator(check_url, "postgres://…"));
}

StorePlace settled(StorePlace asked, const RealmFile& realm, const std::filesystem::path& directory) {
  if (asked.store.empty()) asked.store = realm.store.value_or("");
  if (asked.store.empty()) {
    if (!asked.keys.empty()) throw std::runtime_error("--keys goes with --store");
    return asked;
  }
  if (!realm.store && std::filesystem::exists(directory / "ledger.db"))
    throw std::runtime_error("the realm's ledger is " + (directory / "ledger.db").string() +
                             ": move it with 'fangxian copy --from sqlite:DIR --to postgres:URL'");
  if (asked.keys.empty()) asked.keys = realm.keys.value_or(keys_url(asked.store));
  return asked;
}

}  // namespace fx::bin
