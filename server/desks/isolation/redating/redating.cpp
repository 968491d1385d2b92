#include "desks/isolation/redating/redating.hpp"

#include "desks/isolation/home/events.hpp"
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

bool rests_on_a_case(ControlClass class_) {
  return is_one_of(class_, {ControlClass::close_contact, ControlClass::contact_of_contact});
}

/// The schedule a stay would follow: that of another class, or its own.
struct Course {
  ControlClass class_ = ControlClass::close_contact;
  Schedule schedule;
  std::string rule;
  std::string profile;
  bool to_site = false;  ///< at home, and the class asks for a site
};

/// Nothing where the edition in force has no schedule of the class.
std::optional<Course> course_of(const Stay& stay, ControlClass class_, const Context& context) {
  if (class_ == stay.class_) return Course{class_, schedule_of_stay(stay), stay.rule, stay.profile, false};
  const Ruled ruled = schedule_of(class_, context, stay.id.home());
  if (!ruled.schedule) return std::nullopt;
  Course out{class_, *ruled.schedule, ruled.rule.id, ruled.rule.profile, false};
  out.to_site = out.schedule.regime == Regime::central && out.schedule.by_choice != stay.regime &&
                stay.regime != Regime::central && !at_home(stay);
  return out;
}

Conversion along(const Course& course, const Stay& stay, std::span<const StayTest* const> tests, Day day0,
                 Instant now) {
  Stay moved = stay;
  if (course.to_site) moved.regime = Regime::central;
  return redated(moved, tests, day0, course.schedule, now);
}

/// The dates of a course, as an officer is shown them.
struct Dates {
  Instant ends_at;
  std::optional<Instant> home_until;
  std::vector<Day> tests;
};

Dates dates_of(const Course& course, const Stay& stay, Day day0, Instant now) {
  const Conversion to = along(course, stay, {}, day0, now);
  Dates out;
  out.ends_at = at_home(stay) ? to.home_until.value_or(to.ends_at) : to.ends_at;
  const auto since = [&](Day day) {
    if (day >= day_of(now)) out.tests.push_back(day);
  };
  if (!at_home(stay)) {
    if (to.then_days > 0) out.home_until = end_of(day0, to.days + to.then_days);
    for (const std::int32_t day : to.tests) since(day0 + day);
  }
  for (const std::int32_t day : to.then_tests) since(day0 + (to.days + day));
  return out;
}

const Stay* proposed_stay(StayId id, const View& view, Refusals& no) {
  const Stay* stay = view.find<Stay>(id);
  if (stay == nullptr)
    no.add(unknown("/stay"));
  else if (!stay->proposed_day0 || !is_open(stay->state))
    no.add(wrong_state(stay->proposed_day0 ? enum_text(stay->state) : "no other Day 0 proposed",
                       {"another Day 0 or class proposed"}));
  return no.empty() ? stay : nullptr;
}

/// Somebody at home goes to a site: which, and from where one can go.
void judge_site(const RedateStay& c, const Stay& stay, const View& view, Refusals& no) {
  if (!is_one_of(stay.state, {StayState::ordered, StayState::observing}))
    no.add(wrong_state(stay.state, {StayState::ordered, StayState::observing}));
  const Site* site = c.site ? view.find<Site>(c.site->raw) : nullptr;
  if (!c.site)
    no.add(missing("/site"));
  else if (site == nullptr || !site->open)
    no.add("R-STY-11", "/site");
}

StayRedated redated_event(const RedateStay& c, const Stay& stay, const Course& course, const Conversion& to,
                          const Context& context) {
  const bool home = at_home(stay);
  const Instant ends_at = home ? to.home_until.value_or(to.ends_at) : to.ends_at;
  const auto hours = context.number("F.transition.sample_h", stay.id.home());
  return {.stay = stay.id,
          .person = stay.person,
          .site = stay.site,
          .cdc = stay.cdc,
          .former_day0 = stay.day0,
          .day0 = *stay.proposed_day0,
          .former_end = end_now(stay),
          .ends_at = ends_at,
          .release_by = !home && stay.admitted_at && !course.to_site ? std::optional(ends_at) : std::nullopt,
          .home_until = home ? std::optional(ends_at) : std::nullopt,
          .fresh_negative_h =
              to.fresh_negative && hours ? std::optional(static_cast<std::int32_t>(*hours)) : std::nullopt,
          .cancelled = to.cancelled,
          .added = {},
          .officer = context.actor.account,
          .legal_basis = c.legal_basis,
          .reason = c.reason.ref,
          .former = edition_of(stay),
          .edition = {stay.pathogen, course.class_, course.profile},
          .rule = course.rule,
          .regime = stay.regime,
          .days = to.days,
          .then_regime = to.then_regime,
          .then_days = to.then_days,
          .tests = to.tests,
          .then_tests = to.then_tests,
          .release_samples = to.release_samples};
}

