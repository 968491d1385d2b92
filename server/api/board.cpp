// The clock board: opened = discharged + late + open + cancelled + superseded, from kept counters, and the next clocks.
#include <fmt/format.h>

#include "api/handlers.hpp"
#include "api/labels.hpp"
#include "api/pages.hpp"
#include "api/row_json.hpp"

namespace fx::api {
namespace {

struct Totals {
  std::int64_t opened = 0;
  std::int64_t discharged = 0;
  std::int64_t late = 0;
  std::int64_t cancelled = 0;
  std::int64_t superseded = 0;

  void add(std::string_view measure, std::int64_t by) {
    if (measure == "duty.opened") opened += by;
    if (measure == "duty.discharged") discharged += by;
    if (measure == "duty.discharged_late") late += by;
    if (measure == "duty.cancelled") cancelled += by;
    if (measure == "duty.superseded") superseded += by;
  }
  [[nodiscard]] std::string json() const {
    return fmt::format(
        R"({{"opened":{},"discharged":{},"late":{},"open":{},"cancelled":{},"superseded":{}}})", opened,
        discharged, late, opened - discharged - late - cancelled - superseded, cancelled, superseded);
  }
};

Day day_in_query(const http::Request& request, std::string_view name, Day fallback) {
  const std::string text = text_in_query(request, name);
  if (text.empty()) return fallback;
  const auto day = parse_day(text);
  if (!day) throw Declined(malformed(fmt::format("/{}", name), "应为日期", "expected day"));
  return *day;
}

Totals totals_of_places(journal::Reader& reader, const Exchange& exchange,
                        const std::vector<journal::Places>& places) {
  journal::CounterQuery query;
  query.places = places;
  query.measures = {"duty.opened", "duty.discharged", "duty.discharged_late", "duty.cancelled",
                    "duty.superseded"};
  query.from = day_in_query(exchange.request, "from", Day{});
  query.until = day_in_query(exchange.request, "until", day_of(exchange.who.now) + 1);
  Totals totals;
  for (const auto& sum : reader.counters(query)) totals.add(sum.measure, sum.value);
  return totals;
}

/// Counters are kept by county; a single unit's own are counted from its duties.
Totals totals_of_units(journal::Reader& reader, const std::vector<UnitId>& units) {
  Totals totals;
  for (const UnitId unit : units) {
    auto& select =
        reader.connection().cached("SELECT state, count(*) FROM duty WHERE debtor_unit = ? GROUP BY state");
    select.bind(unit.raw);
    while (select.step()) {
      const std::int64_t count = select.number(1);
      totals.add("duty.opened", count);
      totals.add("duty." + select.string_at(0), count);
    }
  }
  return totals;
}

}  // namespace

http::Response show_clocks(Exchange& exchange) {
  const journal::Scope scope = scope_for(exchange.who, {});
  auto reader = exchange.house.parts.readers.open();
  journal::DutyQuery query;
  query.limit = number_in_query(exchange.request, "limit", 100, journal::longest_page);
  query.cursor = text_in_query(exchange.request, "after");
  Totals totals;
  if (!scope.places.empty()) {
    totals = totals_of_places(reader, exchange, scope.places);
    query.places = scope.places;
  } else {
    totals = totals_of_units(reader, {exchange.who.session.unit});
    for (const std::string& role : enum_choices<Role>())
      query.posts.push_back({exchange.who.session.unit, *enum_from<Role>(role)});
  }
  const auto page = reader.duties(query);
  std::string rows;
  for (const Duty& duty : page.rows)
    (rows += rows.empty() ? "" : ",") += duty_row_json(exchange, reader, duty);
  return http::json(200,
                    fmt::format(R"({{"totals":{},"rows":[{}],"next":{},"as_of":{}}})", totals.json(), rows,
                                page.next.empty() ? "null" : quoted(page.next), as_of_json(reader)));
}

}  // namespace fx::api
