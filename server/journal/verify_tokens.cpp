#include <fmt/format.h>

#include "base/text.hpp"
#include "journal/verify_identities.hpp"

namespace fx::journal {
namespace {

constexpr int enough = 100;

constexpr const char* scratch_tables =
    "CREATE TABLE token (kind TEXT, token BLOB, subject BLOB, PRIMARY KEY (kind, token, subject)) WITHOUT "
    "ROWID;"
    "CREATE TABLE closed (subject BLOB PRIMARY KEY) WITHOUT ROWID; BEGIN";

/// Every version of an identity leaves its tokens: who was met under another name is found by both.
void make_anew(Connection& ledger, Connection& scratch, const VerifyOptions& options) {
  scratch.run(scratch_tables);
  Statement put(scratch, "INSERT OR IGNORE INTO token (kind, token, subject) VALUES (?, ?, ?)");
  Statement close(scratch, "INSERT OR IGNORE INTO closed (subject) VALUES (?)");
  Statement all(ledger, "SELECT subject, kind, cipher, hash FROM identity WHERE kind <> 'text'");
  while (all.step()) {
    const IdentityWrite identity{all.id_at(0), all.string_at(1), std::string(all.blob_at(2)),
                                 all.string_at(3)};
    const auto tokens = options.tokens_of(identity);
    if (!tokens) close.reset().bind(identity.subject).run();
    if (!tokens) continue;
    for (const TokenWrite& token : *tokens)
      put.reset().bind_text(token.kind).bind_blob(token.token).bind(token.subject).run();
  }
}

/// One row of either side, in the order of the key; rows of one side that the other lacks are told to `lacking`.
void walk(Connection& left, Connection& right, const std::function<void(const Statement&)>& lacking) {
  constexpr const char* select = "SELECT kind, token, subject FROM token ORDER BY kind, token, subject";
  Statement here(left, select);
  Statement there(right, select);
  const auto place = [](const Statement& row) {
    return std::tuple(row.text_at(0), row.blob_at(1), row.blob_at(2));
  };
  bool more = there.step();
  while (here.step()) {
    while (more && place(there) < place(here)) more = there.step();
    if (!more || place(there) != place(here)) lacking(here);
  }
}

/// A ledger cut to an earlier point keeps the tokens of names told after it: who was met under them is found by them.
bool was_restored(Connection& ledger) {
  return ledger.number("SELECT count(*) FROM audit WHERE kind = 'restored'") > 0;
}

/// Tokens of a subject that cannot be opened are neither missed nor doubted.
void compare_with_keys(Connection& ledger, const VerifyOptions& options, Findings& findings) {
  Connection scratch("", Connection::Mode::scratch);
  make_anew(ledger, scratch, options);
  Statement closed(scratch, "SELECT 1 FROM closed WHERE subject = ?");
  const auto is_closed = [&](const Statement& row) {
    closed.reset().bind_blob(row.blob_at(2));
    return closed.step();
  };
  const auto tell = [&](const Statement& row, std::string_view what) {
    if (!is_closed(row))
      findings.bad(0, 0,
                   fmt::format("a search token ({}) of {} {}", row.text_at(0), hex(row.blob_at(2)), what));
  };
  if (!was_restored(ledger))
    walk(ledger, scratch, [&](const Statement& row) { tell(row, "is not one of this identity's"); });
  walk(scratch, ledger, [&](const Statement& row) { tell(row, "is missing"); });
}

}  // namespace

void check_tokens(Connection& ledger, const VerifyOptions& options, Findings& findings) {
  Statement dangling(ledger, fmt::format("SELECT DISTINCT subject FROM token WHERE subject NOT IN "
                                         "(SELECT subject FROM identity) LIMIT {}",
                                         enough));
  while (dangling.step())
    findings.bad(
        0, 0, fmt::format("a search token names {}, of whom there is no identity", hex(dangling.blob_at(0))));
  Statement lost(
      ledger, fmt::format("SELECT DISTINCT subject FROM identity WHERE kind = 'account' AND subject NOT IN "
                          "(SELECT subject FROM token) LIMIT {}",
                          enough));
  while (lost.step())
    findings.bad(
        0, 0, fmt::format("account {} has no search token: nobody can sign in to it", lost.id_at(0).text()));
  if (options.tokens_of) compare_with_keys(ledger, options, findings);
}

}  // namespace fx::journal
