// Which tubes go to which laboratory: a flow from the couriers' loads through the hours of each laboratory.
#include <lemon/network_simplex.h>
#include <lemon/preflow.h>
#include <lemon/smart_graph.h>

#include <algorithm>
#include <span>

#include "engines/scheduling/steps.hpp"

namespace fx::scheduling {
namespace {

using Graph = lemon::SmartDigraph;
using Amounts = Graph::ArcMap<std::int64_t>;

/// A laboratory works steadily, not tube by tube: all amounts are `parts` of a tube, so that a tube a day more never delays
/// anything by rounding. source -> loads -> (laboratory, arrival) -> next arrival … ; each arrival -> sink as much as is worked off until the next.
struct Network {
  Graph graph;
  Amounts room{graph};
  Amounts road{graph};
  Graph::Node source = graph.addNode();
  Graph::Node sink = graph.addNode();
  std::int64_t wanted = 0;

  struct Bench {
    Graph::Arc arc;
    std::size_t lab;
    Minutes from;
    Minutes until;  // next arrival; horizon for the last
  };
  std::vector<Bench> benches;
  struct Trip {
    Graph::Arc arc;
    std::uint32_t township;
    std::uint32_t lab;
  };
  std::vector<Trip> trips;

  Graph::Arc arc(Graph::Node from, Graph::Node to, std::int64_t most, std::int64_t minutes = 0) {
    const Graph::Arc made = graph.addArc(from, to);
    room[made] = most;
    road[made] = minutes;
    return made;
  }
};

std::vector<Minutes> arrivals(const Question& q, const std::vector<Load>& loads, std::size_t lab,
                              Minutes interval) {
  std::vector<Minutes> out{0};  // what waits there
  for (const OnTheWay& one : q.on_the_way)
    if (one.lab == lab) out.push_back(std::max(one.arrives, 0));
  for (const Load& load : loads)
    if (may_go(q, load.township, lab, interval))
      out.push_back(load.at + q.couriers.stop + q.road_to(load.township, lab));
  std::ranges::sort(out);
  const auto twice = std::ranges::unique(out);
  out.erase(twice.begin(), twice.end());
  return out;
}

/// The laboratories' nodes, by arrival.
std::vector<Graph::Node> open_lab(Network& net, const std::vector<Minutes>& times, std::size_t lab,
                                  std::int64_t most) {
  std::vector<Graph::Node> nodes;
  for (std::size_t i = 0; i < times.size(); ++i) {
    nodes.push_back(net.graph.addNode());
    if (i > 0) net.arc(nodes[i - 1], nodes[i], most);
    const Minutes until = i + 1 < times.size() ? times[i + 1] : 2 * horizon;
    net.benches.push_back({net.arc(nodes[i], net.sink, 0), lab, times[i], until});
  }
  return nodes;
}

void supply(Network& net, Graph::Node to, std::int64_t tubes) {
  if (tubes > 0) net.arc(net.source, to, parts * tubes);
  net.wanted += parts * tubes;
}

void build(Network& net, const Question& q, const std::vector<Load>& loads, Minutes interval) {
  std::int64_t most = 0;
  for (const Load& load : loads) most += load.tubes;
  for (const OnTheWay& one : q.on_the_way) most += one.tubes;
  for (const Lab& lab : q.labs) most += lab.waiting;
  std::vector<Graph::Node> stacks;
  for (const Load& load : loads) supply(net, stacks.emplace_back(net.graph.addNode()), load.tubes);
  for (std::size_t lab = 0; lab < q.labs.size(); ++lab) {
    const std::vector<Minutes> times = arrivals(q, loads, lab, interval);
    const std::vector<Graph::Node> nodes = open_lab(net, times, lab, parts * most);
    const auto at = [&](Minutes time) {
      return nodes[std::ranges::lower_bound(times, time) - times.begin()];
    };
    supply(net, at(0), q.labs[lab].waiting);
    for (const OnTheWay& one : q.on_the_way)
      if (one.lab == lab) supply(net, at(std::max(one.arrives, 0)), one.tubes);
    for (std::size_t i = 0; i < loads.size(); ++i) {
      const Load& load = loads[i];
      if (!may_go(q, load.township, lab, interval)) continue;
      const Minutes road = q.road_to(load.township, lab);
      net.trips.push_back({net.arc(stacks[i], at(load.at + q.couriers.stop + road), parts * load.tubes, road),
                           load.township, static_cast<std::uint32_t>(lab)});
    }
  }
}

/// Leaves each laboratory what it can begin and still have authorised by `finish`.
void limit(Network& net, const Question& q, Minutes finish) {
  for (const Network::Bench& bench : net.benches) {
    const Lab& lab = q.labs[bench.lab];
    const Minutes last = finish - lab.turnaround;
    const Minutes until = std::min(bench.until, last);
    net.room[bench.arc] = until > bench.from ? worked_off(lab, until) - worked_off(lab, bench.from) : 0;
  }
}

bool is_done_by(Network& net, const Question& q, Minutes finish) {
  limit(net, q, finish);
  lemon::Preflow<Graph, Amounts> flow(net.graph, net.room, net.source, net.sink);
  flow.runMinCut();
  return flow.flowValue() == net.wanted;
}

/// Whole tubes of one township: rounded down, what is left over goes where most was cut off.
void round_row(std::span<std::int64_t> row) {
  std::int64_t all = 0;
  for (const std::int64_t amount : row) all += amount;
  std::vector<std::size_t> order(row.size());
  for (std::size_t i = 0; i < order.size(); ++i) order[i] = i;
  std::ranges::stable_sort(order, std::ranges::greater{}, [&](std::size_t i) { return row[i] % parts; });
  std::int64_t left = all / parts;
  for (std::int64_t& amount : row) left -= amount /= parts;
  for (std::size_t i = 0; left > 0; ++i, --left) ++row[order[i]];
}

}  // namespace

bool finishes_by(const Question& question, const std::vector<Load>& loads, Minutes interval, Minutes finish) {
  Network net;
  build(net, question, loads, interval);
  return is_done_by(net, question, finish);
}

std::optional<Minutes> earliest_finish(const Question& question, const std::vector<Load>& loads,
                                       Minutes interval) {
  Network net;
  build(net, question, loads, interval);
  if (net.wanted == 0) return 0;
  if (!is_done_by(net, question, horizon)) return std::nullopt;
  Minutes low = 0;
  Minutes high = horizon;
  while (low < high) {
    const Minutes middle = (low + high) / 2;
    if (is_done_by(net, question, middle))
      high = middle;
    else
      low = middle + 1;
  }
  return low;
}

std::vector<Delivery> deliver(const Question& question, const std::vector<Load>& loads, Minutes interval,
                              Minutes finish) {
  Network net;
  build(net, question, loads, interval);
  limit(net, question, finish);
  lemon::NetworkSimplex<Graph, std::int64_t> cheapest(net.graph);
  cheapest.upperMap(net.room).costMap(net.road).stSupply(net.source, net.sink, net.wanted);
  std::vector<Delivery> out;
  if (cheapest.run() != decltype(cheapest)::OPTIMAL) return out;
  std::vector<std::int64_t> sums(static_cast<std::size_t>(question.townships) * question.labs.size(), 0);
  for (const Network::Trip& trip : net.trips)
    sums[trip.township * question.labs.size() + trip.lab] += cheapest.flow(trip.arc);
  for (std::size_t township = 0; township < question.townships; ++township)
    round_row(std::span(sums).subspan(township * question.labs.size(), question.labs.size()));
  for (std::uint32_t township = 0; township < question.townships; ++township)
    for (std::uint32_t lab = 0; lab < question.labs.size(); ++lab)
      if (const auto tubes = sums[township * question.labs.size() + lab]; tubes > 0)
        out.push_back({township, lab, tubes});
  return out;
}

}  // namespace fx::scheduling
