#pragma once

#include "journal/testing/fake_desk.hpp"
#include "kernel/engine.hpp"

// Operations, an arrow and a rulebook for the house, so that the production engine runs on it.
namespace fx::journal::testing_desk {

struct AdmitGuest {
  PersonId guest;
  UnitId unit;
};
BOOST_DESCRIBE_STRUCT(AdmitGuest, (), (guest, unit))
struct MoveGuest {
  PersonId guest;
  Mood mood = Mood::calm;
};
BOOST_DESCRIBE_STRUCT(MoveGuest, (), (guest, mood))
struct SeatGuest {
  PersonId guest;
  PersonId host;  ///< is looked at, not changed
};
BOOST_DESCRIBE_STRUCT(SeatGuest, (), (guest, host))

inline Desk working_house() {
  Desk desk = house();
  desk.operation<AdmitGuest>("admit_guest", {"入住", "Admit"})
      .by({Role::NUR})
      .keys([](const AdmitGuest& c, const Context&, KeySet& keys) { keys.own<Guest>(c.guest); })
      .decide([](const AdmitGuest& c, const View& view, const Context&) -> Result<Decision> {
        if (view.find<Guest>(c.guest) != nullptr) return refuse("R-HSE-1", "/guest");
        return Decision{{GuestArrived{c.guest, c.unit, 1.5, {"tea"}, {}}}};
      });
  const auto move = [](const MoveGuest& c, const View& view, const Context&) -> Result<Decision> {
    if (view.find<Guest>(c.guest) == nullptr) return refuse("R-HSE-2", "/guest");
    return Decision{{GuestMoved{c.guest, c.mood}}};
  };
  const auto keys = [](const MoveGuest& c, const Context&, KeySet& k) { k.own<Guest>(c.guest); };
  desk.operation<SeatGuest>("seat_guest", {"入座", "Seat"})
      .by({Role::NUR})
      .keys([](const SeatGuest& c, const Context&, KeySet& k) { k.own<Guest>(c.guest).read<Guest>(c.host); })
      .decide([](const SeatGuest& c, const View& view, const Context&) -> Result<Decision> {
        if (view.find<Guest>(c.host) == nullptr) return refuse("R-HSE-3", "/host");
        return Decision{{GuestArrived{c.guest, {}, 1.5, {}, {}}}};
      });
  desk.operation<MoveGuest>("move_guest", {"移动", "Move"}).by({Role::NUR}).keys(keys).decide(move);
  desk.operation<MoveGuest>("greet", {"问候", "Greet"}).internal().keys(keys).decide(move);
  return desk;
}

inline Arrow greeting() {
  return arrow<GuestArrived>("greeting", "house.greet", [](const GuestArrived& e, const Happened&) {
    return std::vector{hand_over("house.greet", MoveGuest{e.guest, Mood::worried})};
  });
}

/// An arrival owes a farewell within two hours: reminded after one, overdue after two, reminded each hour up to five.
struct HouseRules final : Rules {
  RuleValue value(std::string_view, Instant, std::int32_t) const override { return {}; }
  void bar_keys(const Operation&, const void*, const View&, const Context&, KeySet&) const override {}
  Refusals bars(const Operation&, const void*, const View&, const Context&) const override { return {}; }
  Consequences on(const Happened& happened, const View& view, const std::vector<RowChange>&,
                  const Context& context) const override {
    Consequences out;
    if (const auto* arrived = happened.event.as<GuestArrived>()) {
      Duty duty;
      duty.rule = "OB-HSE";
      duty.frozen = "OB-HSE@1";
      duty.jurisdiction = happened.jurisdiction;
      duty.about = arrived->guest.raw;
      duty.about_kind = "guest";
      duty.debtor_unit = arrived->unit;
      duty.debtor_role = Role::NUR;
      duty.opened_at = context.now;
      duty.counted_from = happened.occurred_at;
      duty.due_at = happened.occurred_at + std::chrono::hours(2);
      duty.step_at = happened.occurred_at + std::chrono::hours(1);
      out.effects.opened.push_back(std::move(duty));
      out.frozen.push_back({"OB-HSE@1", R"({"hours":2})"});
    }
    if (const auto* moved = happened.event.as<GuestMoved>(); moved != nullptr && moved->mood == Mood::gone)
      for (const Duty* duty : view.open_duties(moved->guest.raw))
        out.effects.met.push_back(
            {duty->no, happened.occurred_at,
             happened.occurred_at > duty->due_at ? DutyState::discharged_late : DutyState::discharged,
             false});
    return out;
  }
  Step step(const Duty& duty, std::string_view frozen_json, Instant now, const Reference&) const override {
    FX_ASSERT(frozen_json == R"({"hours":2})", "the frozen text comes from the store");
    Step out;
    out.step.step = duty.step + 1;
    out.step.state = duty.step == 0 ? DutyState::due_soon : DutyState::overdue;
    if (duty.step < 4) out.step.next = *duty.step_at + std::chrono::hours(1);
    Notice notice;
    notice.jurisdiction = duty.jurisdiction;
    notice.unit = duty.debtor_unit;
    notice.role = duty.debtor_role;
    notice.about = duty.about;
    notice.kind = duty.step == 0 ? NoticeKind::due_soon : NoticeKind::overdue;
    notice.sent_at = now;
    out.notices.push_back(std::move(notice));
    return out;
  }
  std::vector<Period> periods(Instant, Instant, const Reference&) const override { return {}; }
  Instant next_step_at(const Duty& duty, std::string_view) const override { return duty.due_at; }
  std::string version() const override { return "house"; }
};

struct Everywhere final : Access {
  bool in_scope(const Actor&, const Unit&, const Reference&) const override { return true; }
};

}  // namespace fx::journal::testing_desk
