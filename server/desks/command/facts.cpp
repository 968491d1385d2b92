#include "desks/command/facts.hpp"

#include "kernel/runtime_events.hpp"

namespace fx::command {
namespace {

void unit_facts(Desk& desk) {
  desk.table<Unit>({.indexes = {"kind"}})
      .table<Holding>({.indexes = {"unit", "account"}})
      .table<Account>({.indexes = {"unit"}});
  desk.evolves<UnitCreated, Unit>(&UnitCreated::unit, [](Unit& row, const UnitCreated& e, const Stamp&) {
    row = {e.unit, e.code, e.name_zh, e.name_en, e.kind, e.level, e.jurisdiction, e.parent, true};
  });
  desk.evolves<UnitChanged, Unit>(&UnitChanged::unit, [](Unit& row, const UnitChanged& e, const Stamp&) {
    row.name_zh = e.name_zh;
    row.name_en = e.name_en;
    row.parent = e.parent;
  });
  desk.evolves<UnitClosed, Unit>(&UnitClosed::unit,
                                 [](Unit& row, const UnitClosed&, const Stamp&) { row.active = false; });
  desk.evolves<Appointed, Holding>(&Appointed::holding, [](Holding& row, const Appointed& e, const Stamp&) {
    row = {e.holding, e.account, e.unit, e.role, e.from, {}};
  });
  desk.evolves<AppointmentEnded, Holding>(
      &AppointmentEnded::holding,
      [](Holding& row, const AppointmentEnded& e, const Stamp&) { row.until = e.until; });
}

void account_facts(Desk& desk) {
  desk.evolves<AccountCreated, Account>(&AccountCreated::account,
                                        [](Account& row, const AccountCreated& e, const Stamp&) {
                                          row = {e.account, e.unit, true, e.identity_hash};
                                        });
  desk.evolves<AccountCreated, Claim>(
      &AccountCreated::user_claim,
      [](Claim& row, const AccountCreated& e, const Stamp&) { row = {e.user_claim, "user", e.account.raw}; });
  desk.evolves<PasswordReset, Account>(
      &PasswordReset::account,
      [](Account& row, const PasswordReset& e, const Stamp&) { row.identity_hash = e.identity_hash; });
  desk.evolves<AccountClosed, Account>(
      &AccountClosed::account, [](Account& row, const AccountClosed&, const Stamp&) { row.active = false; });
}

void shift_facts(Desk& desk) {
  desk.table<Shift>({.indexes = {"unit, starts"}}).table<PostNow>({.indexes = {"unit"}});
  desk.evolves<ShiftPlanned, Shift>(
      &ShiftPlanned::shift, [](Shift& row, const ShiftPlanned& e, const Stamp&) {
        row = {e.shift, e.unit, e.role, e.account, e.starts, e.ends, ShiftState::planned, {}, {}};
      });
  desk.evolves<ShiftConfirmed, Shift>(
      &ShiftConfirmed::shift,
      [](Shift& row, const ShiftConfirmed&, const Stamp&) { row.state = ShiftState::confirmed; });
  desk.evolves<ShiftCheckedIn, Shift>(&ShiftCheckedIn::shift, [](Shift& row, const ShiftCheckedIn& e,
                                                                 const Stamp& at) {
    if (row.unit.is_nil())
      row = {e.shift, e.unit, e.role, e.account, at.occurred_at, at.occurred_at, ShiftState::planned, {}, {}};
    row.account = e.account;
    row.state = ShiftState::on_duty;
    row.checked_in_at = at.occurred_at;
  });
  desk.evolves<ShiftCheckedIn, Shift>(&ShiftCheckedIn::relieves,
                                      [](Shift& row, const ShiftCheckedIn& e, const Stamp& at) {
                                        row.state = ShiftState::closed;
                                        row.ends = at.occurred_at;
                                        row.successor = e.account;
                                      });
  desk.evolves<ShiftCheckedIn, PostNow>(&ShiftCheckedIn::post,
                                        [](PostNow& row, const ShiftCheckedIn& e, const Stamp& at) {
                                          row = {e.post, e.unit, e.role, e.shift, e.account, at.occurred_at};
                                        });
  desk.evolves<ShiftMissed, Shift>(&ShiftMissed::shift, [](Shift& row, const ShiftMissed&, const Stamp&) {
    row.state = ShiftState::no_show;
  });
  desk.evolves<ShiftHandedOver, Shift>(&ShiftHandedOver::shift,
                                       [](Shift& row, const ShiftHandedOver& e, const Stamp& at) {
                                         row.state = ShiftState::handed_over;
                                         row.ends = at.occurred_at;
                                         row.successor = e.to;
                                       });
  desk.evolves<ShiftHandedOver, PostNow>(&ShiftHandedOver::post,
                                         [](PostNow& row, const ShiftHandedOver& e, const Stamp& at) {
                                           row = {e.post, e.unit, e.role, {}, e.to, at.occurred_at};
                                         });
}

void notice_facts(Desk& desk) {
  desk.evolves<NoticeAcknowledged, Notice>([](const NoticeAcknowledged& e) { return key_of_no(e.notice); },
                                           [](Notice& row, const NoticeAcknowledged& e, const Stamp& at) {
                                             if (!row.delivered_at) {
                                               row.delivered_at = std::max(at.occurred_at, row.sent_at);
                                               row.delivered_by = "in_app";
                                             }
                                             // A device's clock may lie: nobody acknowledges before the sending.
                                             row.acknowledged_at = std::max(at.occurred_at, row.sent_at);
                                             row.acknowledged_by = e.by;
                                           });
  desk.evolves<NoticeDelivered, Notice>([](const NoticeDelivered& e) { return key_of_no(e.notice); },
                                        [](Notice& row, const NoticeDelivered& e, const Stamp& at) {
                                          row.delivered_at = at.occurred_at;
                                          row.delivered_by = enum_text(e.by);
                                        });
}

}  // namespace

void add_facts(Desk& desk) {
  desk.event<UnitCreated>().event<UnitChanged>().event<UnitClosed>();
  desk.event<AccountCreated>()
      .event<PasswordReset>()
      .event<AccountClosed>()
      .event<Appointed>()
      .event<AppointmentEnded>();
  desk.event<ShiftPlanned>()
      .event<ShiftConfirmed>()
      .event<ShiftCheckedIn>()
      .event<ShiftMissed>()
      .event<ShiftHandedOver>();
  desk.event<NoticeAcknowledged>().event<NoticeDelivered>().event<TimeConfirmed>();
  desk.event<DisputeSettled>().evolves<DisputeSettled, Dispute>(
      &DisputeSettled::about, [](Dispute& row, const DisputeSettled& e, const Stamp& at) {
        row.settled_by = e.by;
        row.settled_at = at.occurred_at;
        row.settlement = e.settlement;
      });
  unit_facts(desk);
  account_facts(desk);
  shift_facts(desk);
  notice_facts(desk);
}

}  // namespace fx::command
