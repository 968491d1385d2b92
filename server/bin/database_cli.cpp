#include <fmt/format.h>

#include "bin/cli.hpp"
#include "bin/desks.hpp"
#include "bin/shared_keys.hpp"
#include "journal/postgres/schema.hpp"

namespace fx::bin {
namespace {

struct Asked {
  std::string owner;
  std::string keys;
};

void prepare(const Asked& asked) {
  const auto registry = make_registry();
  {
    journal::pg::Link owner({.url = asked.owner, .name = "fangxian database"});
    journal::pg::prepare(owner, *registry);
  }
  const std::string keys = asked.keys.empty() ? keys_url(asked.owner) : asked.keys;
  journal::pg::Link owner({.url = keys, .name = "fangxian database"});
  prepare_keys(owner);
  fmt::print("数据库已就绪 / prepared: {}, {}\n", journal::pg::without_password(asked.owner),
             journal::pg::without_password(keys));
}

}  // namespace

void add_database(CLI::App& app, int&) {
  auto* group = app.add_subcommand("database", "PostgreSQL databases of a realm that several servers share");
  group->require_subcommand(1);
  auto asked = std::make_shared<Asked>();
  auto* made = group->add_subcommand(
      "prepare",
      "make the tables, as their owner, and grant the application role what it needs; safe to repeat");
  made->add_option("--owner", asked->owner, "postgres://… of the ledger's database, as its owner")
      ->required();
  made->add_option("--keys", asked->keys,
                   "postgres://… of the keys' database, as its owner; else the same name and _keys");
  made->callback([asked] { prepare(*asked); });
}

}  // namespace fx::bin
