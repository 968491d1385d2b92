// A deed that failed a guard when it arrived from a device is looked at by an officer, who says what became of it.

#include "desks/command/commands.hpp"
#include "desks/command/facts.hpp"
#include "desks/command/operations.hpp"
#include "kernel/guards.hpp"
#include "kernel/runtime_events.hpp"

namespace fx::command {
namespace {

Result<Decision> settle_dispute(const SettleDispute& c, const View& view, const Context& context) {
  const Dispute* dispute = view.find<Dispute>(c.dispute);
  if (dispute == nullptr) return unknown("/dispute");
  Refusals no;
  if (dispute->settled_by) no.add(wrong_state("settled", {"open"}));
  if (c.settlement.empty()) no.add("R-DIS-1", "/settlement");
  if (!no.empty()) return no;
  return Decision{{DisputeSettled{dispute->id, dispute->unit, context.actor.account, c.settlement.ref}}};
}

}  // namespace

void add_settle_dispute(Desk& desk) {
  desk.operation<SettleDispute>("settle_dispute", {"核清争议记录", "Settle a disputed record"})
      .by({Role::DO, Role::DL, Role::FRP, Role::CMD, Role::HA, Role::CDC})
      .keys([](const SettleDispute& c, const Context&, KeySet& keys) {
        keys.own<Dispute>(c.dispute).subject(c.dispute);
      })
      .place([](const SettleDispute& c, const View& view, const Context&) {
        const Dispute* dispute = view.find<Dispute>(c.dispute);
        return dispute != nullptr ? std::optional(dispute->unit) : std::nullopt;
      })
      .decide(settle_dispute);
}

}  // namespace fx::command
