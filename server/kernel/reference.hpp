#pragma once

#include <memory>
#include <optional>
#include <string>
#include <unordered_map>
#include <vector>

#include "kernel/duty.hpp"

namespace fx {

/// A unit: hospital, CDC, command post … one row of the reference table `unit`.
struct Unit {
  static constexpr std::string_view table = "unit";
  static constexpr bool reference = true;
  UnitId id;
  std::string code;  ///< unified social credit code (18) or internal code
  std::string name_zh;
  std::string name_en;
  UnitKind kind = UnitKind::other;
  Level level = Level::county;
  std::int32_t jurisdiction =
      0;  ///< GB/T 2260 code of its place: 990121 county, 990100 city, 990000 province
  std::optional<UnitId> parent;
  bool active = true;
};
BOOST_DESCRIBE_STRUCT(Unit, (), (id, code, name_zh, name_en, kind, level, jurisdiction, parent, active))

/// Who holds which post: one row of the reference table `holding`.
struct Holding {
  static constexpr std::string_view table = "holding";
  static constexpr bool reference = true;
  HoldingId id;
  AccountId account;
  UnitId unit;
  Role role = Role::DO;
  Instant from;
  std::optional<Instant> until;
};
BOOST_DESCRIBE_STRUCT(Holding, (), (id, account, unit, role, from, until))

/// Does `place` lie in `scope`? Codes are GB/T 2260: PPCCDD; 0 is the nation.
inline bool within(std::int32_t scope, std::int32_t place) {
  if (scope == 0 || scope == place) return true;
  if (scope % 10000 == 0) return place / 10000 == scope / 10000;
  if (scope % 100 == 0) return place / 100 == scope / 100;
  return false;
}
inline std::int32_t city_of(std::int32_t code) { return code / 100 * 100; }
inline std::int32_t province_of(std::int32_t code) { return code / 10000 * 10000; }
inline Level level_of(std::int32_t code) {
  return code == 0           ? Level::nation
         : code % 10000 == 0 ? Level::province
         : code % 100 == 0   ? Level::city
                             : Level::county;
}

/// Units and holders as they stand: an immutable snapshot, cached by each server and rebuilt when one changes.
class Reference {
 public:
  void add(Unit unit);
  void add(Holding holding);
  void remove_holding(HoldingId id);

  [[nodiscard]] const Unit* unit(UnitId id) const;
  /// The active unit of a kind for a place: exactly at that code. nullptr when there is none.
  [[nodiscard]] const Unit* unit_of(UnitKind kind, std::int32_t jurisdiction) const;
  [[nodiscard]] bool held(const Post& post, Instant at) const;
  [[nodiscard]] std::vector<AccountId> holders(const Post& post, Instant at) const;
  [[nodiscard]] std::vector<const Holding*> holdings_of(AccountId account, Instant at) const;
  [[nodiscard]] std::vector<const Unit*> units() const;
  [[nodiscard]] std::vector<const Unit*> units_of(UnitKind kind) const;
  [[nodiscard]] std::vector<const Unit*> children(UnitId parent) const;

 private:
  std::unordered_map<UnitId, Unit> units_;
  std::unordered_map<HoldingId, Holding> holdings_;
  std::unordered_map<UnitId, std::vector<HoldingId>> by_unit_;
  std::unordered_map<AccountId, std::vector<HoldingId>> by_account_;
};
using ReferencePtr = std::shared_ptr<const Reference>;

}  // namespace fx
