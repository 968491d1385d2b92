// PRINTED → OPEN, and each further member. The swab is taken: this is what ties a person to a result. Told after the
// seal of something done before it, it still counts: the member inherits what the tube has come to.
#include "desks/screening/lookups.hpp"
#include "desks/screening/operations.hpp"
#include "desks/screening/role_tests/steps.hpp"
#include "desks/screening/rounds/share.hpp"

namespace fx::screening {
namespace {

/// Said, else of the tube.
std::optional<RoundId> asked_round(const LinkPerson& c, const Tube* tube) {
  if (c.round) return c.round;
  return tube != nullptr ? tube->round : std::nullopt;
}

/// The pool whose held member this single settles (R-RND-4): the one that was said, else the first that holds the person and
/// may be settled here. `rows` is the view, or what of it is loaded.
template <class Rows>
const Tube* pool_of(const LinkPerson& c, const Rows& rows, const Context& context) {
  if (c.resample_of) return rows.template find<Tube>(*c.resample_of);
  const Tube* tube = rows.template find<Tube>(c.tube);
  const auto* person = rows.template find<TestedPerson>(c.person);
  if (tube == nullptr || person == nullptr || !tube->single()) return nullptr;
  const auto round = asked_round(c, tube);
  for (const TubeId id : person->held_in) {
    const Tube* pool = rows.template find<Tube>(id);
    if (pool != nullptr && waits_for_single(*pool, c.person, context.occurred_at) &&
        (!round || pool->round == round))
      return pool;
  }
  return nullptr;
}

/// Said, else of the tube, else of the pool whose member is sampled again.
template <class Rows>
std::optional<RoundId> round_of(const LinkPerson& c, const Rows& rows, const Context& context) {
  if (const auto asked = asked_round(c, rows.template find<Tube>(c.tube))) return asked;
  const Tube* pool = pool_of(c, rows, context);
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
  own_holding_pools(view.find<Tube>(c.tube), view.find<TestedPerson>(c.person), keys);
  const auto round_id = round_of(c, loaded, context);
  if (!round_id) return;
  // The round of the pool alone is known too late to ask it for a row of counts: the pool's own takes the single, too.
  const Tube* pool = pool_of(c, loaded, context);
  if (pool != nullptr && pool->tally && !asked_round(c, view.find<Tube>(c.tube)))
    keys.own<RoundTally>(*pool->tally);
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
  if (const auto round = asked_round(c, &tube); round && pool->round != round)
    no.add(malformed("/resample_of", "该混采管不属于本轮次", "the pool does not belong to this round"));
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
  const auto round_id = round_of(c, view, context);
  if (!round_id) return;
  const Round* round = view.find<Round>(*round_id);
  if (round == nullptr) {
    no.add(unknown("/round"));
    return;
  }
  const bool other = (tube.round && *tube.round != *round_id) || (!tube.round && !tube.members.empty());
  if (other) no.add(malformed("/round", "该管不属于本轮次", "the tube does not belong to this round"));
  if (pool_of(c, view, context) != nullptr) return;  // who is held is sampled again, however the round stands
  if (!takes_samples(*round, context.occurred_at))
    no.add(wrong_state(round->state, {RoundState::open, RoundState::sampling_closed}, "/round"));
  const auto* person = view.find<RoundPerson>(round_person_id(*round_id, c.person));
  if (person != nullptr && person->state == RosterState::sampled)
    no.add(refuse_because("R-TUB-4", "/person", "此人本轮已采样",
                          "This person was sampled in this round already"));
}

/// Done before the tube was sealed, and told only now.
bool told_late(const Tube& tube, const Context& context) {
  return tube.sealed_at && context.occurred_at < *tube.sealed_at && !tube.single();
}

std::optional<RoundShare> share_of(const LinkPerson& c, const Tube& tube, const View& view,
                                   const Context& context, bool failed) {
  const auto round_id = round_of(c, view, context);
  const Round* round = round_id ? view.find<Round>(*round_id) : nullptr;
  if (round == nullptr) return std::nullopt;
  const Tube* pool = pool_of(c, view, context);
  const RoundPersonId row = round_person_id(round->id, c.person);
  const auto* listed = view.find<RoundPerson>(row);
  RosterMove move = place_of(c, view, listed);
  RoundShare share;
  share.round = round->id;
  share.tally = pool != nullptr && pool->tally && !asked_round(c, &tube)
                    ? *pool->tally
                    : tally_of(c, view, context, *round, move.township);
  share.issued = !tube.round;
  share.opened = tube.members.empty();
  share.people = 1;
  if (pool != nullptr || (failed && listed != nullptr)) return share;
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
  if (linked.failed && !tube.round && !linked.encounter) linked.called_back.push_back(linked.person);
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

  const Tube* pool = pool_of(c, view, context);
  PersonLinked linked{.tube = tube->id,
                      .person = c.person,
                      .encounter = c.encounter,
                      .sender = tube->sender,
                      .size = tube->size,
                      .class_ = tube->single() ? class_ : tube->class_,
                      .pathogen = tube->pathogen,
                      .sampler = context.actor.account,
                      .resample_of = pool != nullptr ? std::optional(pool->id) : std::nullopt,
                      .point = c.point};
  if (tube->sealed_at) {
    inherit(linked, *tube);
    const auto* person = view.find<TestedPerson>(c.person);
    if (!linked.failed && person != nullptr && !person->called_back_from.empty())
      linked.recall_ended.push_back(c.person);
  }
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
