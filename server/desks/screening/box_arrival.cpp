// A whole box at the laboratory's door: counted, its missing named, the unfit rejected. What is missing is found later
// or declared lost; a box all of whose tubes have come to an end is RECONCILED.
#include <set>

#include "desks/screening/arrival.hpp"
#include "desks/screening/laboratories/facts.hpp"
#include "desks/screening/operations.hpp"
#include "desks/screening/role_tests/steps.hpp"

namespace fx::screening {
namespace {

bool on_the_way(const Tube& tube) {
  using enum TubeState;
  return is_one_of(tube.state, {printed, open, sealed, in_transit});
}

const RejectedOne* rejection(const ReceiveBox& c, TubeId tube) {
  const auto found = std::ranges::find(c.rejected, tube, &RejectedOne::tube);
  return found == c.rejected.end() ? nullptr : &*found;
}

bool is_missing(const ReceiveBox& c, TubeId tube) {
  return std::ranges::find(c.missing, tube) != c.missing.end();
}

/// The box's tubes, once they are loaded.
template <class C>
void own_tubes(const C& c, const View& view, KeySet& keys, const auto& lead_on) {
  const Box* box = view.find<Box>(c.box);
  if (box == nullptr) return;
  const Loaded loaded(view, keys);
  for (const RoundId round : box->rounds) keys.read<Round>(round);
  for (const TubeId id : box->tubes) {
    if (const Tube* tube = loaded.find<Tube>(id)) lead_on(*tube, loaded);
    keys.own<Tube>(id);
  }
}

Refusals judge(const ReceiveBox& c, const Box& box) {
  Refusals no;
  const auto listed = [&](TubeId tube) { return std::ranges::find(box.tubes, tube) != box.tubes.end(); };
  for (std::size_t i = 0; i < c.missing.size(); ++i)
    if (!listed(c.missing[i])) no.add(unknown(fmt::format("/missing/{}", i)));
  for (std::size_t i = 0; i < c.rejected.size(); ++i) {
    if (!listed(c.rejected[i].tube)) no.add(unknown(fmt::format("/rejected/{}/tube", i)));
    if (c.rejected[i].reason == RejectReason::other)
      no.add("R-TUB-5", fmt::format("/rejected/{}/reason", i));  // needs a note: tube by tube
  }
  return no;
}

Result<Decision> receive(const ReceiveBox& c, const View& view, const Context& context) {
  const Box* box = view.find<Box>(c.box);
  if (box == nullptr) return unknown("/box");
  Refusals no = judge(c, *box);
  if (const auto* file = view.find<Laboratory>(context.actor.unit);
      file != nullptr && held(*file, context.occurred_at))
    no.add("R-LAB-2");
  const auto waits = [&](TubeId id) { return on_the_way(view.get<Tube>(id)); };
  if (std::ranges::none_of(box->tubes, waits)) no.add(wrong_state(box->state, {BoxState::in_transit}));
  if (!no.empty()) return no;

  Decision out;
  const TextRef condition = c.condition ? c.condition->ref : TextRef{};
  for (const TubeId id : box->tubes) {
    const Tube& tube = view.get<Tube>(id);
    if (!on_the_way(tube) || is_missing(c, id)) continue;
    if (const RejectedOne* one = rejection(c, id)) {
      out.events.emplace_back(rejected(tube, context.actor.unit, one->reason, condition, view));
      role_answered(tube, std::nullopt, view, context, out.events);
    } else {
      out.events.emplace_back(received(tube, context.actor.unit, condition, view));
    }
  }
  return out;
}

Result<Decision> lose(const DeclareBoxLost& c, const View& view, const Context& context) {
  const Box* box = view.find<Box>(c.box);
  if (box == nullptr) return unknown("/box");
  Refusals no;
  BoxLost event{box->id, box->sender, box->lab, {}, c.note.ref};
  for (const TubeId id : box->tubes)
    if (on_the_way(view.get<Tube>(id))) event.tubes.push_back(id);
  if (event.tubes.empty()) no.add(wrong_state(box->state, {BoxState::in_transit, BoxState::part_received}));
  if (c.note.empty()) no.add(missing("/note"));
  if (!no.empty()) return no;
  Decision out;
  for (const TubeId id : event.tubes) {
    const Tube& tube = view.get<Tube>(id);
    out.events.emplace_back(lost(tube, c.note.ref, view));
    role_answered(tube, std::nullopt, view, context, out.events);
  }
  out.events.emplace_back(std::move(event));
  return out;
}

}  // namespace

void receive_box(Desk& desk) {
  desk.operation<ReceiveBox>("receive_box", {"整箱接收", "Receive a box"})
      .by({Role::LAB})
      .deed()
      .keys([](const ReceiveBox& c, const Context& context, KeySet& keys) {
        keys.own<Box>(c.box).read<Laboratory>(context.actor.unit);
      })
      .more_keys([](const ReceiveBox& c, const View& view, const Context& context, KeySet& keys) {
        own_tubes(c, view, keys, [&](const Tube& tube, const Loaded& loaded) {
          own_arrival(tube, context.actor.unit, rejection(c, tube.id) != nullptr, loaded, keys);
        });
      })
      .decide(receive);
}

void declare_box_lost(Desk& desk) {
  desk.operation<DeclareBoxLost>("declare_box_lost", {"登记整箱遗失", "Declare a box lost"})
      .by({Role::SMP, Role::COU, Role::FRP})
      .keys([](const DeclareBoxLost& c, const Context&, KeySet& keys) { keys.own<Box>(c.box); })
      .more_keys([](const DeclareBoxLost& c, const View& view, const Context&, KeySet& keys) {
        own_tubes(c, view, keys, [&](const Tube& tube, const Loaded& loaded) {
          own_arrival(tube, tube.lab, true, loaded, keys);
        });
      })
      .place([](const DeclareBoxLost& c, const View& view, const Context&) {
        const Box* box = view.find<Box>(c.box);
        return box != nullptr ? std::optional(box->sender) : std::nullopt;
      })
      .decide(lose);
}

}  // namespace fx::screening
