// Check-in at a tested post: refused while the test is overdue, while off post or held, and before a newcomer's first
// negative (R-RTE-1). OVERDUE → OFF_POST is the head's act, or comes with the late sample; the negative result ends it.
#include "desks/screening/facts.hpp"
#include "desks/screening/role_tests/operations.hpp"

namespace fx::screening {
namespace {

Refusal not_at_post(std::string zh, std::string en) {
  return refuse_because("R-RTE-1", "/person", std::move(zh), std::move(en));
}

Result<Decision> check_in(const CheckInAtPost& c, const View& view, const Context& context) {
  const auto* member = view.find<RoleMember>(c.person);
  if (member == nullptr || !member->on_list) return unknown("/person");
  Refusals no;
  if (member->off_post)
    no.add(not_at_post("已离岗：须有核酸阴性结果方可返岗", "Off post: back with a negative result"));
  else if (overdue(*member, context.occurred_at))
    no.add(not_at_post("核酸检测逾期，不能上岗", "The role test is overdue"));
  else if (const auto* tested = view.find<TestedPerson>(c.person);
           tested != nullptr && !tested->held_in.empty())
    no.add(not_at_post("所在混采管阳性或可疑，单采复核前不能上岗",
                       "In a positive or grey pool: not before a single has answered"));
  else if (member->newcomer)
    no.add(not_at_post("新到岗人员须先有一次阴性结果", "A newcomer begins with a first negative result"));
  if (!no.empty()) return no;
  return Decision{{PostCheckedIn{member->id, member->group, member->unit}}};
}

Result<Decision> take_off(const TakeOffPost& c, const View& view, const Context& context) {
  const auto* member = view.find<RoleMember>(c.person);
  if (member == nullptr || !member->on_list) return unknown("/person");
  Refusals no;
  if (member->off_post) no.add(wrong_state("off_post", {"overdue"}));
  if (!overdue(*member, context.occurred_at)) no.add(wrong_state("due", {"overdue"}));
  if (!no.empty()) return no;
  return Decision{
      {TakenOffPost{member->id, member->group, member->unit, context.actor.account, c.substitute_asked}}};
}

template <class C>
std::optional<UnitId> place(const C& c, const View& view, const Context&) {
  const auto* member = view.find<RoleMember>(c.person);
  return member != nullptr ? std::optional(member->unit) : std::nullopt;
}

}  // namespace

void role_posts(Desk& desk) {
  desk.operation<CheckInAtPost>("check_in_at_post", {"岗位签到", "Check in at a tested post"})
      .by({Role::FRP, Role::NUR, Role::DOC, Role::SMP, Role::LAB, Role::GK, Role::QM, Role::QD, Role::MKT})
      .keys([](const CheckInAtPost& c, const Context&, KeySet& keys) {
        keys.own<RoleMember>(c.person).read<TestedPerson>(c.person);
      })
      .place(place<CheckInAtPost>)
      .decide(check_in);
  desk.operation<TakeOffPost>("take_off_post", {"离岗并申请替岗", "Take somebody off the post"})
      .by({Role::FRP, Role::CDC, Role::HA})
      .keys([](const TakeOffPost& c, const Context&, KeySet& keys) { keys.own<RoleMember>(c.person); })
      .place(place<TakeOffPost>)
      .decide(take_off);
}

}  // namespace fx::screening
