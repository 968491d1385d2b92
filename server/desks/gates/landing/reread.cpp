// A new list version: whoever came from a place that counts graver now, within the days looked back, is read again. Nobody
// else is; what was decided keeps the version it was decided by.
#include <algorithm>
#include <map>
#include <set>

#include "desks/gates/landing/commands.hpp"
#include "desks/gates/landing/facts.hpp"
#include "desks/gates/operations.hpp"

namespace fx::gates {
namespace {

/// Days looked back, today included.
std::vector<Day> days_back(const Context& context, std::int32_t county) {
  const auto days = number_of(context.rules, "G.history_d", context.occurred_at, county);
  std::vector<Day> out;
  for (int back = 0; back <= static_cast<int>(days.value_or(0)); ++back)
    out.push_back(day_of(context.occurred_at) + -back);
  return out;
}

template <class F>
void each_row(const RereadArrivals& c, const Context& context, F visit) {
  for (const Day day : days_back(context, c.county))
    for (const std::int32_t place : c.places) visit(came_from(c.county, place, day));
}

Result<Decision> reread(const RereadArrivals& c, const View& view, const Context& context) {
  ArrivalsReread e{c.reread, c.external_list, c.number, c.county, c.owner, {}, {}};
  std::set<ArrivalId> seen;
  each_row(c, context, [&](const RawId& id) {
    const auto* row = view.find<CameFrom>(id);
    if (row == nullptr) return;
    for (const Came& came : row->people) {
      // Whose class is still owed gets it by the new version anyway.
      const Arrival& arrival = view.get<Arrival>(came.arrival);
      if (arrival.state != ArrivalState::classed || arrival.reread || !seen.insert(came.arrival).second)
        continue;
      e.arrivals.push_back(came.arrival);
      e.persons.push_back(came.person);
    }
  });
  if (e.arrivals.empty()) return Decision{};
  return Decision{{std::move(e)}};
}

std::vector<std::string> arrivals_add_up(const Tables& tables) {
  std::map<LandingId, Landing> counted;
  for (const Arrival& arrival : tables.all<Arrival>()) {
    Landing& landing = counted[arrival.landing];
    ++landing.arrived;
    ++landing.of(arrival.state, arrival.class_);
  }
  std::vector<std::string> breaches;
  for (const Landing& landing : tables.all<Landing>()) {
    const Landing& real = counted[landing.id];
    const std::int32_t sum = landing.none + landing.infection_reported + landing.low + landing.medium +
                             landing.high + landing.abroad + landing.to_class + landing.left_unclassed;
    if (sum != landing.arrived || real.arrived != landing.arrived || real.none != landing.none ||
        real.medium != landing.medium || real.high != landing.high ||
        real.infection_reported != landing.infection_reported || real.to_class != landing.to_class ||
        real.left_unclassed != landing.left_unclassed)
      breaches.push_back("landing " + landing.number + " does not add up");
  }
  return breaches;
}

std::vector<std::string> lines_add_up(const Tables& tables) {
  std::map<RereadId, std::int32_t> open;
  for (const Arrival& arrival : tables.all<Arrival>())
    if (arrival.reread) ++open[*arrival.reread];
  std::vector<std::string> breaches;
  for (const Reread& list : tables.all<Reread>())
    if (list.open != open[list.id]) breaches.push_back("a list read again counts its open lines wrongly");
  return breaches;
}

}  // namespace

void add_reread(Desk& desk) {
  desk.operation<RereadArrivals>("reread_arrivals", {"重新核对到达人员", "Read arrivals again"})
      .internal()
      .keys([](const RereadArrivals& c, const Context& context, KeySet& keys) {
        keys.own<Reread>(c.reread);
        each_row(c, context, [&](const RawId& id) { keys.read<CameFrom>(id); });
      })
      .more_keys([](const RereadArrivals& c, const View& view, const Context& context, KeySet& keys) {
        each_row(c, context, [&](const RawId& id) {
          const auto* row = view.find<CameFrom>(id);
          if (row == nullptr) return;
          for (const Came& came : row->people) keys.own<Arrival>(came.arrival);
        });
      })
      .decide(reread);
}

void add_landing_laws(Desk& desk) {
  desk.law("F6: arrived = Σ classes + to class + left unclassed", arrivals_add_up);
  desk.law("B4: a list read again = settled + open", lines_add_up);
}

}  // namespace fx::gates