Result<Decision> redate(const RedateStay& c, const View& view, const Context& context) {
  Refusals no;
  const Stay* stay = proposed_stay(c.stay, view, no);
  if (stay == nullptr) return no;
  const auto course = course_of(*stay, stay->proposed_class.value_or(stay->class_), context);
  if (!course) return refuse("R-STY-2", "/stay");
  const Conversion to =
      along(*course, *stay, standing_tests(*stay, view), *stay->proposed_day0, context.occurred_at);
  if (to.change == Change::officer) return refuse("R-STY-20", "/stay");
  StayRedated event = redated_event(c, *stay, *course, to, context);
  // Held longer, or elsewhere: by a named officer alone, with basis, reason and notice.
  if (event.ends_at > event.former_end || course->to_site) {
    if (c.legal_basis.empty()) no.add("R-STY-18", "/legal_basis");
    if (!c.notice_given) no.add("R-STY-18", "/notice_given");
  }
  if (course->to_site) judge_site(c, *stay, view, no);
  if (c.reason.empty()) no.add(missing("/reason"));
  if (!no.empty()) return no;
  Tests added = tests_due(*stay, course->to_site ? *c.site : stay->site, to.added);
  event.added = std::move(added.ids);
  Decision decision{{std::move(event)}};
  std::ranges::move(added.events, std::back_inserter(decision.events));
  if (course->to_site)
    decision.events.emplace_back(
        StayMovedToSite{stay->id, stay->person, *c.site, stay->cdc,
                        desks::unit_at(context.reference, UnitKind::transfer_desk, stay->id.home()),
                        stay->site, stay->regime, context.actor.account, c.legal_basis});
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

/// Every day for which a test may come to stand.
std::vector<Day> days_touched(const Course& course, Day day0, Day today) {
  std::vector<Day> days{today};
  for (const std::int32_t day : course.schedule.tests) days.push_back(day0 + day);
  for (const std::int32_t day : course.schedule.then_tests)
    days.push_back(day0 + (course.schedule.days + day));
  return days;
}

void own_redated(const RedateStay& c, const View& view, const Context& context, KeySet& keys) {
  const Stay* stay = view.find<Stay>(c.stay);
  if (stay == nullptr) return;
  own_surroundings(c, view, context, keys);
  if (c.site) keys.read<Site>(c.site->raw);
  if (!stay->proposed_day0) return;
  const ControlClass class_ = stay->proposed_class.value_or(stay->class_);
  keys.own<OpenStays>(open_stays_of(stay->id.home(), stay->pathogen, class_));
  const auto course = course_of(*stay, class_, context);
  if (!course) return;
  for (const Day day : days_touched(*course, *stay->proposed_day0, day_of(context.occurred_at)))
    keys.own<StayTest>(derive<StayTestTag>(stay->id.raw, "test:" + format(day)));
}

/// What is proposed, or foreseen, for the stay that answers the asking.
Result<Decision> foresee(const ForeseeClass& c, const View& view, const Context& context) {
  const Asked* asked = view.find<Asked>(c.contact);
  const Stay* stay = asked != nullptr && asked->stay ? view.find<Stay>(*asked->stay) : nullptr;
  if (stay == nullptr || !is_open(stay->state)) return Decision{};
  Decision decision;
  const bool differs = c.class_ && c.day0 && (*c.class_ != stay->class_ || *c.day0 != stay->day0);
  const auto course = differs ? course_of(*stay, *c.class_, context) : std::nullopt;
  if (!course) {
    if (stay->foreseen_class) decision.events.emplace_back(ForeseenOver{stay->id, stay->person});
    return decision;
  }
  Dates dates = dates_of(*course, *stay, *c.day0, context.occurred_at);
  decision.events.emplace_back(ClassForeseen{stay->id, stay->person, stay->site, stay->cdc, stay->class_,
                                             *c.class_, stay->day0, *c.day0, end_now(*stay), dates.ends_at,
                                             dates.home_until, std::move(dates.tests), course->to_site});
  return decision;
}

void forget_proposal(Stay& row) {
  row.proposed_day0.reset();
  row.proposed_class.reset();
  row.proposed_end.reset();
  row.proposed_home_until.reset();
  row.proposed_tests.clear();
  row.proposed_site = false;
}

void propose_row(Stay& row, const RedatingProposed& e, const Stamp&) {
  row.proposed_day0 = e.proposed;
  row.proposed_class = e.class_ != e.former_class ? std::optional(e.class_) : std::nullopt;
  row.proposed_end = e.proposed_end;
  row.proposed_home_until = e.proposed_home_until;
  row.proposed_tests = e.tests;
  row.proposed_site = e.to_site;
}

void foresee_row(Stay& row, const ClassForeseen& e, const Stamp&) {
  row.foreseen_class = e.class_;
  row.foreseen_day0 = e.day0;
  row.foreseen_end = e.ends_at;
  row.foreseen_home_until = e.home_until;
  row.foreseen_tests = e.tests;
}

void forget_foreseen(Stay& row) {
  row.foreseen_class.reset();
  row.foreseen_day0.reset();
  row.foreseen_end.reset();
  row.foreseen_home_until.reset();
  row.foreseen_tests.clear();
}

void redate_row(Stay& row, const StayRedated& e, const Stamp&) {
  row.day0 = e.day0;
  row.class_ = e.edition.class_;
  row.profile = e.edition.profile;
  row.rule = e.rule;
  row.days = e.days;
  row.then_regime = e.then_regime;
  row.then_days = e.then_days;
  row.protocol_days = e.tests;
  row.then_protocol_days = e.then_tests;
  row.release_samples = e.release_samples;
  (e.home_until ? row.home_until.emplace() : row.ends_at) = e.ends_at;
  row.fresh_negative_h = e.fresh_negative_h;
  for (const StayTestId test : e.added)
    if (std::ranges::find(row.tests, test) == row.tests.end()) row.tests.push_back(test);
  forget_proposal(row);
}

/// Open stays are counted by the class and edition they follow.
void recount(Desk& desk) {
  const auto of = [](const StayRedated& e, const Edition& edition) {
    return e.former != e.edition
               ? std::optional(open_stays_of(e.stay.home(), edition.pathogen, edition.class_))
               : std::nullopt;
  };
  desk.evolves<StayRedated, OpenStays>(
          [of](const StayRedated& e) { return of(e, e.former); },
          [](OpenStays& row, const StayRedated& e, auto&) { count_open(row, e.stay.home(), e.former, -1); })
      .evolves<StayRedated, OpenStays>(
          [of](const StayRedated& e) { return of(e, e.edition); },
          [](OpenStays& row, const StayRedated& e, auto&) { count_open(row, e.stay.home(), e.edition, 1); });
}

}  // namespace

