#include <fmt/format.h>

#include <charconv>

#include "journal/list_index.hpp"
#include "journal/reader.hpp"

namespace fx::journal {
namespace {

const FieldInfo& column_of(const TypeInfo& type, const std::string& name) {
  const FieldInfo* field = type.find(name);
  FX_ASSERT(field != nullptr, "a query names an unknown column " + name);
  return *field;
}

OrderValue order_value(const SqlStatement& row, int column, CellKind kind) {
  if (row.is_null(column)) return {};
  switch (kind) {
    case CellKind::integer: return row.number(column);
    case CellKind::real: return row.real_number(column);
    default: return std::string(row.blob_at(column));
  }
}

void bind_order(SqlStatement& statement, const OrderValue& value, CellKind kind) {
  if (const auto* i = std::get_if<std::int64_t>(&value))
    statement.bind(*i);
  else if (const auto* d = std::get_if<double>(&value))
    statement.real(*d);
  else if (const auto* s = std::get_if<std::string>(&value))
    kind == CellKind::text ? statement.bind_text(*s) : statement.bind_blob(*s);
  else
    statement.bind_null();
}

void bind_row_key(SqlStatement& statement, const TableType& type, const RawId& key) {
  if (type.by_no)
    statement.bind(no_of_key(key));
  else
    statement.bind(key);
}

RawId row_key_at(const SqlStatement& row, int column, const TableType& type) {
  return type.by_no ? key_of_no(row.number(column)) : row.id_at(column);
}

/// One ordered stream of a list: rows of one place, of one unit, or of one unit in one place.
class ListStream {
 public:
  ListStream(SqlConnection& connection, const ListQuery& query, const FactTable& table,
             std::optional<std::int32_t> county, std::string unit_column, UnitId unit)
      : connection_(connection),
        query_(query),
        table_(table),
        county_(county),
        unit_column_(std::move(unit_column)),
        unit_(unit) {
    by_key_ = query.order_by.empty() || sql_name(query.order_by) == table.key;
    order_ = by_key_ ? nullptr : &column_of(*table.type->info, query.order_by);
    index_ = index();
  }

  void operator()(const std::optional<Place>& after, std::size_t limit, std::vector<Place>& out) const {
    if (by_key_) return fetch(Rows::all, after, limit, out);
    if (order_->required) return fetch(Rows::filled, after, limit, out);
    // Rows without a value sort below all others.
    const Rows first = query_.descending ? Rows::filled : Rows::empty;
    const Rows second = query_.descending ? Rows::empty : Rows::filled;
    const std::size_t wanted = out.size() + limit;
    const bool past_first = after && (after->value.index() == 0) == (second == Rows::empty);
    if (!past_first) fetch(first, after, limit, out);
    if (out.size() < wanted) fetch(second, past_first ? after : std::nullopt, wanted - out.size(), out);
  }

 private:
  enum class Rows { all, filled, empty };

  /// SQLite counts on few rows of one place, and would walk through all of them in their order.
  std::string index() const {
    if (!county_ && !table_.scope.empty()) return {};
    std::vector<std::string> given;
    if (!unit_column_.empty()) given.push_back(unit_column_);
    for (const Filter& filter : query_.filters)
      if (filter.values.size() <= 1 || column_of(*table_.type->info, filter.column).kind != FieldKind::choice)
        given.push_back(filter.column);
    const std::string order = by_key_ ? std::string(table_.type->info->fields.front().name) : query_.order_by;
    const std::string name = index_for(table_, given, order);
    return name.empty() ? "" : " " + connection_.index_hint(sql_name(name));
  }

