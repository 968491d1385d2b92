#pragma once

// What anybody may be told without signing in. The program makes it, for it knows the desks; the API knows the shapes.

#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "journal/reader.hpp"
#include "kernel/reference.hpp"
#include "kernel/rules.hpp"

namespace fx::api {

/// 畅通, 忙碌, 拥堵; unknown: nobody has told of the queue lately.
enum class QueueState { clear, busy, crowded, unknown };
BOOST_DESCRIBE_ENUM(QueueState, clear, busy, crowded, unknown)

/// A sampling point that is open now. No count: nobody shall read more into it than there is.
struct OpenPoint {
  std::string title;
  std::int64_t township = 0;
  std::int32_t county = 0;  ///< whose rules its queue is judged by
  QueueState state = QueueState::unknown;
  std::optional<Instant> told_at;  ///< when the point last spoke of its queue
};
BOOST_DESCRIBE_STRUCT(OpenPoint, (), (title, township, county, state, told_at))

/// waiting: sampled, not yet at a laboratory · testing: there · recheck: the person must be tested singly; a pool on hold
/// or a grey result, never a positive · again: the specimen gave no result, a new sample is owed.
enum class OwnState { waiting, testing, negative, positive, recheck, again };
BOOST_DESCRIBE_ENUM(OwnState, waiting, testing, negative, positive, recheck, again)

struct OwnResult {
  RawId tube;
  OwnState state = OwnState::waiting;
  bool pooled = false;  ///< what is told comes from a tube of several people
  Instant sampled_at;
  std::optional<Instant> result_at;
  std::optional<UnitId> laboratory;
};

struct OpenDoor {
  /// Sampling points that are open now, of every county of the realm.
  std::function<std::vector<OpenPoint>(journal::Reader&, const Rules&, Instant now)> points;
  /// What the tube of this code says of this person; nothing when there is no such tube or it is not theirs. Reads the same
  /// rows whoever exists; `person` may be nil.
  std::function<std::optional<OwnResult>(journal::Reader&, const RawId& person, const std::string& code)>
      own_result;
};

}  // namespace fx::api
