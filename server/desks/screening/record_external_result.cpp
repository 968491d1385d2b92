// A laboratory's message about a specimen nobody linked here (settled.md 26). Kept and listed; no consequence by itself.
#include "desks/screening/lookups.hpp"
#include "desks/screening/operations.hpp"

namespace fx::screening {
namespace {

Result<Decision> decide(const RecordExternalResult& c, const View& view, const Context& context) {
  const ExternalResult* known = view.find<ExternalResult>(c.external_result);
  Refusals no;
  // A final word is corrected or withdrawn, never made preliminary or said anew.
  const bool settled = known != nullptr && known->status != ExternalStatus::preliminary;
  if (settled && is_one_of(c.status, {ExternalStatus::preliminary, ExternalStatus::reported}))
    no.add(wrong_state(known->status, {ExternalStatus::preliminary}, "/status"));
  if (c.specimen.empty()) no.add(missing("/specimen"));
  if (c.pathogen.empty()) no.add(missing("/pathogen"));
  if (c.lab && context.reference.unit(*c.lab) == nullptr) no.add(unknown("/lab"));
  if (c.sender && context.reference.unit(*c.sender) == nullptr) no.add(unknown("/sender"));
  if (!no.empty()) return no;
  return Decision{
      {ExternalResultRecorded{c.external_result, c.specimen, c.person, c.lab, c.sender, c.pathogen, c.result,
                              c.status, c.sampled_at, c.resulted_at, c.ct, c.warnings}}};
}

}  // namespace

void record_external_result(Desk& desk) {
  desk.operation<RecordExternalResult>("record_external_result",
                                       {"登记外部检测结果", "Record an external result"})
      .by({Role::LAB, Role::CDC})
      .keys([](const RecordExternalResult& c, const Context&, KeySet& keys) {
        keys.own<ExternalResult>(c.external_result);
      })
      .decide(decide);
}

}  // namespace fx::screening
