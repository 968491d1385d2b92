// A second tube with the code of one that is here already. Until somebody has found out which is which, no result of it
// is signed: it could be anybody's.
#include "desks/screening/lookups.hpp"
#include "desks/screening/operations.hpp"

namespace fx::screening {
namespace {

Result<Decision> report(const ReportDuplicate& c, const View& view, const Context& context) {
  const Tube* tube = view.find<Tube>(c.tube);
  if (tube == nullptr) return unknown("/tube");
  Refusals no;
  if (tube->duplicate) no.add(wrong_state("duplicate", {"single"}));
  if (c.note.empty()) no.add(missing("/note"));
  if (!no.empty()) return no;
  return Decision{{DuplicateReported{tube->id, context.actor.unit, tube->sender, c.note.ref}}};
}

Result<Decision> settle(const SettleDuplicate& c, const View& view, const Context& context) {
  const Tube* tube = view.find<Tube>(c.tube);
  if (tube == nullptr) return unknown("/tube");
  Refusals no;
  if (!tube->duplicate) no.add(wrong_state("single", {"duplicate"}));
  if (c.note.empty()) no.add(missing("/note"));
  if (!no.empty()) return no;
  return Decision{{DuplicateSettled{tube->id, context.actor.unit, c.note.ref}}};
}

}  // namespace

void duplicates(Desk& desk) {
  desk.operation<ReportDuplicate>("report_duplicate", {"登记重号管", "Report a duplicate tube"})
      .by({Role::LAB, Role::LAA})
      .deed()
      .keys([](const ReportDuplicate& c, const Context&, KeySet& keys) { keys.own<Tube>(c.tube); })
      .decide(report);
  desk.operation<SettleDuplicate>("settle_duplicate", {"核定重号管", "Settle a duplicate tube"})
      .by({Role::LAA, Role::CDC})
      .keys([](const SettleDuplicate& c, const Context&, KeySet& keys) { keys.own<Tube>(c.tube); })
      .decide(settle);
}

}  // namespace fx::screening
