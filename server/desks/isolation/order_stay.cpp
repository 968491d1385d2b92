// – → ORDERED. A restriction of a person: with its ground, its legal basis, its end, its officer and the notice given
// [domain model §1]. What the profile in force does not allow is refused.
#include "desks/isolation/evidence/facts.hpp"
#include "desks/isolation/operations.hpp"
#include "desks/isolation/tests_only/facts.hpp"

namespace fx::isolation {
namespace {

bool rests_on_a_case(ControlClass class_) {
  return is_one_of(class_, {ControlClass::close_contact, ControlClass::contact_of_contact});
}

bool at_home(Regime regime) { return regime != Regime::central; }

/// R-STY-2 with the row of the rulebook it follows from.
Refusal not_allowed(const RuleValue& rule, std::string path, std::string zh, std::string en) {
  Refusal no = refuse_because("R-STY-2", std::move(path), std::move(zh), std::move(en));
  no.rule = rule.id;
  no.source = rule.source;
  return no;
}

bool allows(const Schedule& schedule, Regime regime) {
  return regime == schedule.regime || regime == schedule.by_choice || regime == schedule.if_home_unsuitable;
}

/// At home stays only whoever is as ill as the rulebook says; nobody waits for a classification.
void judge_severity(const OrderStay& c, const View& view, const Ruled& ruled, Refusals& no) {
  if (!ruled.schedule || ruled.schedule->severity.empty()) return;
  const std::string severity = severity_of(c.person, view);
  if (severity.empty() ||
      std::ranges::find(ruled.schedule->severity, severity) != ruled.schedule->severity.end())
    return;
  no.add(not_allowed(ruled.rule, "/person", fmt::format("现行防控方案不允许 {} 病例居家", severity),
                     fmt::format("the profile in force leaves no {} case at home", severity)));
}

void judge_rule(const OrderStay& c, const Ruled& ruled, Refusals& no) {
  if (!ruled.schedule)
    no.add(not_allowed(ruled.rule, "/class", "现行防控方案没有对该类人员的隔离措施",
                       "the profile in force has no isolation of this class"));
  else if (!allows(*ruled.schedule, c.regime))
    no.add(not_allowed(
        ruled.rule, "/regime",
        fmt::format("现行防控方案对该类人员的措施是 {}", enum_text(ruled.schedule->regime)),
        fmt::format("the profile in force asks for {} of this class", enum_text(ruled.schedule->regime))));
}

/// Which asking the order may answer: of a contact the judgement, else what was asked of this person and class.
std::optional<ContactId> asking_of(const OrderStay& c) {
  return rests_on_a_case(c.class_) ? c.contact : std::optional(asked_of(c.person, c.class_));
}

/// A class that follows from a case needs the judgement; nobody is isolated because a relative might be positive.
const Asked* judgement(const OrderStay& c, const View& view) {
  const auto asking = asking_of(c);
  const Asked* asked = asking ? view.find<Asked>(*asking) : nullptr;
  const bool fits =
      asked != nullptr && asked->stands && asked->person == c.person && asked->class_ == c.class_;
  return fits ? asked : nullptr;
}

void judge_ground(const OrderStay& c, const View& view, const Context& context, const Ruled& ruled,
                  Refusals& no) {
  if (rests_on_a_case(c.class_)) {
    if (judgement(c, view) == nullptr)
      no.add(not_allowed(ruled.rule, "/contact", "没有把此人判定为该类接触者的记录",
                         "no judgement makes this person a contact of this class"));
    return;
  }
  if (!c.day0) {
    if (judgement(c, view) == nullptr) no.add(missing("/day0"));
  } else if (*c.day0 > day_of(context.now)) {
    no.add("F-FUTURE", "/day0");
  }
}

void judge_site(const OrderStay& c, const View& view, const Context& context, Refusals& no) {
  const Unit* unit = context.reference.unit(c.site);
  if (unit == nullptr || !unit->active) {
    no.add(unknown("/site"));
    return;
  }
  const bool home = is_one_of(unit->kind, {UnitKind::village, UnitKind::township});
  if (at_home(c.regime) != home) {
    no.add(
        malformed("/site", "集中隔离填隔离点，居家填村（社区）或乡镇",
                  "a quarantine site for central isolation, the village or township for a measure at home"));
  } else if (!home) {
    const Site* site = view.find<Site>(c.site.raw);
    if (site == nullptr || !site->open) no.add("R-STY-11", "/site");
  }
}

void judge_paper(const OrderStay& c, Refusals& no) {
  if (c.legal_basis.empty()) no.add("R-STY-1", "/legal_basis");
  if (!c.notice_given) no.add("R-STY-1", "/notice_given");
  if (at_home(c.regime) && (!c.address || c.address->empty())) no.add(missing("/address"));
}

StayOrdered ordered(const OrderStay& c, const Asked* asked, Day day0, const Ruled& ruled,
                    const Context& context) {
  const Schedule& schedule = *ruled.schedule;
  const std::int32_t county = c.stay.home();
  const RuleValue on_admission = context.rules.value("F.test.on_admission", context.occurred_at, county);
  return {.stay = c.stay,
          .person = c.person,
          .class_ = c.class_,
          .pathogen = c.pathogen,
          .regime = c.regime,
          .contact = rests_on_a_case(c.class_) ? c.contact : std::nullopt,
          .asked = asked != nullptr ? std::optional(asked->id) : std::nullopt,
          .site = c.site,
          .cdc = desks::unit_at(context.reference, UnitKind::cdc, county).value_or(context.actor.unit),
          .carrier = at_home(c.regime) ? std::nullopt
                                       : desks::unit_at(context.reference, UnitKind::transfer_desk, county),
          .day0 = day0,
          .days = schedule.days,
          .ends_at = end_of(day0, schedule.days),
          .then_regime = schedule.then_regime,
          .then_days = schedule.then_days,
          .tests = schedule.tests,
          .then_tests = schedule.then_tests,
          .release_samples = schedule.release_samples,
          .test_on_admission = on_admission.number().value_or(0) > 0,
          .officer = context.actor.account,
          .rule = ruled.rule.id,
          .profile = ruled.rule.profile,
          .legal_basis = c.legal_basis,
          .address = c.address ? c.address->ref : TextRef{}};
}

Result<Decision> order_stay(const OrderStay& c, const View& view, const Context& context) {
  Refusals no;
  if (view.find<Stay>(c.stay) != nullptr) no.add(wrong_state("ordered", {"new"}, "/stay"));
  const Claim* claim = view.find<Claim>(control_of_person(c.person));
  if (claim != nullptr && !claim->holder.is_nil()) no.add("R-STY-9", "/person");
  const Ruled ruled = schedule_of(c.class_, context, c.stay.home());
  judge_rule(c, ruled, no);
  judge_severity(c, view, ruled, no);
  judge_ground(c, view, context, ruled, no);
  judge_paper(c, no);
  judge_site(c, view, context, no);
  if (!no.empty()) return no;
  const Asked* asked = judgement(c, view);
  // Of a contact the judgement's; else what the officer says, who may know better than the list.
  const Day day0 = asked != nullptr && (rests_on_a_case(c.class_) || !c.day0) ? asked->day0 : *c.day0;
  // Found only after the period is over: a test and a decision, never a back-dated stay [domain model D3].
  if (end_of(day0, ruled.schedule->days) <= context.occurred_at) return refuse("R-STY-10", "/day0");
  Decision decision{{ordered(c, asked, day0, ruled, context)}};
  drop_asked_tests(c.person, view, decision);
  return decision;
}

void keys(const OrderStay& c, const Context&, KeySet& keys) {
  keys.own<Stay>(c.stay).own<Claim>(control_of_person(c.person)).read<Site>(c.site.raw).subject(c.person.raw);
  keys.own<OpenStays>(open_stays_of(c.stay.home(), c.pathogen, c.class_));
  if (c.contact) keys.own<Asked>(*c.contact).subject(c.contact->raw);
  if (!rests_on_a_case(c.class_)) keys.own<Asked>(asked_of(c.person, c.class_));
  keys.read<CaseOfPerson>(c.person).own<TestsOwed>(c.person);
}

}  // namespace

void add_order_stay(Desk& desk) {
  desk.operation<OrderStay>("order_stay", {"下达隔离决定", "Order a measure"})
      .by({Role::CDC, Role::CMD})
      .keys(keys)
      .more_keys([](const OrderStay& c, const View& view, const Context&, KeySet& more) {
        read_severity(c.person, view, more);
      })
      .place([](const OrderStay& c, const View&, const Context&) { return std::optional(c.site); })
      .decide(order_stay);
}

}  // namespace fx::isolation
