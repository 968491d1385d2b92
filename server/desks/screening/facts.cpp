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

template <class E>
void join_round(Tube& tube, const E& e) {
  if (!e.share || tube.round) return;
  tube.round = e.share->round;
  tube.tally = e.share->tally;
}

void print(Tube& tube, const TubePrinted& e, const Stamp& stamp) {
  tube.id = e.tube;
  tube.code = e.code;
  tube.sender = e.sender;
  tube.size = e.size;
  tube.class_ = e.class_;
  tube.pathogen = e.pathogen;
  tube.printed_at = stamp.occurred_at;
  join_round(tube, e);
}

void link(Tube& tube, const PersonLinked& e, const Stamp& stamp) {
  if (tube.state == TubeState::printed) tube.state = TubeState::open;
  if (!tube.opened_at) tube.opened_at = stamp.occurred_at;
  tube.class_ = e.class_;
  tube.sampler = e.sampler;
  tube.resample_of = e.resample_of;
  join_round(tube, e);
  if (e.share && e.share->tally != tube.tally && e.share->opened) tube.tally = e.share->tally;
  tube.members.push_back({e.person, e.encounter, MemberState::linked, stamp.occurred_at, {}});
  // Told late: the member inherits what the tube has come to meanwhile.
  if (e.failed) tube.members.back().state = MemberState::recalled;
  if (e.result) tube.members.back().state = of_pool(*e.result);
  name_single(tube);
}

void correct(Tube& tube, const LinkCorrected& e, const Stamp& stamp) {
  std::erase_if(tube.members, [&](const Member& m) { return m.person == e.wrong; });
  if (e.right) tube.members.push_back({*e.right, e.encounter, MemberState::linked, stamp.occurred_at, {}});
  tube.resample_of = e.settles;
  name_single(tube);
}

void void_label(Tube& tube, const TubeVoided&, const Stamp&) { tube.state = TubeState::voided; }

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
                                                      : BoxState::reconciled;
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
  row.rounds = e.rounds;
  state_of_box(row);
}

template <class E>
void settle_in_box(Box& row, const E& e, const Stamp&) {
  if (std::ranges::find(row.settled, e.tube) == row.settled.end()) row.settled.push_back(e.tube);
  state_of_box(row);
}

// ---- samples and persons -----------------------------------------------------------------------------------------

void take_sample(Sample& row, const PersonLinked& e, const Stamp& stamp) {
  row.id = sample_id(e.tube, e.person);
  row.person = e.person;
  row.tube = e.tube;
  row.withdrawn = false;
  if (e.share) row.round = e.share->round;
  row.taken_at = stamp.occurred_at;
}

void correct_sample(Sample& row, const LinkCorrected& e, const Stamp& stamp) {
  if (row.id == sample_id(e.tube, e.wrong)) {
    row.withdrawn = true;
    return;
  }
  row.person = *e.right;
  row.tube = e.tube;
  row.withdrawn = false;
  if (e.share) row.round = e.share->round;
  row.taken_at = stamp.occurred_at;
}

std::vector<RawId> corrected_samples(const LinkCorrected& e) {
  std::vector<RawId> rows{sample_id(e.tube, e.wrong)};
  if (e.right) rows.push_back(sample_id(e.tube, *e.right));
  return rows;
}

void note_control_of(TestedPerson& row, const ControlNoted& e, const Stamp&) {
  row.id = e.person;
  std::erase_if(row.controls, [&](const Control& control) { return control.source == e.source; });
  if (e.class_) row.controls.push_back({e.source, *e.class_});
}

template <class E>
void hold_person(TestedPerson& row, const E& e, const Stamp&) {
  const TubeId pool = e.resample_of.value_or(e.tube);
  if (std::ranges::find(row.held_in, pool) == row.held_in.end()) row.held_in.push_back(pool);
}

template <class E>
void release_person(TestedPerson& row, const E& e, const Stamp&) {
  std::erase(row.held_in, e.resample_of.value_or(e.tube));
}

template <class E>
void call_back_person(TestedPerson& row, const E& e, const Stamp&) {
  if (std::ranges::find(row.called_back_from, e.tube) == row.called_back_from.end())
    row.called_back_from.push_back(e.tube);
}

template <class E>
void end_recall(TestedPerson& row, const E&, const Stamp&) {
  row.called_back_from.clear();
}

bool holds_somebody(const Tube& tube) {
  if (tube.single() || !tube.result || of_pool(*tube.result) != MemberState::hold) return false;
  return std::ranges::any_of(tube.members, [](const Member& m) {
    return m.state == MemberState::hold || m.state == MemberState::grey || m.state == MemberState::resampled;
  });
}

// ---- the pool a single settles -----------------------------------------------------------------------------------

void resample(Tube& pool, PersonId person, TubeId single) {
  if (Member* m = member(pool, person)) {
    m->state = MemberState::resampled;
    m->resampled_in = single;
  }
}

/// The single gave no answer: its member goes by the pool again, which holds it, or was amended meanwhile.
template <class E>
void hold_again(Tube& pool, const E& e, const Stamp&) {
  for (Member& m : pool.members)
    if (m.resampled_in == e.tube) {
      m.state = pool.result ? of_pool(*pool.result) : MemberState::hold;
      m.resampled_in.reset();
    }
}

}  // namespace

RawId sample_id(TubeId tube, PersonId person) {
  return derive_id(tube.raw, {reinterpret_cast<const char*>(person.raw.bytes.data()), 16});
}

