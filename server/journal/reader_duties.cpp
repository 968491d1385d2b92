#include <fmt/format.h>

#include "journal/reader.hpp"

namespace fx::journal {
namespace {

/// Duties of one debtor in one county: a run of the index (jurisdiction, debtor, due).
struct Debtor {
  std::int32_t jurisdiction = 0;
  Post post;
  std::optional<Place> first_due;  ///< when it is known already
};

/// The two statements all streams of one query share.
struct DutyStatements {
  DutyStatements(SqlConnection& connection, const DutyQuery& query) {
    std::string sql = fmt::format(
        R"(SELECT "due_at", "no" FROM duty WHERE {} AND "jurisdiction" = ? AND "debtor_unit" = ? AND "debtor_role" = ?)",
        duty_is_open);
    sql += where_clause(type_info<Duty>(), query.filters, {});
    if (query.due_before) sql += R"( AND "due_at" < ?)";
    const std::string tail = R"( ORDER BY "due_at", "no" LIMIT ?)";
    first = &connection.cached(sql + tail);
    beyond = &connection.cached(sql + R"( AND ("due_at", "no") > (?, ?))" + tail);
  }
  SqlStatement* first;
  SqlStatement* beyond;
};

class DutyStream {
 public:
  DutyStream(const DutyStatements& statements, const DutyQuery& query, Debtor debtor)
      : statements_(statements), query_(query), debtor_(std::move(debtor)) {}

  void operator()(const std::optional<Place>& after, std::size_t limit, std::vector<Place>& out) const {
    SqlStatement& select = (after ? statements_.beyond : statements_.first)->reset();
    select.bind(debtor_.jurisdiction).bind(debtor_.post.unit.raw).bind_text(enum_text(debtor_.post.role));
    bind_where(select, query_.filters, {});
    if (query_.due_before) select.bind(*query_.due_before);
    if (after) select.bind(std::get<std::int64_t>(after->value)).bind(no_of_key(after->key));
    select.bind(static_cast<std::int64_t>(limit));
    while (select.step()) out.push_back({select.number(0), key_of_no(select.number(1))});
  }

 private:
  DutyStatements statements_;
  const DutyQuery& query_;
  Debtor debtor_;
};

/// Hops from debtor to debtor through the index: as many seeks as there are debtors, however many duties they owe.
/// `plain`: the first duty of each, which the hop has found, is the first of its stream.
std::vector<Debtor> debtors_in(SqlConnection& connection, const Places& places, bool plain) {
  std::vector<Debtor> out;
  SqlStatement& next = connection.cached(fmt::format(
      R"(SELECT "jurisdiction", "debtor_unit", "debtor_role", "due_at", "no" FROM duty {} WHERE {} AND
         ("jurisdiction", "debtor_unit", "debtor_role", "due_at") > (?, ?, ?, ?) AND "jurisdiction" <= ?
         ORDER BY "jurisdiction", "debtor_unit", "debtor_role", "due_at", "no" LIMIT 1)",
      connection.index_hint("duty__owed"), duty_is_open));
  std::int32_t jurisdiction = places.first;
  std::string unit;  // below every id
  std::string role;
  // Beyond the last due time of the debtor before: else the seek would stop at its first duty and walk over all of them.
  constexpr std::int64_t never = std::numeric_limits<std::int64_t>::max();
  while (
      next.reset().bind(jurisdiction).bind_blob(unit).bind_text(role).bind(never).bind(places.last).step()) {
    jurisdiction = static_cast<std::int32_t>(next.number(0));
    unit = next.blob_at(1);
    role = next.text_at(2);
    Debtor debtor{
        jurisdiction, {{id_of_blob(unit)}, enum_from<Role>(role).value_or(Role::SYS)}, std::nullopt};
    if (plain) debtor.first_due = Place{next.number(3), key_of_no(next.number(4))};
    out.push_back(std::move(debtor));
  }
  next.reset();
  return out;
}

std::vector<std::int32_t> counties_with_open_duties(SqlConnection& connection) {
  std::vector<std::int32_t> out;
  SqlStatement& next = connection.cached(fmt::format(
      R"(SELECT "jurisdiction" FROM duty {} WHERE {} AND "jurisdiction" > ? ORDER BY "jurisdiction" LIMIT 1)",
      connection.index_hint("duty__owed"), duty_is_open));
  std::int64_t after = -1;
  while (next.reset().bind(after).step()) out.push_back(static_cast<std::int32_t>(after = next.number(0)));
  next.reset();
  return out;
}

}  // namespace

