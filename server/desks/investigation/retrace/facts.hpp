#pragma once

#include "desks/investigation/retrace/commands.hpp"
#include "kernel/desk.hpp"

namespace fx::investigation {

/// Most people proposed of one stop at once; when an officer has decided on them, the next are.
inline constexpr std::size_t most_proposed = 200;
/// Most stops of one command.
inline constexpr std::size_t most_asked_anew = 500;

/// A stop about which the index is asked anew, and how far that has come.
struct StopReview {
  static constexpr std::string_view table = "stop_review";
  StopId id;
  CaseId case_id;
  std::int32_t version = 0;  ///< how often there was reason to ask
  bool to_trace = true;      ///< the index has not answered for this version
  bool whole = true;         ///< everybody it found is proposed or decided on
  std::int32_t open = 0;     ///< proposals
  std::vector<ExposureProposalId> proposals;
  std::vector<WithdrawnPresence> withdrawn;  ///< since the index answered: are they there by other visits?
  std::optional<AccountId> withdrawn_by;
  TextRef reason;
};
BOOST_DESCRIBE_STRUCT(StopReview, (),
                      (id, case_id, version, to_trace, whole, open, proposals, withdrawn, withdrawn_by,
                       reason))

/// Somebody who may have met the case at a stop as it is known now.
struct ExposureProposal {
  static constexpr std::string_view table = "exposure_proposal";
  ExposureProposalId id;
  StopId stop;
  CaseId case_id;
  PersonId person;
  UnitId cdc;
  std::optional<ContactId> contact;
  ProposalState state = ProposalState::open;
  Instant from;
  Instant until;
  std::optional<std::int32_t> rows_apart;
  std::optional<bool> same_carriage;
  KnownBy known_by = KnownBy::registration;
  std::optional<ContactClass> from_class;
  std::optional<Day> from_day0;
  std::optional<Day> from_last_day;
  ContactClass to = ContactClass::none;
  std::optional<Day> to_day0;
  std::optional<Day> to_last_day;
  ClassReason reason = ClassReason::no_exposure;
  bool assessed = false;
  Instant proposed_at;
  std::optional<AccountId> settled_by;
};
BOOST_DESCRIBE_STRUCT(ExposureProposal, (),
                      (id, stop, case_id, person, cdc, contact, state, from, until, rows_apart, same_carriage,
                       known_by, from_class, from_day0, from_last_day, to, to_day0, to_last_day, reason,
                       assessed, proposed_at, settled_by))

/// One a meeting: the same person may have been at the stop twice.
ExposureProposalId exposure_proposal_of(StopId stop, PersonId person, Instant from);
/// Nothing to decide anew, when it was decided on.
bool says_the_same(const ExposureProposal& row, const FoundExposure& found);

void add_retrace(Desk& desk);

}  // namespace fx::investigation
