// Whom one can hand over to, who can sign second: people of one's own unit and those next to it.
#include <map>

#include "access/scope.hpp"
#include "api/handlers.hpp"
#include "api/pages.hpp"
#include "api/row_json.hpp"

namespace fx::api {
namespace {

using Roles = std::vector<Role>;

std::vector<UnitId> units_asked(const Exchange& exchange) {
  std::vector<UnitId> units = exchange.who.scope().units;
  const std::string text = text_in_query(exchange.request, "unit");
  if (text.empty()) return units;
  const auto id = RawId::parse(text);
  if (!id) throw Declined(malformed("/unit", "应为编号", "expected id"));
  const Unit* unit = exchange.who.reference->unit({*id});
  const bool near = std::ranges::find(units, UnitId{*id}) != units.end();
  if (!near && (unit == nullptr || !sees(exchange.who, unit->jurisdiction, {unit->id}))) not_found();
  return {{*id}};
}

bool is_active(const Exchange& exchange, journal::Reader& reader, AccountId account) {
  const TableType* table = exchange.house.parts.registry.table("account");
  const RowPtr row = table != nullptr ? reader.row(*table, account.raw) : nullptr;
  if (!row) return true;
  const FieldValue active = field_of(*table->info, row.get(), "active");
  const auto* flag = std::get_if<bool>(&active);
  return flag == nullptr || *flag;
}

}  // namespace

http::Response show_colleagues(Exchange& exchange) {
  std::map<std::pair<UnitId, AccountId>, Roles> found;
  for (const UnitId unit : units_asked(exchange))
    for (const std::string& name : enum_choices<Role>()) {
      const Role role = *enum_from<Role>(name);
      for (const AccountId account : exchange.who.reference->holders({unit, role}, exchange.who.now))
        found[{unit, account}].push_back(role);
    }
  auto reader = exchange.house.parts.readers.open();
  std::string rows;
  for (const auto& [who, roles] : found) {
    if (!is_active(exchange, reader, who.second)) continue;
    std::string held;
    for (const Role role : roles) (held += held.empty() ? "" : ",") += quoted(enum_text(role));
    std::string row = "{";
    add_text(row, "account", who.second.text());
    add_text(row, "name", exchange.house.cards.display_name(reader, who.second.raw));
    add_text(row, "unit", who.first.text());
    add_json(row, "roles", "[" + held + "]");
    (rows += rows.empty() ? "" : ",") += row + "}";
  }
  return http::json(200, page_json(rows, {}, reader, "{}"));
}

}  // namespace fx::api
