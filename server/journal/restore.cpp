#include "journal/restore.hpp"

#include <fmt/format.h>

#include <charconv>

#include "journal/schema.hpp"
#include "journal/sqlite/rows.hpp"
#include "journal/store.hpp"

namespace fx::journal {
namespace {

namespace fs = std::filesystem;

constexpr No whole_event = ~((No{1} << no_ordinal_bits) - 1);

Mark stored_mark(Connection& file) {
  if (file.number("SELECT count(*) FROM sqlite_master WHERE name = 'backup_note'") == 0)
    throw std::runtime_error("this is no backup: it has no mark");
  return from_own_json<Mark>(note_of(file, "mark"));
}

std::int64_t batch_of(Connection& ledger, const Until& until, const Mark& mark) {
  if (!until.batch && !until.event) return mark.batch;
  Statement find(ledger, until.batch ? "SELECT batch FROM batch WHERE batch = ?"
                                     : "SELECT batch FROM event WHERE no = ?");
  find.bind(until.batch ? *until.batch : *until.event & whole_event);
  if (find.step()) return find.number(0);
  throw std::runtime_error(fmt::format(
      "{} {} is not in this backup, which ends with batch {}, event {}", until.batch ? "batch" : "event",
      until.batch ? *until.batch : *until.event, mark.batch, mark.last_event));
}

SealRow seal_of(Connection& ledger, std::int64_t batch) {
  Statement find(ledger, fmt::format("SELECT {} FROM batch WHERE batch = ?", batch_columns));
  find.bind(batch);
  if (!find.step()) throw StoreBroken(fmt::format("batch {} is missing", batch));
  return take_seal(find);
}

void cut_after(Connection& ledger, const SealRow& seal) {
  for (const char* table : {"event", "batch", "answer", "audit", "frozen"})
    ledger.run(fmt::format("DELETE FROM {} WHERE batch > {}", table, seal.batch));
  ledger.run(fmt::format("DELETE FROM identity WHERE seq >= {}", (seal.batch + 1) << 20));
  ledger.run("DELETE FROM token WHERE subject NOT IN (SELECT subject FROM identity)");
  ledger.run(fmt::format("DELETE FROM rulebook_version WHERE loaded_at > {}", seal.decided_at.ms));
}

/// As the seal has it, in a new epoch and incarnation: who still holds the old ledger open matches nothing here.
void set_head(Connection& ledger, const SealRow& seal) {
  Statement last(ledger, "SELECT max(b.last) FROM batch b, head h WHERE b.events > 0 AND b.slot = h.slot");
  const std::int64_t next_n = last.step() && !last.is_null(0) ? n_of(last.number(0)) + 1 : 1;
  last.reset();
  Statement set(
      ledger,
      "UPDATE head SET batch = ?, next_n = ?, decided_at = ?, handoff_cursor = ?, rhythm_cursor = ?, "
      "reference_generation = ?, audit = ?, audit_link = ?, link = ?, epoch = max(epoch, ?) + 1, "
      "incarnation = incarnation + 1");
  set.bind(seal.batch).bind(next_n).bind(seal.decided_at).bind(seal.handoff_cursor).bind(seal.rhythm_cursor);
  set.bind(seal.reference_generation).bind(seal.audit).bind_blob(seal.audit_link).bind_blob(seal.link);
  set.bind(seal.epoch).run();
}

void forget_tokens(Connection& ledger, std::span<const RawId> erased) {
  for (const RawId& person : erased) ledger.cached("DELETE FROM token WHERE subject = ?").bind(person).run();
}

/// Nothing of what is cut stays behind in free pages.
SealRow cut(const fs::path& ledger_file, const RestoreOptions& options, Mark& mark) {
  Connection ledger(ledger_file.string(), Connection::Mode::create);
  ledger.run("PRAGMA secure_delete = ON");
  check_schema(ledger);
  mark = stored_mark(ledger);
  const SealRow seal = seal_of(ledger, batch_of(ledger, options.until, mark));
  Transaction transaction(ledger, Transaction::Kind::write);
  ledger.run("DROP TABLE backup_note");
  cut_after(ledger, seal);
  set_head(ledger, seal);
  forget_tokens(ledger, options.erased);
  transaction.commit();
  return seal;
}

/// False: an event cannot be read; verify will name it.
bool refolded(const fs::path& directory, const Registry& registry) {
  try {
    rebuild(directory, registry);
    return true;
  } catch (const Defect&) {
    return false;
  }
}

/// The chain itself says that it was restored here.
void seal_restore(const fs::path& directory, const Registry& registry, const std::string& note) {
  SqliteStore store(registry, {.directory = directory, .copy_in_background = false});
  const Head head = store.head();
  Batch batch;
  batch.decided_at = head.decided_at;
  batch.handoff_cursor = head.handoff_cursor;
  batch.rhythm_cursor = head.rhythm_cursor;
  batch.reference_generation = head.reference_generation;
  batch.audit.push_back({.at = head.decided_at, .kind = "restored", .operation = {}, .detail = note});
  store.commit(batch);
}

std::vector<Anchor> anchors_of(const RestoreOptions& options, const Mark& mark, std::int64_t batch) {
  std::vector<Anchor> out = options.anchors;
  out.push_back({mark.batch, mark.link});
  std::erase_if(out, [&](const Anchor& anchor) { return anchor.batch > batch; });
  return out;
}

}  // namespace

Until parse_until(std::string_view text) {
  constexpr std::string_view prefix = "batch:";
  const bool is_batch = text.starts_with(prefix);
  const std::string_view digits = is_batch ? text.substr(prefix.size()) : text;
  std::int64_t value = 0;
  const auto [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), value);
  if (error != std::errc() || end != digits.data() + digits.size() || value <= 0)
    throw std::runtime_error("until: an event number, or batch: and a batch number");
  return is_batch ? Until{value, {}} : Until{{}, value};
}

Restored restore(const fs::path& backup, const fs::path& directory, const Registry& registry,
                 const RestoreOptions& options) {
  const fs::path file = directory / "ledger.db";
  fs::copy_file(backup, file);
  fs::permissions(file, fs::perms::owner_read | fs::perms::owner_write);
  Restored out;
  const SealRow seal = cut(file, options, out.mark);
  out.batch = seal.batch;
  if (refolded(directory, registry)) seal_restore(directory, registry, options.note);
  out.report = verify(directory, registry, {.anchors = anchors_of(options, out.mark, out.batch)});
  Connection ledger(file.string(), Connection::Mode::read);
  out.last_event = ledger.number("SELECT last FROM batch WHERE events > 0 ORDER BY batch DESC LIMIT 1");
  return out;
}

std::string backup_note(const fs::path& backup, std::string_view name) {
  Connection file(backup.string(), Connection::Mode::read);
  (void)stored_mark(file);
  return note_of(file, name);
}

}  // namespace fx::journal
