#include <fmt/format.h>

#include "bin/cli.hpp"
#include "bin/desks.hpp"
#include "bin/place.hpp"
#include "journal/postgres/copy.hpp"
#include "journal/verify.hpp"

namespace fx::bin {
namespace {

/// The realm's own store: its file, or the database it was told or remembers.
journal::VerifyReport verify_realm(const std::string& directory, const StorePlace& asked) {
  const auto registry = make_registry();
  const bool realm = std::filesystem::exists(std::filesystem::path(directory) / "realm.json");
  const StorePlace place = realm ? settled(asked, load_realm(directory), directory) : asked;
  return place.shared() ? journal::pg::verify(place.store, *registry) : journal::verify(directory, *registry);
}

}  // namespace

void add_verify(CLI::App& app, int& exit_code) {
  auto* command = app.add_subcommand(
      "verify", "replay the ledger into an empty database, compare every table, check the chain");
  auto directory = std::make_shared<std::string>("var/demo");
  auto json = std::make_shared<bool>(false);
  command->add_option("--data", *directory, "the realm's data directory")
      ->required()
      ->check(CLI::ExistingDirectory);
  command->add_flag("--json", *json, "machine-readable");
  auto place = std::make_shared<StorePlace>();
  add_store_options(*command, *place);
  command->callback([directory, json, place, &exit_code] {
    const auto report = verify_realm(*directory, *place);
    exit_code = report.ok ? 0 : 1;
    if (*json) return fmt::print("{}\n", report.json());
    for (const auto& table : report.tables)
      fmt::print("{:<10} {:<24} {:>12} rows\n", enum_text(table.kind), table.name, table.rows);
    for (const auto& fault : report.faults)
      fmt::print("BAD batch {} event {}: {}\n", fault.batch, fault.no, fault.what);
    fmt::print("{}: {} events in {} batches\n", report.ok ? "verified" : "NOT VERIFIED", report.events,
               report.batches);
  });
}

}  // namespace fx::bin
