#include "desks/isolation/redating/redating.hpp"

#include "desks/isolation/operations.hpp"

namespace fx::isolation {
namespace {

bool at_home(const Stay& stay) { return phase_of(stay) == StayState::home_phase; }

/// What the stay follows already.
Schedule schedule_of_stay(const Stay& stay) {
  Schedule own;
  own.regime = stay.regime;
  own.days = stay.days;
  own.tests = stay.protocol_days;
  own.then_regime = stay.then_regime;
  own.then_days = stay.then_days;
  own.then_tests = stay.then_protocol_days;
  own.release_samples = stay.release_samples;
  return own;
}

std::vector<const StayTest*> standing_tests(const Stay& stay, const View& view) {
  std::vector<const StayTest*> out;
  for (const StayTestId id : stay.tests)
    if (const StayTest& test = view.get<StayTest>(id); test.state != TestState::cancelled)
      out.push_back(&test);
  return out;
}

/// Every day for which a test may come to stand.
std::vector<Day> days_touched(const Stay& stay, Day day0, Day today) {
  std::vector<Day> days{today};
  for (const std::int32_t day : stay.protocol_days) days.push_back(day0 + day);
  for (const std::int32_t day : stay.then_protocol_days) days.push_back(day0 + (stay.days + day));
  return days;
}

const Stay* proposed_stay(StayId id, const View& view, Refusals& no) {
  const Stay* stay = view.find<Stay>(id);
  if (stay == nullptr)
    no.add(unknown("/stay"));
  else if (!stay->proposed_day0 || !is_open(stay->state))
    no.add(wrong_state(stay->proposed_day0 ? enum_text(stay->state) : "no other Day 0 proposed",
                       {"another Day 0 proposed"}));
  return no.empty() ? stay : nullptr;
}

Result<Decision> redate(const RedateStay& c, const View& view, const Context& context) {
  Refusals no;
  const Stay* stay = proposed_stay(c.stay, view, no);
  if (stay == nullptr) return no;
  const auto tests = standing_tests(*stay, view);
  const Conversion to = redated(*stay, tests, *stay->proposed_day0, context.occurred_at);
  const bool home = at_home(*stay);
  const Instant ends_at = home ? to.home_until.value_or(to.ends_at) : to.ends_at;
  // Held longer: by a named officer alone, with basis, reason and notice.
  if (ends_at > end_now(*stay)) {
    if (c.legal_basis.empty()) no.add("R-STY-18", "/legal_basis");
    if (!c.notice_given) no.add("R-STY-18", "/notice_given");
  }
  if (c.reason.empty()) no.add(missing("/reason"));
  if (!no.empty()) return no;
  const auto hours = context.number("F.transition.sample_h", stay->id.home());
  Tests added = tests_due(*stay, stay->site, to.added);
  StayRedated event{.stay = stay->id,
                    .person = stay->person,
                    .site = stay->site,
                    .cdc = stay->cdc,
                    .former_day0 = stay->day0,
                    .day0 = *stay->proposed_day0,
                    .former_end = end_now(*stay),
                    .ends_at = ends_at,
                    .release_by = !home && stay->admitted_at ? std::optional(ends_at) : std::nullopt,
                    .home_until = home ? std::optional(ends_at) : std::nullopt,
                    .fresh_negative_h = to.fresh_negative && hours
                                            ? std::optional(static_cast<std::int32_t>(*hours))
                                            : std::nullopt,
                    .cancelled = to.cancelled,
                    .added = std::move(added.ids),
                    .officer = context.actor.account,
                    .legal_basis = c.legal_basis,
                    .reason = c.reason.ref};
  Decision decision{{std::move(event)}};
  std::ranges::move(added.events, std::back_inserter(decision.events));
  return decision;
}

Result<Decision> keep_dates(const KeepDates& c, const View& view, const Context& context) {
  Refusals no;
  const Stay* stay = proposed_stay(c.stay, view, no);
  if (stay == nullptr) return no;
  if (c.reason.empty()) return missing("/reason");
  return Decision{
      {RedatingDeclined{stay->id, stay->person, *stay->proposed_day0, context.actor.account, c.reason.ref}}};
}

void own_redated(const RedateStay& c, const View& view, const Context& context, KeySet& keys) {
  const Stay* stay = view.find<Stay>(c.stay);
  if (stay == nullptr) return;
  own_surroundings(c, view, context, keys);
  if (!stay->proposed_day0) return;
  for (const Day day : days_touched(*stay, *stay->proposed_day0, day_of(context.occurred_at)))
    keys.own<StayTest>(derive<StayTestTag>(stay->id.raw, "test:" + format(day)));
}

void redate_row(Stay& row, const StayRedated& e, const Stamp&) {
  row.day0 = e.day0;
  (e.home_until ? row.home_until.emplace() : row.ends_at) = e.ends_at;
  row.fresh_negative_h = e.fresh_negative_h;
  for (const StayTestId test : e.added)
    if (std::ranges::find(row.tests, test) == row.tests.end()) row.tests.push_back(test);
  row.proposed_day0.reset();
}

}  // namespace

Instant end_now(const Stay& stay) {
  return at_home(stay) ? stay.home_until.value_or(stay.ends_at) : stay.ends_at;
}

Conversion redated(const Stay& stay, std::span<const StayTest* const> tests, Day day0, Instant now) {
  Stay moved = stay;
  moved.day0 = day0;
  Conversion out = convert(moved, tests, {NewSchedule::Kind::schedule, schedule_of_stay(stay)}, now);
  const bool home = at_home(stay);
  const Instant by_schedule = end_of(stay.day0, home ? stay.days + stay.then_days : stay.days);
  if (end_now(stay) <= by_schedule) return out;
  // An officer had let it go on: that stands.
  Instant& end = home ? *out.home_until : out.ends_at;
  if (end < end_now(stay)) {
    end = end_now(stay);
    out.fresh_negative = stay.fresh_negative_h.has_value();
  }
  return out;
}

void propose_redating(const Stay* stay, std::optional<Day> day0, Decision& decision) {
  if (stay == nullptr || !is_open(stay->state)) return;
  const bool differs = day0 && *day0 != stay->day0;
  if (differs && stay->proposed_day0 != day0)
    decision.events.emplace_back(
        RedatingProposed{stay->id, stay->person, stay->site, stay->cdc, stay->day0, *day0, end_now(*stay)});
  else if (!differs && stay->proposed_day0)
    decision.events.emplace_back(RedatingFell{stay->id, stay->person});
}

void add_redating(Desk& desk) {
  desk.event<RedatingProposed>().event<RedatingFell>().event<RedatingDeclined>().event<StayRedated>();
  desk.evolves<RedatingProposed, Stay>(&RedatingProposed::stay, [](Stay& row, const RedatingProposed& e,
                                                                   auto&) { row.proposed_day0 = e.proposed; })
      .evolves<RedatingFell, Stay>(&RedatingFell::stay,
                                   [](Stay& row, auto&, auto&) { row.proposed_day0.reset(); })
      .evolves<RedatingDeclined, Stay>(&RedatingDeclined::stay,
                                       [](Stay& row, auto&, auto&) { row.proposed_day0.reset(); })
      .evolves<StayRedated, Stay>(&StayRedated::stay, redate_row)
      .evolves<StayRedated, StayTest>(&StayRedated::cancelled,
                                      [](StayTest& row, auto&, auto&) { row.state = TestState::cancelled; });
  desk.operation<RedateStay>("redate_stay", {"按新的末次暴露日调整期限", "Re-date a stay"})
      .by({Role::CDC, Role::CMD})
      .keys(own_stay<RedateStay>)
      .more_keys(own_redated)
      .place(cdc_of<RedateStay>)
      .decide(redate);
  desk.operation<KeepDates>("keep_dates", {"维持原期限", "Keep the dates of a stay"})
      .by({Role::CDC, Role::CMD})
      .keys(own_stay<KeepDates>)
      .place(cdc_of<KeepDates>)
      .decide(keep_dates);
}

}  // namespace fx::isolation
