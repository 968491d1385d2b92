// One person, one page: masked identity, what each desk the visitor may read knows, what happened, who looked.
#include "api/person_page.hpp"

#include <fmt/format.h>

#include "access/scope.hpp"
#include "api/handlers.hpp"
#include "api/pages.hpp"
#include "api/row_json.hpp"

namespace fx::api {
namespace {

constexpr std::size_t most_rows = 50;
constexpr std::size_t most_events = 100;
constexpr std::size_t most_looks = 20;
constexpr std::int64_t audit_looked_through = 50'000;  // lines from the end

journal::ListPage rows_about(const Exchange& exchange, journal::Reader& reader, const PersonList& in,
                             const RawId& person, std::size_t limit) {
  journal::ListQuery query;
  query.table = in.list->table;
  query.scope = scope_of_list(exchange.who, *in.list);
  query.filters = {{in.column, {person}}};
  query.order_by = in.list->order_by;
  query.limit = limit;
  return reader.list(query);
}

std::string list_json(const Exchange& exchange, journal::Reader& reader, const PersonList& in,
                      const RawId& person) {
  std::string out = "[";
  for (const RowPtr& row : rows_about(exchange, reader, in, person, most_rows).rows) {
    if (out.size() > 1) out += ',';
    write_row(out, *in.list->table, row.get());
  }
  return out + "]";
}

std::string events_json(journal::Reader& reader, const RawId& person) {
  std::string out = "[";
  for (const StoredEvent& event : reader.events_about(person, {}, most_events).rows) {
    std::string one = "{";
    add_text(one, "no", std::to_string(event.row.no));
    add_text(one, "type", event.row.type);
    add_text(one, "occurred_at", format(event.row.occurred_at));
    add_text(one, "recorded_at", format(event.row.recorded_at));
    if (!event.row.unit.is_nil()) add_text(one, "unit", event.row.unit.text());
    (out += out.size() > 1 ? "," : "") += one + "}";
  }
  return out + "]";
}

/// Who asked for the full identity before.
std::string looks_json(Exchange& exchange, journal::Reader& reader, const RawId& person) {
  auto& select = reader.connection().cached(
      "SELECT at, actor, unit, purpose FROM audit WHERE line > (SELECT coalesce(max(line), 0) FROM audit) - "
      "? "
      "AND kind = 'identity_read' AND detail LIKE ? ORDER BY line DESC LIMIT ?");
  const std::string name = "%" + person.text() + "%";
  select.bind(audit_looked_through).bind_text(name).bind(static_cast<std::int64_t>(most_looks));
  struct Look {
    Instant at;
    RawId actor;
    RawId unit;
    std::string purpose;
  };
  std::vector<Look> looks;
  while (select.step())
    looks.push_back({select.instant_at(0), select.id_at(1), select.id_at(2), select.string_at(3)});
  std::string out = "[";
  for (const Look& look : looks) {
    std::string one = "{";
    add_text(one, "at", format(look.at));
    add_text(one, "by", exchange.house.cards.display_name(reader, look.actor));
    add_text(one, "unit", look.unit.text());
    add_text(one, "purpose", look.purpose);
    (out += out.size() > 1 ? "," : "") += one + "}";
  }
  return out + "]";
}

}  // namespace

std::vector<PersonList> person_lists(const Registry& registry) {
  std::vector<PersonList> out;
  for (const Desk& desk : registry.desks())
    for (const List& list : desk.lists())
      for (const FieldInfo& field : list.table->info->fields)
        if (field.kind == FieldKind::id && field.tag == "person" && field.name == "person")
          out.push_back({&list, field.name});
  return out;
}

bool reaches_person(const Exchange& exchange, journal::Reader& reader, const RawId& person) {
  const TableType* table = exchange.house.parts.registry.table("person");
  const RowPtr row = table != nullptr ? reader.row(*table, person) : nullptr;
  if (row) {
    const FieldValue unit = field_of(*table->info, row.get(), "unit");
    const auto* id = std::get_if<RawId>(&unit);
    if (sees(exchange.who, person.home(), {UnitId{id != nullptr ? *id : RawId{}}})) return true;
  }
  if (exchange.house.found.knows(exchange.who.session.key, person, exchange.house.parts.clock.monotonic()))
    return true;
  return std::ranges::any_of(person_lists(exchange.house.parts.registry), [&](const PersonList& in) {
    return may_read(*in.list, exchange.who.actor.roles) &&
           !rows_about(exchange, reader, in, person, 1).rows.empty();
  });
}

http::Response show_person(Exchange& exchange) {
  require_person_role(exchange);
  const RawId person = id_in_path(exchange.steps[2]);
  auto reader = exchange.house.parts.readers.open();
  if (!reaches_person(exchange, reader, person)) not_found();
  std::string out = "{";
  add_text(out, "id", person.text());
  add_json(out, "identity", exchange.house.cards.card(reader, person));
  const TableType* table = exchange.house.parts.registry.table("person");
  if (const RowPtr row = table != nullptr ? reader.row(*table, person) : nullptr) {
    for (const std::string_view field :
         {"state", "merged_into", "guardian", "deceased", "unit", "registered_at"})
      if (const std::string text = field_text(field_of(*table->info, row.get(), field));
          !text.empty() && text != RawId{}.text())
        field == "deceased" ? add_json(out, field, text) : add_text(out, field, text);
    add_text(out, "status", field_text(field_of(*table->info, row.get(), "state")));
  }
  for (const PersonList& in : person_lists(exchange.house.parts.registry))
    if (may_read(*in.list, exchange.who.actor.roles))
      add_json(out, in.list->name, list_json(exchange, reader, in, person));
  add_json(out, "events", events_json(reader, person));
  add_json(out, "looks", looks_json(exchange, reader, person));
  add_json(out, "as_of", as_of_json(reader));
  return http::json(200, out + "}");
}

}  // namespace fx::api
