#include "desks/investigation/retrace/facts.hpp"

#include "desks/investigation/retrace/operations.hpp"
#include "kernel/derive.hpp"

namespace fx::investigation {
namespace {

void begin(StopReview& row, StopId stop, CaseId case_id) {
  row.id = stop;
  row.case_id = case_id;
  row.version += 1;
  row.to_trace = true;
}

void propose(ExposureProposal& row, const ExposureProposed& e, const Stamp& at) {
  row = {.id = e.exposure_proposal,
         .stop = e.stop,
         .case_id = e.case_id,
         .person = e.person,
         .cdc = e.cdc,
         .contact = e.contact,
         .state = ProposalState::open,
         .from = e.from,
         .until = e.until,
         .rows_apart = e.rows_apart,
         .same_carriage = e.same_carriage,
         .known_by = e.known_by,
         .from_class = e.from_class,
         .from_day0 = e.from_day0,
         .from_last_day = e.from_last_day,
         .to = e.to,
         .to_day0 = e.to_day0,
         .to_last_day = e.to_last_day,
         .reason = e.reason,
         .assessed = e.assessed,
         .proposed_at = at.occurred_at,
         .settled_by = {}};
}

void review_facts(Desk& desk) {
  desk.evolves<StopRecorded, StopReview>(
          [](const StopRecorded& e) { return e.corrects ? std::optional(e.stop.raw) : std::nullopt; },
          [](StopReview& row, const StopRecorded& e, const Stamp&) { begin(row, e.stop, e.case_id); })
      .evolves<StopWithdrawn, StopReview>(
          &StopWithdrawn::stop,
          [](StopReview& row, const StopWithdrawn& e, const Stamp&) { begin(row, e.stop, e.case_id); })
      .evolves<StopAskedAnew, StopReview>(
          &StopAskedAnew::stop,
          [](StopReview& row, const StopAskedAnew& e, const Stamp&) {
            begin(row, e.stop, e.case_id);
            if (!e.by) return;
            row.withdrawn_by = e.by;
            row.reason = e.reason;
            for (const WithdrawnPresence& one : e.withdrawn)
              if (std::ranges::find(row.withdrawn, one) == row.withdrawn.end()) row.withdrawn.push_back(one);
          })
      .evolves<ExposureProposed, StopReview>(&ExposureProposed::stop,
                                             [](StopReview& row, const ExposureProposed& e, const Stamp&) {
                                               row.open += 1;
                                               row.proposals.push_back(e.exposure_proposal);
                                             })
      .evolves<ExposureProposalSettled, StopReview>(
          &ExposureProposalSettled::stop,
          [](StopReview& row, const ExposureProposalSettled& e, const Stamp&) {
            row.open -= 1;
            std::erase(row.proposals, e.exposure_proposal);
          })
      .evolves<StopRetraced, StopReview>(&StopRetraced::stop,
                                         [](StopReview& row, const StopRetraced& e, const Stamp&) {
                                           row.to_trace = false;
                                           row.whole = e.whole;
                                           row.withdrawn.clear();
                                         })
      .evolves<StopReviewed, StopReview>(&StopReviewed::stop,
                                         [](StopReview& row, const StopReviewed& e, const Stamp&) {
                                           if (!row.whole) begin(row, e.stop, e.case_id);
                                         })
      .evolves<VisitsRetraced, VisitBatch>(
          &VisitsRetraced::visit_batch,
          [](VisitBatch& row, const VisitsRetraced&, const Stamp&) { row.to_trace = false; });
}

std::string of_review(const StopReview& review) {
  if (review.open == static_cast<std::int32_t>(review.proposals.size())) return {};
  return "stop " + review.id.text() + " counts other proposals than it lists";
}

std::string of_proposal(const ExposureProposal& proposal) {
  const bool by_officer = is_one_of(proposal.state, {ProposalState::accepted, ProposalState::declined});
  if (by_officer == proposal.settled_by.has_value()) return {};
  return "exposure proposal " + proposal.id.text() + " was settled by nobody";
}

/// What is open of a stop is what its review counts.
std::vector<std::string> proposals_are_counted(const Tables& tables) {
  std::map<StopId, std::int32_t> open;
  for (const ExposureProposal& proposal : tables.all<ExposureProposal>())
    if (proposal.state == ProposalState::open) ++open[proposal.stop];
  std::vector<std::string> breaches;
  for (const StopReview& review : tables.all<StopReview>())
    if (open[review.id] != review.open)
      breaches.push_back("stop " + review.id.text() + " has other proposals open than it counts");
  return breaches;
}

}  // namespace

ExposureProposalId exposure_proposal_of(StopId stop, PersonId person, Instant from) {
  return derive<ExposureProposalTag>(stop.raw, "met " + person.text() + " " + format(from));
}

void add_retrace(Desk& desk) {
  desk.table<StopReview>({.indexes = {"to_trace"}})
      .table<ExposureProposal>({.indexes = {"cdc, state", "case_id", "stop"}});
  desk.event<ExposureProposed>().event<ExposureProposalSettled>().event<StopRetraced>().event<StopReviewed>();
  desk.event<StopAskedAnew>().event<VisitsRetraced>();
  desk.evolves<ExposureProposed, ExposureProposal>(&ExposureProposed::exposure_proposal, propose)
      .evolves<ExposureProposalSettled, ExposureProposal>(
          &ExposureProposalSettled::exposure_proposal,
          [](ExposureProposal& row, const ExposureProposalSettled& e, const Stamp&) {
            row.state = e.state;
            row.settled_by = e.by;
          });
  review_facts(desk);
  add_ask_stops_anew(desk);
  add_propose_exposures(desk);
  add_settle_exposure(desk);
  desk.row_law<StopReview>("D1: proposals of a stop are counted", of_review);
  desk.row_law<ExposureProposal>("D3: a found exposure is settled by a named officer", of_proposal);
  desk.law("D1: open proposals are those of the stop's review", proposals_are_counted);
  desk.list<ExposureProposal>({.desk = {},
                               .name = "exposure_proposals",
                               .title = {"暴露建议", "Proposed exposures"},
                               .table = nullptr,
                               .readers = {Role::CDC, Role::INV},
                               .filters = {"case_id", "stop", "state", "cdc"},
                               .order_by = "proposed_at",
                               .descending = true,
                               .unit_fields = {"cdc"}});
}

}  // namespace fx::investigation
