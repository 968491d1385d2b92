#include "bin/shared_keys.hpp"

#include <fmt/format.h>

#include "base/described.hpp"
#include "journal/postgres/schema.hpp"
#include "journal/sql.hpp"

namespace fx::bin {
namespace {

using journal::pg::Array;
using journal::pg::Kind;
using journal::pg::Link;
using journal::pg::LinkLost;
using journal::pg::Params;
using journal::pg::Rows;

constexpr const char* schema = R"(
CREATE TABLE IF NOT EXISTS key (           -- one row for each person whose identity can still be read
  person bytea PRIMARY KEY CHECK (length(person) = 16),
  wrapped bytea NOT NULL CHECK (length(wrapped) = 72)   -- nonce 24, key 32, tag 16
);
CREATE TABLE IF NOT EXISTS erased (        -- applied again to every older copy of this database
  person bytea PRIMARY KEY CHECK (length(person) = 16)
);
CREATE TABLE IF NOT EXISTS session (       -- who is signed in, at any server
  key text COLLATE "C" PRIMARY KEY,        -- SHA-256 of the token, hexadecimal
  account bytea NOT NULL,
  unit bytea NOT NULL,
  opened_at bigint NOT NULL,               -- ms, machine time
  used_at bigint NOT NULL                  -- ms, machine time
);
CREATE INDEX IF NOT EXISTS session_account ON session (account);
)";

runtime::WrappedKey wrapped_at(const Rows& rows, int row, int column) {
  runtime::WrappedKey out;
  const auto bytes = rows.bytes(row, column);
  if (bytes.size() != out.size()) throw runtime::KeyStoreError("key store: damaged row");
  std::copy(bytes.begin(), bytes.end(), out.begin());
  return out;
}

Params ids_of(std::span<const RawId> persons) {
  Array ids(Kind::bytes);
  for (const RawId& id : persons) ids.add(blob_of(id));
  Params out;
  out.add(ids);
  return out;
}

}  // namespace

void prepare_keys(Link& owner) {
  owner.run(schema);
  owner.run(
      fmt::format("GRANT SELECT, INSERT, DELETE ON key TO {0}; GRANT SELECT, INSERT ON erased TO {0}; "
                  "GRANT SELECT, INSERT, UPDATE, DELETE ON session TO {0};",
                  journal::sql_name(journal::pg::app_role)));
}

std::string keys_url(const std::string& store_url) {
  const auto question = store_url.find('?');
  const std::string end = question == std::string::npos ? "" : store_url.substr(question);
  return store_url.substr(0, question) + "_keys" + end;
}

template <class F>
auto SharedKeyStore::with(F work) const {
  const std::lock_guard lock(mutex_);
  const auto once = [&] {
    if (!link_) {
      link_ = std::make_unique<Link>(Link::Settings{.url = url_, .name = "fangxian keys"});
      link_->run("SET synchronous_commit = on");
    }
    return work(*link_);
  };
  try {
    try {
      return once();
    } catch (const LinkLost&) {
      link_.reset();
      return once();
    }
  } catch (const std::exception& error) {
    link_.reset();
    throw runtime::KeyStoreError(
        fmt::format("key store {}: {}", journal::pg::without_password(url_), error.what()));
  }
}

SharedKeyStore::SharedKeyStore(std::string url) : url_(std::move(url)) {
  with([](Link& link) { return link.ask("SELECT 1 FROM key LIMIT 1"); });
}

std::size_t SharedKeyStore::put(std::span<const Entry> entries) {
  if (entries.empty()) return 0;
  return with([&](Link& link) {
    Array persons(Kind::bytes);
    Array keys(Kind::bytes);
    for (const auto& [person, wrapped] : entries) {
      persons.add(blob_of(person));
      keys.add(std::string_view(reinterpret_cast<const char*>(wrapped.data()), wrapped.size()));
    }
    Params params;
    params.add(persons).add(keys);
    // One pipeline is one transaction; the lock keeps a person who is being erased from getting a key meanwhile.
    link.send("SELECT pg_advisory_xact_lock_shared(1)");
    link.send(
        "INSERT INTO key (person, wrapped) SELECT p, w FROM unnest($1::bytea[], $2::bytea[]) AS new(p, w) "
        "WHERE NOT EXISTS (SELECT 1 FROM erased WHERE person = p) ON CONFLICT DO NOTHING",
        params);
    link.sync();
    return static_cast<std::size_t>(link.take_last().touched());
  });
}

std::unordered_map<RawId, runtime::WrappedKey> SharedKeyStore::get(std::span<const RawId> persons) const {
  std::unordered_map<RawId, runtime::WrappedKey> found;
  if (persons.empty()) return found;
  const Rows rows = with([&](Link& link) {
    return link.ask("SELECT person, wrapped FROM key WHERE person = ANY($1)", ids_of(persons));
  });
  for (int i = 0; i < rows.size(); ++i) found.emplace(rows.id(i, 0), wrapped_at(rows, i, 1));
  return found;
}

std::optional<runtime::WrappedKey> SharedKeyStore::get(const RawId& person) const {
  const auto found = get(std::span(&person, 1));
  return found.empty() ? std::nullopt : std::optional(found.begin()->second);
}

std::size_t SharedKeyStore::destroy(std::span<const RawId> persons) {
  if (persons.empty()) return 0;
  return with([&](Link& link) {
    link.send("SELECT pg_advisory_xact_lock(1)");
    link.send("INSERT INTO erased (person) SELECT * FROM unnest($1::bytea[]) ON CONFLICT DO NOTHING",
              ids_of(persons));
    link.send("DELETE FROM key WHERE person = ANY($1)", ids_of(persons));
    link.sync();
    return static_cast<std::size_t>(link.take_last().touched());
  });
}

bool SharedKeyStore::is_erased(const RawId& person) const {
  return with([&](Link& link) {
           return link.ask("SELECT 1 FROM erased WHERE person = ANY($1)", ids_of(std::span(&person, 1)));
         }).size() > 0;
}

std::vector<RawId> SharedKeyStore::erased() const {
  const Rows rows = with([](Link& link) { return link.ask("SELECT person FROM erased ORDER BY person"); });
  std::vector<RawId> all;
  for (int i = 0; i < rows.size(); ++i) all.push_back(rows.id(i, 0));
  return all;
}

std::size_t SharedKeyStore::size() const {
  return static_cast<std::size_t>(
      with([](Link& link) { return link.ask("SELECT count(*) FROM key"); }).take_number());
}

}  // namespace fx::bin
