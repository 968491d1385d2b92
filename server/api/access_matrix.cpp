#include "api/access_matrix.hpp"

#include <fmt/format.h>

#include <array>

namespace fx::api {
namespace {

/// Where an affair lies, seen from whoever acts.
enum class Where { own, house, county, child, sibling, parent };
constexpr std::array places{Where::own,   Where::house,   Where::county,
                            Where::child, Where::sibling, Where::parent};
constexpr std::string_view letters = "ohcxsp";

constexpr std::int32_t city = 990100;
constexpr std::int32_t county = 990121;
constexpr std::int32_t neighbour = 990122;
constexpr std::int32_t other_city = 990200;
constexpr std::int32_t province = 990000;

/// A house (clinic and laboratory of one hospital) and one unit of each kind at each level.
struct Town {
  Town() {
    for (const std::string& name : enum_choices<UnitKind>())
      for (const std::int32_t place : {province, city, other_city, county, neighbour})
        add(*enum_from<UnitKind>(name), place);
    sister = add(UnitKind::laboratory, county, unit_at(UnitKind::hospital, county)).id;
    member = add(UnitKind::fever_clinic, county, unit_at(UnitKind::hospital, county)).id;
  }
  const Unit& add(UnitKind kind, std::int32_t place, std::optional<UnitId> parent = {}) {
    Unit unit;
    unit.id = {RawId::make(1, place, ++next, 0)};
    unit.code = std::to_string(next);
    unit.kind = kind;
    unit.level = level_of(place);
    unit.jurisdiction = place;
    unit.parent = parent;
    reference.add(unit);
    if (!parent) by_place[{kind, place}] = unit.id;
    return *reference.unit(unit.id);
  }
  [[nodiscard]] UnitId unit_at(UnitKind kind, std::int32_t place) const { return by_place.at({kind, place}); }

  Reference reference;
  std::map<std::pair<UnitKind, std::int32_t>, UnitId> by_place;
  UnitId sister;  ///< another part of the house `member` belongs to
  UnitId member;
  std::uint64_t next = 0;
};

/// Kinds of units at which a role has its posts (domain model §2 and the additions).
std::vector<UnitKind> kinds_of(Role role) {
  switch (role) {
    case Role::CMD: return {UnitKind::command_post, UnitKind::government};
    case Role::DO:
    case Role::DL: return {UnitKind::command_post, UnitKind::cdc, UnitKind::hospital};
    case Role::HA: return {UnitKind::health_authority};
    case Role::CDC:
    case Role::INV: return {UnitKind::cdc};
    case Role::FRP: return {UnitKind::hospital, UnitKind::fever_clinic, UnitKind::laboratory};
    case Role::DOC:
    case Role::NUR: return {UnitKind::hospital, UnitKind::fever_clinic};
    case Role::SMP:
    case Role::COU: return {UnitKind::fever_clinic};
    case Role::LAB:
    case Role::LAA: return {UnitKind::laboratory};
    case Role::QM:
    case Role::QD: return {UnitKind::quarantine_site};
    case Role::GK: return {UnitKind::gate};
    case Role::GRID: return {UnitKind::village};
    case Role::POL: return {UnitKind::police};
    case Role::TRN: return {UnitKind::transfer_desk};
    case Role::SUP:
    case Role::WH: return {UnitKind::supplies_desk};
    case Role::VAC: return {UnitKind::vaccination_site};
    case Role::MKT: return {UnitKind::market_supervision};
    case Role::CUS: return {UnitKind::customs};
    case Role::INS: return {UnitKind::inspection};
    case Role::PUB: return {UnitKind::publicity};
    case Role::ADM:
    case Role::AUD: return {UnitKind::command_post};
    default: return {UnitKind::other};
  }
}

/// The unit an affair of a place belongs to: what lies elsewhere is a hospital's, the commonest case.
UnitId affair(const Town& town, UnitKind own_kind, std::int32_t home, Where where) {
  const bool in_city = home == city;
  switch (where) {
    case Where::own: return town.unit_at(own_kind, home);
    case Where::house: return town.sister;
    case Where::county:
      return town.unit_at(own_kind == UnitKind::gate ? UnitKind::market_supervision : UnitKind::gate, home);
    case Where::child: return town.unit_at(UnitKind::hospital, in_city ? county : home);
    case Where::sibling: return town.unit_at(UnitKind::hospital, in_city ? other_city : neighbour);
    case Where::parent: return town.unit_at(UnitKind::hospital, in_city ? province : city);
  }
  return {};
}

std::string reach(const Town& town, const Access& access, Role role, UnitKind kind, std::int32_t home) {
  std::string out;
  for (const Where where : places) {
    const bool part_of_house =
        where == Where::house && (kind == UnitKind::fever_clinic || kind == UnitKind::laboratory);
    if (where == Where::house && !part_of_house) continue;
    if (where == Where::child && home != city) continue;  // a county has none below it here
    const UnitId own = part_of_house ? town.member : town.unit_at(kind, home);
    const Unit& mine = *town.reference.unit(own);
    const Unit& place = *town.reference.unit(affair(town, kind, home, where));
    const Actor actor{{}, mine.id, mine.jurisdiction, {role}};
    const bool may = access.in_scope(actor, place, town.reference);
    out += may ? letters[static_cast<std::size_t>(where)] : '-';
  }
  return out;
}

std::string role_line(const Town& town, const Access& access, Role role) {
  if (role == Role::SYS) return "handoffs and timer, everywhere";
  std::string out;
  for (const UnitKind kind : kinds_of(role))
    out += fmt::format("{}{} county {} city {}", out.empty() ? "" : " · ", enum_text(kind),
                       reach(town, access, role, kind, county), reach(town, access, role, kind, city));
  return out;
}

}  // namespace

std::string access_matrix(const Registry& registry, const Access& access) {
  const Town town;
  std::string out =
      "# Role x operation x place, as the program decides it. A role not named under an operation may not do "
      "it.\n"
      "# o own unit · h another part of its house · c another unit of its county (city) · x below · s beside "
      "· p above; - refused\n\n";
  for (const Operation* operation : registry.operations()) {
    out += operation->full_name();
    if (operation->internal) out += " (internal: no route)";
    if (operation->life_saving) out += " (life-saving)";
    if (!operation->place) out += " (in one's own unit's name)";
    out += "\n";
    for (const std::string& name : enum_choices<Role>()) {
      const Role role = *enum_from<Role>(name);
      if (std::ranges::find(operation->actors, role) == operation->actors.end()) continue;
      out += fmt::format(
          "  {:<5}{}\n", name,
          operation->place || role == Role::SYS ? role_line(town, access, role) : std::string("o"));
    }
  }
  out += "\n# Lists and who reads them; rows are cut to the reader's scope inside the query.\n\n";
  for (const Desk& desk : registry.desks())
    for (const List& list : desk.lists()) {
      out += fmt::format("{}/{}\n  ", desk.name(), list.name);
      if (list.readers.empty()) out += "every role but ADM and AUD";
      for (const Role role : list.readers) out += fmt::format("{} ", enum_text(role));
      out += fmt::format("\n  by jurisdiction; by unit: {}\n", fmt::join(list.unit_fields, " "));
    }
  return out;
}

}  // namespace fx::api
