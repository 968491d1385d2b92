// Care of the mind (心理疏导, F7): each who is admitted is screened; a crisis is handed over to a named person at once.
#include "desks/isolation/services/operations.hpp"

namespace fx::isolation {
namespace {

using enum CounsellingState;

bool is_at_the_site(const Stay& stay) {
  return is_one_of(stay.state, {StayState::observing, StayState::out_closed_loop, StayState::home_phase});
}

Result<Decision> screen(const ScreenCounselling& c, const View& view, const Context& context) {
  const Stay* stay = view.find<Stay>(c.stay);
  if (stay == nullptr) return unknown("/stay");
  const Counselling* known = view.find<Counselling>(counselling_of(c.stay));
  Refusals no;
  if (!is_at_the_site(*stay)) no.add(wrong_state(stay->state, {StayState::observing}, "/stay"));
  if (known != nullptr && is_one_of(known->state, {in_care, crisis}))
    no.add(wrong_state(known->state, {not_needed, offered, declined, closed, handed_over}));
  if (!no.empty()) return no;
  return Decision{{CounsellingScreened{counselling_of(c.stay), stay->id, stay->person, stay->site, c.needed,
                                       context.actor.account}}};
}

Result<Decision> move(const MoveCounselling& c, const View& view, const Context&) {
  const Counselling* known = view.find<Counselling>(counselling_of(c.stay));
  if (known == nullptr) return unknown("/stay");
  Refusals no;
  const bool starts = known->state == offered && is_one_of(c.state, {in_care, declined});
  const bool ends = is_one_of(known->state, {in_care, handed_over}) && c.state == closed;
  if (!starts && !ends) no.add(wrong_state(known->state, {offered, in_care}));
  if (!no.empty()) return no;
  return Decision{{CounsellingMoved{known->id, c.state}}};
}

/// Whoever sees it says so, screened or not.
Result<Decision> crisis_seen(const ReportCrisis& c, const View& view, const Context& context) {
  const Stay* stay = view.find<Stay>(c.stay);
  if (stay == nullptr) return unknown("/stay");
  const Counselling* known = view.find<Counselling>(counselling_of(c.stay));
  if (known != nullptr && known->state == crisis) return wrong_state(known->state, {offered, in_care});
  return Decision{{CrisisFound{counselling_of(c.stay), stay->id, stay->person, stay->site,
                               context.actor.account, c.seen.ref}}};
}

Result<Decision> hand_over(const HandOverCrisis& c, const View& view, const Context& context) {
  const Counselling* known = view.find<Counselling>(counselling_of(c.stay));
  if (known == nullptr) return unknown("/stay");
  Refusals no;
  if (known->state != crisis) no.add(wrong_state(known->state, {crisis}));
  if (context.reference.unit(c.to) == nullptr) no.add(unknown("/to"));
  if (c.receiver.empty()) no.add(missing("/receiver"));
  if (!no.empty()) return no;
  return Decision{{CrisisHandedOver{known->id, known->stay, c.to, c.receiver.ref}}};
}

template <class C>
void keys(const C& c, const Context&, KeySet& keys) {
  keys.own<Counselling>(counselling_of(c.stay));
  keys.read<Stay>(c.stay);
  keys.subject(c.stay.raw);
}

}  // namespace

void add_counselling(Desk& desk) {
  desk.operation<ScreenCounselling>("screen_counselling", {"心理筛查", "Screen for counselling"})
      .by({Role::PSY})
      .keys(keys<ScreenCounselling>)
      .place(site_of<ScreenCounselling>)
      .decide(screen);
  desk.operation<MoveCounselling>("move_counselling", {"心理疏导进展", "Go on with counselling"})
      .by({Role::PSY})
      .keys(keys<MoveCounselling>)
      .place(site_of<MoveCounselling>)
      .decide(move);
  desk.operation<ReportCrisis>("report_crisis", {"报告心理危机", "Report a crisis"})
      .by({Role::PSY, Role::QD, Role::QM, Role::NUR})
      .life_saving()
      .keys(keys<ReportCrisis>)
      .place(site_of<ReportCrisis>)
      .decide(crisis_seen);
  desk.operation<HandOverCrisis>("hand_over_crisis", {"心理危机转介", "Hand over a crisis"})
      .by({Role::PSY, Role::QD})
      .life_saving()
      .keys(keys<HandOverCrisis>)
      .place(site_of<HandOverCrisis>)
      .decide(hand_over);
}

}  // namespace fx::isolation
