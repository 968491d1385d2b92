// PRINTED → OPEN, and each further member. The swab is taken: this is what ties a person to a result.
#include "desks/screening/lookups.hpp"
#include "desks/screening/operations.hpp"

namespace fx::screening {
namespace {

void keys(const LinkPerson& c, const Context&, KeySet& keys) {
  keys.own<Tube>(c.tube);
  if (c.resample_of) keys.own<Tube>(*c.resample_of);
  if (c.encounter) keys.subject(c.encounter->raw);
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
  if (held->state != MemberState::hold) no.add(wrong_state(held->state, {MemberState::hold}, "/resample_of"));
}

Result<Decision> decide(const LinkPerson& c, const View& view, const Context& context) {
  const Tube* tube = view.find<Tube>(c.tube);
  if (tube == nullptr) return unknown("/tube");
  const SpecimenClass class_ = c.class_.value_or(tube->class_);
  Refusals no;
  if (!tube->unsealed()) no.add(wrong_state(tube->state, {TubeState::printed, TubeState::open}));
  // The certificate is the post: nobody is appointed SMP without it.
  if (!context.actor.has(Role::SMP)) no.add("R-TUB-1");
  if (!tube->single() && single_only(context, class_)) no.add("R-TUB-2", "/class");
  if (tube->members.size() >= static_cast<std::size_t>(tube->size)) no.add("R-TUB-3", "/tube");
  if (member(*tube, c.person) != nullptr) no.add("R-TUB-4", "/person");
  judge_resample(c, *tube, view, no);
  if (!no.empty()) return no;
  return Decision{{PersonLinked{tube->id, c.person, c.encounter, tube->sender, tube->size,
                                tube->single() ? class_ : tube->class_, tube->pathogen, context.actor.account,
                                c.resample_of}}};
}

}  // namespace

void link_person(Desk& desk) {
  desk.operation<LinkPerson>("link_person", {"关联受检者", "Link a person to a tube"})
      .by({Role::SMP, Role::NUR})
      .deed()
      .keys(keys)
      .place(place_of_sender<LinkPerson>)
      .decide(decide);
}

}  // namespace fx::screening
