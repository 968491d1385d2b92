// What the index finds at a corrected stop, against what is recorded: whoever is new, or met longer or elsewhere in the
// vehicle, is proposed; whoever is not found any more is proposed no longer.

#include "desks/investigation/retrace/operations.hpp"

namespace fx::investigation {

bool says_the_same(const ExposureProposal& row, const FoundExposure& found) {
  return row.until == found.until && row.rows_apart == found.rows_apart &&
         row.same_carriage == found.same_carriage;
}

namespace {

/// Does a recorded exposure say as much already?
bool says_it(const Exposure& e, const FoundExposure& found, const ProposeExposures& c,
             const Sources& sources) {
  if (e.withdrawn || e.via || e.case_id != c.case_id) return false;
  const auto held = as_it_holds(e, sources);
  if (!held || held->from > found.from || held->until < found.until) return false;
  if (found.rows_apart && held->rows_apart != found.rows_apart) return false;
  return !found.same_carriage || held->same_carriage == found.same_carriage;
}

bool is_recorded(const FoundExposure& found, const ProposeExposures& c, const View& view) {
  const auto exposures = exposures_after(found.person, {}, view);
  const Sources sources = sources_of(exposures, {}, view);
  return std::ranges::any_of(exposures, [&](const Exposure& e) { return says_it(e, found, c, sources); });
}

bool is_out_of_question(const Contact* contact) {
  return contact != nullptr &&
         is_one_of(contact->state, {ContactState::upgraded_to_case, ContactState::handed_over});
}

ExposureProposed proposed(const FoundExposure& found, const Stop& stop, ExposureProposalId id,
                          const View& view, const Context& context) {
  const Contact* contact = contact_of(stop.case_id, found.person, view);
  const std::int32_t county = stop.case_id.home();
  const ContactId which = contact != nullptr ? contact->id : ContactId{id.raw};
  const Exposure further = exposure_at(found, ExposureId{id.raw}, which, stop);
  const auto exposures = exposures_after(found.person, {.added = {further}}, view);
  const auto finding =
      class_of(exposures, which, sources_of(exposures, {}, view), class_rules(context, county));
  ExposureProposed event{.exposure_proposal = id,
                         .stop = stop.id,
                         .case_id = stop.case_id,
                         .person = found.person,
                         .cdc = stop.cdc,
                         .contact = {},
                         .from = found.from,
                         .until = found.until,
                         .rows_apart = found.rows_apart,
                         .same_carriage = found.same_carriage,
                         .known_by = found.known_by,
                         .from_class = {},
                         .from_day0 = {},
                         .from_last_day = {},
                         .to = finding.class_,
                         .to_day0 = finding.day0,
                         .to_last_day = last_day(finding.class_, finding.day0, context, county),
                         .reason = finding.reason,
                         .assessed = finding.assessed};
  if (contact == nullptr) return event;
  event.contact = contact->id;
  event.from_class = contact->class_;
  event.from_day0 = contact->last_exposure_day;
  if (contact->class_)
    event.from_last_day = last_day(*contact->class_, contact->last_exposure_day, context, county);
  return event;
}

/// Open proposals of the stop that nobody finds any more, or finds otherwise.
std::int32_t let_fall(const StopReview& review,
                      const std::map<ExposureProposalId, const FoundExposure*>& found, const View& view,
                      Decision& decision) {
  std::int32_t left = 0;
  for (const ExposureProposalId id : review.proposals) {
    const ExposureProposal& row = view.get<ExposureProposal>(id);
    const auto again = found.find(id);
    if (again != found.end() && says_the_same(row, *again->second)) {
      ++left;
      continue;
    }
    decision.events.emplace_back(
        ExposureProposalSettled{id, review.id, row.person, ProposalState::fallen, {}, {}, {}});
  }
  return left;
}

/// Whoever was there by visits alone that were withdrawn was not there: what that makes of their classes is proposed.
void withdraw_unfounded(const StopReview& review, const Stop& stop, const ProposeExposures& c,
                        const View& view, const Context& context, Decision& decision) {
  std::map<PersonId, FactChange> changes;
  for (const WithdrawnPresence& gone : review.withdrawn) {
    if (std::ranges::any_of(c.found, [&](const FoundExposure& one) { return one.person == gone.person; }))
      continue;
    for (const Exposure& e : exposures_after(gone.person, {}, view)) {
      const bool rests_on_it =
          !e.withdrawn && !e.via && e.at && e.at->stop == c.stop && e.known_by == gone.known_by;
      if (!rests_on_it || !changes[gone.person].withdrawn.insert(e.id).second) continue;
      decision.events.emplace_back(ExposureWithdrawn{
          e.contact, gone.person, e.id, review.withdrawn_by.value_or(AccountId{}), review.reason});
    }
  }
  for (auto& [person, change] : changes) {
    change.cause = ChangeCause::visits_withdrawn;
    change.stop = c.stop;
    change.stop_now = stop_now(stop);
    change.words = review.reason;
    reassess(person, change, view, context, decision);
  }
}

Result<Decision> propose_exposures(const ProposeExposures& c, const View& view, const Context& context) {
  const auto* review = view.find<StopReview>(c.stop);
  const Stop* stop = view.find<Stop>(c.stop);
  const Case* file = view.find<Case>(c.case_id);
  // Known better since, or answered already: the next asking, or the former, says it.
  if (review == nullptr || stop == nullptr || file == nullptr || review->version != c.version ||
      !review->to_trace)
    return Decision{};
  std::map<ExposureProposalId, const FoundExposure*> found;
  if (!stop->withdrawn && is_open_case(file->state))
    for (const FoundExposure& one : c.found)
      if (one.person != file->person && found.size() < most_proposed)
        found.emplace(exposure_proposal_of(c.stop, one.person, one.from), &one);
  Decision decision;
  std::int32_t open = let_fall(*review, found, view, decision);
  if (!stop->withdrawn) withdraw_unfounded(*review, *stop, c, view, context, decision);
  for (const auto& [id, one] : found) {
    const ExposureProposal* row = view.find<ExposureProposal>(id);
    const bool known = row != nullptr && row->state != ProposalState::fallen && says_the_same(*row, *one);
    if (known || is_recorded(*one, c, view) || is_out_of_question(contact_of(c.case_id, one->person, view)))
      continue;
    decision.events.emplace_back(proposed(*one, *stop, id, view, context));
    ++open;
  }
  decision.events.emplace_back(StopRetraced{c.stop, c.case_id, stop->cdc, c.version, open,
                                            c.whole && c.found.size() <= most_proposed});
  return decision;
}

void keys(const ProposeExposures& c, const Context&, KeySet& keys) {
  keys.own<StopReview>(c.stop).own<Stop>(c.stop).read<Case>(c.case_id);
  for (const FoundExposure& one : c.found) {
    keys.own<ExposureProposal>(exposure_proposal_of(c.stop, one.person, one.from))
        .read<Claim>(contact_claim(c.case_id, one.person))
        .read<PersonExposures>(exposures_of(one.person));
  }
}

void more_keys(const ProposeExposures& c, const View& view, const Context&, KeySet& keys) {
  const Loaded loaded(keys);
  if (const auto* review = view.find<StopReview>(c.stop)) {
    for (const ExposureProposalId id : review->proposals) keys.own<ExposureProposal>(id);
    for (const WithdrawnPresence& gone : review->withdrawn) own_classes_of(gone.person, loaded, view, keys);
  }
  for (const FoundExposure& one : c.found) {
    own_contact_of(c.case_id, one.person, view, keys);
    own_classes_of(one.person, loaded, view, keys);
  }
}

}  // namespace

void add_propose_exposures(Desk& desk) {
  desk.operation<ProposeExposures>("propose_exposures",
                                   {"提出行程更正后的暴露", "Propose exposures after a correction"})
      .internal()
      .keys(keys)
      .more_keys(more_keys)
      .place([](const ProposeExposures& c, const View& view, const Context&) -> std::optional<UnitId> {
        const Stop* stop = view.find<Stop>(c.stop);
        return stop != nullptr ? std::optional(stop->cdc) : std::nullopt;
      })
      .decide(propose_exposures);
}

}  // namespace fx::investigation
