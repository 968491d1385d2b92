// Several people may be said to have infected a case; each is kept with its evidence. At most one of them is the link
// [domain model D2: links are acyclic, a source may stay uncertain but never blank].

#include "desks/investigation/sources/operations.hpp"

namespace fx::investigation {
namespace {

Result<Decision> name_candidate(const NameInfectorCandidate& c, const View& view, const Context& context) {
  const Case* file = view.find<Case>(c.case_id);
  const Case* infector = view.find<Case>(c.infector);
  if (file == nullptr) return unknown("/case_id");
  if (infector == nullptr) return unknown("/infector");
  const InfectorCandidateId id = infector_candidate(c.case_id, c.infector);
  if (const auto* known = view.find<InfectorCandidate>(id); known != nullptr && !known->withdrawn)
    return Decision{};  // said before
  Refusals no;
  for (const Case* one : {file, infector})
    if (one->state == CaseState::excluded) no.add(not_open(*one));
  if (c.case_id == c.infector) no.add("R-CAS-10", "/infector");
  if (c.evidence.empty()) no.add(missing("/evidence"));
  if (!no.empty()) return no;
  return Decision{
      {InfectorCandidateNamed{id, c.case_id, c.infector, file->cdc, context.actor.account, c.evidence.ref}}};
}

Result<Decision> withdraw_candidate(const WithdrawInfectorCandidate& c, const View& view,
                                    const Context& context) {
  const auto* candidate = view.find<InfectorCandidate>(c.candidate);
  if (candidate == nullptr) return unknown("/candidate");
  Refusals no;
  if (candidate->withdrawn) no.add(wrong_state("withdrawn", {"named"}));
  if (c.reason.empty()) no.add(missing("/reason"));
  if (!no.empty()) return no;
  return Decision{
      {InfectorCandidateWithdrawn{c.candidate, candidate->case_id, context.actor.account, c.reason.ref}}};
}

}  // namespace

InfectorCandidateId infector_candidate(CaseId case_id, CaseId infector) {
  return derive<InfectorCandidateTag>(case_id.raw, "infector candidate " + infector.text());
}

void add_infector_candidates(Desk& desk) {
  desk.table<InfectorCandidate>({.indexes = {"case_id"}});
  desk.event<InfectorCandidateNamed>().event<InfectorCandidateWithdrawn>();
  desk.evolves<InfectorCandidateNamed, InfectorCandidate>(
          &InfectorCandidateNamed::candidate,
          [](InfectorCandidate& row, const InfectorCandidateNamed& e, const Stamp& at) {
            row = {e.candidate, e.case_id, e.infector, e.cdc, e.by, at.occurred_at, false};
          })
      .evolves<InfectorCandidateWithdrawn, InfectorCandidate>(
          &InfectorCandidateWithdrawn::candidate,
          [](InfectorCandidate& row, auto&, auto&) { row.withdrawn = true; });
  desk.operation<NameInfectorCandidate>("name_infector_candidate",
                                        {"登记待定传染来源", "Name a possible infector"})
      .by({Role::INV, Role::CDC})
      .keys([](const NameInfectorCandidate& c, const Context&, KeySet& keys) {
        keys.own<InfectorCandidate>(infector_candidate(c.case_id, c.infector))
            .read<Case>(c.case_id)
            .read<Case>(c.infector);
      })
      .place(cdc_of_case<NameInfectorCandidate>)
      .decide(name_candidate);
  desk.operation<WithdrawInfectorCandidate>("withdraw_infector_candidate",
                                            {"撤销待定传染来源", "Withdraw a possible infector"})
      .by({Role::INV, Role::CDC})
      .keys([](const WithdrawInfectorCandidate& c, const Context&, KeySet& keys) {
        keys.own<InfectorCandidate>(c.candidate);
      })
      .place([](const WithdrawInfectorCandidate& c, const View& view, const Context&) {
        const auto* candidate = view.find<InfectorCandidate>(c.candidate);
        return candidate != nullptr ? std::optional(candidate->cdc) : std::nullopt;
      })
      .decide(withdraw_candidate);
  desk.list<InfectorCandidate>({.desk = {},
                                .name = "infector_candidates",
                                .title = {"待定传染来源", "Possible infectors"},
                                .table = nullptr,
                                .readers = {Role::CDC, Role::INV},
                                .filters = {"case_id", "infector", "withdrawn"},
                                .order_by = "named_at",
                                .descending = false,
                                .unit_fields = {"cdc"}});
}

}  // namespace fx::investigation
