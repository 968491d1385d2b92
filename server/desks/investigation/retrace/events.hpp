#pragma once

// A stop was corrected or withdrawn, or visits of others came or went where it was: the index of visits is asked anew who
// was there with the case, and whoever no exposure says so of is proposed to a named officer.

#include "desks/investigation/classing/events.hpp"
#include "desks/investigation/visits/events.hpp"

namespace fx::investigation {

FX_TAG(ExposureProposal, "exposure_proposal");

/// The index finds somebody at the stop as it is known now. With the difference it would make.
struct ExposureProposed {
  static constexpr std::string_view name = "investigation.exposure_proposed";
  ExposureProposalId exposure_proposal;
  StopId stop;
  CaseId case_id;
  PersonId person;
  UnitId cdc;
  std::optional<ContactId> contact;  ///< of the case already
  Instant from;
  Instant until;
  std::optional<std::int32_t> rows_apart;
  std::optional<bool> same_carriage;
  KnownBy known_by = KnownBy::registration;
  std::optional<ContactClass> from_class;  ///< as judged
  std::optional<Day> from_day0;
  std::optional<Day> from_last_day;  ///< of control, all phases
  ContactClass to = ContactClass::none;
  std::optional<Day> to_day0;
  std::optional<Day> to_last_day;
  ClassReason reason = ClassReason::no_exposure;
  bool assessed = false;
};
BOOST_DESCRIBE_STRUCT(ExposureProposed, (),
                      (exposure_proposal, stop, case_id, person, cdc, contact, from, until, rows_apart,
                       same_carriage, known_by, from_class, from_day0, from_last_day, to, to_day0,
                       to_last_day, reason, assessed))

/// Accepted or declined by a named officer; or fallen: the stop is known better again, and nobody was there then.
struct ExposureProposalSettled {
  static constexpr std::string_view name = "investigation.exposure_proposal_settled";
  ExposureProposalId exposure_proposal;
  StopId stop;
  PersonId person;
  ProposalState state = ProposalState::accepted;
  std::optional<ExposureId> exposure;  ///< recorded
  std::optional<AccountId> by;
  TextRef reason;
};
BOOST_DESCRIBE_STRUCT(ExposureProposalSettled, (),
                      (exposure_proposal, stop, person, state, exposure, by, reason))

/// The index was asked about the stop as it is known now.
struct StopRetraced {
  static constexpr std::string_view name = "investigation.stop_retraced";
  StopId stop;
  CaseId case_id;
  UnitId cdc;
  std::int32_t version = 0;
  std::int32_t proposed = 0;  ///< open proposals of the stop
  bool whole = true;          ///< false: more people were there than are proposed at once
};
BOOST_DESCRIBE_STRUCT(StopRetraced, (), (stop, case_id, cdc, version, proposed, whole))

/// Somebody who was at a stop by a visit that was withdrawn.
struct WithdrawnPresence {
  PersonId person;
  KnownBy known_by = KnownBy::registration;
  friend bool operator==(const WithdrawnPresence&, const WithdrawnPresence&) = default;
};
BOOST_DESCRIBE_STRUCT(WithdrawnPresence, (), (person, known_by))

/// Visits of others came, or were withdrawn, where and while the case was at this stop.
struct StopAskedAnew {
  static constexpr std::string_view name = "investigation.stop_asked_anew";
  StopId stop;
  CaseId case_id;
  VisitBatchId visit_batch;
  std::vector<WithdrawnPresence> withdrawn;
  std::optional<AccountId> by;  ///< who withdrew them
  TextRef reason;
};
BOOST_DESCRIBE_STRUCT(StopAskedAnew, (), (stop, case_id, visit_batch, withdrawn, by, reason))

/// Every stop these visits touch is asked anew.
struct VisitsRetraced {
  static constexpr std::string_view name = "investigation.visits_retraced";
  VisitBatchId visit_batch;
  bool withdrawn = false;  ///< as they stood then
};
BOOST_DESCRIBE_STRUCT(VisitsRetraced, (), (visit_batch, withdrawn))

/// No proposal of the stop is open any more.
struct StopReviewed {
  static constexpr std::string_view name = "investigation.stop_reviewed";
  StopId stop;
  CaseId case_id;
  AccountId by;
};
BOOST_DESCRIBE_STRUCT(StopReviewed, (), (stop, case_id, by))

}  // namespace fx::investigation
