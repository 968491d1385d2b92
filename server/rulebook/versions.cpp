#include "rulebook/versions.hpp"

namespace fx::rulebook {
namespace {

Refusal wrong_state(const Version& version, VersionState allowed) {
  Refusal no = refuse("R-STATE", "/version");
  const std::string found(enum_text(version.state));
  const std::string wanted(enum_text(allowed));
  no.say = {"版本" + version.version + "现为" + found + "，须为" + wanted,
            "version " + version.version + " is " + found + ", it would have to be " + wanted};
  return no;
}

/// What keeps these files from being a rulebook.
Refusals faults(const Version& version, const Loaded& loaded) {
  Refusals no;
  if (version.version != loaded.version) {
    Refusal other = refuse("F-REF", "/version");
    other.say = {"文件内容与版本号不符", "the files are not the ones of this version"};
    no.add(std::move(other));
  }
  for (const Problem& problem : loaded.problems) {
    if (problem.warning) continue;
    Refusal one = refuse(problem.code.empty() ? "F-SHAPE" : problem.code,
                         problem.file + ":" + std::to_string(problem.line));
    one.say = problem.say;
    one.rule = problem.entry;
    no.add(std::move(one));
  }
  return no;
}

}  // namespace

Result<Version> approve(const Version& draft, const Loaded& loaded, AccountId approver,
                        const std::string& document_number, Instant at) {
  Refusals no;
  if (draft.state != VersionState::draft) no.add(wrong_state(draft, VersionState::draft));
  if (approver == draft.author) {
    Refusal same = refuse("R-RUL-1", "/approver");
    same.say = {"起草人不得批准自己的规则", "who wrote the rules cannot approve them"};
    same.lifts = {"由另一人批准", "another person approves"};
    no.add(std::move(same));
  }
  const Refusals wrong = faults(draft, loaded);
  for (const Refusal& fault : wrong.list()) no.add(fault);
  if (!no.empty()) return no;
  Version out = draft;
  out.state = VersionState::approved;
  out.approver = approver;
  out.approved_at = at;
  out.document_number = document_number;
  return out;
}

Result<Switch> put_in_force(const Version& approved, const std::optional<Version>& before,
                            const Loaded& loaded, Instant at) {
  Refusals no;
  if (approved.state != VersionState::approved) no.add(wrong_state(approved, VersionState::approved));
  if (before && before->state != VersionState::in_force) no.add(wrong_state(*before, VersionState::in_force));
  const Refusals wrong = faults(approved, loaded);
  for (const Refusal& fault : wrong.list()) no.add(fault);
  if (!no.empty()) return no;
  Switch out{approved, before};
  out.now.state = VersionState::in_force;
  out.now.in_force_at = at;
  if (out.before) {
    out.before->state = VersionState::superseded;
    out.before->ended_at = at;
  }
  return out;
}

Result<Version> repeal(const Version& in_force, Instant at) {
  if (in_force.state != VersionState::in_force) return wrong_state(in_force, VersionState::in_force);
  Version out = in_force;
  out.state = VersionState::repealed;
  out.ended_at = at;
  return out;
}

}  // namespace fx::rulebook
