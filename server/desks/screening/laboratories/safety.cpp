// The daily biosafety sheet and the reagents. A lapsed or unfit cabinet holds the laboratory: it receives nothing
// (R-LAB-2). Anything else that is amiss is a defect, and work goes on.
#include "desks/screening/laboratories/operations.hpp"

namespace fx::screening {
namespace {

Result<Decision> file(const FileBiosafety& c, const View& view, const Context& context) {
  if (view.find<Laboratory>(context.actor.unit) == nullptr) return unknown("");
  const Day today = day_of(context.occurred_at);
  const bool unfit = !c.cabinet || c.cabinet_certified_until < today;
  const bool amiss = !c.autoclave || !c.spill_kit || !c.controls || c.calibrated_until < today;
  const SafetyState state = unfit ? SafetyState::held : amiss ? SafetyState::defect : SafetyState::in_order;
  return Decision{{BiosafetyFiled{context.actor.unit, state, c.cabinet, c.autoclave, c.spill_kit, c.controls,
                                  c.cabinet_certified_until, c.calibrated_until},
                   BiosafetyDue{context.actor.unit, next_working_noon(context.occurred_at)}}};
}

Result<Decision> register_lot(const RegisterReagentLot& c, const View& view, const Context& context) {
  const ReagentLotId lot = reagent_lot_id(context.actor.unit, c.code);
  Refusals no;
  if (c.code.empty()) no.add(missing("/code"));
  if (view.find<ReagentLot>(lot) != nullptr) no.add("R-TUB-11", "/code");
  if (c.expires < day_of(context.occurred_at)) no.add("R-LAB-3", "/expires");
  if (!no.empty()) return no;
  return Decision{{ReagentLotRegistered{lot, context.actor.unit, c.code, c.product, c.expires}}};
}

Result<Decision> block_lot(const BlockReagentLot& c, const View& view, const Context& context) {
  const ReagentLotId lot = reagent_lot_id(context.actor.unit, c.code);
  const auto* known = view.find<ReagentLot>(lot);
  if (known == nullptr) return unknown("/code");
  Refusals no;
  if (known->blocked) no.add(wrong_state("blocked", {"in_use"}));
  if (c.reason.empty()) no.add(missing("/reason"));
  if (!no.empty()) return no;
  return Decision{{ReagentLotBlocked{lot, context.actor.unit, c.reason.ref}}};
}

}  // namespace

void judge_lot(const std::string& code, UnitId laboratory, const View& view, const Context& context,
               Refusals& no) {
  if (code.empty()) no.add(missing("/reagent_lot"));
  const auto* lot = view.find<ReagentLot>(reagent_lot_id(laboratory, code));
  if (lot != nullptr && (lot->blocked || lot->expires < day_of(context.occurred_at)))
    no.add("R-LAB-3", "/reagent_lot");
}

namespace {

template <class C>
void own_lot(const C& c, const Context& context, KeySet& keys) {
  keys.own<ReagentLot>(reagent_lot_id(context.actor.unit, c.code));
}

}  // namespace

void laboratory_safety(Desk& desk) {
  desk.operation<FileBiosafety>("file_biosafety", {"填报生物安全表", "File the biosafety sheet"})
      .by({Role::LAB, Role::LAA, Role::FRP})
      .keys([](const FileBiosafety&, const Context& context, KeySet& keys) {
        keys.own<Laboratory>(context.actor.unit);
      })
      .decide(file);
  desk.operation<RegisterReagentLot>("register_reagent_lot", {"登记试剂批号", "Register a reagent lot"})
      .by({Role::LAB, Role::LAA})
      .keys(own_lot<RegisterReagentLot>)
      .decide(register_lot);
  desk.operation<BlockReagentLot>("block_reagent_lot", {"停用试剂批号", "Block a reagent lot"})
      .by({Role::LAA, Role::HA})
      .keys(own_lot<BlockReagentLot>)
      .decide(block_lot);
}

}  // namespace fx::screening
