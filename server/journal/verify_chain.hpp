#pragma once

#include "journal/sqlite/rows.hpp"
#include "journal/verify.hpp"
#include "journal/verify_identities.hpp"

namespace fx::journal {

/// Batches in order: numbers without gaps, check bytes, digests, links, cursors that never go back, identities; then the
/// head.
void check_chain(Connection& ledger, const VerifyOptions& options, VerifyReport& report, Findings& findings);
void check_audit(Connection& ledger, Findings& findings);
/// Each batch's answers against its seal; those that were dropped in time may be missing, none may differ.
void check_answers(Connection& ledger, Findings& findings);
/// Each kept rulebook is what its version says, and those that frozen texts name are there.
void check_rulebooks(Connection& ledger, const VerifyOptions& options, Findings& findings);

}  // namespace fx::journal
