#include <fmt/format.h>

#include "bin/cli.hpp"
#include "bin/desks.hpp"
#include "bin/program.hpp"
#include "bin/verify_tokens.hpp"
#include "journal/postgres/copy.hpp"
#include "journal/verify.hpp"

namespace fx::bin {
namespace {

/// The realm's own store: its file, or the database it was told or remembers.
journal::VerifyReport verify_realm(const std::string& directory, const StorePlace& asked,
                                   journal::VerifyOptions options) {
  const auto registry = make_registry();
  options.rulebook_version = [&](std::string_view kept) {
    return rulebook::load(files_of_kept(kept), *registry).version;
  };
  StorePlace place = asked;
  if (std::filesystem::exists(std::filesystem::path(directory) / "realm.json")) {
    const RealmFile realm = load_realm(directory);
    place = settled(asked, realm, directory);
    options.ledger = realm.ledger.value_or("");
  }
  const auto tokens = tokens_anew(directory, place);
  if (tokens) options.tokens_of = std::cref(*tokens);
  return place.shared() ? journal::pg::verify(place.store, *registry, options)
                        : journal::verify(directory, *registry, options);
}

}  // namespace

journal::Anchor parse_anchor(const std::string& text) {
  const auto colon = text.find(':');
  const long long batch = std::atoll(text.c_str());
  if (colon == std::string::npos || batch <= 0 || text.size() - colon - 1 != 64)
    throw std::runtime_error("an anchor is batch:link, the link in 64 hexadecimal digits: " + text);
  return {batch, text.substr(colon + 1)};
}

void add_verify(CLI::App& app, int& exit_code) {
  auto* command = app.add_subcommand(
      "verify", "replay the ledger into an empty database, compare every table, check the chain");
  auto directory = std::make_shared<std::string>("var/demo");
  auto json = std::make_shared<bool>(false);
  auto anchors = std::make_shared<std::vector<std::string>>();
  command->add_option("--data", *directory, "the realm's data directory, or a backup")
      ->required()
      ->check(CLI::ExistingPath);
  command->add_option("--anchor", *anchors,
                      "batch:link as noted outside (a backup prints it): exposes a cut or rewritten ledger");
  command->add_flag("--json", *json, "machine-readable");
  auto place = std::make_shared<StorePlace>();
  add_store_options(*command, *place);
  command->callback([directory, json, anchors, place, &exit_code] {
    journal::VerifyOptions options;
    for (const std::string& text : *anchors) options.anchors.push_back(parse_anchor(text));
    const auto report = verify_realm(*directory, *place, std::move(options));
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
