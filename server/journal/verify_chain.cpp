#include "journal/verify_chain.hpp"

#include <fmt/format.h>

#include <map>
#include <set>

#include "base/text.hpp"
#include "journal/answers.hpp"

namespace fx::journal {

void Findings::bad(std::int64_t batch, No no, std::string what) {
  constexpr std::size_t most_kept = 10'000;  // the first by batch may be found late
  if (report_.faults.size() < most_kept) report_.faults.push_back({batch, no, std::move(what)});
}

void Findings::put_in_order() {
  constexpr std::size_t enough = 100;
  std::ranges::stable_sort(report_.faults, {},
                           [](const BadRecord& bad) { return std::pair(bad.batch == 0, bad.batch); });
  if (report_.faults.size() > enough) report_.faults.resize(enough);
}

void Findings::step(std::int64_t done, std::int64_t total) const {
  constexpr std::int64_t now_and_then = 10'000;
  if (options_.progress && done % now_and_then == 1 && !options_.progress(done, total)) throw Cancelled{};
}

// ---- chain -------------------------------------------------------------------------------------------------------

namespace {

using FrozenByBatch = std::multimap<std::int64_t, Frozen>;
FrozenByBatch read_frozen(Connection& ledger) {
  FrozenByBatch out;
  Statement all(ledger, "SELECT batch, key, json FROM frozen ORDER BY batch, key");
  while (all.step()) out.emplace(all.number(0), Frozen{all.string_at(1), all.string_at(2)});
  return out;
}

class ChainCheck {
 public:
  ChainCheck(Connection& ledger, VerifyReport& report, Findings& findings)
      : ledger_(ledger),
        events_(ledger,
                fmt::format("SELECT {} FROM event WHERE no BETWEEN ? AND ? ORDER BY no", event_columns)),
        frozen_(read_frozen(ledger)),
        identities_(ledger, findings),
        report_(report),
        findings_(findings),
        total_(ledger.number("SELECT count(*) FROM event")) {}

  void run(const VerifyOptions& options) {
    const std::vector<Anchor>& anchors = options.anchors;
    Statement head(ledger_,
                   "SELECT ledger, batch, next_n, slot, audit, audit_link, link, decided_at, epoch, "
                   "handoff_cursor, rhythm_cursor, reference_generation, schema_generation, incarnation, "
                   "answers_from FROM head");
    if (!head.step()) return findings_.bad(0, 0, "the ledger has no head");
    if (!options.ledger.empty() && hex(head.blob_at(0)) != options.ledger)
      findings_.bad(0, 0, "this is another ledger than the realm was made with");
    before_.link = first_link(head.blob_at(0));
    before_.audit_link = first_audit_link(head.blob_at(0));
    Statement batches(ledger_, fmt::format("SELECT {} FROM batch ORDER BY batch", batch_columns));
    while (batches.step()) {
      const SealRow seal = take_seal(batches);
      if (seal.batch != before_.batch + 1) findings_.bad(before_.batch + 1, 0, "batch is missing");
      check(seal);
      for (const Anchor& anchor : anchors)
        if (anchor.batch == seal.batch && anchor.link != hex(seal.link))
          findings_.bad(seal.batch, 0, "link differs from the one noted outside: the chain was rewritten");
      before_ = seal;
    }
    report_.batches = before_.batch;
    report_.link = hex(before_.link);
    check_end(head, anchors);
    identities_.finish();
    for (const auto& [batch, frozen] : frozen_)
      findings_.bad(batch, 0, fmt::format("frozen text {} belongs to no sealed batch", frozen.key));
  }

 private:
  /// Next number of a slot; each starts at 1.
  std::int64_t& next_n(int slot) { return next_n_.try_emplace(slot, 1).first->second; }

  void check(const SealRow& seal) {
    BatchDigest digest;
    identities_.open(seal.batch);
    const bool sound = check_events(seal, digest);
    identities_.close(seal.batch, sound);
    incarnations_[seal.slot] = seal.incarnation;
    const auto [from, until] = frozen_.equal_range(seal.batch);
    for (auto it = from; it != until; ++it) {
      bytes_.clear();
      put_frozen(bytes_, it->second);
      digest.add(bytes_.view());
    }
    frozen_.erase(from, until);
    if (sound && digest.digest() != seal.digest)
      findings_.bad(seal.batch, 0, "digest does not match: a frozen text or the seal was altered");
    if (batch_link(before_.link, seal) != seal.link)
      findings_.bad(seal.batch, 0, "link does not follow from the batch before");
    if (seal.decided_at < before_.decided_at || seal.handoff_cursor < before_.handoff_cursor ||
        seal.rhythm_cursor < before_.rhythm_cursor ||
        seal.reference_generation < before_.reference_generation || seal.audit < before_.audit ||
        (seal.epoch < before_.epoch && before_.batch > 0))
      findings_.bad(seal.batch, 0, "time or a cursor goes back");
  }

