#include "bin/backlog_page.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <map>

#include "api/house.hpp"
#include "desks/screening/facts.hpp"

namespace fx::bin {
namespace {

using namespace screening;

constexpr std::size_t most_reported = 500;

/// One class of specimens at one laboratory.
struct BacklogRow {
  SpecimenClass class_ = SpecimenClass::voluntary;
  std::int64_t on_the_way = 0;  ///< sealed for it, not yet received
  std::int64_t received = 0;
  std::int64_t testing = 0;
  std::int64_t to_sign = 0;           ///< read, awaiting the second person
  std::optional<Instant> oldest_at;   ///< from when the clock of the oldest of them runs
  std::optional<double> limit_h;      ///< absent: the rulebook has no hours for the class
  std::int64_t late = 0;              ///< waiting longer than that
  std::int64_t reported = 0;          ///< of the last ones reported
  std::int64_t reported_in_time = 0;  ///< of those; 0 without a limit
  std::optional<std::int64_t> median_min;
  std::optional<std::int64_t> p90_min;
};
BOOST_DESCRIBE_STRUCT(BacklogRow, (),
                      (class_, on_the_way, received, testing, to_sign, oldest_at, limit_h, late, reported,
                       reported_in_time, median_min, p90_min))

struct Backlog {
  UnitId lab;
  Instant at;
  std::vector<BacklogRow> rows;
};
BOOST_DESCRIBE_STRUCT(Backlog, (), (lab, at, rows))

struct Tally {
  BacklogRow row;
  std::vector<std::int64_t> minutes;  ///< of the reported ones
};
using Tallies = std::map<SpecimenClass, Tally>;

/// A mass round's clock runs from the seal, every other one from receipt.
std::optional<Instant> counted_from(const Tube& tube) {
  return tube.class_ == SpecimenClass::mass_round ? tube.sealed_at : tube.received_at;
}

Tally& tally_of(Tallies& tallies, SpecimenClass class_, const api::PageAsk& ask, std::int32_t county) {
  const auto [found, is_new] = tallies.try_emplace(class_);
  Tally& tally = found->second;
  if (!is_new) return tally;
  tally.row.class_ = class_;
  const std::string id = class_ == SpecimenClass::mass_round ? std::string("E.result.mass_h")
                                                             : "E.result.h." + std::string(enum_text(class_));
  const RuleValue hours = ask.rules.value(id, ask.now, county);
  if (hours.state == RuleValue::State::value) tally.row.limit_h = hours.number();
  return tally;
}

std::int64_t minutes_between(Instant from, Instant until) {
  return std::chrono::duration_cast<std::chrono::minutes>(until - from).count();
}

bool in_time(const BacklogRow& row, Instant from, Instant until) {
  return static_cast<double>((until - from).count()) <= *row.limit_h * 3'600'000;
}

std::int64_t& place_of(BacklogRow& row, TubeState state) {
  switch (state) {
    case TubeState::received: return row.received;
    case TubeState::testing: return row.testing;
    case TubeState::provisional: return row.to_sign;
    default: return row.on_the_way;
  }
}

/// Where the clock of a class runs from, as the index holds it.
std::string_view clock_column(SpecimenClass class_) {
  return class_ == SpecimenClass::mass_round ? R"("sealed_at")" : R"("received_at")";
}

/// Counties whose tubes there are: a tube's is that of whoever printed it, wherever it is tested.
std::vector<std::int64_t> counties(journal::Reader& reader) {
  std::vector<std::int64_t> out;
  auto& next =
      reader.connection().cached(R"(SELECT "home" FROM "tube" WHERE "home" > ? ORDER BY "home" LIMIT 1)");
  std::int64_t after = -1;
  while (next.reset().bind(after).step()) out.push_back(after = next.number(0));
  next.reset();
  return out;
}

/// Tubes of one county in one state at the laboratory.
class Waiting {
 public:
  Waiting(const api::PageAsk& ask, UnitId lab, std::int32_t county) : ask_(ask), lab_(lab), county_(county) {}

