#include <cmath>
#include <set>

#include "desks/investigation/trajectory/operations.hpp"

namespace fx::investigation {

std::optional<Stretch> window_of(const Case& file, std::optional<Instant> from) {
  if (!from) return std::nullopt;
  return Stretch{*from, std::max(*from, file.opened_at)};
}

bool overlaps(const std::optional<Stretch>& window, Instant from, Instant until) {
  if (!window) return false;
  return from < window->until && (until > window->from || (from == until && from >= window->from));
}

namespace {

std::vector<Stretch> stretches_after(const Trajectory* trajectory, const TrajectoryChange& change,
                                     const View& view) {
  std::vector<Stretch> known;
  if (trajectory != nullptr)
    for (const StopId id : trajectory->stops)
      if (const Stop& stop = view.get<Stop>(id); !stop.withdrawn && change.without != id)
        known.push_back({stop.from, stop.until});
  if (change.with) known.push_back(*change.with);
  return known;
}

/// Nothing is asked before anything was told: the first stop raises the questions.
std::vector<Stretch> questions(const Case& file, const TrajectoryChange& change, const Trajectory* trajectory,
                               const View& view, const Context& context) {
  const auto longest = context.number("D.trajectory.gap_h", file.id.home());
  const auto window = window_of(file, change.window_from);
  const auto known = stretches_after(trajectory, change, view);
  if (!longest || !window || known.empty()) return {};
  return gaps_of(known, *window, std::chrono::minutes(std::lround(*longest * 60)));
}

/// All stops were named before this hop, so they are loaded and may be looked at. One alone may have been named by the
/// operation itself.
bool is_loaded(const Trajectory* trajectory, const KeySet& keys) {
  if (trajectory == nullptr) return true;
  std::set<RawId> named;
  for (const KeySet::Entry& entry : keys.entries())
    if (entry.key.table == &table_type<Stop>()) named.insert(entry.key.id);
  return std::ranges::all_of(trajectory->stops, [&](StopId stop) { return named.contains(stop.raw); });
}

}  // namespace

void own_questions(CaseId case_id, const TrajectoryChange& change, const View& view, const Context& context,
                   KeySet& keys) {
  const Case* file = view.find<Case>(case_id);
  const auto* trajectory = view.find<Trajectory>(trajectory_of(case_id));
  if (file != nullptr && is_loaded(trajectory, keys))
    for (const Stretch& gap : questions(*file, change, trajectory, view, context))
      keys.own<Gap>(gap_of(case_id, gap.from, gap.until));
  if (trajectory == nullptr) return;
  for (const StopId stop : trajectory->stops) keys.own<Stop>(stop);
  for (const GapId gap : trajectory->gaps) keys.own<Gap>(gap);
}

void requestion(const Case& file, const TrajectoryChange& change, const View& view, const Context& context,
                Decision& decision) {
  const auto* trajectory = view.find<Trajectory>(trajectory_of(file.id));
  std::set<GapId> now;
  for (const Stretch& gap : questions(file, change, trajectory, view, context)) {
    const GapId id = gap_of(file.id, gap.from, gap.until);
    now.insert(id);
    const Gap* before = view.find<Gap>(id);
    if (before == nullptr || !before->stands)
      decision.events.emplace_back(GapFound{id, file.id, file.cdc, gap.from, gap.until});
  }
  if (trajectory == nullptr) return;
  for (const GapId id : trajectory->gaps)
    if (view.get<Gap>(id).stands && !now.contains(id)) decision.events.emplace_back(GapClosed{id, file.id});
}

StopNow stop_now(const Stop& stop) {
  return {!stop.withdrawn, place_of(stop), {stop.from, stop.until}, stop.carriage, stop.row};
}

AtStop at_stop(const Stop& stop) {
  return {stop.id, place_of(stop), stop.from, stop.until, stop.carriage, stop.row};
}

void rewindow(const Case& file, std::optional<Instant> window_from, const View& view, Decision& decision) {
  const auto* trajectory = view.find<Trajectory>(trajectory_of(file.id));
  if (trajectory == nullptr) return;
  const auto window = window_of(file, window_from);
  StopsWindowed moved{file.id, {}, {}};
  for (const StopId id : trajectory->stops) {
    const Stop& stop = view.get<Stop>(id);
    const bool inside = overlaps(window, stop.from, stop.until);
    if (inside != stop.in_window) (inside ? moved.inside : moved.outside).push_back(id);
  }
  if (!moved.inside.empty() || !moved.outside.empty()) decision.events.emplace_back(std::move(moved));
}

}  // namespace fx::investigation