  std::string sql(Rows rows, bool after) const {
    const std::string order = order_ != nullptr ? sql_name(order_->name) : "NULL";
    const char* beyond = query_.descending ? "<" : ">";
    const char* way = query_.descending ? " DESC" : "";
    std::string text =
        fmt::format("SELECT {}, {} FROM {}{} WHERE TRUE", order, table_.key, table_.name, index_);
    if (county_) text += fmt::format(" AND {} = ?", table_.scope);
    if (!unit_column_.empty()) text += fmt::format(" AND {} = ?", sql_name(unit_column_));
    text += where_clause(*table_.type->info, query_.filters, query_.between);
    if (rows == Rows::empty) text += fmt::format(" AND {} IS NULL", order);
    if (rows == Rows::filled && !order_->required) text += fmt::format(" AND {} IS NOT NULL", order);
    if (after && rows == Rows::filled)
      text += fmt::format(" AND ({}, {}) {} (?, ?)", order, table_.key, beyond);
    if (after && rows != Rows::filled) text += fmt::format(" AND {} {} ?", table_.key, beyond);
    text += rows == Rows::filled ? fmt::format(" ORDER BY {0}{2}, {1}{2}", order, table_.key, way)
                                 : fmt::format(" ORDER BY {}{}", table_.key, way);
    return text + " LIMIT ?";
  }

  void fetch(Rows rows, const std::optional<Place>& after, std::size_t limit, std::vector<Place>& out) const {
    SqlStatement& select = connection_.cached(sql(rows, after.has_value()));
    const CellKind kind = order_ != nullptr ? order_->cell : CellKind::integer;
    if (county_) select.bind(*county_);
    if (!unit_column_.empty()) select.bind(unit_.raw);
    bind_where(select, query_.filters, query_.between);
    if (after && rows == Rows::filled) bind_order(select, after->value, kind);
    if (after) bind_row_key(select, *table_.type, after->key);
    select.bind(static_cast<std::int64_t>(limit));
    while (select.step()) out.push_back({order_value(select, 0, kind), row_key_at(select, 1, *table_.type)});
  }

