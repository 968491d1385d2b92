#include "journal/verify.hpp"

#include <fmt/format.h>

#include "base/text.hpp"
#include "journal/replay.hpp"
#include "journal/schema.hpp"
#include "journal/store.hpp"
#include "journal/verify_chain.hpp"
#include "journal/verify_compare.hpp"
#include "journal/verify_schema.hpp"

namespace fx::journal {
namespace {

/// The journal's own tables; none is in no class.
const std::vector<std::pair<std::string, TableClass>> own_tables = {
    {"event", TableClass::ledger},
    {"batch", TableClass::ledger},
    {"head", TableClass::ledger},
    {"answer", TableClass::ledger},
    {"audit", TableClass::ledger},
    {"frozen", TableClass::ledger},
    {"rulebook_version", TableClass::ledger},
    {"identity", TableClass::identity},
    {"token", TableClass::identity},
};

/// Refolds the ledger into `empty`. False when an event cannot be replayed.
bool replay_all(Connection& ledger, Connection& empty, const FactTables& tables, const Registry& registry,
                VerifyReport& report, Findings& findings) {
  empty.run(journal_schema());
  empty.run("BEGIN");
  for (const FactTable& table : tables.all()) empty.run(table.create());
  Replay replay(registry, tables, empty);
  std::int64_t done = 0;
  const std::int64_t total = 2 * report.events;
  bool sound = true;
  each_event(ledger, [&](const StoredEvent& event) {
    if (!sound) return;
    try {
      replay.apply(event);
    } catch (const std::exception& error) {
      findings.bad(event.batch, event.row.no, fmt::format("cannot be replayed: {}", error.what()));
      sound = false;
    }
    findings.step(report.events + ++done, total);
  });
  if (sound) replay.finish();
  for (const auto& [type, count] : replay.unknown())
    report.unknown_events.push_back(fmt::format("{} ({})", type, count));
  return sound;
}

bool same_shape(Connection& ledger, const FactTable& table) {
  Statement built(ledger, "SELECT version, columns FROM schema_info WHERE name = ?");
  built.bind_text(table.type->name);
  return built.step() && built.number(0) == table.version && built.text_at(1) == table.shape;
}

void compare(Connection& ledger, Connection& replayed, const Compared& table, const std::string& name,
             bool sound, VerifyReport& report, Findings& findings) {
  constexpr std::size_t enough = 10;
  const TableDigest stored = digest_of(ledger, table);
  report.tables.push_back({name, TableClass::derived, stored.rows, stored.digest});
  if (!sound || digest_of(replayed, table).digest == stored.digest) return;
  for (std::string& difference : differences(ledger, replayed, table, enough))
    findings.bad(0, 0, std::move(difference));
}

void compare_all(Connection& ledger, Connection& replayed, const FactTables& tables, bool sound,
                 VerifyReport& report, Findings& findings) {
  for (const auto& [name, kind] : own_tables)
    report.tables.push_back({name, kind, ledger.number(fmt::format("SELECT count(*) FROM {}", name)), {}});
  compare(ledger, replayed, {"counter", {"jurisdiction", "measure", "occurred_day", "recorded_day", "slot"}},
          "counter", sound, report, findings);
  for (const FactTable& table : tables.all()) {
    if (!same_shape(ledger, table)) {
      findings.bad(
          0, 0,
          fmt::format("table {} has another shape than this program's: start the server once", table.name));
      continue;
    }
    std::vector<std::string> key;
    if (!table.type->by_no) key.emplace_back("\"home\"");
    key.push_back(table.key);
    compare(ledger, replayed, {table.name, key}, std::string(table.type->name), sound, report, findings);
  }
}

void check_pages(Connection& ledger, Findings& findings) {
  Statement check(ledger, "PRAGMA integrity_check(5)");
  while (check.step())
    if (check.text_at(0) != "ok") findings.bad(0, 0, "the file is damaged: " + check.string_at(0));
}

}  // namespace

VerifyReport verify(const std::filesystem::path& path, const Registry& registry,
                    const VerifyOptions& options) {
  VerifyReport report;
  Findings findings(report, options);
  try {
    const auto file = std::filesystem::is_directory(path) ? path / "ledger.db" : path;
    Connection ledger(file.string(), Connection::Mode::read);
    check_schema(ledger);
    const Transaction snapshot(ledger, Transaction::Kind::read);
    check_pages(ledger, findings);
    check_chain(ledger, options, report, findings);
    check_audit(ledger, findings);
    check_answers(ledger, findings);
    check_tokens(ledger, options, findings);
    check_rulebooks(ledger, options, findings);
    const FactTables tables(registry);
    check_objects(ledger, tables, findings);
    Connection replayed("", Connection::Mode::scratch);
    const bool sound = replay_all(ledger, replayed, tables, registry, report, findings);
    compare_all(ledger, replayed, tables, sound, report, findings);
  } catch (const Cancelled&) {
    report.cancelled = true;
  } catch (const StoreBroken& error) {
    findings.bad(0, 0, error.what());
  } catch (const StoreTooNew& error) {
    findings.bad(0, 0, error.what());
  }
  findings.put_in_order();
  report.ok = report.faults.empty() && !report.cancelled;
  return report;
}

void rebuild(const std::filesystem::path& directory, const Registry& registry) {
  const DirectoryLock lock(directory);
  Connection connection((directory / "ledger.db").string(), Connection::Mode::create);
  open_schema(connection);
  Transaction transaction(connection, Transaction::Kind::write);
  rebuild_facts(connection, FactTables(registry), registry);
  transaction.commit();
}

std::string VerifyReport::json() const {
  const auto record = [](std::string& out, const BadRecord& bad) {
    out += fmt::format(R"({{"batch":{},"no":"{}","what":)", bad.batch, bad.no);
    write_json_string(out, bad.what);
    out += '}';
  };
  std::string out =
      fmt::format(R"({{"ok":{},"cancelled":{},"events":{},"batches":{},"link":"{}","first_bad":)", ok,
                  cancelled, events, batches, link);
  if (faults.empty())
    out += "null";
  else
    record(out, faults.front());
  out += ",\"faults\":[";
  for (std::size_t i = 0; i < faults.size(); ++i) {
    if (i > 0) out += ',';
    record(out, faults[i]);
  }
  out += "],\"unknown_events\":";
  write_json(out, unknown_events);
  out += ",\"tables\":[";
  for (std::size_t i = 0; i < tables.size(); ++i) {
    const TableReport& table = tables[i];
    out += fmt::format(R"({}{{"name":"{}","class":"{}","rows":{})", i > 0 ? "," : "", table.name,
                       enum_text(table.kind), table.rows);
    if (!table.digest.empty()) out += fmt::format(R"(,"digest":"{}")", table.digest);
    out += '}';
  }
  return out + "]}";
}

}  // namespace fx::journal
