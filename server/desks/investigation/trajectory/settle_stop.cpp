// Each stop in the infectious window ends: everybody there was asked for, or nobody can have been met. Somebody signs.

#include "desks/investigation/trajectory/operations.hpp"

namespace fx::investigation {
namespace {

Result<Decision> settle_stop(const SettleStop& c, const View& view, const Context& context) {
  const Stop* stop = view.find<Stop>(c.stop);
  if (stop == nullptr) return unknown("/stop");
  Refusals no;
  if (stop->withdrawn) no.add(wrong_state("withdrawn", {"recorded"}));
  const bool none = c.outcome == StopOutcome::no_contact_possible;
  if (none && stop->found > 0) no.add("R-CAS-14", "/outcome");
  if (none && (!c.note || c.note->empty())) no.add(missing("/note"));
  if (!no.empty()) return no;
  return Decision{{StopSettled{c.stop, stop->case_id, c.outcome, context.actor.account,
                               c.note ? c.note->ref : TextRef{}}}};
}

std::optional<UnitId> cdc_of_stop(const SettleStop& c, const View& view, const Context&) {
  const Stop* stop = view.find<Stop>(c.stop);
  return stop != nullptr ? std::optional(stop->cdc) : std::nullopt;
}

}  // namespace

void add_settle_stop(Desk& desk) {
  desk.operation<SettleStop>("settle_stop", {"行程点排查结论", "Settle a stop"})
      .by({Role::INV})
      .keys([](const SettleStop& c, const Context&, KeySet& keys) { keys.own<Stop>(c.stop); })
      .more_keys([](const SettleStop& c, const View& view, const Context&, KeySet& keys) {
        if (const Stop* stop = view.find<Stop>(c.stop)) keys.subject(stop->case_id.raw);
      })
      .place(cdc_of_stop)
      .decide(settle_stop);
}

}  // namespace fx::investigation