  /// False when an event is wrong: the digest of the batch is then wrong too, which is no further finding.
  bool check_events(const SealRow& seal, BatchDigest& digest) {
    No expected = seal.first;
    std::int64_t found = 0;
    const No next = make_no(seal.slot, next_n(seal.slot));
    if (seal.events > 0 && seal.first != next) {
      findings_.bad(seal.batch, seal.first, fmt::format("the number of the first event should be {}", next));
      next_n(seal.slot) = n_of(seal.last) + 1;
      return false;
    }
    next_n(seal.slot) += seal.events;
    if (seal.events == 0) return true;
    events_.reset().bind(seal.first).bind(seal.last);
    for (; events_.step(); ++found, expected += No{1} << no_ordinal_bits) {
      if (events_.number(0) != expected) {
        events_.reset();
        findings_.bad(seal.batch, expected, "event is missing");
        return false;
      }
      if (!check_event(digest)) {
        events_.reset();
        findings_.bad(seal.batch, expected, "event is not what was sealed");
        return false;
      }
      findings_.step(++report_.events, 2 * total_);
    }
    if (found == seal.events) return true;
    findings_.bad(seal.batch, expected, "event is missing");
    return false;
  }

  /// The present row of events_.
  bool check_event(BatchDigest& digest) {
    StoredEvent event;
    try {
      event = take_event(events_);
    } catch (const StoreBroken&) {
      return false;  // an id of a wrong size
    }
    bytes_.clear();
    put_event(bytes_, event.batch, event.row);
    digest.add(bytes_.view());
    if (digest.check() != check_of(events_)) return false;
    identities_.name(event);
    return true;
  }

  /// To an earlier batch: the answers that were dropped since stay dropped.
  [[nodiscard]] bool was_restored() const {
    return ledger_.number("SELECT count(*) FROM audit WHERE kind = 'restored'") > 0;
  }

  /// Written with the last batch, all but what a failover, a rebuild of tables and an opening raise before the next.
  [[nodiscard]] bool continues(const Statement& head) {
    const int slot = static_cast<int>(head.number(3));
    const bool sealed = head.blob_at(6) == before_.link && head.number(4) == before_.audit &&
                        head.blob_at(5) == before_.audit_link && head.number(2) == next_n(slot);
    const bool moved = head.number(9) == before_.handoff_cursor &&
                       head.instant_at(10) == before_.rhythm_cursor &&
                       head.number(11) == before_.reference_generation &&
                       (before_.batch == 0 || head.instant_at(7) == before_.decided_at);
    return sealed && moved && head.number(8) >= before_.epoch &&
           head.number(12) >= before_.schema_generation && head.number(13) >= incarnations_[slot];
  }

  void check_end(const Statement& head, const std::vector<Anchor>& anchors) {
    const std::int64_t named = head.number(1);
    if (named != before_.batch)
      findings_.bad(std::min(named, before_.batch) + 1, 0,
                    fmt::format("the head names batch {}, the last one is {}", named, before_.batch));
    else if (!continues(head))
      findings_.bad(before_.batch, 0, "the head differs from the last batch");
    if (before_.batch > 0 && head.instant_at(14) > before_.decided_at - answers_kept && !was_restored())
      findings_.bad(before_.batch, 0, "the head says that answers were dropped before their time");
    for (const Anchor& anchor : anchors)
      if (anchor.batch > before_.batch)
        findings_.bad(before_.batch + 1, 0,
                      fmt::format("batches up to {} were noted outside: the tail was cut", anchor.batch));
    Statement stray(ledger_,
                    "SELECT e.batch, e.no FROM event e LEFT JOIN batch b ON b.batch = e.batch "
                    "WHERE b.batch IS NULL OR e.no NOT BETWEEN b.first AND b.last ORDER BY e.no LIMIT 1");
    if (stray.step()) findings_.bad(stray.number(0), stray.number(1), "event belongs to no sealed batch");
    Statement answer(ledger_,
                     "SELECT a.batch, a.first FROM answer a LEFT JOIN event e ON e.no = a.first "
                     "WHERE a.count > 0 AND (e.no IS NULL OR e.batch <> a.batch) LIMIT 1");
    if (answer.step())
      findings_.bad(answer.number(0), answer.number(1), "an answer names an event that is not there");
  }