  SqlConnection& connection_;
  const ListQuery& query_;
  const FactTable& table_;
  std::optional<std::int32_t> county_;
  std::string unit_column_;
  UnitId unit_;
  const FieldInfo* order_ = nullptr;
  bool by_key_ = false;
  std::string index_;
};

}  // namespace

std::vector<std::int32_t> Reader::counties(const FactTable& table, const std::vector<Places>& places) {
  std::vector<std::int32_t> out;
  SqlStatement& next = session_->sql().cached(fmt::format(
      "SELECT {0} FROM {1} WHERE {0} >= ? AND {0} <= ? ORDER BY {0} LIMIT 1", table.scope, table.name));
  for (const Places& range : places) {
    std::int64_t from = range.first;
    while (next.reset().bind(from).bind(range.last).step()) {
      const auto county = static_cast<std::int32_t>(next.number(0));
      if (std::ranges::find(out, county) == out.end()) out.push_back(county);
      from = std::int64_t{county} + 1;
    }
  }
  next.reset();
  return out;
}

std::vector<Stream> Reader::list_streams(const ListQuery& query, const FactTable& table) {
  std::vector<Stream> streams;
  FX_ASSERT(query.scope.places.empty() || !table.scope.empty(),
            std::string(query.table->name) + " has no jurisdiction");
  if (!query.scope.places.empty())
    for (const std::int32_t county : counties(table, query.scope.places))
      streams.push_back({ListStream(session_->sql(), query, table, county, {}, {}), {}});
  if (query.scope.units.empty() || query.scope.unit_columns.empty()) return streams;
  // Rows of a unit may lie in any county; jurisdiction leads every index, so each county is asked.
  std::vector<std::optional<std::int32_t>> where = {std::nullopt};
  if (!table.scope.empty()) {
    const auto all = counties(table, {{0, 999'999}});
    where.assign(all.begin(), all.end());
  }
  for (const auto& county : where) {
    const bool seen = county && std::ranges::any_of(query.scope.places, [&](const Places& p) {
                        return p.first <= *county && *county <= p.last;
                      });
    if (seen) continue;
    for (const std::string& column : query.scope.unit_columns) {
      (void)column_of(*table.type->info, column);
      for (const UnitId& unit : query.scope.units)
        streams.push_back({ListStream(session_->sql(), query, table, county, column, unit), {}});
    }
  }
  return streams;
}

ListPage Reader::list(const ListQuery& query) {
  const FactTable& table = readers_->tables_.of(*query.table);
  const std::size_t limit = std::clamp<std::size_t>(query.limit, 1, longest_page);
  // Where rows lie by the home of their id but are listed by a jurisdiction of theirs, the two may differ.
  const bool by_place = query.table->by_no || table.scope == sql_name("home");
  const Sight sight(*session_,
                    by_place && query.scope.units.empty() ? query.scope.places : std::vector<Places>{});
  const Merged merged = merge(list_streams(query, table), place_of(query.cursor), query.descending, limit);
  ListPage page;
  for (const Place& place : merged.places) {
    page.rows.push_back(row(*query.table, place.key));
    FX_ASSERT(page.rows.back() != nullptr, "a listed row is there in the same snapshot");
  }
  if (merged.more) page.next = to_cursor(merged.places.back());
  return page;
}

// ---- filters -----------------------------------------------------------------------------------------------------

std::string where_clause(const TypeInfo& type, const std::vector<Filter>& filters,
                         const std::vector<Between>& between) {
  std::string out;
  for (const Filter& filter : filters) {
    const std::string column = sql_name(column_of(type, filter.column).name);
    if (filter.values.empty()) {
      out += fmt::format(" AND {} IS NULL", column);
      continue;
    }
    std::string marks = "?";
    for (std::size_t i = 1; i < filter.values.size(); ++i) marks += ", ?";
    out += filter.values.size() == 1 ? fmt::format(" AND {} = ?", column)
                                     : fmt::format(" AND {} IN ({})", column, marks);
  }
  for (const Between& range : between) {
    const std::string column = sql_name(column_of(type, range.column).name);
    if (range.from) out += fmt::format(" AND {} >= ?", column);
    if (range.until) out += fmt::format(" AND {} < ?", column);
  }
  return out;
}

void bind_where(SqlStatement& statement, const std::vector<Filter>& filters,
                const std::vector<Between>& between) {
  for (const Filter& filter : filters)
    for (const FieldValue& value : filter.values) bind_value(statement, value);
  for (const Between& range : between) {
    if (range.from) bind_value(statement, *range.from);
    if (range.until) bind_value(statement, *range.until);
  }
}

void bind_value(SqlStatement& statement, const FieldValue& value) {
  struct Visitor {
    SqlStatement& to;
    void operator()(std::monostate) const { to.bind_null(); }
    void operator()(bool v) const { to.bind(v ? 1 : 0); }
    void operator()(std::int64_t v) const { to.bind(v); }
    void operator()(double v) const { to.real(v); }
    void operator()(const std::string& v) const { to.bind_text(v); }
    void operator()(const RawId& v) const { to.bind(v); }
    void operator()(Instant v) const { to.bind(v); }
    void operator()(Day v) const { to.bind(v.days); }
    void operator()(const std::vector<RawId>&) const { FX_ASSERT(false, "a list is no value of a filter"); }
    void operator()(const std::vector<std::string>&) const {
      FX_ASSERT(false, "a list is no value of a filter");
    }
  };
  std::visit(Visitor{statement}, value);
}

std::optional<FieldValue> filter_value(const FieldInfo& field, std::string_view text) {
  const auto parsed = [](const auto& value) -> std::optional<FieldValue> {
    return value ? std::optional<FieldValue>(*value) : std::nullopt;
  };
  switch (field.kind) {
    case FieldKind::boolean:
      return text == "true" || text == "false" ? std::optional<FieldValue>(text == "true") : std::nullopt;
    case FieldKind::integer: {
      std::int64_t value = 0;
      const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
      return error == std::errc{} && end == text.data() + text.size() ? std::optional<FieldValue>(value)
                                                                      : std::nullopt;
    }
    case FieldKind::text: return FieldValue(std::string(text));
    case FieldKind::choice:
      return std::ranges::find(field.choices, text) != field.choices.end()
                 ? std::optional<FieldValue>(std::string(text))
                 : std::nullopt;
    case FieldKind::id: return parsed(RawId::parse(text));
    case FieldKind::instant: return parsed(parse_instant(text));
    case FieldKind::day: return parsed(parse_day(text));
    default: return std::nullopt;
  }
}

std::optional<Place> place_of(const std::string& cursor) {
  if (cursor.empty()) return std::nullopt;
  auto place = from_cursor(cursor);
  if (!place) throw BadCursor("not a cursor of ours");
  return place;
}

}  // namespace fx::journal