Awaits what_awaits(const Tube& tube) {
  using enum TubeState;
  if (tube.duplicate) return Awaits::duplicate;
  switch (tube.state) {
    case open: return tube.members.empty() ? Awaits::nothing : Awaits::seal;
    case sealed: return Awaits::box;
    case in_transit: return Awaits::receipt;
    case received:
    case testing:
    case provisional:
      if (tube.members.empty()) return Awaits::members;
      return tube.sealed_at ? Awaits::result : Awaits::seal;
    case authorised:
    case amended: return holds_somebody(tube) ? Awaits::singles : Awaits::nothing;
    default: return Awaits::nothing;
  }
}

RawId code_claim(std::string_view code) { return named_id("tube_code", code); }

void evolve_tubes(Desk& desk) {
  evolve_tube<TubePrinted>(desk, &TubePrinted::tube, print);
  evolve_tube<PersonLinked>(desk, &PersonLinked::tube, link);
  evolve_tube<LinkCorrected>(desk, &LinkCorrected::tube, correct);
  evolve_tube<TubeVoided>(desk, &TubeVoided::tube, void_label);
  evolve_tube<TubeSealed>(desk, &TubeSealed::tube, seal);
  evolve_tube<TubesBoxed>(desk, &TubesBoxed::tubes, box);
  evolve_tube<TubeReceived>(desk, &TubeReceived::tube, receive);
  evolve_tube<TubeRejected>(desk, &TubeRejected::tube, reject);
  evolve_tube<TubeLost>(desk, &TubeLost::tube, lose);
  evolve_tube<DuplicateReported>(desk, &DuplicateReported::tube,
                                 [](Tube& tube, auto&, auto&) { tube.duplicate = true; });
  evolve_tube<DuplicateSettled>(desk, &DuplicateSettled::tube,
                                [](Tube& tube, auto&, auto&) { tube.duplicate = false; });

  desk.evolves<TubesBoxed, Box>(&TubesBoxed::box, open_box)
      .evolves<TubeReceived, Box>(&TubeReceived::box, settle_in_box<TubeReceived>)
      .evolves<TubeRejected, Box>(&TubeRejected::box, settle_in_box<TubeRejected>)
      .evolves<TubeLost, Box>(&TubeLost::box, settle_in_box<TubeLost>)
      .evolves<BoxLost, Box>(&BoxLost::box, [](Box& row, auto&, auto&) { row.state = BoxState::lost; });

  evolve_tube<PersonLinked>(
      desk, &PersonLinked::resample_of,
      [](Tube& pool, const PersonLinked& e, const Stamp&) { resample(pool, e.person, e.tube); });
  evolve_tube<LinkCorrected>(desk, &LinkCorrected::resample_of, hold_again<LinkCorrected>);
  evolve_tube<LinkCorrected>(
      desk, &LinkCorrected::settles,
      [](Tube& pool, const LinkCorrected& e, const Stamp&) { resample(pool, *e.right, e.tube); });
  evolve_tube<TubeRejected>(desk, &TubeRejected::resample_of, hold_again<TubeRejected>);
  evolve_tube<TubeLost>(desk, &TubeLost::resample_of, hold_again<TubeLost>);

  desk.evolves<PersonLinked, Sample>([](const PersonLinked& e) { return sample_id(e.tube, e.person); },
                                     take_sample)
      .evolves<LinkCorrected, Sample>(corrected_samples, correct_sample)
      .evolves<ControlNoted, TestedPerson>(&ControlNoted::person, note_control_of)
      .evolves<PersonLinked, TestedPerson>(&PersonLinked::held, hold_person<PersonLinked>)
      .evolves<ResultAuthorised, TestedPerson>(&ResultAuthorised::held, hold_person<ResultAuthorised>)
      .evolves<ResultAuthorised, TestedPerson>(&ResultAuthorised::released, release_person<ResultAuthorised>)
      .evolves<LinkCorrected, TestedPerson>(&LinkCorrected::released, release_person<LinkCorrected>)
      .evolves<TubeRejected, TestedPerson>(&TubeRejected::released, release_person<TubeRejected>)
      .evolves<TubeLost, TestedPerson>(&TubeLost::released, release_person<TubeLost>)
      .evolves<TubeSealed, TestedPerson>(&TubeSealed::recall_ended, end_recall<TubeSealed>)
      .evolves<PersonLinked, TestedPerson>(&PersonLinked::recall_ended, end_recall<PersonLinked>)
      .evolves<PersonLinked, TestedPerson>(&PersonLinked::called_back, call_back_person<PersonLinked>)
      .evolves<TubeRejected, TestedPerson>(&TubeRejected::called_back, call_back_person<TubeRejected>)
      .evolves<TubeLost, TestedPerson>(&TubeLost::called_back, call_back_person<TubeLost>)
      .evolves<ResultAuthorised, TestedPerson>(&ResultAuthorised::called_back,
                                               call_back_person<ResultAuthorised>)
      .evolves<ResultAmended, TestedPerson>(&ResultAmended::called_back, call_back_person<ResultAmended>)
      .evolves<ResultAmended, TestedPerson>(&ResultAmended::recall_ended, end_recall<ResultAmended>)
      .evolves<ResultAmended, TestedPerson>(&ResultAmended::held, hold_person<ResultAmended>)
      .evolves<ResultAmended, TestedPerson>(&ResultAmended::released, release_person<ResultAmended>);

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
