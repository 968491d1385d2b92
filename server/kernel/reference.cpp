#include "kernel/reference.hpp"

#include <algorithm>

namespace fx {
namespace {

bool in_force(const Holding& holding, Instant at) {
  return holding.from <= at && (!holding.until || at < *holding.until);
}

bool by_code(const Unit* a, const Unit* b) { return std::tie(a->code, a->id) < std::tie(b->code, b->id); }

}  // namespace

void Reference::add(Unit unit) { units_[unit.id] = std::move(unit); }

void Reference::add(Holding holding) {
  remove_holding(holding.id);
  by_unit_[holding.unit].push_back(holding.id);
  by_account_[holding.account].push_back(holding.id);
  holdings_[holding.id] = holding;
}

void Reference::remove_holding(HoldingId id) {
  const auto found = holdings_.find(id);
  if (found == holdings_.end()) return;
  std::erase(by_unit_[found->second.unit], id);
  std::erase(by_account_[found->second.account], id);
  holdings_.erase(found);
}

const Unit* Reference::unit(UnitId id) const {
  const auto found = units_.find(id);
  return found == units_.end() ? nullptr : &found->second;
}

const Unit* Reference::unit_of(UnitKind kind, std::int32_t jurisdiction) const {
  const Unit* best = nullptr;
  for (const auto& [id, unit] : units_)
    if (unit.active && unit.kind == kind && unit.jurisdiction == jurisdiction &&
        (!best || by_code(&unit, best)))
      best = &unit;
  return best;
}

bool Reference::held(const Post& post, Instant at) const { return !holders(post, at).empty(); }

std::vector<AccountId> Reference::holders(const Post& post, Instant at) const {
  std::vector<AccountId> out;
  const auto found = by_unit_.find(post.unit);
  if (found == by_unit_.end()) return out;
  for (const auto& id : found->second) {
    const Holding& holding = holdings_.at(id);
    if (holding.role == post.role && in_force(holding, at)) out.push_back(holding.account);
  }
  std::ranges::sort(out);
  return out;
}

std::vector<const Holding*> Reference::holdings_of(AccountId account, Instant at) const {
  std::vector<const Holding*> out;
  const auto found = by_account_.find(account);
  if (found == by_account_.end()) return out;
  for (const auto& id : found->second)
    if (in_force(holdings_.at(id), at)) out.push_back(&holdings_.at(id));
  return out;
}

std::vector<const Unit*> Reference::units() const {
  std::vector<const Unit*> out;
  for (const auto& [id, unit] : units_) out.push_back(&unit);
  std::ranges::sort(out, by_code);
  return out;
}

std::vector<const Unit*> Reference::units_of(UnitKind kind) const {
  auto out = units();
  std::erase_if(out, [&](const Unit* unit) { return unit->kind != kind || !unit->active; });
  return out;
}

std::vector<const Unit*> Reference::children(UnitId parent) const {
  auto out = units();
  std::erase_if(out, [&](const Unit* unit) { return unit->parent != parent; });
  return out;
}

}  // namespace fx
