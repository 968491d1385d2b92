#pragma once

// Exposures, and what class of contact they make of somebody.

#include "desks/investigation/trajectory/events.hpp"

namespace fx::investigation {

FX_TAG(Exposure, "exposure");
FX_TAG(ClassProposal, "class_proposal");

/// 密接 次密接 一般接触者 涉疫场所暴露者; none: judged and not a contact.
enum class ContactClass { close, coc, general, venue, none };
BOOST_DESCRIBE_ENUM(ContactClass, close, coc, general, venue, none)

/// Why the exposures make this class.
enum class ClassReason {
  no_exposure,
  outside_window,
  protected_throughout,
  same_home,
  within_distance,
  beyond_distance,
  near_rows,
  far_rows,
  same_carriage,
  same_venue,
  not_measured,
  contact_of_contact,
  contact_became_case,
  not_judged,
  stop_moved  ///< the case was not at that stop, or not then
};
BOOST_DESCRIBE_ENUM(ClassReason, no_exposure, outside_window, protected_throughout, same_home,
                    within_distance, beyond_distance, near_rows, far_rows, same_carriage, same_venue,
                    not_measured, contact_of_contact, contact_became_case, not_judged, stop_moved)

/// The stop of a trajectory at which two were together, as it was recorded when the exposure was. Known better since, the
/// exposure holds as far as the stop still does.
struct AtStop {
  StopId stop;
  std::string place;  ///< its name in the index of visits [visits/facts.hpp place_name]
  Instant from;
  Instant until;
  std::string carriage;
  std::int32_t row = 0;
  friend bool operator==(const AtStop&, const AtStop&) = default;
};
BOOST_DESCRIBE_STRUCT(AtStop, (), (stop, place, from, until, carriage, row))

/// Two people were together: one occurrence. Never folded into another: each can be withdrawn by itself.
struct Exposure {
  ExposureId id;
  ContactId contact;
  CaseId case_id;
  std::optional<ContactId> via;        ///< met this contact, not the case itself (次密接)
  std::optional<PersonId> via_person;  ///< who that contact is
  Instant from;
  Instant until;
  Setting setting = Setting::other;
  StopKind kind = StopKind::stay;
  std::optional<double> distance_m;
  std::optional<std::int32_t> rows_apart;
  std::optional<bool> same_carriage;
  bool is_protected = false;  ///< effective protection throughout
  KnownBy known_by = KnownBy::interview;
  bool withdrawn = false;
  std::optional<AtStop> at = {};
  friend bool operator==(const Exposure&, const Exposure&) = default;
};
BOOST_DESCRIBE_STRUCT(Exposure, (),
                      (id, contact, case_id, via, via_person, from, until, setting, kind, distance_m,
                       rows_apart, same_carriage, is_protected, known_by, withdrawn, at))

struct ExposureRecorded {
  static constexpr std::string_view name = "investigation.exposure_recorded";
  ContactId contact;
  PersonId person;
  Exposure exposure;
};
BOOST_DESCRIBE_STRUCT(ExposureRecorded, (), (contact, person, exposure))

struct ExposureWithdrawn {
  static constexpr std::string_view name = "investigation.exposure_withdrawn";
  ContactId contact;
  PersonId person;
  ExposureId exposure;
  AccountId by;
  TextRef reason;
};
BOOST_DESCRIBE_STRUCT(ExposureWithdrawn, (), (contact, person, exposure, by, reason))

/// The facts make another class of this contact than they did, or another Day 0.
struct ClassFound {
  static constexpr std::string_view name = "investigation.class_found";
  ContactId contact;
  CaseId case_id;
  ContactClass class_ = ContactClass::none;
  std::optional<Day> day0;
  ClassReason reason = ClassReason::no_exposure;
  bool assessed = false;
};
BOOST_DESCRIBE_STRUCT(ClassFound, (), (contact, case_id, class_, day0, reason, assessed))

/// What changed in the facts, so that they make another class or another Day 0.
enum class ChangeCause {
  exposure_told,
  exposure_withdrawn,
  stop_corrected,
  stop_withdrawn,
  visits_withdrawn,  ///< of others, at a stop of the case
  window_moved,
  case_opened,
  case_excluded,
  reviewed  ///< under the rules of the day
};
BOOST_DESCRIBE_ENUM(ChangeCause, exposure_told, exposure_withdrawn, stop_corrected, stop_withdrawn,
                    visits_withdrawn, window_moved, case_opened, case_excluded, reviewed)

/// Somebody was judged otherwise: a named officer is asked, with the difference and the reason.
struct ClassProposed {
  static constexpr std::string_view name = "investigation.class_proposed";
  ClassProposalId class_proposal;
  ContactId contact;
  CaseId case_id;
  PersonId person;
  UnitId cdc;
  ContactClass from = ContactClass::none;
  std::optional<Day> from_day0;
  ContactClass to = ContactClass::none;
  std::optional<Day> to_day0;
  ClassReason reason = ClassReason::no_exposure;
  bool assessed = false;
  std::optional<ExposureId> decisive;
  ChangeCause changed = ChangeCause::exposure_told;
  std::optional<StopId> stop;        ///< that was corrected or withdrawn
  TextRef words;                     ///< why it was
  std::optional<Day> from_last_day;  ///< of control, all phases, as judged
  std::optional<Day> to_last_day;    ///< as proposed
  std::vector<ExposureId> gained;    ///< count now and did not when the class was judged
  std::vector<ExposureId> lost;      ///< the other way round
};
BOOST_DESCRIBE_STRUCT(ClassProposed, (),
                      (class_proposal, contact, case_id, person, cdc, from, from_day0, to, to_day0, reason,
                       assessed, decisive, changed, stop, words, from_last_day, to_last_day, gained, lost))

enum class ProposalState { open, accepted, declined, fallen };
BOOST_DESCRIBE_ENUM(ProposalState, open, accepted, declined, fallen)

/// Accepted or declined by a named officer; or fallen: the facts say again what was judged.
struct ClassProposalSettled {
  static constexpr std::string_view name = "investigation.class_proposal_settled";
  ClassProposalId class_proposal;
  ContactId contact;
  ProposalState state = ProposalState::accepted;
  std::optional<AccountId> by;
  TextRef reason;
};
BOOST_DESCRIBE_STRUCT(ClassProposalSettled, (), (class_proposal, contact, state, by, reason))

/// An accepted proposal: what is owed for this contact follows the new class.
struct ContactReclassed {
  static constexpr std::string_view name = "investigation.contact_reclassed";
  ContactId contact;
  CaseId case_id;
  PersonId person;
  UnitId cdc;
  ContactClass class_ = ContactClass::none;
  ContactClass former = ContactClass::none;
  bool controlled = false;  ///< is in control already
  bool owed = true;         ///< the period is not over: control is owed
  std::optional<Day> last_exposure_day;
  AccountId by;
  std::optional<PersonId>
      not_close;  ///< the person, when no judgement makes a close contact of them any more
};
BOOST_DESCRIBE_STRUCT(ContactReclassed, (),
                      (contact, case_id, person, cdc, class_, former, controlled, owed, last_exposure_day, by,
                       not_close))

}  // namespace fx::investigation
