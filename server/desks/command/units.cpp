// Units and posts: who exists, who holds what.

#include <algorithm>
#include <set>

#include "desks/command/commands.hpp"
#include "desks/command/facts.hpp"
#include "desks/command/operations.hpp"
#include "kernel/guards.hpp"

namespace fx::command {
namespace {

bool code_is_sane(const CreateUnit& c) {
  return !c.code.empty() && c.jurisdiction >= 0 && c.jurisdiction <= 999999 &&
         level_of(c.jurisdiction) <= c.level;
}

Result<Decision> create_unit(const CreateUnit& c, const View& view, const Context& context) {
  Refusals no;
  if (view.find<Unit>(c.unit) != nullptr) no.add("R-UNI-1", "/unit");
  if (!code_is_sane(c)) no.add("R-UNI-2", "/jurisdiction");
  if (c.name_zh.empty()) no.add("R-UNI-3", "/name_zh");
  if (c.parent && context.reference.unit(*c.parent) == nullptr) no.add(unknown("/parent"));
  if (!context.actor.system() && !within(context.actor.jurisdiction, c.jurisdiction))
    no.add("R-SCOPE", "/jurisdiction");
  if (!no.empty()) return no;
  return Decision{
      {UnitCreated{c.unit, c.code, c.name_zh, c.name_en, c.kind, c.level, c.jurisdiction, c.parent}}};
}

/// Would the unit stand below itself? Routes and scopes climb parents: a circle would never end.
bool below_itself(const ChangeUnit& c, const Reference& reference) {
  std::set<UnitId> seen{c.unit};
  for (auto up = c.parent; up;) {
    if (!seen.insert(*up).second) return true;
    const Unit* unit = reference.unit(*up);
    up = unit != nullptr ? unit->parent : std::nullopt;
  }
  return false;
}

bool has_active_children(const Reference& reference, UnitId unit) {
  return std::ranges::any_of(reference.children(unit), [](const Unit* child) { return child->active; });
}

Result<Decision> change_unit(const ChangeUnit& c, const View& view, const Context& context) {
  if (view.find<Unit>(c.unit) == nullptr) return unknown("/unit");
  Refusals no;
  if (c.name_zh.empty()) no.add("R-UNI-3", "/name_zh");
  if (c.parent && context.reference.unit(*c.parent) == nullptr)
    no.add(unknown("/parent"));
  else if (below_itself(c, context.reference))
    no.add("R-UNI-5", "/parent");
  if (!no.empty()) return no;
  return Decision{{UnitChanged{c.unit, c.name_zh, c.name_en, c.parent}}};
}

Result<Decision> close_unit(const CloseUnit& c, const View& view, const Context& context) {
  const Unit* unit = view.find<Unit>(c.unit);
  if (unit == nullptr) return unknown("/unit");
  Refusals no;
  if (!unit->active) no.add(wrong_state("closed", {"active"}));
  if (has_active_children(context.reference, c.unit)) no.add("R-UNI-4", "/unit");
  if (!no.empty()) return no;
  return Decision{{UnitClosed{c.unit}}};
}

int holders_of(const Context& context, UnitId unit, Role role) {
  return static_cast<int>(context.reference.holders({unit, role}, context.now).size());
}

Result<Decision> appoint(const Appoint& c, const View& view, const Context& context) {
  Refusals no;
  const Account* account = view.find<Account>(c.account);
  if (view.find<Holding>(c.holding) != nullptr) no.add("R-POS-2", "/holding");
  if (account == nullptr || !account->active) no.add(unknown("/account"));
  const Unit* unit = context.reference.unit(c.unit);
  if (unit == nullptr || !unit->active) no.add(unknown("/unit"));
  if (c.role == Role::SYS) no.add("R-POS-3", "/role");
  const auto most =
      context.number("A.frp.max", unit != nullptr ? unit->jurisdiction : context.actor.jurisdiction);
  if (c.role == Role::FRP && most && holders_of(context, c.unit, Role::FRP) >= static_cast<int>(*most))
    no.add("R-FRP-1", "/role");
  if (!no.empty()) return no;
  return Decision{{Appointed{c.holding, c.account, c.unit, c.role, c.from.value_or(context.now)}}};
}

Result<Decision> end_appointment(const EndAppointment& c, const View& view, const Context& context) {
  const Holding* holding = view.find<Holding>(c.holding);
  if (holding == nullptr) return unknown("/holding");
  if (holding->until) return wrong_state("ended", {"held"});
  return Decision{{AppointmentEnded{c.holding, holding->account, holding->unit, holding->role, context.now}}};
}

std::optional<UnitId> unit_of_holding(const EndAppointment& c, const View& view, const Context&) {
  const Holding* holding = view.find<Holding>(c.holding);
  return holding != nullptr ? std::optional(holding->unit) : std::nullopt;
}

template <class C>
std::optional<UnitId> named_unit(const C& c, const View&, const Context&) {
  return c.unit;
}

template <class C>
void own_unit(const C& c, const Context&, KeySet& keys) {
  keys.own<Unit>(c.unit);
}

}  // namespace

void add_unit_operations(Desk& desk) {
  desk.operation<CreateUnit>("create_unit", {"登记单位", "Register a unit"})
      .by({Role::ADM})
      .keys(own_unit<CreateUnit>)
      .decide(create_unit);
  desk.operation<ChangeUnit>("change_unit", {"更改单位", "Change a unit"})
      .by({Role::ADM})
      .keys(own_unit<ChangeUnit>)
      .place(named_unit<ChangeUnit>)
      .decide(change_unit);
  desk.operation<CloseUnit>("close_unit", {"撤销单位", "Close a unit"})
      .by({Role::ADM})
      .keys(own_unit<CloseUnit>)
      .place(named_unit<CloseUnit>)
      .decide(close_unit);
  desk.operation<Appoint>("appoint", {"任命岗位", "Appoint to a post"})
      .by({Role::ADM})
      .keys([](const Appoint& c, const Context&, KeySet& keys) {
        keys.own<Holding>(c.holding).read<Account>(c.account);
      })
      .place(named_unit<Appoint>)
      .decide(appoint);
  desk.operation<EndAppointment>("end_appointment", {"免去岗位", "End an appointment"})
      .by({Role::ADM})
      .keys([](const EndAppointment& c, const Context&, KeySet& keys) { keys.own<Holding>(c.holding); })
      .place(unit_of_holding)
      .decide(end_appointment);
}

}  // namespace fx::command
