#include "bin/open_door.hpp"

#include <algorithm>
#include <tuple>

#include "desks/screening/facts.hpp"
#include "desks/screening/rounds/facts.hpp"

namespace fx::bin {
namespace {

using namespace screening;
using api::OpenPoint;
using api::OwnResult;
using api::OwnState;
using api::QueueState;

constexpr std::size_t most_points = 20'000;  // a province's

// ---- the lines ---------------------------------------------------------------------------------------------------

std::optional<double> number(const Rules& rules, std::string_view id, Instant at, std::int32_t county) {
  const RuleValue value = rules.value(id, at, county);
  return value.state == RuleValue::State::value ? value.number() : std::nullopt;
}

/// The limits of one county, asked once for all its points.
struct Limits {
  std::optional<double> busy;       ///< people waiting
  std::optional<double> fresh_min;  ///< minutes for which a report says something
};

QueueState state_of(const SamplingPoint& point, const Limits& limits, Instant now) {
  if (!point.reported_at) return QueueState::unknown;
  const auto minutes = std::chrono::duration_cast<std::chrono::minutes>(now - *point.reported_at);
  if (limits.fresh_min && static_cast<double>(minutes.count()) > *limits.fresh_min)
    return QueueState::unknown;
  if (point.state == PointState::crowded) return QueueState::crowded;
  return limits.busy && point.waiting >= *limits.busy ? QueueState::busy : QueueState::clear;
}

std::vector<OpenPoint> points(journal::Reader& reader, const Rules& rules, Instant now) {
  journal::ListQuery query;
  query.table = &table_type<SamplingPoint>();
  query.scope.places = {{0, 999'999}};
  query.filters = {{"state", {FieldValue(std::string("open")), FieldValue(std::string("crowded"))}}};
  query.limit = journal::longest_page;
  std::map<std::int32_t, Limits> limits;
  std::vector<OpenPoint> out;
  do {
    const auto page = reader.list(query);
    for (const RowPtr& row : page.rows) {
      const auto& point = *static_cast<const SamplingPoint*>(row.get());
      const std::int32_t county = point.id.raw.home();
      const auto [of, is_new] = limits.try_emplace(county);
      if (is_new)
        of->second = {number(rules, "E.point.busy", now, county),
                      number(rules, "E.point.queue_fresh_min", now, county)};
      out.push_back(
          {point.title, point.township, county, state_of(point, of->second, now), point.reported_at});
    }
    query.cursor = page.next;
  } while (!query.cursor.empty() && out.size() < most_points);
  std::ranges::sort(out, {}, [](const OpenPoint& point) {
    return std::tuple(point.county, point.township, std::string_view(point.title));
  });
  return out;
}

// ---- one's own result --------------------------------------------------------------------------------------------

/// A member on hold is never told positive: nobody knows yet whose specimen it was.
OwnState state_of(const Tube& tube, const screening::Member& member) {
  switch (member.state) {
    case MemberState::neg: return OwnState::negative;
    case MemberState::pos: return OwnState::positive;
    case MemberState::hold:
    case MemberState::grey:
    case MemberState::resampled: return OwnState::recheck;
    case MemberState::recalled: return OwnState::again;
    case MemberState::linked: break;
  }
  switch (tube.state) {
    case TubeState::rejected:
    case TubeState::lost:
    case TubeState::voided: return OwnState::again;
    case TubeState::printed:
    case TubeState::open:
    case TubeState::sealed:
    case TubeState::in_transit: return OwnState::waiting;
    default: return OwnState::testing;
  }
}

/// The tube that speaks for a member: their own single, once it has a result, else the tube itself.
const Tube& speaks(const Tube& tube, const screening::Member& member,
                   const std::shared_ptr<const Tube>& single) {
  const bool settled = single && member.resampled_in == single->id && single->has_result();
  return settled ? *single : tube;
}

std::optional<OwnResult> own_result(journal::Reader& reader, const RawId& person, const std::string& code) {
  const RowPtr claim = reader.row(table_type<Claim>(), code_claim(code));
  const RawId id = claim ? static_cast<const Claim*>(claim.get())->holder : RawId{};
  const auto tube = reader.row<Tube>(TubeId{id});
  const PersonId who{person};
  const screening::Member* member = nullptr;
  if (tube && !person.is_nil()) {
    const auto found = std::ranges::find(tube->members, who, &screening::Member::person);
    if (found != tube->members.end()) member = &*found;
  }
  const auto single =
      reader.row<Tube>(member != nullptr ? member->resampled_in.value_or(TubeId{}) : TubeId{});
  if (member == nullptr) return std::nullopt;
  const Tube& said = speaks(*tube, *member, single);
  OwnResult out{.tube = tube->id.raw, .state = state_of(*tube, *member), .pooled = !said.single()};
  out.sampled_at = &said == tube.get() ? member->linked_at : said.members.front().linked_at;
  const bool told =
      out.state == OwnState::negative || out.state == OwnState::positive || out.state == OwnState::recheck;
  if (told) out.result_at = said.amended_at ? said.amended_at : said.authorised_at;
  out.laboratory = said.lab;
  return out;
}

}  // namespace

api::OpenDoor open_door() { return {points, own_result}; }

}  // namespace fx::bin
