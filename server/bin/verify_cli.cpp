#include <fmt/format.h>

#include "bin/cli.hpp"
#include "bin/desks.hpp"
#include "journal/verify.hpp"

namespace fx::bin {

void add_verify(CLI::App& app, int& exit_code) {
  auto* command = app.add_subcommand(
      "verify", "replay the ledger into an empty database, compare every table, check the chain");
  auto directory = std::make_shared<std::string>("var/demo");
  auto json = std::make_shared<bool>(false);
  command->add_option("--data", *directory, "the realm's data directory")
      ->required()
      ->check(CLI::ExistingDirectory);
  command->add_flag("--json", *json, "machine-readable");
  command->callback([directory, json, &exit_code] {
    const auto registry = make_registry();
    const auto report = journal::verify(*directory, *registry);
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
