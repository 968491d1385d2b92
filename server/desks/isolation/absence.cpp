// Away without leave (脱管): police and command hear at once, and the stay goes on when the person is found.
#include "desks/isolation/operations.hpp"

namespace fx::isolation {
namespace {

/// On the way the carrier has the person, at home the village, else the site.
LeftControl left_from(const Stay& stay, const ReportLeftControl& c, const Context& context) {
  LeftControl event{.stay = stay.id,
                    .person = stay.person,
                    .holder = stay.site,
                    .police = desks::unit_at(context.reference, UnitKind::police, stay.id.home()),
                    .seen = c.seen.ref,
                    .carrier = {},
                    .home = {}};
  if (stay.state == StayState::in_transfer && stay.holder != stay.site)
    event.carrier = event.holder = stay.holder;
  else if (regime_now(stay) != Regime::central)
    event.home = stay.site;
  return event;
}

Result<Decision> left(const ReportLeftControl& c, const View& view, const Context& context) {
  const Stay* stay = view.find<Stay>(c.stay);
  if (stay == nullptr) return unknown("/stay");
  Refusals no;
  if (!is_open(stay->state) || stay->state == StayState::absconded)
    no.add(wrong_state(stay->state, {StayState::in_transfer, StayState::observing, StayState::out_closed_loop,
                                     StayState::home_phase}));
  if (c.seen.empty()) no.add(missing("/seen"));
  if (!no.empty()) return no;
  return Decision{{left_from(*stay, c, context)}};
}

/// Whoever has the person reports at their own place, everybody else at the site.
std::optional<UnitId> where_seen(const ReportLeftControl& c, const View& view, const Context& context) {
  const Stay* stay = view.find<Stay>(c.stay);
  if (stay == nullptr) return std::nullopt;
  return context.actor.unit == stay->holder ? stay->holder : stay->site;
}

Result<Decision> located(const RecordLocated& c, const View& view, const Context& context) {
  const Stay* stay = view.find<Stay>(c.stay);
  if (stay == nullptr) return unknown("/stay");
  Refusals no;
  if (stay->state != StayState::absconded) no.add(wrong_state(stay->state, {StayState::absconded}));
  if (c.where.empty()) no.add(missing("/where"));
  const Leg* leg = stay->before == StayState::out_closed_loop ? open_leg(*stay, view) : nullptr;
  if (leg != nullptr && is_carrier(*leg, context)) no.add("R-JRN-1");
  if (!no.empty()) return no;
  const StayState goes_on = stay->before.value_or(StayState::ordered);
  Located event{
      .stay = stay->id,
      .person = stay->person,
      .site = stay->site,
      .cdc = stay->cdc,
      .regime = goes_on == StayState::home_phase ? stay->then_regime.value_or(stay->regime) : stay->regime,
      .next_check = {},
      .where = c.where.ref,
      .held_by = {}};
  if (is_one_of(goes_on, {StayState::observing, StayState::home_phase}))
    event.next_check = check_after(context.occurred_at, context, stay->id.home());
  Decision decision;
  if (goes_on == StayState::out_closed_loop) {
    event.held_by = context.actor.unit;
    // The leg ended where the person was found.
    if (leg != nullptr) decision.events.emplace_back(ended(*leg, context.actor.unit, context));
  }
  decision.events.emplace_back(std::move(event));
  return decision;
}

}  // namespace

void add_absence(Desk& desk) {
  desk.operation<ReportLeftControl>("report_left_control", {"报告脱管", "Report who left control"})
      .by({Role::QM, Role::QD, Role::GRID, Role::TRN, Role::POL, Role::CDC})
      .deed()
      .keys(own_stay<ReportLeftControl>)
      .place(where_seen)
      .decide(left);
  desk.operation<RecordLocated>("record_located", {"记录找回", "Record who was found"})
      .by({Role::QM, Role::QD, Role::GRID, Role::POL, Role::CDC})
      .deed()
      .keys(own_stay<RecordLocated>)
      .more_keys([](const RecordLocated& c, const View& view, const Context&, KeySet& keys) {
        if (const Stay* stay = view.find<Stay>(c.stay)) own_leg(*stay, view, keys);
      })
      .place(cdc_of<RecordLocated>)
      .decide(located);
}

}  // namespace fx::isolation
