// Lists of the desks: what a card declares, cut to the visitor's scope inside the query.
#include <fmt/format.h>

#include "access/scope.hpp"
#include "api/handlers.hpp"
#include "api/pages.hpp"
#include "api/row_json.hpp"
#include "base/text.hpp"

namespace fx::api {
namespace {

constexpr std::size_t default_limit = 50;

bool is_key(const TableType& table, std::string_view field) {
  return field == (table.by_no ? std::string_view("no") : std::string_view(table.info->fields.front().name));
}

/// The list of the path, if the visitor may read it.
const List& list_for(const Exchange& exchange) {
  const List* list = exchange.house.parts.registry.list(exchange.steps[1], exchange.steps[2]);
  if (list == nullptr) throw Declined(refused(404, "F-ROUTE"));
  if (is_public(*list) || may_read(*list, exchange.who.actor.roles)) return *list;
  AuditLine line = audit_line(exchange, "refused");
  line.code = "R-ROLE";
  exchange.house.parts.writer.audit(std::move(line));
  throw Declined(refused(403, "R-ROLE"));
}

}  // namespace

bool is_public(const List& list) { return list.table == &table_type<Unit>(); }

journal::Scope scope_of_list(const Visitor& who, const List& list) {
  if (is_public(list)) return {.places = {{0, 999'999}}, .unit_columns = {}, .units = {}};
  return scope_for(who, list.unit_fields);
}

std::vector<journal::Filter> filters_of(const http::Request& request, const TypeInfo& type,
                                        const std::function<bool(std::string_view)>& declared,
                                        std::initializer_list<std::string_view> others) {
  std::vector<journal::Filter> filters;
  Faults faults;
  for (const auto& [name, text] : request.query) {
    if (std::ranges::find(others, name) != others.end()) continue;
    const FieldInfo* field = declared(name) ? type.find(name) : nullptr;
    if (field == nullptr) {
      add_fault(faults, Path{nullptr, name, 0}, "本列表没有这个筛选项", "this list has no such filter");
      continue;
    }
    journal::Filter filter{field->name, {}};
    for (const auto part : split(text, ',')) {
      const auto value = journal::filter_value(*field, trim(part));
      if (value)
        filter.values.push_back(*value);
      else if (!part.empty())
        add_fault(faults, Path{nullptr, name, 0}, "筛选值不对", "not a value of this field");
    }
    filters.push_back(std::move(filter));
  }
  if (!faults.empty()) throw Declined(malformed(faults));
  return filters;
}

std::string as_of_json(const journal::Reader& reader) {
  return fmt::format(R"({{"batch":{},"at":"{}"}})", reader.as_of(), format(reader.decided_at()));
}

std::string page_json(const std::string& rows, const std::string& next, const journal::Reader& reader,
                      const std::string& persons) {
  return fmt::format(R"({{"rows":[{}],"next":{},"as_of":{},"persons":{}}})", rows,
                     next.empty() ? "null" : quoted(next), as_of_json(reader), persons);
}

std::string Named::json(Exchange& exchange, journal::Reader& reader) {
  if (!exchange.who.sees_people()) persons_.clear();
  return exchange.house.cards.json(reader, persons_, accounts_);
}

void Named::note(const TypeInfo& type, const void* row) {
  collect_ids(type, row, "person", persons_);
  collect_ids(type, row, "account", accounts_);
}

http::Response show_list(Exchange& exchange) {
  const List& list = list_for(exchange);
  const TypeInfo& type = *list.table->info;
  journal::ListQuery query;
  query.table = list.table;
  query.scope = scope_of_list(exchange.who, list);
  query.filters = filters_of(exchange.request, type,
                             [&](std::string_view name) {
                               return is_key(*list.table, name) ||
                                      std::ranges::find(list.filters, name) != list.filters.end();
                             },
                             {"limit", "after"});
  query.order_by = list.order_by;
  query.descending = list.descending;
  query.cursor = text_in_query(exchange.request, "after");
  query.limit = number_in_query(exchange.request, "limit", default_limit, journal::longest_page);
  auto reader = exchange.house.parts.readers.open();
  const journal::ListPage page = reader.list(query);
  std::string rows;
  Named named;
  for (const RowPtr& row : page.rows) {
    if (!rows.empty()) rows += ',';
    write_row(rows, *list.table, row.get());
    named.note(type, row.get());
  }
  return http::json(200, page_json(rows, page.next, reader, named.json(exchange, reader)));
}

http::Response show_row(Exchange& exchange) {
  const List& list = list_for(exchange);
  const RawId id = id_in_path(exchange.steps[3]);
  journal::ListQuery query;
  query.table = list.table;
  query.scope = scope_of_list(exchange.who, list);
  query.filters = {{list.table->info->fields.front().name, {id}}};
  query.limit = 1;
  auto reader = exchange.house.parts.readers.open();
  const journal::ListPage page = reader.list(query);
  if (page.rows.empty()) not_found();
  std::string row;
  write_row(row, *list.table, page.rows.front().get());
  Named named;
  named.note(*list.table->info, page.rows.front().get());
  return http::json(200, fmt::format(R"({{"row":{},"as_of":{},"persons":{}}})", row, as_of_json(reader),
                                     named.json(exchange, reader)));
}

}  // namespace fx::api
