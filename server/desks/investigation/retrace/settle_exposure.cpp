// A named officer makes an exposure of what the index proposes, and the class follows it as a proposal; or declines, and
// says why.

#include "desks/investigation/retrace/operations.hpp"

namespace fx::investigation {

const Contact* contact_of(CaseId case_id, PersonId person, const View& view) {
  const Claim* claim = view.find<Claim>(contact_claim(case_id, person));
  const Contact* contact =
      claim != nullptr && !claim->holder.is_nil() ? view.find<Contact>(claim->holder) : nullptr;
  return contact != nullptr && contact->state != ContactState::released ? contact : nullptr;
}

void own_contact_of(CaseId case_id, PersonId person, const View& view, KeySet& keys) {
  const Claim* claim = view.find<Claim>(contact_claim(case_id, person));
  if (claim != nullptr && !claim->holder.is_nil()) keys.own<Contact>(claim->holder);
}

namespace {

const ExposureProposal* open_proposal(ExposureProposalId id, const View& view) {
  const auto* row = view.find<ExposureProposal>(id);
  return row != nullptr && row->state == ProposalState::open ? row : nullptr;
}

/// Settled; and with the last of its stop, the stop.
void settle(const ExposureProposal& row, ProposalState state, std::optional<ExposureId> exposure,
            TextRef reason, const View& view, const Context& context, Decision& decision) {
  decision.events.emplace_back(ExposureProposalSettled{row.id, row.stop, row.person, state, exposure,
                                                       context.actor.account, std::move(reason)});
  if (view.get<StopReview>(row.stop).open == 1)
    decision.events.emplace_back(StopReviewed{row.stop, row.case_id, context.actor.account});
}

/// Who was released with the case, or never named, is named now; by the name the person had before.
ContactId name(const AcceptExposure& c, const ExposureProposal& row, const Case& file, const Stop& stop,
               FactChange& change, const View& view, const Context& context, Decision& decision) {
  const Claim* claim = view.find<Claim>(contact_claim(row.case_id, row.person));
  const ContactId id = claim != nullptr && !claim->holder.is_nil() ? ContactId{claim->holder} : c.contact;
  change.added = {exposure_at(row, context.new_id<ExposureTag>("exposure " + id.text()), id, stop)};
  change.without.insert(id);
  const auto exposures = exposures_after(row.person, change, view);
  const auto finding =
      class_of(exposures, id, sources_of(exposures, change, view), class_rules(context, id.home()));
  decision.events.emplace_back(ContactNamed{.contact = id,
                                            .case_id = row.case_id,
                                            .person = row.person,
                                            .kind = ContactKind::other,
                                            .cdc = file.cdc,
                                            .exposure_from = row.from,
                                            .exposure_until = row.until,
                                            .place = stop.place,
                                            .is_protected = false,
                                            .stop = stop.id,
                                            .via = {},
                                            .via_person = {},
                                            .found_class = finding.class_,
                                            .found_day0 = finding.day0,
                                            .found_reason = finding.reason});
  return id;
}

/// What was measured from another seat is replaced, not added to.
void replace(const ExposureProposal& row, ContactId id, FactChange& change, const View& view,
             const Context& context, Decision& decision) {
  const auto exposures = exposures_after(row.person, {}, view);
  const Sources sources = sources_of(exposures, {}, view);
  for (const Exposure& e : exposures) {
    const auto held = as_it_holds(e, sources);
    if (e.withdrawn || e.contact != id || !e.at || e.at->stop != row.stop || !held) continue;
    const bool elsewhere = (row.rows_apart && held->rows_apart != row.rows_apart) ||
                           (row.same_carriage && held->same_carriage != row.same_carriage);
    if (!elsewhere || held->until <= row.from || held->from >= row.until) continue;
    change.withdrawn.insert(e.id);
    decision.events.emplace_back(ExposureWithdrawn{id, row.person, e.id, context.actor.account, {}});
  }
}

Result<Decision> accept_exposure(const AcceptExposure& c, const View& view, const Context& context) {
  const auto* row = view.find<ExposureProposal>(c.exposure_proposal);
  if (row == nullptr) return unknown("/exposure_proposal");
  if (row->state != ProposalState::open) return refuse("R-CON-11", "/exposure_proposal");
  const Case& file = view.get<Case>(row->case_id);
  const Stop& stop = view.get<Stop>(row->stop);
  const Contact* contact = contact_of(row->case_id, row->person, view);
  Refusals no;
  if (!is_open_case(file.state)) no.add(not_open(file));
  if (contact == nullptr && view.find<Contact>(c.contact) != nullptr) no.add("R-CON-7", "/contact");
  if (!no.empty()) return no;
  Decision decision;
  FactChange change;
  change.cause = ChangeCause::stop_corrected;
  change.stop = row->stop;
  change.stop_now = stop_now(stop);
  ContactId id;
  if (contact == nullptr) {
    id = name(c, *row, file, stop, change, view, context, decision);
  } else {
    id = contact->id;
    change.added = {exposure_at(*row, context.new_id<ExposureTag>("exposure " + id.text()), id, stop)};
    replace(*row, id, change, view, context, decision);
  }
  const ExposureId exposure = change.added.front().id;
  decision.events.emplace_back(ExposureRecorded{id, row->person, change.added.front()});
  reassess(row->person, change, view, context, decision);
  settle(*row, ProposalState::accepted, exposure, {}, view, context, decision);
  return decision;
}

Result<Decision> decline_exposure(const DeclineExposure& c, const View& view, const Context& context) {
  const auto* row = open_proposal(c.exposure_proposal, view);
  Refusals no;
  if (row == nullptr) no.add("R-CON-11", "/exposure_proposal");
  if (c.reason.empty()) no.add(missing("/reason"));
  if (!no.empty()) return no;
  Decision decision;
  settle(*row, ProposalState::declined, {}, c.reason.ref, view, context, decision);
  return decision;
}

template <class C>
void keys(const C& c, const Context&, KeySet& keys) {
  keys.own<ExposureProposal>(c.exposure_proposal);
}

void accept_keys(const AcceptExposure& c, const Context& context, KeySet& keys) {
  investigation::keys(c, context, keys);
  keys.own<Contact>(c.contact);
}

template <class C>
void own_stop(const C& c, const View& view, const Context&, KeySet& keys) {
  const auto* row = view.find<ExposureProposal>(c.exposure_proposal);
  if (row == nullptr) return;
  keys.own<StopReview>(row->stop);
  keys.own<Stop>(row->stop);
}

void more_accept_keys(const AcceptExposure& c, const View& view, const Context& context, KeySet& keys) {
  own_stop(c, view, context, keys);
  const auto* row = view.find<ExposureProposal>(c.exposure_proposal);
  if (row == nullptr) return;
  const Loaded loaded(keys);
  const RawId claim = contact_claim(row->case_id, row->person);
  if (loaded.has<Claim>(claim)) own_contact_of(row->case_id, row->person, view, keys);
  own_classes_of(row->person, loaded, view, keys);
  keys.own<Case>(row->case_id).own<Claim>(claim).own<ContactList>(contacts_of_case(row->case_id));
  keys.subject(row->person.raw);
}

template <class C>
std::optional<UnitId> cdc_of_proposal(const C& c, const View& view, const Context&) {
  const auto* row = view.find<ExposureProposal>(c.exposure_proposal);
  return row != nullptr ? std::optional(row->cdc) : std::nullopt;
}

}  // namespace

void add_settle_exposure(Desk& desk) {
  desk.operation<AcceptExposure>("accept_exposure", {"采纳暴露建议", "Accept a proposed exposure"})
      .by({Role::INV, Role::CDC})
      .keys(accept_keys)
      .more_keys(more_accept_keys)
      .place(cdc_of_proposal<AcceptExposure>)
      .decide(accept_exposure);
  desk.operation<DeclineExposure>("decline_exposure", {"不采纳暴露建议", "Decline a proposed exposure"})
      .by({Role::INV, Role::CDC})
      .keys(keys<DeclineExposure>)
      .more_keys(own_stop<DeclineExposure>)
      .place(cdc_of_proposal<DeclineExposure>)
      .decide(decline_exposure);
}

}  // namespace fx::investigation
