#pragma once

#include "desks/investigation/classing/commands.hpp"
#include "kernel/desk.hpp"

namespace fx::investigation {

/// All exposures of one person to any case, each an occurrence of its own.
struct PersonExposures {
  static constexpr std::string_view table = "person_exposures";
  static constexpr bool subject = false;
  RawId id;
  PersonId person;
  std::vector<Exposure> exposures;
};
BOOST_DESCRIBE_STRUCT(PersonExposures, (), (id, person, exposures))

/// When a person who is a case could infect: what contacts of a contact need, should that contact turn positive.
struct PersonCase {
  static constexpr std::string_view table = "person_case";
  static constexpr bool subject = false;
  RawId id;
  PersonId person;
  CaseId case_id;
  bool counts = false;
  std::optional<Instant> window_from;
  Instant window_until;
};
BOOST_DESCRIBE_STRUCT(PersonCase, (), (id, person, case_id, counts, window_from, window_until))

/// What the facts propose for one contact; the latest.
struct ClassProposal {
  static constexpr std::string_view table = "class_proposal";
  ClassProposalId id;
  ContactId contact;
  CaseId case_id;
  PersonId person;
  UnitId cdc;
  ProposalState state = ProposalState::open;
  ContactClass from = ContactClass::none;
  std::optional<Day> from_day0;
  ContactClass to = ContactClass::none;
  std::optional<Day> to_day0;
  ClassReason reason = ClassReason::no_exposure;
  bool assessed = false;
  std::optional<ExposureId> decisive;
  Instant proposed_at;
  std::optional<AccountId> settled_by;
  ChangeCause changed = ChangeCause::exposure_told;
  std::optional<StopId> stop;
  TextRef words;
  std::optional<Day> from_last_day;
  std::optional<Day> to_last_day;
  std::vector<ExposureId> gained;
  std::vector<ExposureId> lost;
};
BOOST_DESCRIBE_STRUCT(ClassProposal, (),
                      (id, contact, case_id, person, cdc, state, from, from_day0, to, to_day0, reason,
                       assessed, decisive, proposed_at, settled_by, changed, stop, words, from_last_day,
                       to_last_day, gained, lost))

RawId exposures_of(PersonId person);
RawId case_of(PersonId person);
ClassProposalId proposal_for(ContactId contact);

void add_classing_facts(Desk& desk);

}  // namespace fx::investigation
