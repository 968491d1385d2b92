// SEALED → IN_TRANSIT: tubes of one sender go into one box to one laboratory; whoever asks carries it.
#include <set>

#include "base/code.hpp"
#include "desks/screening/lookups.hpp"
#include "desks/screening/operations.hpp"

namespace fx::screening {
namespace {

void keys(const BoxTubes& c, const Context&, KeySet& keys) {
  keys.own<Box>(c.box);
  if (const auto code = normal_code(c.code, 'B')) keys.own<Claim>(code_claim(*code));
  for (const TubeId tube : c.tubes) keys.own<Tube>(tube);
}

std::optional<UnitId> sender(const BoxTubes& c, const View& view) {
  const Tube* first = c.tubes.empty() ? nullptr : view.find<Tube>(c.tubes.front());
  return first != nullptr ? std::optional(first->sender) : std::nullopt;
}

void judge_tube(const Tube* tube, const std::string& path, UnitId from, Refusals& no) {
  if (tube == nullptr) {
    no.add(unknown(path));
    return;
  }
  if (tube->sender != from)
    no.add(malformed(path, "一箱只装一个单位的管", "a box holds the tubes of one sender"));
  // Boxed is also what the laboratory already has: its device synced first.
  const bool arrived = tube->received_at || tube->state == TubeState::rejected;
  if (tube->box || (tube->state != TubeState::sealed && !arrived))
    no.add(wrong_state(tube->state, {TubeState::sealed}, path));
}

void judge_box(const BoxTubes& c, const View& view, const Context& context, Refusals& no) {
  const auto code = normal_code(c.code, 'B');
  if (!code) no.add(unknown("/code"));
  if (code && view.find<Claim>(code_claim(*code)) != nullptr) no.add("R-TUB-11", "/code");
  if (view.find<Box>(c.box) != nullptr) no.add("R-TUB-11", "/box");
  const Unit* lab = context.reference.unit(c.lab);
  if (lab == nullptr || !lab->active) no.add(unknown("/lab"));
  if (c.tubes.empty()) no.add(missing("/tubes"));
  if (std::set(c.tubes.begin(), c.tubes.end()).size() != c.tubes.size())
    no.add(malformed("/tubes", "同一管列了两次", "a tube is listed twice"));
}

Result<Decision> decide(const BoxTubes& c, const View& view, const Context& context) {
  Refusals no;
  judge_box(c, view, context, no);
  const UnitId from = sender(c, view).value_or(UnitId{});
  for (std::size_t i = 0; i < c.tubes.size(); ++i)
    judge_tube(view.find<Tube>(c.tubes[i]), fmt::format("/tubes/{}", i), from, no);
  if (!no.empty()) return no;

  TubesBoxed boxed{.box = c.box,
                   .code = *normal_code(c.code, 'B'),
                   .sender = from,
                   .tubes = c.tubes,
                   .arrived = {},
                   .lab = c.lab,
                   .courier = context.actor.account,
                   .temperature = c.temperature,
                   .rounds = {}};
  for (const TubeId id : c.tubes) {
    const Tube& tube = view.get<Tube>(id);
    if (tube.state != TubeState::sealed) boxed.arrived.push_back(id);
    if (tube.round && std::ranges::find(boxed.rounds, *tube.round) == boxed.rounds.end())
      boxed.rounds.push_back(*tube.round);
  }
  return Decision{{std::move(boxed)}};
}

}  // namespace

void box_tubes(Desk& desk) {
  desk.operation<BoxTubes>("box_tubes", {"装箱交运", "Box tubes and hand them over"})
      .by({Role::SMP, Role::COU})
      .deed()
      .keys(keys)
      .place([](const BoxTubes& c, const View& view, const Context&) { return sender(c, view); })
      .decide(decide);
}

}  // namespace fx::screening
