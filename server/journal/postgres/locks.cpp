#include "journal/postgres/locks.hpp"

#include "base/described.hpp"

namespace fx::journal::pg {
namespace {

constexpr std::uint64_t fnv_start = 0xCBF29CE484222325ULL;

std::uint64_t fnv(std::uint64_t hash, std::string_view bytes) {
  constexpr std::uint64_t prime = 0x100000001B3ULL;
  for (const char c : bytes) hash = (hash ^ static_cast<unsigned char>(c)) * prime;
  return hash;
}

}  // namespace

std::int64_t lock_of(std::string_view kind, const RawId& id) {
  return static_cast<std::int64_t>(fnv(fnv(fnv_start, kind), blob_of(id)));
}

std::int64_t lock_of(const AnswerKey& key) {
  return static_cast<std::int64_t>(
      fnv(fnv(fnv(fnv_start, "answer"), blob_of(key.key)), blob_of(key.actor.raw)));
}

void Locks::want(std::int64_t lock, bool exclusive) {
  if (const auto held = held_.find(lock); held != held_.end() && (held->second || !exclusive)) return;
  auto& wanted = wanted_[lock];
  wanted = wanted || exclusive;
}

void Locks::want(const KeySet& keys, std::span<const AnswerKey> answers) {
  for (const auto& entry : keys.entries()) {
    // What is only looked at of units and posts is cached by each server: the seal's fence, not a lock (kernel-notes §3).
    if (entry.key.table->reference && !entry.own) continue;
    want(lock_of(entry.key.table->name, entry.key.id), entry.own);
    if (entry.own && entry.key.table->subject) want(lock_of("about", entry.key.id), true);
  }
  for (const RawId& about : keys.subjects()) want(lock_of("about", about), true);
  for (const AnswerKey& key : answers) want(lock_of(key), true);
}

void Locks::send(Link& link) {
  Array locks(Kind::integer);
  Array exclusive(Kind::boolean);
  for (const auto& [lock, own] : wanted_) {
    locks.add(lock);
    exclusive.add(own);
  }
  Params params;
  params.add(locks).add(exclusive);
  const bool wait = held_.empty();
  link.send(wait ? "SELECT count(CASE WHEN own THEN pg_advisory_xact_lock(lock)::text ELSE "
                   "pg_advisory_xact_lock_shared(lock)::text END) >= 0 "
                   "FROM unnest($1::bigint[], $2::boolean[]) AS wanted(lock, own)"
                 : "SELECT coalesce(bool_and(CASE WHEN own THEN pg_try_advisory_xact_lock(lock) ELSE "
                   "pg_try_advisory_xact_lock_shared(lock) END), true) "
                   "FROM unnest($1::bigint[], $2::boolean[]) AS wanted(lock, own)",
            params);
  asked_ = std::exchange(wanted_, {});
}

bool Locks::granted(const Rows& answer) {
  const bool all = answer.number(0, 0) != 0;
  for (const auto& [lock, own] : std::exchange(asked_, {})) {
    if (all)
      held_[lock] = held_[lock] || own;
    else
      wanted_[lock] = own;
  }
  return all;
}

void Locks::end(bool again) {
  for (const auto& [lock, own] : asked_) wanted_[lock] = wanted_[lock] || own;
  asked_.clear();
  if (again)
    for (const auto& [lock, own] : held_) wanted_[lock] = wanted_[lock] || own;
  else
    wanted_.clear();
  held_.clear();
}

}  // namespace fx::journal::pg
