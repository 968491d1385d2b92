// Away from the room: in a closed loop to a hospital and back, or without leave (脱管): then police and command hear at
// once, and the stay goes on when the person is found.
#include "desks/isolation/operations.hpp"

namespace fx::isolation {
namespace {

Result<Decision> left(const ReportLeftControl& c, const View& view, const Context& context) {
  const Stay* stay = view.find<Stay>(c.stay);
  if (stay == nullptr) return unknown("/stay");
  Refusals no;
  if (!is_open(stay->state) || stay->state == StayState::absconded)
    no.add(wrong_state(stay->state, {StayState::in_transfer, StayState::observing, StayState::out_closed_loop,
                                     StayState::home_phase}));
  if (c.seen.empty()) no.add(missing("/seen"));
  if (!no.empty()) return no;
  return Decision{
      {LeftControl{stay->id, stay->person, stay->site,
                   desks::unit_at(context.reference, UnitKind::police, stay->id.home()), c.seen.ref}}};
}

Result<Decision> located(const RecordLocated& c, const View& view, const Context& context) {
  const Stay* stay = view.find<Stay>(c.stay);
  if (stay == nullptr) return unknown("/stay");
  Refusals no;
  if (stay->state != StayState::absconded) no.add(wrong_state(stay->state, {StayState::absconded}));
  if (c.where.empty()) no.add(missing("/where"));
  if (!no.empty()) return no;
  const StayState goes_on = stay->before.value_or(StayState::ordered);
  Located event{
      .stay = stay->id,
      .person = stay->person,
      .site = stay->site,
      .cdc = stay->cdc,
      .regime = goes_on == StayState::home_phase ? stay->then_regime.value_or(stay->regime) : stay->regime,
      .next_check = {},
      .where = c.where.ref};
  if (is_one_of(goes_on, {StayState::observing, StayState::home_phase}))
    event.next_check = check_after(context.occurred_at, context, stay->id.home());
  return Decision{{std::move(event)}};
}

Result<Decision> send_out(const SendOut& c, const View& view, const Context& context) {
  const Stay* stay = view.find<Stay>(c.stay);
  if (stay == nullptr) return unknown("/stay");
  Refusals no;
  if (stay->state != StayState::observing) no.add(wrong_state(stay->state, {StayState::observing}));
  const Unit* hospital = context.reference.unit(c.hospital);
  if (hospital == nullptr || hospital->kind != UnitKind::hospital) no.add(unknown("/hospital"));
  if (!no.empty()) return no;
  return Decision{{SentOut{stay->id, stay->person, c.hospital, c.reason.ref}}};
}

Result<Decision> take_back(const TakeBack& c, const View& view, const Context& context) {
  const Stay* stay = view.find<Stay>(c.stay);
  if (stay == nullptr) return unknown("/stay");
  if (stay->state != StayState::out_closed_loop)
    return wrong_state(stay->state, {StayState::out_closed_loop});
  return Decision{{TakenBack{stay->id, stay->person, stay->site, stay->cdc, stay->regime,
                             check_after(context.occurred_at, context, stay->id.home())}}};
}

}  // namespace

void add_absence(Desk& desk) {
  desk.operation<ReportLeftControl>("report_left_control", {"报告脱管", "Report who left control"})
      .by({Role::QM, Role::QD, Role::GRID, Role::TRN, Role::POL, Role::CDC})
      .deed()
      .keys(own_stay<ReportLeftControl>)
      .place(site_of<ReportLeftControl>)
      .decide(left);
  desk.operation<RecordLocated>("record_located", {"记录找回", "Record who was found"})
      .by({Role::QM, Role::QD, Role::GRID, Role::POL, Role::CDC})
      .deed()
      .keys(own_stay<RecordLocated>)
      .place(cdc_of<RecordLocated>)
      .decide(located);
  desk.operation<SendOut>("send_out", {"闭环送医", "Send to hospital in a closed loop"})
      .by({Role::QD, Role::QM})
      .life_saving()
      .keys(own_stay<SendOut>)
      .place(site_of<SendOut>)
      .decide(send_out);
  desk.operation<TakeBack>("take_back", {"送医返回", "Take back from hospital"})
      .by({Role::QD, Role::QM})
      .keys(own_stay<TakeBack>)
      .place(site_of<TakeBack>)
      .decide(take_back);
}

}  // namespace fx::isolation
