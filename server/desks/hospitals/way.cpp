#include "desks/hospitals/way.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <map>

#include "kernel/guards.hpp"

namespace fx::hospitals {
namespace {

constexpr std::int64_t ms_per_hour = 3'600'000;

bool any_sample(const Encounter& e, SampleResult result) {
  return std::ranges::any_of(e.samples, [&](const Sample& s) { return s.result == result; });
}

}  // namespace

bool held(const Encounter& e) {
  using enum EncounterState;
  const bool not_let_go =
      is_one_of(e.state, {arrived, triaged_1, triaged_2, in_room, sampled, awaiting, isolated, emergency});
  return not_let_go && !e.at_home && !e.missing;
}

bool gone(const Encounter& e) {
  using enum EncounterState;
  return is_one_of(e.state, {left, admitted, transferred, closed, closed_neg});
}

bool has_positive(const Encounter& e) { return any_sample(e, SampleResult::positive); }
bool has_pending(const Encounter& e) { return any_sample(e, SampleResult::pending); }

const Sample* sample_of(const Encounter& e, TubeId tube) {
  const auto found = std::ranges::find(e.samples, tube, &Sample::tube);
  return found == e.samples.end() ? nullptr : &*found;
}

std::optional<TubeId> clearing_negative(const Encounter& e) {
  if (e.resample_due || has_positive(e) || has_pending(e)) return std::nullopt;
  const Sample* latest = nullptr;
  for (const Sample& s : e.samples)
    if (s.result == SampleResult::negative && (latest == nullptr || latest->sealed_at < s.sealed_at))
      latest = &s;
  return latest != nullptr ? std::optional(latest->tube) : std::nullopt;
}

EncounterState after_failure(const Encounter& e) {
  using enum EncounterState;
  const bool waits_here = is_one_of(e.state, {sampled, awaiting, cleared}) && !e.at_home;
  if (!waits_here) return e.state;
  return e.room ? in_room : awaiting;
}

Refusal held_until_result(const Encounter& e, const Context& context) {
  const RuleValue rule = context.rules.value("H.fever.result_h", context.now, e.id.home());
  Refusal no = refuse("R-FEV-4");
  no.rule = rule.id;
  no.source = rule.source;
  if (e.hold_until && !has_positive(e)) {
    no.say = {fmt::format("本次就诊标本阴性结果签发前不得离开，最迟 {} 出结果", format_short(*e.hold_until)),
              fmt::format("held until the negative result of this visit, due {} at the latest",
                          format_short(*e.hold_until))};
  }
  no.lifts = {"本次就诊标本的阴性结果签发", "an authorised negative of a specimen taken in this visit"};
  return no;
}

std::optional<Instant> hold_until(Instant sealed_at, const Encounter& e, const Context& context) {
  const RuleValue rule = context.rules.value("H.fever.result_h", sealed_at, e.id.home());
  const auto hours = rule.state == RuleValue::State::value ? rule.number() : std::nullopt;
  if (!hours) return std::nullopt;
  return sealed_at + Duration(static_cast<std::int64_t>(*hours * static_cast<double>(ms_per_hour)));
}

void release_room(Decision& decision, const Encounter& e) {
  if (!e.room) return;
  const RoomState after = e.state == EncounterState::cleared ? RoomState::free : RoomState::to_disinfect;
  decision.events.emplace_back(RoomReleased{e.id, *e.room, e.clinic, e.person, after});
}

void own_surroundings(const Encounter& e, KeySet& keys) {
  keys.own<Clinic>(e.clinic);
  keys.own<ClinicDay>(clinic_day_id(e.clinic, day_of(e.came_at)));
  if (e.room) keys.own<Room>(*e.room);
  if (e.person) keys.own<Claim>(room_of_person(*e.person));
}

// ---- who was there ------------------------------------------------------------------------------------------------

namespace {

/// The days whose rows may hold a presence during the patient's: from the eve of his arrival (night shifts) to the end.
std::vector<ClinicDayId> days_of(const Encounter& e, Instant until) {
  std::vector<ClinicDayId> out;
  const Day last = day_of(std::min(until, e.left_at.value_or(until)));
  for (Day day = day_of(e.arrived_at) + -1; day <= last; day = day + 1)
    out.push_back(clinic_day_id(e.clinic, day));
  return out;
}

struct Interval {
  Instant from;
  Instant until;
};

void add_overlap(std::map<PersonId, CoPresent>& company, const Presence& other, const Interval& own,
                 Instant end) {
  const Instant from = std::max(own.from, other.from);
  const Instant until = std::min(own.until, other.until.value_or(end));
  if (until <= from) return;
  const auto [known, fresh] =
      company.try_emplace(other.person, CoPresent{other.person, other.kind, from, until});
  if (fresh) return;
  known->second.from = std::min(known->second.from, from);
  known->second.until = std::max(known->second.until, until);
  if (other.kind == PresenceKind::staff) known->second.kind = PresenceKind::staff;
}

}  // namespace

void read_company(const Encounter& e, Instant until, KeySet& keys) {
  for (const ClinicDayId day : days_of(e, until)) keys.read<ClinicDay>(day);
}

std::vector<CoPresent> company(const Encounter& e, Instant until, const View& view) {
  std::vector<Presence> all;
  for (const ClinicDayId day : days_of(e, until))
    if (const ClinicDay* row = view.find<ClinicDay>(day))
      all.insert(all.end(), row->presences.begin(), row->presences.end());
  std::vector<Interval> own;
  for (const Presence& p : all)
    if (p.encounter == e.id) own.push_back({p.from, p.until.value_or(until)});
  std::map<PersonId, CoPresent> found;
  for (const Presence& p : all) {
    if (p.encounter == e.id || (e.person && p.person == *e.person)) continue;
    for (const Interval& interval : own) add_overlap(found, p, interval, until);
  }
  std::vector<CoPresent> out;
  for (auto& [person, together] : found) out.push_back(together);
  return out;
}

}  // namespace fx::hospitals
