// A gate opens with its first shift and closes with its last. Open without a record: the silence is counted.
#include "desks/gates/operations.hpp"

namespace fx::gates {
namespace {

/// R-DUT-3: who leads another gate now.
void judge_leader(const std::optional<AccountId>& leader, UnitId gate, const View& view, Refusals& no) {
  if (!leader) return;
  const Claim* claim = view.find<Claim>(gate_of_leader(*leader));
  if (claim != nullptr && !claim->holder.is_nil() && claim->holder != gate.raw) no.add("R-DUT-3", "/leader");
}

void claim_leader(const std::optional<AccountId>& leader, KeySet& keys) {
  if (leader) keys.own<Claim>(gate_of_leader(*leader));
}

/// The shift that runs, its leader and everybody who keeps the gate let go of their claims.
void own_running(UnitId id, const View& view, KeySet& keys) {
  const Gate* gate = view.find<Gate>(id.raw);
  if (gate == nullptr) return;
  if (gate->shift) keys.own<GateShift>(*gate->shift);
  claim_leader(gate->leader, keys);
  for (const AccountId keeper : gate->keepers) keys.own<Claim>(gate_of_keeper(keeper));
}

Result<Decision> open_gate(const OpenGate& c, const View& view, const Context& context) {
  const Gate* gate = view.find<Gate>(c.gate.raw);
  const Unit* unit = context.reference.unit(c.gate);
  Refusals no;
  if (unit == nullptr || !unit->active) no.add(unknown("/gate"));
  if (gate != nullptr && gate->open) no.add(wrong_state("open", {"closed"}, "/gate"));
  if (view.find<GateShift>(c.shift) != nullptr) no.add(wrong_state("begun", {"new"}, "/shift"));
  judge_leader(c.leader, c.gate, view, no);
  if (!no.empty()) return no;
  return Decision{{GateOpened{c.gate, c.kind, c.shift, full_minute(context.occurred_at)},
                   GateShiftBegun{c.shift, c.gate, c.leader}}};
}

Result<Decision> close_gate(const CloseGate& c, const View& view, const Context&) {
  const Gate* gate = view.find<Gate>(c.gate.raw);
  if (gate == nullptr) return unknown("/gate");
  if (!gate->open) return wrong_state("closed", {"open"}, "/gate");
  Decision out;
  for (const AccountId keeper : gate->keepers) out.events.emplace_back(KeeperLeft{c.gate, keeper});
  out.events.emplace_back(GateShiftEnded{*gate->shift, c.gate, gate->leader});
  out.events.emplace_back(GateClosed{c.gate, *gate->shift});
  return out;
}

Result<Decision> begin_shift(const BeginGateShift& c, const View& view, const Context&) {
  const Gate* gate = view.find<Gate>(c.gate.raw);
  if (gate == nullptr) return unknown("/gate");
  Refusals no;
  if (!gate->open) no.add(wrong_state("closed", {"open"}, "/gate"));
  if (view.find<GateShift>(c.shift) != nullptr) no.add(wrong_state("begun", {"new"}, "/shift"));
  judge_leader(c.leader, c.gate, view, no);
  if (!no.empty()) return no;
  return Decision{
      {GateShiftEnded{*gate->shift, c.gate, gate->leader}, GateShiftBegun{c.shift, c.gate, c.leader}}};
}

Result<Decision> name_leader(const NameGateLeader& c, const View& view, const Context&) {
  const GateShift* shift = view.find<GateShift>(c.shift);
  if (shift == nullptr) return unknown("/shift");
  Refusals no;
  if (shift->ended_at) no.add(wrong_state("ended", {"begun"}, "/shift"));
  judge_leader(c.leader, shift->gate, view, no);
  if (!no.empty()) return no;
  if (shift->leader == c.leader) return Decision{};
  return Decision{{GateLeaderNamed{c.shift, shift->gate, c.leader, shift->leader}}};
}

void keys_of_leader(const NameGateLeader& c, const View& view, const Context&, KeySet& keys) {
  const GateShift* shift = view.find<GateShift>(c.shift);
  if (shift == nullptr) return;
  keys.own<Gate>(shift->gate.raw);
  claim_leader(shift->leader, keys);
}

Result<Decision> join_gate(const JoinGate& c, const View& view, const Context& context) {
  const Gate* gate = view.find<Gate>(c.gate.raw);
  if (gate == nullptr) return unknown("/gate");
  if (!gate->open) return wrong_state("closed", {"open"}, "/gate");
  if (keeps(gate, context.actor.account)) return Decision{};
  const Claim* claim = view.find<Claim>(gate_of_keeper(context.actor.account));
  if (claim != nullptr && !claim->holder.is_nil()) return refuse("R-GAT-6", "/gate");
  return Decision{{KeeperJoined{c.gate, context.actor.account}}};
}

Result<Decision> leave_gate(const LeaveGate& c, const View& view, const Context& context) {
  const Gate* gate = view.find<Gate>(c.gate.raw);
  if (gate == nullptr) return unknown("/gate");
  if (!keeps(gate, context.actor.account)) return refuse("R-GAT-1", "/gate");
  return Decision{{KeeperLeft{c.gate, context.actor.account}}};
}

template <class C>
void own_gate_and_keeper(const C& c, const Context& context, KeySet& keys) {
  keys.own<Gate>(c.gate.raw);
  keys.own<Claim>(gate_of_keeper(context.actor.account));
}

const std::vector<Role> heads{Role::GK, Role::FRP, Role::DO, Role::DL, Role::CMD};

}  // namespace

void add_gates(Desk& desk) {
  desk.operation<OpenGate>("open_gate", {"开启卡口", "Open a gate"})
      .by(heads)
      .keys([](const OpenGate& c, const Context&, KeySet& keys) {
        keys.own<Gate>(c.gate.raw).own<GateShift>(c.shift);
        claim_leader(c.leader, keys);
      })
      .place(the_gate<OpenGate>)
      .decide(open_gate);
  desk.operation<CloseGate>("close_gate", {"关闭卡口", "Close a gate"})
      .by(heads)
      .keys([](const CloseGate& c, const Context&, KeySet& keys) { keys.own<Gate>(c.gate.raw); })
      .more_keys([](const CloseGate& c, const View& view, const Context&, KeySet& keys) {
        own_running(c.gate, view, keys);
      })
      .place(the_gate<CloseGate>)
      .decide(close_gate);
}

void add_shifts(Desk& desk) {
  desk.operation<BeginGateShift>("begin_gate_shift", {"卡口换班", "Begin a shift at a gate"})
      .by(heads)
      .keys([](const BeginGateShift& c, const Context&, KeySet& keys) {
        keys.own<Gate>(c.gate.raw).own<GateShift>(c.shift);
        claim_leader(c.leader, keys);
      })
      .more_keys([](const BeginGateShift& c, const View& view, const Context&, KeySet& keys) {
        own_running(c.gate, view, keys);
      })
      .place(the_gate<BeginGateShift>)
      .decide(begin_shift);
  desk.operation<NameGateLeader>("name_gate_leader", {"指定带班领导", "Name the leader of a gate's shift"})
      .by({Role::FRP, Role::DO, Role::DL, Role::CMD})
      .keys([](const NameGateLeader& c, const Context&, KeySet& keys) {
        keys.own<GateShift>(c.shift).own<Claim>(gate_of_leader(c.leader));
      })
      .more_keys(keys_of_leader)
      .place([](const NameGateLeader& c, const View& view, const Context&) {
        const GateShift* shift = view.find<GateShift>(c.shift);
        return shift != nullptr ? std::optional(shift->gate) : std::nullopt;
      })
      .decide(name_leader);
  desk.operation<JoinGate>("join_gate", {"上岗查验", "Take post at a gate"})
      .by({Role::GK})
      .keys(own_gate_and_keeper<JoinGate>)
      .place(the_gate<JoinGate>)
      .decide(join_gate);
  desk.operation<LeaveGate>("leave_gate", {"下岗", "Leave the post at a gate"})
      .by({Role::GK})
      .keys(own_gate_and_keeper<LeaveGate>)
      .place(the_gate<LeaveGate>)
      .decide(leave_gate);
}

}  // namespace fx::gates
