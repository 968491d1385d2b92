#include "bin/backlog_page.hpp"

#include <algorithm>
#include <map>

#include "api/house.hpp"
#include "desks/screening/facts.hpp"

namespace fx::bin {
namespace {

using namespace screening;

constexpr std::size_t most_waiting = 5'000;
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
  bool whole = true;
  std::vector<BacklogRow> rows;
};
BOOST_DESCRIBE_STRUCT(Backlog, (), (lab, at, whole, rows))

struct Tally {
  BacklogRow row;
  std::vector<std::int64_t> minutes;  ///< of the reported ones
};
using Tallies = std::map<SpecimenClass, Tally>;

/// A mass round's clock runs from the seal, every other one from receipt.
std::optional<Instant> counted_from(const Tube& tube) {
  return tube.class_ == SpecimenClass::mass_round ? tube.sealed_at : tube.received_at;
}

Tally& tally_of(Tallies& tallies, const Tube& tube, const api::PageAsk& ask, std::int32_t county) {
  const auto [found, is_new] = tallies.try_emplace(tube.class_);
  Tally& tally = found->second;
  if (!is_new) return tally;
  tally.row.class_ = tube.class_;
  const std::string id = tube.class_ == SpecimenClass::mass_round
                             ? std::string("E.result.mass_h")
                             : "E.result.h." + std::string(enum_text(tube.class_));
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

void add_waiting(BacklogRow& row, const Tube& tube, Instant now) {
  switch (tube.state) {
    case TubeState::received: ++row.received; break;
    case TubeState::testing: ++row.testing; break;
    case TubeState::provisional: ++row.to_sign; break;
    default: ++row.on_the_way;
  }
  const auto from = counted_from(tube);
  if (!from) return;
  if (!row.oldest_at || *from < *row.oldest_at) row.oldest_at = from;
  if (row.limit_h && !in_time(row, *from, now)) ++row.late;
}

void add_reported(Tally& tally, const Tube& tube) {
  const auto from = counted_from(tube);
  if (!from || !tube.authorised_at) return;
  ++tally.row.reported;
  tally.minutes.push_back(std::max<std::int64_t>(0, minutes_between(*from, *tube.authorised_at)));
  if (tally.row.limit_h && in_time(tally.row, *from, *tube.authorised_at)) ++tally.row.reported_in_time;
}

/// Visits this laboratory's tubes in these states, latest printed first; false when there are more than `most`.
template <class F>
bool each_tube(const api::PageAsk& ask, UnitId lab, std::initializer_list<TubeState> states, std::size_t most,
               F visit) {
  journal::ListQuery query;
  query.table = &table_type<Tube>();
  query.scope.places = {journal::places_of(0)};
  query.filters = {{"lab", {lab.raw}}, {"state", {}}};
  for (const TubeState state : states)
    query.filters.back().values.emplace_back(std::string(enum_text(state)));
  query.limit = std::min(most, journal::longest_page);
  std::size_t seen = 0;
  for (;;) {
    const auto page = ask.reader.list(query);
    for (const RowPtr& row : page.rows) visit(*static_cast<const Tube*>(row.get()));
    seen += page.rows.size();
    if (page.next.empty()) return true;
    if (seen >= most) return false;
    query.cursor = page.next;
  }
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
  out.whole = each_tube(
      ask, out.lab, {sealed, in_transit, received, testing, provisional}, most_waiting,
      [&](const Tube& tube) { add_waiting(tally_of(tallies, tube, ask, county).row, tube, ask.now); });
  each_tube(ask, out.lab, {authorised, amended}, most_reported,
            [&](const Tube& tube) { add_reported(tally_of(tallies, tube, ask, county), tube); });
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
