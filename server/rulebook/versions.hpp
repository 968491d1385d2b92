#pragma once

#include <optional>
#include <span>

#include "base/described.hpp"
#include "kernel/ids.hpp"
#include "rulebook/rulebook.hpp"

namespace fx::rulebook {

/// DRAFT → APPROVED → IN_FORCE → SUPERSEDED | REPEALED (domain model §4).
enum class VersionState { draft, approved, in_force, superseded, repealed };
BOOST_DESCRIBE_ENUM(VersionState, draft, approved, in_force, superseded, repealed)

/// A version of the rulebook as an office handles it; whoever keeps these rows decides with the functions below.
struct Version {
  std::string version;  ///< of the files' content
  VersionState state = VersionState::draft;
  AccountId author;
  Instant drafted_at;
  std::optional<AccountId> approver;
  std::optional<Instant> approved_at;
  std::string document_number;
  std::optional<Instant> in_force_at;
  std::optional<Instant> ended_at;
};
BOOST_DESCRIBE_STRUCT(Version, (),
                      (version, state, author, drafted_at, approver, approved_at, document_number,
                       in_force_at, ended_at))

/// Approves a draft that loads. R-RUL-1: the author cannot approve; R-RUL-2: an overlay laxer than its bounds lacks the
/// approval of the jurisdiction above; F-SHAPE for every other error of the files; R-STATE when it is no draft.
Result<Version> approve(const Version& draft, const Loaded& loaded, AccountId approver,
                        const std::string& document_number, Instant at);
/// Puts an approved version in force and supersedes the one that was.
struct Switch {
  Version now;
  std::optional<Version> before;
};
Result<Switch> put_in_force(const Version& approved, const std::optional<Version>& before,
                            const Loaded& loaded, Instant at);
Result<Version> repeal(const Version& in_force, Instant at);

}  // namespace fx::rulebook
