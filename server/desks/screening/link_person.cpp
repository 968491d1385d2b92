// PRINTED → OPEN, and each further member. The swab is taken: this is what ties a person to a result. Told after the
// seal of something done before it, it still counts: the member inherits what the tube has come to.
#include "desks/screening/lookups.hpp"
#include "desks/screening/operations.hpp"
#include "desks/screening/role_tests/steps.hpp"
#include "desks/screening/rounds/share.hpp"

namespace fx::screening {
namespace {

/// Said, else of the tube, else of the pool whose member is sampled again.
std::optional<RoundId> round_of(const LinkPerson& c, const View& view) {
  if (c.round) return c.round;
  const Tube* tube = view.find<Tube>(c.tube);
  if (tube != nullptr && tube->round) return tube->round;
  const Tube* pool = c.resample_of ? view.find<Tube>(*c.resample_of) : nullptr;
  return pool != nullptr ? pool->round : std::nullopt;
}

void keys(const LinkPerson& c, const Context&, KeySet& keys) {
  keys.own<Tube>(c.tube).own<Sample>(sample_id(c.tube, c.person)).own<TestedPerson>(c.person);
  if (c.round) keys.read<Round>(*c.round).own<RoundPerson>(round_person_id(*c.round, c.person));
  if (c.point) keys.read<SamplingPoint>(*c.point);
  if (c.resample_of) keys.own<Tube>(*c.resample_of);
  if (c.encounter) keys.subject(c.encounter->raw);
}

const SamplingPoint* point_of(const LinkPerson& c, const View& view) {
  return c.point ? view.find<SamplingPoint>(*c.point) : nullptr;
}

/// Where the round's people are said to live: as the list says, else as was asked, else where the point stands.
RosterMove place_of(const LinkPerson& c, const View& view, const RoundPerson* listed) {
  if (listed != nullptr)
    return {listed->id.raw, {}, listed->township, listed->building, listed->added, {}, {}, {}};
  const SamplingPoint* point = point_of(c, view);
  RosterMove place;
  place.township = c.township.value_or(point != nullptr ? point->township : 0);
  place.building = c.building.value_or("");
  return place;
}

/// A sampler of the point's team counts in an own row, anybody else in the township's.
RawId tally_of(const LinkPerson& c, const View& view, const Context& context, const Round& round,
               std::int64_t township) {
  const SamplingPoint* point = point_of(c, view);
  const bool of_team = point != nullptr && point->round == round.id &&
                       std::ranges::find(point->team, context.actor.account) != point->team.end();
  return of_team ? team_tally(round.id, point->id, context.actor.account) : township_tally(round, township);
}

void more_keys(const LinkPerson& c, const View& view, const Context& context, KeySet& keys) {
  const Loaded loaded(view, keys);
  own_role_sample(c.person, loaded, context, keys);
  const auto round_id = round_of(c, view);
  if (!round_id) return;
  const RoundPersonId person = round_person_id(*round_id, c.person);
  const Round* round = loaded.find<Round>(*round_id);
  if (round != nullptr && loaded.named({&table_type<RoundPerson>(), person.raw})) {
    const std::int64_t township = place_of(c, view, view.find<RoundPerson>(person)).township;
    keys.own<RoundTally>(tally_of(c, view, context, *round, township));
  }
  keys.read<Round>(*round_id).own<RoundPerson>(person);
}

const Member* member(const Tube& tube, PersonId person) {
  const auto found = std::ranges::find(tube.members, person, &Member::person);
  return found == tube.members.end() ? nullptr : &*found;
}

/// A pool's held member is settled by one single tube.
void judge_resample(const LinkPerson& c, const Tube& tube, const View& view, Refusals& no) {
  if (!c.resample_of) return;
  const Tube* pool = view.find<Tube>(*c.resample_of);
  const Member* held = pool != nullptr ? member(*pool, c.person) : nullptr;
  if (held == nullptr) {
    no.add(unknown("/resample_of"));
    return;
  }
  if (!tube.single()) no.add("R-TUB-2", "/resample_of");
  if (!is_one_of(held->state, {MemberState::hold, MemberState::grey}))
    no.add(wrong_state(held->state, {MemberState::hold}, "/resample_of"));
}

/// Who is held, under a measure, or of a class tested singly never goes into a pool.
bool must_be_single(const LinkPerson& c, const View& view, const Context& context, SpecimenClass class_) {
  if (single_only(context, class_)) return true;
  const auto* person = view.find<TestedPerson>(c.person);
  if (person == nullptr) return false;
  return !person->held_in.empty() || std::ranges::any_of(person->controls, [&](const Control& control) {
    return single_only(context, control.class_);
  });
}

void judge_round(const LinkPerson& c, const Tube& tube, const View& view, const Context& context,
                 Refusals& no) {
  if (c.point && point_of(c, view) == nullptr) no.add(unknown("/point"));
  const auto round_id = round_of(c, view);
  if (!round_id) return;
  const Round* round = view.find<Round>(*round_id);
  if (round == nullptr) {
    no.add(unknown("/round"));
    return;
  }
  const bool other = (tube.round && *tube.round != *round_id) || (!tube.round && !tube.members.empty());
  if (other) no.add(malformed("/round", "该管不属于本轮次", "the tube does not belong to this round"));
  if (!takes_samples(*round, context.occurred_at))
    no.add(wrong_state(round->state, {RoundState::open, RoundState::sampling_closed}, "/round"));
  const auto* person = view.find<RoundPerson>(round_person_id(*round_id, c.person));
  if (!c.resample_of && person != nullptr && person->state == RosterState::sampled)
    no.add(refuse_because("R-TUB-4", "/person", "此人本轮已采样",
                          "This person was sampled in this round already"));
}

/// Done before the tube was sealed, and told only now.
bool told_late(const Tube& tube, const Context& context) {
  return tube.sealed_at && context.occurred_at < *tube.sealed_at && !tube.single();
}

std::optional<RoundShare> share_of(const LinkPerson& c, const Tube& tube, const View& view,
                                   const Context& context, bool failed) {
  const auto round_id = round_of(c, view);
  const Round* round = round_id ? view.find<Round>(*round_id) : nullptr;
  if (round == nullptr) return std::nullopt;
  const RoundPersonId row = round_person_id(round->id, c.person);
  const auto* listed = view.find<RoundPerson>(row);
  RosterMove move = place_of(c, view, listed);
  RoundShare share;
  share.round = round->id;
  share.tally = tally_of(c, view, context, *round, move.township);
  share.issued = !tube.round;
  share.opened = tube.members.empty();
  share.people = 1;
  if (c.resample_of || (failed && listed != nullptr)) return share;
  move.row = row.raw;
  move.person = c.person;
  move.added = listed == nullptr || listed->added;
  if (listed != nullptr) move.from = listed->state;
  move.to = failed ? RosterState::rostered : RosterState::sampled;
  move.tally = share.tally;
  share.moves.push_back(std::move(move));
  return share;
}

/// What the member inherits of a tube that went on without it.
void inherit(PersonLinked& linked, const Tube& tube) {
  linked.late = true;
  linked.failed = tube.state == TubeState::rejected || tube.state == TubeState::lost ||
                  (tube.has_result() && tube.result == TestResult::invalid);
  if (!tube.has_result()) return;
  linked.result = tube.result;
  if (of_pool(*tube.result) != MemberState::hold) return;
  linked.held.push_back(linked.person);
  linked.held_from = tube.amended_at ? tube.amended_at : tube.authorised_at;
}

void judge_tube(const Tube& tube, const Context& context, Refusals& no) {
  if (!tube.unsealed() && !told_late(tube, context))
    no.add(wrong_state(tube.state, {TubeState::printed, TubeState::open}));
  // The certificate is the post: nobody is appointed SMP without it.
  if (!context.actor.has(Role::SMP)) no.add("R-TUB-1");
}

Result<Decision> decide(const LinkPerson& c, const View& view, const Context& context) {
  const Tube* tube = view.find<Tube>(c.tube);
  if (tube == nullptr) return unknown("/tube");
  const SpecimenClass class_ = c.class_.value_or(tube->class_);
  Refusals no;
  judge_tube(*tube, context, no);
  if (!tube->single() && must_be_single(c, view, context, class_)) no.add("R-TUB-2", "/class");
  if (tube->members.size() >= static_cast<std::size_t>(tube->size)) no.add("R-TUB-3", "/tube");
  if (member(*tube, c.person) != nullptr) no.add("R-TUB-4", "/person");
  judge_resample(c, *tube, view, no);
  judge_round(c, *tube, view, context, no);
  if (!no.empty()) return no;

  PersonLinked linked{.tube = tube->id,
                      .person = c.person,
                      .encounter = c.encounter,
                      .sender = tube->sender,
                      .size = tube->size,
                      .class_ = tube->single() ? class_ : tube->class_,
                      .pathogen = tube->pathogen,
                      .sampler = context.actor.account,
                      .resample_of = c.resample_of,
                      .point = c.point};
  if (tube->sealed_at) inherit(linked, *tube);
  linked.share = share_of(c, *tube, view, context, linked.failed);
  Decision out{{std::move(linked)}};
  role_sampled(c.person, tube->id, view, context, out.events);
  return out;
}

}  // namespace

void link_person(Desk& desk) {
  desk.operation<LinkPerson>("link_person", {"关联受检者", "Link a person to a tube"})
      .by({Role::SMP, Role::NUR})
      .deed()
      .keys(keys)
      .more_keys(more_keys)
      .place(place_of_sender<LinkPerson>)
      .decide(decide);
}

}  // namespace fx::screening
