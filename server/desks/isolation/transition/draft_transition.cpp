// DRAFT, its preview, and the approval by another person. The preview is part of the order: who changes, and how.
#include <set>

#include "desks/isolation/transition/operations.hpp"

namespace fx::isolation {
namespace {

Result<Decision> draft(const DraftTransition& c, const View& view, const Context& context) {
  Refusals no;
  if (view.find<Transition>(c.transition) != nullptr) no.add(wrong_state("drafted", {"new"}, "/transition"));
  if (c.classes.empty()) no.add(missing("/classes"));
  if (std::set(c.classes.begin(), c.classes.end()).size() != c.classes.size())
    no.add(malformed("/classes", "同一类别写了两次", "a class is named twice"));
  if (c.pathogen.empty()) no.add(missing("/pathogen"));
  if (c.document.empty()) no.add(missing("/document"));
  if (!no.empty()) return no;
  return Decision{{TransitionDrafted{
      c.transition, context.actor.unit,
      desks::unit_at(context.reference, UnitKind::cdc, c.transition.home()).value_or(context.actor.unit),
      context.actor.account, c.pathogen, c.classes, c.effective_at, c.document}}};
}

std::optional<Instant> end_after(const Converted& converted, Instant effective) {
  const Conversion& to = converted.conversion;
  if (to.change == Change::officer) return std::nullopt;
  if (to.change == Change::ended) return effective;
  return phase_of(*converted.stay) == StayState::home_phase ? to.home_until : std::optional(to.ends_at);
}

Result<Decision> preview(const PreviewTransition& c, const View& view, const Context& context) {
  const Transition* order = view.find<Transition>(c.transition);
  if (order == nullptr) return unknown("/transition");
  Refusals no;
  if (order->state != TransitionState::draft) no.add(wrong_state(order->state, {TransitionState::draft}));
  judge_stays(c.stays, *order, view, no);
  if (!no.empty()) return no;
  Decision decision;
  for (const StayId id : c.stays) {
    const auto converted = convert_stay(id, *order, view, context);
    if (!converted) continue;
    const Stay& stay = *converted->stay;
    const TransitionLineId line = line_of(order->id, id);
    decision.events.emplace_back(StayPreviewed{
        .line = line,
        .transition = order->id,
        .stay = id,
        .person = stay.person,
        .site = stay.site,
        .former = edition_of(stay),
        .profile = converted->ruled.rule.profile,
        .change = converted->conversion.change,
        .former_end =
            phase_of(stay) == StayState::home_phase ? stay.home_until.value_or(stay.ends_at) : stay.ends_at,
        .new_end = end_after(*converted, order->effective_at),
        .tests_cancelled = static_cast<std::int32_t>(converted->conversion.cancelled.size()),
        .tests_added = static_cast<std::int32_t>(converted->conversion.added.size()),
        .first = view.find<TransitionLine>(line) == nullptr});
  }
  return decision;
}

Result<Decision> approve(const ApproveTransition& c, const View& view, const Context& context) {
  const Transition* order = view.find<Transition>(c.transition);
  if (order == nullptr) return unknown("/transition");
  Refusals no;
  if (order->state != TransitionState::draft) no.add(wrong_state(order->state, {TransitionState::draft}));
  if (order->author == context.actor.account) no.add("R-TRO-1");
  const std::int32_t concerned = still_to_change(*order, view, context);
  if (order->previewed < concerned)
    no.add(
        refuse_because("R-TRO-2", "", fmt::format("涉及 {} 人，预览只有 {} 人", concerned, order->previewed),
                       fmt::format("{} stays are concerned, {} are previewed", concerned, order->previewed)));
  if (!no.empty()) return no;
  return Decision{{TransitionApproved{order->id, order->issuer, order->cdc, order->effective_at,
                                      context.actor.account, order->previewed}}};
}

Result<Decision> withdraw(const WithdrawTransition& c, const View& view, const Context&) {
  const Transition* order = view.find<Transition>(c.transition);
  if (order == nullptr) return unknown("/transition");
  Refusals no;
  if (!is_one_of(order->state, {TransitionState::draft, TransitionState::approved}))
    no.add(wrong_state(order->state, {TransitionState::draft, TransitionState::approved}));
  if (order->changed > 0) no.add("R-TRO-5");
  if (c.reason.empty()) no.add(missing("/reason"));
  if (!no.empty()) return no;
  return Decision{{TransitionWithdrawn{order->id, c.reason.ref}}};
}

void preview_keys(const PreviewTransition& c, const Context&, KeySet& keys) {
  keys.own<Transition>(c.transition);
  for (const StayId stay : c.stays) keys.read<Stay>(stay).own<TransitionLine>(line_of(c.transition, stay));
}

void tests_of_stays(const PreviewTransition& c, const View& view, const Context&, KeySet& keys) {
  for (const StayId id : c.stays)
    if (const Stay* stay = view.find<Stay>(id))
      for (const StayTestId test : stay->tests) keys.read<StayTest>(test);
}

template <class C>
void own_order(const C& c, const Context&, KeySet& keys) {
  keys.own<Transition>(c.transition);
}

const std::vector<Role> officers{Role::CDC, Role::CMD, Role::HA};

}  // namespace

void add_draft_transition(Desk& desk) {
  desk.operation<DraftTransition>("draft_transition", {"起草衔接安排", "Draft a transition order"})
      .by(officers)
      .keys(own_order<DraftTransition>)
      .decide(draft);
  desk.operation<PreviewTransition>("preview_transition", {"预览衔接安排", "Preview a transition order"})
      .by(officers)
      .keys(preview_keys)
      .more_keys(tests_of_stays)
      .place(issuer_of<PreviewTransition>)
      .decide(preview);
  desk.operation<ApproveTransition>("approve_transition", {"批准衔接安排", "Approve a transition order"})
      .by(officers)
      .keys(own_order<ApproveTransition>)
      .more_keys([](const ApproveTransition& c, const View& view, const Context&, KeySet& keys) {
        if (const Transition* order = view.find<Transition>(c.transition)) count_keys(*order, keys);
      })
      .place(issuer_of<ApproveTransition>)
      .decide(approve);
  desk.operation<WithdrawTransition>("withdraw_transition", {"撤回衔接安排", "Withdraw a transition order"})
      .by(officers)
      .keys(own_order<WithdrawTransition>)
      .place(issuer_of<WithdrawTransition>)
      .decide(withdraw);
}

}  // namespace fx::isolation