std::vector<Stream> Reader::duty_streams(const DutyQuery& query) {
  std::vector<Stream> streams;
  const DutyStatements statements(session_->sql(), query);
  const bool plain = query.cursor.empty() && query.filters.empty() && !query.due_before;
  for (const Places& places : query.places)
    for (const Debtor& debtor : debtors_in(session_->sql(), places, plain))
      streams.push_back({DutyStream(statements, query, debtor), debtor.first_due});
  if (query.posts.empty()) return streams;
  for (const std::int32_t county : counties_with_open_duties(session_->sql())) {
    if (std::ranges::any_of(query.places,
                            [&](const Places& p) { return p.first <= county && county <= p.last; }))
      continue;
    for (const Post& post : query.posts)
      streams.push_back({DutyStream(statements, query, {county, post, std::nullopt}), {}});
  }
  return streams;
}

PageOf<Duty> Reader::duties(const DutyQuery& query) {
  const std::size_t limit = std::clamp<std::size_t>(query.limit, 1, longest_page);
  const auto after = place_of(query.cursor);
  if (after && !std::holds_alternative<std::int64_t>(after->value))
    throw BadCursor("a cursor of another list");
  const Sight sight(*session_, query.posts.empty() ? query.places : std::vector<Places>{});
  const Merged merged = merge(duty_streams(query), after, false, limit);
  PageOf<Duty> page;
  for (const Place& place : merged.places) {
    const RowPtr duty = row(table_type<Duty>(), place.key);
    FX_ASSERT(duty != nullptr, "a listed duty is there in the same snapshot");
    page.rows.push_back(*static_cast<const Duty*>(duty.get()));
  }
  if (merged.more) page.next = to_cursor(merged.places.back());
  return page;
}

std::vector<Duty> Reader::open_duties(const RawId& about) {
  std::vector<Duty> out;
  SqlStatement& select =
      session_->sql().cached(fmt::format(R"(SELECT {} FROM duty WHERE "about" = ? AND {} ORDER BY "no")",
                                         readers_->tables_.of(table_type<Duty>()).columns, duty_is_open));
  select.bind(about);
  while (select.step()) {
    RowSource source(select);
    out.push_back(take_row<Duty>(source));
  }
  return out;
}

PageOf<Notice> Reader::notices(const NoticeQuery& query) {
  const std::size_t limit = std::clamp<std::size_t>(query.limit, 1, longest_page);
  const auto start = place_of(query.cursor);
  if (start && !std::holds_alternative<std::int64_t>(start->value))
    throw BadCursor("a cursor of another list");
  std::vector<Stream> streams;
  for (const Post& post : query.posts) {
    streams.emplace_back([&, post](const std::optional<Place>& after, std::size_t n,
                                   std::vector<Place>& out) {
      std::string sql = R"(SELECT "sent_at", "no" FROM notice WHERE "unit" = ? AND "role" = ?)";
      if (query.unacknowledged) sql += R"( AND "acknowledged_at" IS NULL)";
      if (after) sql += R"( AND ("sent_at", "no") < (?, ?))";
      SqlStatement& select = session_->sql().cached(sql + R"( ORDER BY "sent_at" DESC, "no" DESC LIMIT ?)");
      select.bind(post.unit.raw).bind_text(enum_text(post.role));
      if (after) select.bind(std::get<std::int64_t>(after->value)).bind(no_of_key(after->key));
      select.bind(static_cast<std::int64_t>(n));
      while (select.step()) out.push_back({select.number(0), key_of_no(select.number(1))});
    });
  }
  const Merged merged = merge(streams, start, true, limit);
  PageOf<Notice> page;
  for (const Place& place : merged.places)
    page.rows.push_back(*static_cast<const Notice*>(row(table_type<Notice>(), place.key).get()));
  if (merged.more) page.next = to_cursor(merged.places.back());
  return page;
}

std::vector<CounterSum> Reader::counters(const CounterQuery& query) {
  std::vector<CounterSum> out;
  const Sight sight(*session_, query.places);
  SqlStatement& next = session_->sql().cached(
      "SELECT jurisdiction FROM counter WHERE jurisdiction >= ? AND jurisdiction <= ? ORDER BY jurisdiction "
      "LIMIT 1");
  SqlStatement& sums = session_->sql().cached(
      "SELECT occurred_day, CAST(sum(value) AS BIGINT) FROM counter WHERE jurisdiction = ? AND measure = ? "
      "AND occurred_day "
      "BETWEEN ? AND ? "
      "AND recorded_day <= ? GROUP BY occurred_day ORDER BY occurred_day");
  const std::int32_t shown =
      query.recorded_until ? query.recorded_until->days : std::numeric_limits<std::int32_t>::max();
  for (const Places& places : query.places) {
    std::int64_t from = places.first;
    while (next.reset().bind(from).bind(places.last).step()) {
      const auto county = static_cast<std::int32_t>(next.number(0));
      for (const std::string& measure : query.measures) {
        sums.reset().bind(county).bind_text(measure).bind(query.from.days).bind(query.until.days).bind(shown);
        while (sums.step())
          out.push_back({county, measure, {static_cast<std::int32_t>(sums.number(0))}, sums.number(1)});
      }
      from = std::int64_t{county} + 1;
    }
  }
  next.reset();
  return out;
}

}  // namespace fx::journal
