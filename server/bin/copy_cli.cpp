#include <fmt/format.h>

#include "bin/cli.hpp"
#include "bin/desks.hpp"
#include "bin/place.hpp"
#include "bin/shared_keys.hpp"
#include "journal/postgres/copy.hpp"
#include "journal/store.hpp"

namespace fx::bin {
namespace {

namespace fs = std::filesystem;

struct Asked {
  std::string from, to;
  std::string keys;
  std::string app;
  bool quiet = false;
};

struct Side {
  fs::path directory;  ///< of sqlite:DIR
  std::string url;     ///< of postgres:URL
};

Side side_of(const std::string& text) {
  if (text.starts_with("sqlite:")) return {text.substr(7), {}};
  if (text.starts_with("postgres://") || text.starts_with("postgresql://")) return {{}, text};
  if (text.starts_with("postgres:")) return {{}, text.substr(9)};
  throw std::runtime_error(text + ": say sqlite:DIRECTORY or postgres:URL");
}

void say(std::string_view table, std::int64_t done, std::int64_t total) {
  fmt::print(stderr, "\r{:<28} {:>12} / {}", table, done, total);
  if (done >= total) fmt::print(stderr, "\n");
}

journal::pg::CopyProgress progress_of(const Asked& asked) {
  return asked.quiet ? journal::pg::CopyProgress{} : journal::pg::CopyProgress{say};
}

/// Every key and every erasure; what is there already stays, and who was erased since gets no key again.
void copy_keys(const fs::path& directory, const std::string& owner_url) {
  const auto path = directory / "keys.db";
  if (!fs::exists(path)) return;
  journal::Connection file(path.string(), journal::Connection::Mode::read);
  journal::pg::Link owner({.url = owner_url, .name = "fangxian copy"});
  const auto send = [&](const char* select, const std::string& insert, int columns) {
    journal::Statement rows(file, select);
    bool more = rows.step();
    while (more) {
      std::vector<journal::pg::Array> arrays(static_cast<std::size_t>(columns),
                                             journal::pg::Array(journal::pg::Kind::bytes));
      for (int n = 0; more && n < 5000; ++n, more = rows.step())
        for (int i = 0; i < columns; ++i) arrays[static_cast<std::size_t>(i)].add(rows.blob_at(i));
      journal::pg::Params params;
      for (auto& array : arrays) params.add(array);
      owner.ask(insert + " ON CONFLICT DO NOTHING", params);
    }
  };
  send("SELECT person FROM erased", "INSERT INTO erased (person) SELECT * FROM unnest($1::bytea[])", 1);
  send("SELECT person, wrapped FROM key",
       "INSERT INTO key (person, wrapped) SELECT p, w FROM unnest($1::bytea[], $2::bytea[]) AS new(p, w) "
       "WHERE NOT EXISTS (SELECT 1 FROM erased WHERE person = p)",
       2);
  owner.ask("DELETE FROM key WHERE person IN (SELECT person FROM erased)");
}

bool alike(const journal::VerifyReport& left, const journal::VerifyReport& right) {
  if (!left.ok || !right.ok || left.link != right.link || left.events != right.events) return false;
  if (left.tables.size() != right.tables.size()) return false;
  for (std::size_t i = 0; i < left.tables.size(); ++i)
    if (left.tables[i].rows != right.tables[i].rows || left.tables[i].digest != right.tables[i].digest)
      return false;
  return true;
}

int tell(const journal::VerifyReport& from, const journal::VerifyReport& to) {
  const bool same = alike(from, to);
  fmt::print("{}: {} events, link {}\n", same ? "已核对，两边一致 / verified, both sides alike" : "NOT ALIKE",
             to.events, to.link.substr(0, 16));
  for (const auto& fault : to.faults)
    fmt::print("BAD batch {} event {}: {}\n", fault.batch, fault.no, fault.what);
  return same ? 0 : 1;
}

/// From here on the realm is opened there; its file stays as it is.
void remember_place(const Asked& asked, const Side& from, const Side& to, const std::string& keys) {
  if (!fs::exists(from.directory / "realm.json")) return;
  RealmFile realm = load_realm(from.directory);
  realm.store = journal::pg::without_password(asked.app.empty() ? to.url : asked.app);
  realm.keys = journal::pg::without_password(asked.app.empty() ? keys : keys_url(asked.app));
  save_realm(from.directory, realm);
}

/// Each step may be cut off and is done again by the next run; servers may open the database only after the last.
int to_database(const Asked& asked, const Side& from, const Side& to) {
  const auto registry = make_registry();
  const std::string keys = asked.keys.empty() ? keys_url(to.url) : asked.keys;
  {
    // A keys' database that is missing is said before hours of copying.
    journal::pg::Link keys_owner({.url = keys, .name = "fangxian copy"});
    prepare_keys(keys_owner);
  }
  journal::pg::copy_to_postgres(from.directory, *registry, to.url, progress_of(asked));
  copy_keys(from.directory, keys);
  const int code =
      tell(journal::verify(from.directory, *registry), journal::pg::verify_copy(to.url, *registry));
  if (code != 0) return code;
  remember_place(asked, from, to, keys);
  journal::pg::open_to_servers(to.url);
  return code;
}

int to_file(const Asked& asked, const Side& from, const Side& to) {
  const auto registry = make_registry();
  fs::create_directories(to.directory);
  journal::pg::copy_to_sqlite(from.url, *registry, to.directory, progress_of(asked));
  return tell(journal::pg::verify(from.url, *registry), journal::verify(to.directory, *registry));
}

}  // namespace

void add_copy(CLI::App& app, int& exit_code) {
  auto* command = app.add_subcommand(
      "copy", "move a realm's ledger between a file and a database, table by table, verified at the end");
  auto asked = std::make_shared<Asked>();
  command->add_option("--from", asked->from, "sqlite:DIRECTORY or postgres:URL")->required();
  command->add_option("--to", asked->to, "postgres:URL (as the owner) or sqlite:DIRECTORY")->required();
  command->add_option("--keys", asked->keys,
                      "the keys' database, as its owner; else the same name and _keys");
  command->add_option("--app", asked->app, "postgres://… as servers will open it; noted in realm.json");
  command->add_flag("--quiet", asked->quiet, "no progress");
  command->callback([asked, &exit_code] {
    const Side from = side_of(asked->from);
    const Side to = side_of(asked->to);
    if (from.url.empty() == to.url.empty())
      throw std::runtime_error("one side is sqlite:DIRECTORY, the other postgres:URL");
    exit_code = to.url.empty() ? to_file(*asked, from, to) : to_database(*asked, from, to);
  });
}

}  // namespace fx::bin
