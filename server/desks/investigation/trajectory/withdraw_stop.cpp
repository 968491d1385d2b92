// It turned out that the case was not there. The words stay in the ledger; who was named of it stays named, and what the
// exposures found there make of them is looked at again.

#include "desks/investigation/classing/reassess.hpp"
#include "desks/investigation/retrace/facts.hpp"
#include "desks/investigation/trajectory/operations.hpp"

namespace fx::investigation {
namespace {

TrajectoryChange change_of(const WithdrawStop& c, const Case& file) {
  return {.window_from = file.window_from, .without = c.stop, .with = {}};
}

Result<Decision> withdraw_stop(const WithdrawStop& c, const View& view, const Context& context) {
  const Case* file = view.find<Case>(c.case_id);
  const Stop* stop = view.find<Stop>(c.stop);
  if (file == nullptr) return unknown("/case_id");
  if (stop == nullptr || stop->case_id != c.case_id) return unknown("/stop");
  Refusals no;
  if (stop->withdrawn) no.add(wrong_state("withdrawn", {"recorded"}));
  if (c.reason.empty()) no.add(missing("/reason"));
  if (!no.empty()) return no;
  Decision decision{{StopWithdrawn{c.stop, c.case_id, context.actor.account, c.reason.ref}}};
  requestion(*file, change_of(c, *file), view, context, decision);
  FactChange change;
  change.stop = c.stop;
  change.stop_now.stands = false;
  change.cause = ChangeCause::stop_withdrawn;
  change.words = c.reason.ref;
  reassess_stop(view.find<ContactList>(contacts_of_case(c.case_id)), change, view, context, decision);
  return decision;
}

}  // namespace

void add_withdraw_stop(Desk& desk) {
  desk.operation<WithdrawStop>("withdraw_stop", {"撤销行程", "Withdraw a stop"})
      .by({Role::INV, Role::CDC})
      .keys([](const WithdrawStop& c, const Context&, KeySet& keys) {
        keys.own<Stop>(c.stop).own<Case>(c.case_id).own<Trajectory>(trajectory_of(c.case_id));
        keys.read<ContactList>(contacts_of_case(c.case_id)).own<StopReview>(c.stop);
      })
      .more_keys([](const WithdrawStop& c, const View& view, const Context& context, KeySet& keys) {
        const Loaded loaded(keys);
        if (const Case* file = view.find<Case>(c.case_id))
          own_questions(c.case_id, change_of(c, *file), view, context, keys);
        own_classes_of(view.find<ContactList>(contacts_of_case(c.case_id)), loaded, view, keys);
      })
      .place(cdc_of_case<WithdrawStop>)
      .decide(withdraw_stop);
}

}  // namespace fx::investigation
