// What the tests must have shown before anybody is released: F.<class> of the rulebook, as the stay follows it.
#include "desks/isolation/release_guards.hpp"

#include <set>

#include "desks/isolation/evidence/facts.hpp"
#include "desks/isolation/operations.hpp"

namespace fx::isolation {
namespace {

Refusal not_shown(std::string zh, std::string en) {
  return refuse_because("R-STY-6", "", std::move(zh), std::move(en));
}

std::vector<const StayTest*> tests_of(const Stay& stay, const View& view) {
  std::vector<const StayTest*> out;
  for (const StayTestId id : stay.tests) out.push_back(&view.get<StayTest>(id));
  std::ranges::sort(out, {}, [](const StayTest* test) { return test->day; });
  return out;
}

using TestList = std::vector<const StayTest*>;

void judge_pending(const Stay& stay, const TestList& tests, Refusals& no) {
  std::size_t pending = stay.pending.size();
  for (const StayTest* test : tests) pending += test->open.size();
  if (pending > 0)
    no.add(not_shown(fmt::format("还有 {} 份样本未出结果", pending),
                     fmt::format("{} samples have no result yet", pending)));
}

/// Negative, or explained by name.
void judge_answers(const TestList& tests, Refusals& no) {
  for (const StayTest* test : tests) {
    if (is_one_of(test->state, {TestState::negative, TestState::explained, TestState::cancelled}) ||
        !test->open.empty())
      continue;
    no.add(not_shown(fmt::format("{} 的检测没有阴性结果", format(test->day)),
                     fmt::format("the test of {} has no negative result", format(test->day))));
    return;
  }
}

/// The last test of the first phase.
const StayTest* final_test(const Stay& stay, const TestList& tests) {
  const Day last = day_of(stay.ends_at - Duration(1));
  const StayTest* out = nullptr;
  for (const StayTest* test : tests)
    if (test->day <= last) out = test;
  return out;
}

template <class Of>
std::int32_t different(const StayTest& test, Of of) {
  std::set<std::decay_t<std::invoke_result_t<Of, const NegativeSample&>>> seen;
  for (const NegativeSample& sample : test.samples) seen.insert(std::invoke(of, sample));
  return static_cast<std::int32_t>(seen.size());
}

/// 双采双检: so many samples on the last day, by different reagents, in principle in different laboratories.
void judge_final(const Stay& stay, const Schedule& schedule, const TestList& tests, bool one_lab,
                 Refusals& no) {
  const StayTest* test = final_test(stay, tests);
  if (test == nullptr || test->state != TestState::negative) return;
  if (test->negatives < stay.release_samples) {
    no.add(not_shown(fmt::format("{} 须有 {} 份阴性样本", format(test->day), stay.release_samples),
                     fmt::format("{} needs {} negative samples", format(test->day), stay.release_samples)));
    return;
  }
  const bool unknown = test->samples.empty();  // answered before laboratories were noted
  if (stay.release_samples < 2 || unknown) return;
  if (different(*test, &NegativeSample::reagent) < schedule.release_reagents)
    no.add(not_shown(fmt::format("双采双检须用 {} 种试剂", schedule.release_reagents),
                     fmt::format("the samples are tested with {} reagents", schedule.release_reagents)));
  if (!one_lab && different(*test, &NegativeSample::lab) < schedule.release_labs)
    no.add(not_shown(
        fmt::format("双采双检原则上由 {} 个实验室检测；同一实验室须写明原因", schedule.release_labs),
        fmt::format("in principle {} laboratories test; of one, say why", schedule.release_labs)));
}

/// What a transition order shortened ends on one negative sample, taken not long before [rulebook section 13].
void judge_freshness(const Stay& stay, const TestList& tests, Instant now, Refusals& no) {
  if (!stay.fresh_negative_h) return;
  const auto since = now - std::chrono::hours(*stay.fresh_negative_h);
  const bool fresh = std::ranges::any_of(tests, [&](const StayTest* test) {
    return test->state == TestState::negative && test->sampled_at && *test->sampled_at >= since;
  });
  if (!fresh)
    no.add(not_shown(fmt::format("衔接安排要求解除前 {} 小时内采样阴性", *stay.fresh_negative_h),
                     fmt::format("the transition order asks for a negative sample of the last {} hours",
                                 *stay.fresh_negative_h)));
}

/// A contact of a contact is free when the first tests of the contact are negative, too.
void judge_contact(const Stay& stay, const Schedule& schedule, const View& view, Refusals& no) {
  if (schedule.contact_negatives == 0) return;
  const auto negative = negatives_behind(stay, view);
  if (negative && *negative < schedule.contact_negatives)
    no.add(not_shown(
        fmt::format("所接触的密接前 {} 次检测须均为阴性，现有 {} 次", schedule.contact_negatives, *negative),
        fmt::format("the first {} tests of the contact must be negative; {} are", schedule.contact_negatives,
                    *negative)));
}

bool shows_ct(const StayTest& test, double least) {
  return test.state == TestState::negative ||
         (test.state == TestState::positive && test.lowest_ct && *test.lowest_ct >= least);
}

/// A case is free when the last tests, from the first of their days on, all show Ct values high enough.
void judge_ct(const Stay& stay, const Schedule& schedule, const TestList& tests, Refusals& no) {
  std::size_t shown = 0;
  for (const StayTest* test : tests) {
    if (schedule.release_days.empty() || test->day < stay.day0 + schedule.release_days.front()) continue;
    if (test->state == TestState::cancelled) continue;
    shown = shows_ct(*test, *schedule.release_ct_min) ? shown + 1 : 0;
  }
  if (shown < schedule.release_days.size())
    no.add(not_shown(fmt::format("最近 {} 次检测 Ct 值须均不低于 {}", schedule.release_days.size(),
                                 *schedule.release_ct_min),
                     fmt::format("the last {} tests must show Ct values of at least {}",
                                 schedule.release_days.size(), *schedule.release_ct_min)));
}

}  // namespace

void judge_tests(const Stay& stay, const View& view, const Context& context, bool one_lab, Refusals& no) {
  const TestList tests = tests_of(stay, view);
  const auto schedule = schedule_followed(stay, context);
  judge_pending(stay, tests, no);
  if (schedule && schedule->release_ct_min) {
    judge_ct(stay, *schedule, tests, no);
    return;
  }
  judge_answers(tests, no);
  judge_freshness(stay, tests, context.occurred_at, no);
  if (!schedule || stay.state == StayState::home_phase) return;
  judge_final(stay, *schedule, tests, one_lab, no);
  judge_contact(stay, *schedule, view, no);
}

void judge_surfaces(const Stay& stay, const Context& context, Refusals& no) {
  if (stay.regime != Regime::central) return;
  const RuleValue rule = rule_followed("F.release.env", stay, context);
  if (rule.state != RuleValue::State::value || stay.surfaces == SurfaceResult::negative) return;
  Refusal refusal =
      not_shown("解除前物品和环境采样须为阴性", "goods and surfaces must be sampled and negative");
  refusal.rule = rule.id;
  refusal.source = rule.source;
  no.add(std::move(refusal));
}

}  // namespace fx::isolation