Instant end_now(const Stay& stay) {
  return at_home(stay) ? stay.home_until.value_or(stay.ends_at) : stay.ends_at;
}

Conversion redated(const Stay& stay, std::span<const StayTest* const> tests, Day day0, Instant now) {
  return redated(stay, tests, day0, schedule_of_stay(stay), now);
}

Conversion redated(const Stay& stay, std::span<const StayTest* const> tests, Day day0,
                   const Schedule& schedule, Instant now) {
  Stay moved = stay;
  moved.day0 = day0;
  Conversion out = convert(moved, tests, {NewSchedule::Kind::schedule, schedule}, now);
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

void propose_redating(const Stay* stay, ControlClass class_, std::optional<Day> day0, const Context& context,
                      Decision& decision) {
  if (stay == nullptr || !is_open(stay->state)) return;
  // Of a measure that rests on no case the class is the order's own.
  const ControlClass asked = rests_on_a_case(stay->class_) ? class_ : stay->class_;
  const bool differs = day0 && (*day0 != stay->day0 || asked != stay->class_);
  const auto course = differs ? course_of(*stay, asked, context) : std::nullopt;
  if (!course) {
    if (stay->proposed_day0) decision.events.emplace_back(RedatingFell{stay->id, stay->person});
    return;
  }
  if (stay->proposed_day0 == day0 && stay->proposed_class.value_or(stay->class_) == asked) return;
  Dates dates = dates_of(*course, *stay, *day0, context.occurred_at);
  decision.events.emplace_back(RedatingProposed{stay->id, stay->person, stay->site, stay->cdc, stay->day0,
                                                *day0, end_now(*stay), stay->class_, asked, dates.ends_at,
                                                dates.home_until, std::move(dates.tests), course->to_site});
}

void add_redating(Desk& desk) {
  desk.event<RedatingProposed>().event<RedatingFell>().event<RedatingDeclined>().event<StayRedated>();
  desk.event<ClassForeseen>().event<ForeseenOver>();
  const auto forget = [](Stay& row, auto&, auto&) { forget_proposal(row); };
  desk.evolves<RedatingProposed, Stay>(&RedatingProposed::stay, propose_row)
      .evolves<RedatingFell, Stay>(&RedatingFell::stay, forget)
      .evolves<RedatingDeclined, Stay>(&RedatingDeclined::stay, forget)
      .evolves<ClassForeseen, Stay>(&ClassForeseen::stay, foresee_row)
      .evolves<ForeseenOver, Stay>(&ForeseenOver::stay, [](Stay& row, auto&, auto&) { forget_foreseen(row); })
      .evolves<StayRedated, Stay>(&StayRedated::stay, redate_row)
      .evolves<StayRedated, StayTest>(&StayRedated::cancelled,
                                      [](StayTest& row, auto&, auto&) { row.state = TestState::cancelled; });
  recount(desk);
  desk.operation<ForeseeClass>("foresee_class", {"提示拟调整的类别", "Show a class that is proposed"})
      .internal()
      .keys([](const ForeseeClass& c, const Context&, KeySet& keys) { keys.read<Asked>(c.contact); })
      .more_keys([](const ForeseeClass& c, const View& view, const Context&, KeySet& keys) {
        const Asked* asked = view.find<Asked>(c.contact);
        if (asked != nullptr && asked->stay) keys.own<Stay>(*asked->stay);
      })
      .decide(foresee);
  desk.operation<RedateStay>("redate_stay", {"按新的类别或末次暴露日调整期限", "Re-date a stay"})
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