  Connection& ledger_;
  Statement events_;
  FrozenByBatch frozen_;
  IdentityWalk identities_;
  VerifyReport& report_;
  Findings& findings_;
  std::int64_t total_;
  Bytes bytes_;
  SealRow before_;
  std::map<int, std::int64_t> next_n_;
  std::map<int, std::int64_t> incarnations_;  ///< last of each slot
};

}  // namespace

void check_chain(Connection& ledger, const VerifyOptions& options, VerifyReport& report, Findings& findings) {
  ChainCheck(ledger, report, findings).run(options);
}

void check_audit(Connection& ledger, Findings& findings) {
  Statement head(ledger, "SELECT ledger FROM head");
  if (!head.step()) return;
  std::string link = first_audit_link(head.blob_at(0));
  std::int64_t line = 0;
  // Each batch seals the line it ended with; walked beside the lines.
  Statement batches(ledger, "SELECT audit, audit_link FROM batch WHERE audit > 0 ORDER BY batch");
  bool sealed = batches.step();
  Bytes bytes;
  Statement all(ledger, fmt::format("SELECT {} FROM audit ORDER BY line", audit_columns));
  while (all.step()) {
    const StoredAudit audit = take_audit(all);
    if (audit.line != ++line)
      return findings.bad(audit.batch, 0, fmt::format("audit line {} is missing", line));
    bytes.clear();
    put_audit(bytes, audit.line, audit.batch, audit.row);
    link = audit_link(link, bytes.view());
    if (link != audit.link)
      return findings.bad(audit.batch, 0, fmt::format("audit line {} is not what was sealed", line));
    for (; sealed && batches.number(0) <= line; sealed = batches.step())
      if (batches.number(0) == line && batches.blob_at(1) != link)
        return findings.bad(audit.batch, 0, fmt::format("audit line {} differs from its batch's seal", line));
  }
  if (sealed) findings.bad(0, 0, fmt::format("audit line {} is missing", line + 1));
}

// ---- answers -----------------------------------------------------------------------------------------------------

namespace {

AnswerRow take_answer(const Statement& row) {
  AnswerRow a;
  a.key = {{row.id_at(2)}, row.id_at(1)};
  a.body_hash = static_cast<std::uint64_t>(row.number(3));
  a.first = row.number(4);
  a.count = static_cast<std::int32_t>(row.number(5));
  a.refusals = row.string_at(6);
  a.decided_at = row.instant_at(7);
  return a;
}

}  // namespace

void check_answers(Connection& ledger, Findings& findings) {
  const Instant dropped{ledger.number("SELECT answers_from FROM head")};
  Statement answers(ledger,
                    "SELECT batch, key, actor, body_hash, first, count, refusals, decided_at FROM answer "
                    "ORDER BY batch, key, actor");
  bool any = answers.step();
  Bytes bytes;
  Statement batches(ledger, "SELECT batch, answers, answers_digest, decided_at FROM batch ORDER BY batch");
  while (batches.step()) {
    const std::int64_t batch = batches.number(0);
    const std::int64_t sealed = batches.number(1);
    if (any && answers.number(0) < batch) break;
    BatchDigest digest;
    std::int64_t found = 0;
    for (; any && answers.number(0) == batch; any = answers.step(), ++found) {
      bytes.clear();
      put_answer(bytes, batch, take_answer(answers));
      digest.add(bytes.view());
    }
    if (found == sealed ? digest.digest() != batches.blob_at(2) : found > sealed)
      findings.bad(batch, 0, "an answer is not what was sealed");
    else if (found < sealed && !(batches.instant_at(3) < dropped + answers_kept))
      findings.bad(batch, 0, "an answer is missing");
  }
  if (any) findings.bad(answers.number(0), 0, "an answer belongs to no sealed batch");
}

// ---- rulebooks ---------------------------------------------------------------------------------------------------

void check_rulebooks(Connection& ledger, const VerifyOptions& options, Findings& findings) {
  if (!options.rulebook_version) return;
  const Instant until{ledger.number("SELECT decided_at FROM head")};
  std::set<std::string, std::less<>> kept;
  Statement all(ledger, "SELECT version, loaded_at, content FROM rulebook_version");
  while (all.step()) {
    const std::string version = all.string_at(0);
    if (options.rulebook_version(all.text_at(2)) != version)
      findings.bad(0, 0, fmt::format("rulebook {} is not the one that was kept", version));
    if (all.instant_at(1) > until)
      findings.bad(0, 0, fmt::format("rulebook {} was kept after the last batch", version));
    kept.insert(version);
  }
  Statement named(ledger,
                  "SELECT DISTINCT CASE WHEN json_valid(json) THEN json ->> '$.version' END FROM frozen");
  while (named.step())
    if (!named.is_null(0) && !kept.contains(named.text_at(0)))
      findings.bad(0, 0,
                   fmt::format("rulebook {} is missing, and duties were opened by it", named.text_at(0)));
}

}  // namespace fx::journal
