// One person, one page: masked identity, what each desk the visitor may read knows, what happened, who looked.
#include "api/person_page.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <ranges>

#include "access/scope.hpp"
#include "api/handlers.hpp"
#include "api/pages.hpp"
#include "api/row_json.hpp"

namespace fx::api {
namespace {

constexpr std::size_t most_rows = 50;
constexpr std::size_t most_events = 100;
constexpr std::size_t most_looks = 20;
constexpr std::size_t most_entries = 100;              // of one person
constexpr std::int64_t audit_looked_through = 50'000;  // lines from the end

using Entries = std::vector<RawId>;

/// The entry this one was merged into; nothing when it stands by itself.
std::optional<RawId> merged_into(const TableType& table, journal::Reader& reader, const RawId& entry) {
  const RowPtr row = reader.row(table, entry);
  if (!row) return std::nullopt;
  const FieldValue into = field_of(*table.info, row.get(), "merged_into");
  const auto* id = std::get_if<RawId>(&into);
  return id != nullptr && !id->is_nil() ? std::optional(*id) : std::nullopt;
}

/// All entries of one person: the one that stands, and whatever was merged into it, over however many steps. Records keep
/// the entry they were made under, so they are apart again when a merge is undone.
Entries entries_of(const Exchange& exchange, journal::Reader& reader, const RawId& person) {
  const TableType* persons = exchange.house.parts.registry.table("person");
  const TableType* aliases = exchange.house.parts.registry.table("person_aliases");
  if (persons == nullptr || aliases == nullptr) return {person};
  RawId top = person;
  for (std::size_t hops = 0; hops < most_entries; ++hops) {
    const auto into = merged_into(*persons, reader, top);
    if (!into) break;
    top = *into;
  }
  Entries out{top};
  for (std::size_t i = 0; i < out.size() && out.size() < most_entries; ++i)
    if (const RowPtr row = reader.row(*aliases, out[i])) {
      const FieldValue merged = field_of(*aliases->info, row.get(), "entries");
      for (const RawId& entry : std::get<std::vector<RawId>>(merged))
        if (out.size() < most_entries && std::ranges::find(out, entry) == out.end()) out.push_back(entry);
    }
  return out;
}

journal::ListPage rows_about(const Exchange& exchange, journal::Reader& reader, const PersonList& in,
                             const Entries& entries, std::size_t limit) {
  journal::ListQuery query;
  query.table = in.list->table;
  query.scope = scope_of_list(exchange.who, *in.list);
  query.filters = {{in.column, {entries.begin(), entries.end()}}};
  query.order_by = in.list->order_by;
  query.limit = limit;
  return reader.list(query);
}

std::string list_json(const Exchange& exchange, journal::Reader& reader, const PersonList& in,
                      const Entries& entries) {
  std::string out = "[";
  for (const RowPtr& row : rows_about(exchange, reader, in, entries, most_rows).rows) {
    if (out.size() > 1) out += ',';
    write_row(out, *in.list->table, row.get());
  }
  return out + "]";
}

/// The latest first, each under the entry it was recorded for.
std::string events_json(journal::Reader& reader, const Entries& entries) {
  std::vector<std::pair<RawId, StoredEvent>> events;
  for (const RawId& entry : entries)
    for (StoredEvent& event : reader.events_about(entry, {}, most_events).rows)
      events.emplace_back(entry, std::move(event));
  std::ranges::stable_sort(events, [](const auto& a, const auto& b) {
    return std::pair(a.second.batch, a.second.row.no) > std::pair(b.second.batch, b.second.row.no);
  });
  std::string out = "[";
  for (const auto& [entry, event] : events | std::views::take(most_events)) {
    std::string one = "{";
    add_text(one, "no", std::to_string(event.row.no));
    add_text(one, "type", event.row.type);
    add_text(one, "occurred_at", format(event.row.occurred_at));
    add_text(one, "recorded_at", format(event.row.recorded_at));
    if (!event.row.unit.is_nil()) add_text(one, "unit", event.row.unit.text());
    if (entries.size() > 1) add_text(one, "person", entry.text());
    (out += out.size() > 1 ? "," : "") += one + "}";
  }
  return out + "]";
}

/// The entries of one person, the one that stands first.
std::string entries_json(Exchange& exchange, journal::Reader& reader, const Entries& entries) {
  const TableType* table = exchange.house.parts.registry.table("person");
  std::string out = "[";
  for (const RawId& entry : entries) {
    std::string one = "{";
    add_text(one, "person", entry.text());
    add_json(one, "identity", exchange.house.cards.card(reader, entry));
    if (const RowPtr row = table != nullptr ? reader.row(*table, entry) : nullptr)
      for (const std::string_view field : {"state", "merged_into", "merged_at", "registered_at", "unit"})
        if (const std::string text = field_text(field_of(*table->info, row.get(), field));
            !text.empty() && text != RawId{}.text())
          add_text(one, field, text);
    (out += out.size() > 1 ? "," : "") += one + "}";
  }
  return out + "]";
}

/// Who asked for the full identity before.
std::string looks_json(Exchange& exchange, journal::Reader& reader, const Entries& entries) {
  auto& select = reader.connection().cached(
      "SELECT at, actor, unit, purpose FROM audit WHERE line > (SELECT coalesce(max(line), 0) FROM audit) - "
      "? "
      "AND kind = 'identity_read' AND detail LIKE ? ORDER BY line DESC LIMIT ?");
  struct Look {
    Instant at;
    RawId actor;
    RawId unit;
    std::string purpose;
  };
  std::vector<Look> looks;
  for (const RawId& entry : entries) {
    const std::string name = "%" + entry.text() + "%";
    select.bind(audit_looked_through).bind_text(name).bind(static_cast<std::int64_t>(most_looks));
    while (select.step())
      looks.push_back({select.instant_at(0), select.id_at(1), select.id_at(2), select.string_at(3)});
    select.reset();
  }
  std::ranges::stable_sort(looks, std::ranges::greater(), &Look::at);
  if (looks.size() > most_looks) looks.resize(most_looks);
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
           !rows_about(exchange, reader, in, {person}, 1).rows.empty();
  });
}

http::Response show_person(Exchange& exchange) {
  require_person_role(exchange);
  const RawId person = id_in_path(exchange.steps[2]);
  auto reader = exchange.house.parts.readers.open();
  if (!reaches_person(exchange, reader, person)) not_found();
  const Entries entries = entries_of(exchange, reader, person);
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
  if (entries.size() > 1) add_json(out, "entries", entries_json(exchange, reader, entries));
  for (const PersonList& in : person_lists(exchange.house.parts.registry))
    if (may_read(*in.list, exchange.who.actor.roles))
      add_json(out, in.list->name, list_json(exchange, reader, in, entries));
  add_json(out, "events", events_json(reader, entries));
  add_json(out, "looks", looks_json(exchange, reader, entries));
  add_json(out, "as_of", as_of_json(reader));
  return http::json(200, out + "}");
}

}  // namespace fx::api
