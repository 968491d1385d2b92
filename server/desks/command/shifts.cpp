// Duty officer and leader on shift (A2): planned, checked in, handed over.

#include "desks/command/commands.hpp"
#include "desks/command/facts.hpp"
#include "desks/command/operations.hpp"
#include "kernel/guards.hpp"

namespace fx::command {
namespace {

bool is_duty_role(Role role) { return role == Role::DO || role == Role::DL; }
Role other_role(Role role) { return role == Role::DO ? Role::DL : Role::DO; }

bool holds(const Context& context, AccountId account, UnitId unit, Role role) {
  const auto holders = context.reference.holders({unit, role}, context.now);
  return std::ranges::find(holders, account) != holders.end();
}

Result<Decision> plan_shift(const PlanShift& c, const View& view, const Context& context) {
  Refusals no;
  if (view.find<Shift>(c.shift) != nullptr) no.add("R-DUT-4", "/shift");
  if (!is_duty_role(c.role)) no.add("R-DUT-5", "/role");
  if (context.reference.unit(c.unit) == nullptr) no.add(unknown("/unit"));
  if (c.ends <= c.starts) no.add("R-DUT-6", "/ends");
  if (!holds(context, c.account, c.unit, c.role)) no.add("R-DUT-7", "/account");
  // One person cannot be officer and leader of a unit at once: the other post's holder must be somebody else.
  if (holds(context, c.account, c.unit, other_role(c.role)) &&
      context.reference.holders({c.unit, other_role(c.role)}, context.now).size() == 1)
    no.add("R-DUT-1", "/account");
  if (!no.empty()) return no;
  return Decision{
      {ShiftPlanned{c.shift, post_id(c.unit, c.role), c.unit, c.role, c.account, c.starts, c.ends}}};
}

Result<Decision> confirm_shift(const ConfirmShift& c, const View& view, const Context& context) {
  const Shift* shift = view.find<Shift>(c.shift);
  if (shift == nullptr) return unknown("/shift");
  Refusals no;
  if (shift->state != ShiftState::planned) no.add(wrong_state(enum_text(shift->state), {"planned"}));
  if (shift->account != context.actor.account) no.add("R-DUT-8", "/shift");
  if (!no.empty()) return no;
  return Decision{{ShiftConfirmed{c.shift}}};
}

ShiftId shift_of(const CheckIn& c, const Context& context) {
  return c.shift.value_or(context.new_id<ShiftTag>("shift", c.unit.home()));
}

/// What speaks against beginning this shift; a substitute comes only after the no-show is recorded.
void judge_shift(const CheckIn& c, const Shift& shift, const Context& context, Refusals& no) {
  using enum ShiftState;
  if (!is_one_of(shift.state, {planned, confirmed, no_show}))
    no.add(wrong_state(shift.state, {planned, confirmed, no_show}));
  const bool same_post = shift.unit == c.unit && shift.role == c.role;
  const bool substitute = shift.account != context.actor.account && shift.state != no_show;
  if (!same_post || substitute) no.add("R-DUT-8", "/shift");
}

/// The shift at this post that nobody handed over.
std::optional<ShiftId> unsigned_shift(const CheckIn& c, const View& view, const Context& context) {
  const PostNow* post = view.find<PostNow>(post_id(c.unit, c.role));
  return post != nullptr && post->shift && *post->shift != shift_of(c, context) ? post->shift : std::nullopt;
}

Result<Decision> check_in(const CheckIn& c, const View& view, const Context& context) {
  Refusals no;
  if (!is_duty_role(c.role)) no.add("R-DUT-5", "/role");
  if (!context.actor.has(c.role) || context.actor.unit != c.unit) no.add("R-DUT-7", "/unit");
  const Shift* shift = view.find<Shift>(shift_of(c, context));
  if (c.shift && shift == nullptr) no.add(unknown("/shift"));
  if (shift != nullptr) judge_shift(c, *shift, context, no);
  const PostNow* other = view.find<PostNow>(post_id(c.unit, other_role(c.role)));
  if (other != nullptr && other->account == context.actor.account) no.add("R-DUT-1", "/role");
  if (!no.empty()) return no;
  return Decision{{ShiftCheckedIn{post_id(c.unit, c.role), shift_of(c, context), c.unit, c.role,
                                  context.actor.account, unsigned_shift(c, view, context)}}};
}

Result<Decision> report_no_show(const ReportNoShow& c, const View& view, const Context& context) {
  const Shift* shift = view.find<Shift>(c.shift);
  if (shift == nullptr) return unknown("/shift");
  Refusals no;
  if (shift->state != ShiftState::planned && shift->state != ShiftState::confirmed)
    no.add(wrong_state(enum_text(shift->state), {"planned", "confirmed"}));
  if (context.occurred_at < shift->starts) no.add("R-DUT-9", "/shift");
  if (!no.empty()) return no;
  return Decision{
      {ShiftMissed{c.shift, post_id(shift->unit, shift->role), shift->unit, shift->role, shift->account}}};
}

Result<Decision> hand_over(const HandOver& c, const View& view, const Context& context) {
  const Shift* shift = view.find<Shift>(c.shift);
  if (shift == nullptr) return unknown("/shift");
  Refusals no;
  if (shift->state != ShiftState::on_duty) no.add(wrong_state(enum_text(shift->state), {"on_duty"}));
  if (context.actor.account != shift->account && context.actor.account != c.to) no.add("R-DUT-8", "/shift");
  if (c.to == shift->account) no.add("R-DUT-10", "/to");
  if (!holds(context, c.to, shift->unit, shift->role)) no.add("R-DUT-7", "/to");
  if (!c.open_matters_accepted) no.add("R-DUT-2", "/open_matters_accepted");
  const PostNow* other = view.find<PostNow>(post_id(shift->unit, other_role(shift->role)));
  if (other != nullptr && other->account == c.to) no.add("R-DUT-1", "/to");
  if (!no.empty()) return no;
  return Decision{{ShiftHandedOver{c.shift, post_id(shift->unit, shift->role), shift->unit, shift->role,
                                   shift->account, c.to, c.note ? c.note->ref : TextRef{}}}};
}

template <class C>
void own_shift(const C& c, const Context&, KeySet& keys) {
  keys.own<Shift>(c.shift);
}

template <class C>
void posts_of_shift(const C& c, const View& view, const Context&, KeySet& keys) {
  const Shift* shift = view.find<Shift>(c.shift);
  if (shift == nullptr) return;
  keys.own<PostNow>(post_id(shift->unit, shift->role))
      .read<PostNow>(post_id(shift->unit, other_role(shift->role)));
}

template <class C>
std::optional<UnitId> unit_of_shift(const C& c, const View& view, const Context&) {
  const Shift* shift = view.find<Shift>(c.shift);
  return shift != nullptr ? std::optional(shift->unit) : std::nullopt;
}

}  // namespace

void add_shift_operations(Desk& desk) {
  desk.operation<PlanShift>("plan_shift", {"排班", "Plan a shift"})
      .by({Role::DO, Role::DL, Role::ADM})
      .keys(own_shift<PlanShift>)
      .place([](const PlanShift& c, const View&, const Context&) { return std::optional(c.unit); })
      .decide(plan_shift);
  desk.operation<ConfirmShift>("confirm_shift", {"确认班次", "Confirm a shift"})
      .by({Role::DO, Role::DL})
      .keys(own_shift<ConfirmShift>)
      .place(unit_of_shift<ConfirmShift>)
      .decide(confirm_shift);
  desk.operation<CheckIn>("check_in", {"签到上岗", "Check in"})
      .by({Role::DO, Role::DL})
      .deed()
      .keys([](const CheckIn& c, const Context& context, KeySet& keys) {
        keys.own<Shift>(shift_of(c, context)).own<PostNow>(post_id(c.unit, c.role));
        keys.read<PostNow>(post_id(c.unit, other_role(c.role)));
      })
      .more_keys([](const CheckIn& c, const View& view, const Context& context, KeySet& keys) {
        if (const auto relieved = unsigned_shift(c, view, context)) keys.own<Shift>(*relieved);
      })
      .place([](const CheckIn& c, const View&, const Context&) { return std::optional(c.unit); })
      .decide(check_in);
  desk.operation<ReportNoShow>("report_no_show", {"登记未到岗", "Report a no-show"})
      .by({Role::DO, Role::DL, Role::FRP, Role::CMD})
      .keys(own_shift<ReportNoShow>)
      .more_keys(posts_of_shift<ReportNoShow>)
      .place(unit_of_shift<ReportNoShow>)
      .decide(report_no_show);
  desk.operation<HandOver>("hand_over", {"交接班", "Hand over the shift"})
      .by({Role::DO, Role::DL})
      .keys(own_shift<HandOver>)
      .more_keys(posts_of_shift<HandOver>)
      .place(unit_of_shift<HandOver>)
      .decide(hand_over);
}

}  // namespace fx::command
