// After the first stage: members of positive pools are sampled again singly, and their tubes brought and tested.
#include <algorithm>
#include <cmath>

#include "engines/scheduling/steps.hpp"

namespace fx::scheduling {
namespace {

/// The laboratories when everything of the first stage is done.
Question emptied(Question question) {
  question.on_the_way.clear();
  for (Lab& lab : question.labs) lab.waiting = 0;
  return question;
}

/// How long it takes to sample the singles: as long as the rule allows, longer when there are too many of them.
Minutes resampling(const Question& q, std::int64_t singles) {
  std::int64_t samplers = 0;
  for (const Shift& shift : q.shifts) samplers = std::max<std::int64_t>(samplers, shift.samplers);
  const std::int64_t an_hour = samplers * q.people_per_hour;
  if (an_hour <= 0) return horizon;
  const std::int64_t needed = (singles * 60 + an_hour - 1) / an_hour;
  return static_cast<Minutes>(
      std::min<std::int64_t>(horizon, std::max<std::int64_t>(q.limits.resample_within, needed)));
}

/// The singles by township, in proportion to its people, when the courier takes them along.
std::vector<Load> wave(const Question& q, std::int64_t singles, Minutes at) {
  std::vector<std::int64_t> people(q.townships, 0);
  for (const Place& place : q.places) people[place.township] += place.people;
  const std::int64_t all = people_of(q);
  std::vector<Load> out;
  std::int64_t seen = 0;
  std::int64_t given = 0;
  for (std::uint32_t township = 0; township < q.townships; ++township) {
    seen += people[township];
    const std::int64_t until = singles * seen / all;
    if (until > given) out.push_back({township, at, until - given});
    given = until;
  }
  return out;
}

}  // namespace

std::int64_t singles_of(const Question& question, const PoolOption& pool) {
  return static_cast<std::int64_t>(std::ceil(pool.resampled * static_cast<double>(people_of(question))));
}

std::optional<Minutes> settled_after(const Question& question, const PoolOption& pool, Minutes interval,
                                     Minutes finish) {
  const std::int64_t singles = singles_of(question, pool);
  if (singles == 0) return finish;
  const Question after = emptied(question);
  return earliest_finish(after, wave(after, singles, finish + resampling(after, singles) + interval),
                         interval);
}

std::optional<Minutes> latest_finish(const Question& question, const PoolOption& pool, Minutes interval) {
  const std::int64_t singles = singles_of(question, pool);
  if (singles == 0) return question.deadline;
  const Question after = emptied(question);
  const Minutes taken = resampling(after, singles) + interval;
  const auto is_settled = [&](Minutes finish) {
    return finishes_by(after, wave(after, singles, finish + taken), interval, question.deadline);
  };
  if (!is_settled(0)) return std::nullopt;
  Minutes low = 0;
  Minutes high = question.deadline;
  while (low < high) {
    const Minutes middle = (low + high + 1) / 2;
    if (is_settled(middle))
      low = middle;
    else
      high = middle - 1;
  }
  return low;
}

}  // namespace fx::scheduling
