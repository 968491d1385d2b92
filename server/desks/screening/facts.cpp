#include "desks/screening/facts.hpp"

#include <algorithm>

#include "kernel/derive.hpp"
#include "kernel/view.hpp"

namespace fx::screening {
namespace {

Member* member(Tube& tube, PersonId person) {
  const auto found = std::ranges::find(tube.members, person, &Member::person);
  return found == tube.members.end() ? nullptr : &*found;
}

/// Of a single the tube itself says whose it is.
void name_single(Tube& tube) {
  if (!tube.single()) return;
  tube.person = tube.members.empty() ? std::nullopt : std::optional(tube.members.front().person);
  tube.encounter = tube.members.empty() ? std::nullopt : tube.members.front().encounter;
}

void print(Tube& tube, const TubePrinted& e, const Stamp& stamp) {
  tube.id = e.tube;
  tube.code = e.code;
  tube.sender = e.sender;
  tube.size = e.size;
  tube.class_ = e.class_;
  tube.pathogen = e.pathogen;
  tube.printed_at = stamp.occurred_at;
}

void link(Tube& tube, const PersonLinked& e, const Stamp& stamp) {
  if (tube.state == TubeState::printed) tube.state = TubeState::open;
  if (!tube.opened_at) tube.opened_at = stamp.occurred_at;
  tube.class_ = e.class_;
  tube.sampler = e.sampler;
  tube.resample_of = e.resample_of;
  tube.members.push_back({e.person, e.encounter, MemberState::linked, stamp.occurred_at, {}});
  name_single(tube);
}

void correct(Tube& tube, const LinkCorrected& e, const Stamp& stamp) {
  std::erase_if(tube.members, [&](const Member& m) { return m.person == e.wrong; });
  if (e.right) tube.members.push_back({*e.right, e.encounter, MemberState::linked, stamp.occurred_at, {}});
  tube.resample_of.reset();
  name_single(tube);
}

void seal(Tube& tube, const TubeSealed& e, const Stamp& stamp) {
  if (tube.state == TubeState::open) tube.state = TubeState::sealed;
  tube.sealed_at = stamp.occurred_at;
  tube.sampler = e.sampler;
  if (!tube.lab) tube.lab = e.lab;
}

void box(Tube& tube, const TubesBoxed& e, const Stamp& stamp) {
  if (tube.state == TubeState::sealed) tube.state = TubeState::in_transit;
  if (!tube.received_at) tube.lab = e.lab;
  tube.box = e.box;
  tube.boxed_at = stamp.occurred_at;
}

void receive(Tube& tube, const TubeReceived& e, const Stamp& stamp) {
  tube.state = TubeState::received;
  tube.lab = e.lab;
  tube.received_at = stamp.occurred_at;
}

void reject(Tube& tube, const TubeRejected& e, const Stamp&) {
  tube.state = TubeState::rejected;
  tube.lab = e.lab;
  tube.reject_reason = e.reason;
  for (Member& m : tube.members) m.state = MemberState::recalled;
}

void lose(Tube& tube, const TubeLost&, const Stamp&) {
  tube.state = TubeState::lost;
  for (Member& m : tube.members) m.state = MemberState::recalled;
}

// ---- the box -----------------------------------------------------------------------------------------------------

void state_of_box(Box& row) {
  row.state = row.settled.empty()                     ? BoxState::in_transit
              : row.settled.size() < row.tubes.size() ? BoxState::part_received
                                                      : BoxState::received;
}

void open_box(Box& row, const TubesBoxed& e, const Stamp& stamp) {
  row.id = e.box;
  row.code = e.code;
  row.sender = e.sender;
  row.lab = e.lab;
  row.courier = e.courier;
  row.tubes = e.tubes;
  row.settled = e.arrived;
  row.temperature = e.temperature;
  row.boxed_at = stamp.occurred_at;
  state_of_box(row);
}

template <class E>
void settle_in_box(Box& row, const E& e, const Stamp&) {
  if (std::ranges::find(row.settled, e.tube) == row.settled.end()) row.settled.push_back(e.tube);
  state_of_box(row);
}

// ---- the pool a single settles -----------------------------------------------------------------------------------

void resample(Tube& pool, const PersonLinked& e, const Stamp&) {
  if (Member* m = member(pool, e.person)) {
    m->state = MemberState::resampled;
    m->resampled_in = e.tube;
  }
}

/// The single gave no answer: its member of the pool is held again.
template <class E>
void hold_again(Tube& pool, const E& e, const Stamp&) {
  for (Member& m : pool.members)
    if (m.resampled_in == e.tube) {
      m.state = MemberState::hold;
      m.resampled_in.reset();
    }
}

}  // namespace

RawId code_claim(std::string_view code) { return named_id("tube_code", code); }

void evolve_tubes(Desk& desk) {
  desk.evolves<TubePrinted, Tube>(&TubePrinted::tube, print)
      .evolves<PersonLinked, Tube>(&PersonLinked::tube, link)
      .evolves<LinkCorrected, Tube>(&LinkCorrected::tube, correct)
      .evolves<TubeVoided, Tube>(&TubeVoided::tube,
                                 [](Tube& t, auto&, auto&) { t.state = TubeState::voided; })
      .evolves<TubeSealed, Tube>(&TubeSealed::tube, seal)
      .evolves<TubesBoxed, Tube>(&TubesBoxed::tubes, box)
      .evolves<TubeReceived, Tube>(&TubeReceived::tube, receive)
      .evolves<TubeRejected, Tube>(&TubeRejected::tube, reject)
      .evolves<TubeLost, Tube>(&TubeLost::tube, lose);

  desk.evolves<TubesBoxed, Box>(&TubesBoxed::box, open_box)
      .evolves<TubeReceived, Box>(&TubeReceived::box, settle_in_box<TubeReceived>)
      .evolves<TubeRejected, Box>(&TubeRejected::box, settle_in_box<TubeRejected>)
      .evolves<TubeLost, Box>(&TubeLost::box, settle_in_box<TubeLost>);

  desk.evolves<PersonLinked, Tube>(&PersonLinked::resample_of, resample)
      .evolves<LinkCorrected, Tube>(&LinkCorrected::resample_of, hold_again<LinkCorrected>)
      .evolves<TubeRejected, Tube>(&TubeRejected::resample_of, hold_again<TubeRejected>)
      .evolves<TubeLost, Tube>(&TubeLost::resample_of, hold_again<TubeLost>);

  const auto claim = [](Claim& row, std::string_view code, const RawId& holder) {
    row.id = code_claim(code);
    row.kind = "tube_code";
    row.holder = holder;
  };
  desk.evolves<TubePrinted, Claim>(
          [](const TubePrinted& e) { return code_claim(e.code); },
          [claim](Claim& row, const TubePrinted& e, auto&) { claim(row, e.code, e.tube.raw); })
      .evolves<TubesBoxed, Claim>(
          [](const TubesBoxed& e) { return code_claim(e.code); },
          [claim](Claim& row, const TubesBoxed& e, auto&) { claim(row, e.code, e.box.raw); });
}

}  // namespace fx::screening