  void count(Tallies& tallies, std::int64_t home, TubeState state) {
    auto& select = ask_.reader.connection().cached(
        R"(SELECT "class", count(*), min("received_at"), min("sealed_at") FROM "tube" )"
        R"(WHERE "home" = ? AND "state" = ? AND "lab" = ? GROUP BY "class")");
    select.reset().bind(home).bind_text(enum_text(state)).bind(lab_.raw);
    std::vector<SpecimenClass> seen;
    while (select.step()) {
      const auto class_ = enum_from<SpecimenClass>(select.text_at(0));
      FX_ASSERT(class_.has_value(), "a stored class is one of ours");
      BacklogRow& row = tally_of(tallies, *class_, ask_, county_).row;
      place_of(row, state) += select.number(1);
      const int clock = *class_ == SpecimenClass::mass_round ? 3 : 2;
      if (!select.is_null(clock)) {
        const Instant from = select.instant_at(clock);
        if (!row.oldest_at || from < *row.oldest_at) row.oldest_at = from;
      }
      seen.push_back(*class_);
    }
    for (const SpecimenClass class_ : seen) add_late(tallies.at(class_).row, home, state);
  }

 private:
  void add_late(BacklogRow& row, std::int64_t home, TubeState state) {
    if (!row.limit_h) return;
    auto& select = ask_.reader.connection().cached(
        fmt::format(R"(SELECT count(*) FROM "tube" WHERE "home" = ? AND "state" = ? AND "lab" = ? )"
                    R"(AND "class" = ? AND {} < ?)",
                    clock_column(row.class_)));
    const auto limit = static_cast<std::int64_t>(*row.limit_h * 3'600'000);
    select.reset().bind(home).bind_text(enum_text(state)).bind(lab_.raw).bind_text(enum_text(row.class_));
    select.bind(ask_.now.ms - limit);
    if (select.step()) row.late += select.number(0);
    select.reset();
  }

  const api::PageAsk& ask_;
  UnitId lab_;
  std::int32_t county_;
};

void add_reported(Tally& tally, const Tube& tube) {
  const auto from = counted_from(tube);
  if (!from || !tube.authorised_at) return;
  ++tally.row.reported;
  tally.minutes.push_back(std::max<std::int64_t>(0, minutes_between(*from, *tube.authorised_at)));
  if (tally.row.limit_h && in_time(tally.row, *from, *tube.authorised_at)) ++tally.row.reported_in_time;
}

/// Visits the laboratory's reported tubes, latest printed first.
template <class F>
void each_reported(const api::PageAsk& ask, UnitId lab, F visit) {
  journal::ListQuery query;
  query.table = &table_type<Tube>();
  query.scope.places = {journal::places_of(0)};
  query.filters = {{"lab", {lab.raw}}, {"state", {std::string("authorised"), std::string("amended")}}};
  query.limit = std::min(most_reported, journal::longest_page);
  for (const RowPtr& row : ask.reader.list(query).rows) visit(*static_cast<const Tube*>(row.get()));
}

void close(Tally& tally) {
  auto& minutes = tally.minutes;
  if (minutes.empty()) return;
  std::ranges::sort(minutes);
  tally.row.median_min = minutes[minutes.size() / 2];
  tally.row.p90_min = minutes[minutes.size() * 9 / 10];
}

api::PageAnswer answer(const api::PageAsk& ask) {
  using enum TubeState;
  const auto lab = RawId::parse(ask.query("lab"));
  if (!lab) throw api::Declined(api::malformed("/lab", "应为实验室编号", "expected the id of a laboratory"));
  const std::int32_t county = lab->home();
  if (!ask.sees(county, {UnitId{*lab}})) api::not_found();
  Backlog out{.lab = UnitId{*lab}, .at = ask.now};
  Tallies tallies;
  Waiting waiting(ask, out.lab, county);
  for (const std::int64_t home : counties(ask.reader))
    for (const TubeState state : {sealed, in_transit, received, testing, provisional})
      waiting.count(tallies, home, state);
  each_reported(ask, out.lab,
                [&](const Tube& tube) { add_reported(tally_of(tallies, tube.class_, ask, county), tube); });
  for (auto& [of_class, tally] : tallies) {
    close(tally);
    out.rows.push_back(tally.row);
  }
  return {.body = to_json(out)};
}

}  // namespace

api::DeskPage backlog_page() {
  return {"screening",
          "backlog",
          {Role::LAB, Role::LAA, Role::FRP, Role::HA, Role::CDC, Role::DO, Role::DL, Role::CMD},
          {},
          answer};
}

}  // namespace fx::bin
