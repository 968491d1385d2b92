// TESTING → PROVISIONAL: what the tester read. Nobody outside the laboratory acts on it.
#include "desks/screening/lookups.hpp"
#include "desks/screening/operations.hpp"

namespace fx::screening {
namespace {

Result<Decision> decide(const RecordResult& c, const View& view, const Context& context) {
  const Tube* tube = view.find<Tube>(c.tube);
  if (tube == nullptr) return unknown("/tube");
  if (tube->state != TubeState::testing) return wrong_state(tube->state, {TubeState::testing});
  Refusals no;
  for (std::size_t i = 0; i < c.ct.size(); ++i) {
    if (c.ct[i].gene.empty()) no.add(missing(fmt::format("/ct/{}/gene", i)));
    if (c.ct[i].ct < 0)
      no.add(malformed(fmt::format("/ct/{}/ct", i), "Ct值不能为负", "a Ct value is not negative"));
  }
  if (!no.empty()) return no;
  return Decision{{ResultProvisional{tube->id, tube->lab.value_or(context.actor.unit), tube->sender, c.result,
                                     c.ct, c.control_valid, context.actor.account}}};
}

}  // namespace

void record_result(Desk& desk) {
  desk.operation<RecordResult>("record_result", {"录入检测结果", "Record a result"})
      .by({Role::LAB})
      .keys([](const RecordResult& c, const Context&, KeySet& keys) { keys.own<Tube>(c.tube); })
      .place(place_of_lab<RecordResult>)
      .decide(decide);
}

}  // namespace fx::screening
