// Sampling points: PLANNED → SET_UP → OPEN ⇄ CROWDED → CLOSED, or CANCELLED before anybody was sampled there. A point opens when all of its check list is there; more
// people waiting than E.point.queue make it CROWDED, and the nearest team without a queue is proposed.
#include <cmath>
#include <numbers>

#include "desks/places.hpp"
#include "desks/screening/rounds/operations.hpp"

namespace fx::screening {
namespace {

/// Metres along the great circle; the earth taken as a ball of mean radius (IUGG).
double metres_between(double longitude_a, double latitude_a, double longitude_b, double latitude_b) {
  constexpr double radius_m = 6'371'008.8;
  const auto rad = [](double degrees) { return degrees * std::numbers::pi / 180; };
  const double dy = std::sin(rad(latitude_b - latitude_a) / 2);
  const double dx = std::sin(rad(longitude_b - longitude_a) / 2);
  const double h = dy * dy + std::cos(rad(latitude_a)) * std::cos(rad(latitude_b)) * dx * dx;
  return 2 * radius_m * std::asin(std::min(1.0, std::sqrt(h)));
}

std::optional<double> distance(const SamplingPoint& a, const SamplingPoint& b) {
  if (!a.longitude || !a.latitude || !b.longitude || !b.latitude) return std::nullopt;
  return metres_between(*a.longitude, *a.latitude, *b.longitude, *b.latitude);
}

/// Nobody waits there longer than one swab: not more people than samplers.
bool is_free(const SamplingPoint& point) {
  const auto hands = std::max<std::int64_t>(static_cast<std::int64_t>(point.team.size()), point.samplers);
  return point.state == PointState::open && point.waiting <= hands;
}

/// The nearest free team of the round; those of unknown distance come last, in the order they were planned.
PointCrowded crowded(const SamplingPoint& point, std::int32_t waiting, const Round* round, const View& view) {
  PointCrowded event{point.id, point.unit, point.county, waiting, {}, {}, {}};
  if (round == nullptr) return event;
  for (const PointId id : round->points) {
    const auto* other = view.find<SamplingPoint>(id);
    if (other == nullptr || id == point.id || !is_free(*other)) continue;
    const auto metres = distance(point, *other);
    const bool nearer = !event.free_point || (metres && (!event.distance_m || *metres < *event.distance_m));
    if (!nearer) continue;
    event.free_point = id;
    event.free_unit = other->unit;
    event.distance_m = metres;
  }
  return event;
}

Result<Decision> order(const OrderPoint& c, const View& view, const Context& context) {
  Refusals no;
  if (const auto* known = view.find<SamplingPoint>(c.point))
    no.add(wrong_state(known->state, {PointState::planned}, "/point"));
  if (context.reference.unit(c.unit) == nullptr) no.add(unknown("/unit"));
  const Round* round = c.round ? view.find<Round>(*c.round) : nullptr;
  if (c.round && round == nullptr) no.add(unknown("/round"));
  if (round != nullptr && is_one_of(round->state, {RoundState::closed, RoundState::cancelled}))
    no.add(
        wrong_state(round->state, {RoundState::planned, RoundState::approved, RoundState::open}, "/round"));
  if (c.longitude.has_value() != c.latitude.has_value() || std::abs(c.longitude.value_or(0)) > 180 ||
      std::abs(c.latitude.value_or(0)) > 90)
    no.add(malformed("/longitude", "经纬度不对", "not a place on earth"));
  if (c.people < 0) no.add(malformed("/people", "不能为负", "must not be negative"));
  if (c.samplers < 0) no.add(malformed("/samplers", "不能为负", "must not be negative"));
  if (!no.empty()) return no;
  return Decision{
      {PointOrdered{c.point, c.round, c.title, c.unit, desks::command_of(context.reference, c.unit),
                    c.township, c.longitude, c.latitude, c.people, c.samplers}}};
}

Result<Decision> set_up(const SetUpPoint& c, const View& view, const Context&) {
  const auto* point = view.find<SamplingPoint>(c.point);
  if (point == nullptr) return unknown("/point");
  Refusals no;
  if (!is_one_of(point->state, {PointState::planned, PointState::set_up}))
    no.add(wrong_state(point->state, {PointState::planned}));
  for (const std::string& name : enum_choices<PointCheck>())
    if (std::ranges::find(c.checks, *enum_from<PointCheck>(name)) == c.checks.end())
      no.add("R-PNT-1", "/checks");
  if (!no.empty()) {
    Refusals one;
    one.add(no.list().front());
    return one;
  }
  return Decision{{PointSetUp{point->id, point->unit, c.checks}}};
}

Result<Decision> open(const OpenPoint& c, const View& view, const Context&) {
  const auto* point = view.find<SamplingPoint>(c.point);
  if (point == nullptr) return unknown("/point");
  if (!is_one_of(point->state, {PointState::set_up, PointState::closed}))
    return wrong_state(point->state, {PointState::set_up});
  return Decision{{PointOpened{point->id, point->unit}}};
}

Result<Decision> join(const JoinPoint& c, const View& view, const Context& context) {
  const auto* point = view.find<SamplingPoint>(c.point);
  if (point == nullptr) return unknown("/point");
  if (std::ranges::find(point->team, context.actor.account) != point->team.end()) return Decision{};
  return Decision{{TeamJoined{point->id, point->unit, context.actor.account}}};
}

Result<Decision> report(const ReportQueue& c, const View& view, const Context& context) {
  const auto* point = view.find<SamplingPoint>(c.point);
  if (point == nullptr) return unknown("/point");
  Refusals no;
  if (!is_one_of(point->state, {PointState::open, PointState::crowded}))
    no.add(wrong_state(point->state, {PointState::open}));
  if (c.waiting < 0) no.add(malformed("/waiting", "不能为负", "must not be negative"));
  if (!no.empty()) return no;
  Decision out{{QueueReported{point->id, point->unit, c.waiting}}};
  const auto limit = context.number("E.point.queue", context.actor.jurisdiction);
  const bool too_many = limit && c.waiting > static_cast<std::int32_t>(*limit);
  if (too_many && point->state == PointState::open)
    out.events.push_back(
        crowded(*point, c.waiting, point->round ? view.find<Round>(*point->round) : nullptr, view));
  if (!too_many && point->state == PointState::crowded)
    out.events.push_back(PointRelieved{point->id, point->unit, c.waiting});
  return out;
}

Result<Decision> cancel(const CancelPoint& c, const View& view, const Context&) {
  const auto* point = view.find<SamplingPoint>(c.point);
  if (point == nullptr) return unknown("/point");
  Refusals no;
  if (!is_one_of(point->state, {PointState::planned, PointState::set_up}))
    no.add(wrong_state(point->state, {PointState::planned, PointState::set_up}));
  if (c.reason.empty()) no.add(missing("/reason"));
  if (!no.empty()) return no;
  return Decision{{PointCancelled{point->id, point->unit, c.reason.ref}}};
}

Result<Decision> close(const ClosePoint& c, const View& view, const Context&) {
  const auto* point = view.find<SamplingPoint>(c.point);
  if (point == nullptr) return unknown("/point");
  if (!is_one_of(point->state, {PointState::open, PointState::crowded}))
    return wrong_state(point->state, {PointState::open});
  return Decision{{PointClosed{point->id, point->unit}}};
}

template <class C>
void own(const C& c, const Context&, KeySet& keys) {
  keys.own<SamplingPoint>(c.point);
}

template <class C>
std::optional<UnitId> place(const C& c, const View& view, const Context&) {
  const auto* point = view.find<SamplingPoint>(c.point);
  return point != nullptr ? std::optional(point->unit) : std::nullopt;
}

/// The other points of the round: one of their teams may help.
void neighbours(const ReportQueue& c, const View& view, const Context&, KeySet& keys) {
  const auto* point = view.find<SamplingPoint>(c.point);
  if (point == nullptr || !point->round) return;
  const Loaded loaded(view, keys);
  if (const Round* round = loaded.find<Round>(*point->round))
    for (const PointId other : round->points)
      if (other != c.point) keys.read<SamplingPoint>(other);
  keys.read<Round>(*point->round);
}

}  // namespace

void run_points(Desk& desk) {
  desk.operation<OrderPoint>("order_point", {"下令设采样点", "Order a sampling point"})
      .by({Role::CMD, Role::DO, Role::HA})
      .keys([](const OrderPoint& c, const Context&, KeySet& keys) {
        keys.own<SamplingPoint>(c.point);
        if (c.round) keys.own<Round>(*c.round);
      })
      .place([](const OrderPoint& c, const View&, const Context&) { return std::optional(c.unit); })
      .decide(order);
  desk.operation<SetUpPoint>("set_up_point", {"采样点布置完成", "Point is set up"})
      .by({Role::SMP, Role::FRP, Role::GRID})
      .keys(own<SetUpPoint>)
      .place(place<SetUpPoint>)
      .decide(set_up);
  desk.operation<OpenPoint>("open_point", {"采样点开放", "Open a point"})
      .by({Role::SMP, Role::FRP})
      .deed()
      .keys(own<OpenPoint>)
      .place(place<OpenPoint>)
      .decide(open);
  desk.operation<JoinPoint>("join_point", {"到采样点上岗", "Join the team of a point"})
      .by({Role::SMP})
      .deed()
      .keys(own<JoinPoint>)
      .place(place<JoinPoint>)
      .decide(join);
  desk.operation<ReportQueue>("report_queue", {"上报排队人数", "Report the queue"})
      .by({Role::SMP, Role::GRID, Role::POL, Role::FRP})
      .deed()
      .keys(own<ReportQueue>)
      .more_keys(neighbours)
      .place(place<ReportQueue>)
      .decide(report);
  desk.operation<CancelPoint>("cancel_point", {"取消采样点", "Cancel a point"})
      .by({Role::CMD, Role::DO, Role::HA})
      .keys(own<CancelPoint>)
      .place(place<CancelPoint>)
      .decide(cancel);
  desk.operation<ClosePoint>("close_point", {"采样点关闭", "Close a point"})
      .by({Role::SMP, Role::FRP})
      .deed()
      .keys(own<ClosePoint>)
      .place(place<ClosePoint>)
      .decide(close);
}

}  // namespace fx::screening
