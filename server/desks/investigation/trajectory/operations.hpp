#pragma once

#include "desks/investigation/classing/contact_class.hpp"
#include "desks/investigation/operations.hpp"
#include "desks/investigation/trajectory/facts.hpp"
#include "desks/investigation/trajectory/gaps.hpp"

namespace fx::investigation {

void add_record_stop(Desk& desk);
void add_withdraw_stop(Desk& desk);
void add_settle_stop(Desk& desk);
void add_answer_gap(Desk& desk);
void add_trajectory_laws(Desk& desk);

/// The infectious window as far as the desk sees it: from window_from until the case was in hands. Nothing without a
/// window.
std::optional<Stretch> window_of(const Case& file, std::optional<Instant> from);

/// What is about to change in a trajectory: a stop comes, goes, or lies otherwise; or the window moves.
struct TrajectoryChange {
  std::optional<Instant> window_from;
  std::optional<StopId> without;
  std::optional<Stretch> with;
};

/// Keys of such a change: all stops and questions of the case, and the questions that will be. For `more_keys` of an
/// operation that named the case and its trajectory.
void own_questions(CaseId case_id, const TrajectoryChange& change, const View& view, const Context& context,
                   KeySet& keys);

/// The questions after the change: those that stand no longer are closed, new ones found.
void requestion(const Case& file, const TrajectoryChange& change, const View& view, const Context& context,
                Decision& decision);

/// A stop as the class function sees it.
StopNow stop_now(const Stop& stop);
/// What an exposure found at a stop is bound to.
AtStop at_stop(const Stop& stop);

/// The window moved: which stops lie in it now.
void rewindow(const Case& file, std::optional<Instant> window_from, const View& view, Decision& decision);

bool overlaps(const std::optional<Stretch>& window, Instant from, Instant until);

}  // namespace fx::investigation
