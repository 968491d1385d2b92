// OPEN → OPEN. A wrong link is corrected before sealing, by event: who and why stay visible. After sealing only the
// laboratory's rejection or an amendment helps (settled.md 19).
#include "desks/screening/lookups.hpp"
#include "desks/screening/operations.hpp"

namespace fx::screening {
namespace {

bool linked(const Tube& tube, PersonId person) {
  return std::ranges::find(tube.members, person, &Member::person) != tube.members.end();
}

Result<Decision> decide(const CorrectLink& c, const View& view, const Context&) {
  const Tube* tube = view.find<Tube>(c.tube);
  if (tube == nullptr) return unknown("/tube");
  Refusals no;
  if (!tube->unsealed()) no.add(wrong_state(tube->state, {TubeState::open}));
  if (!linked(*tube, c.wrong)) no.add(unknown("/wrong"));
  if (c.right && linked(*tube, *c.right)) no.add("R-TUB-4", "/right");
  if (c.reason.empty()) no.add(missing("/reason"));
  if (!no.empty()) return no;
  return Decision{{LinkCorrected{tube->id, c.wrong, c.right, c.encounter, tube->sender, tube->resample_of,
                                 c.reason.ref}}};
}

}  // namespace

void correct_link(Desk& desk) {
  desk.operation<CorrectLink>("correct_link", {"更正受检者关联", "Correct a link"})
      .by({Role::SMP})
      .keys([](const CorrectLink& c, const Context&, KeySet& keys) {
        keys.own<Tube>(c.tube);
        if (c.encounter) keys.subject(c.encounter->raw);
      })
      .more_keys(own_surroundings<CorrectLink>)
      .place(place_of_sender<CorrectLink>)
      .decide(decide);
}

}  // namespace fx::screening
