#pragma once

#include "desks/screening/events.hpp"
#include "kernel/desk.hpp"

namespace fx::screening {

enum class TubeState {
  printed,
  open,
  sealed,
  in_transit,
  received,
  rejected,
  testing,
  provisional,
  authorised,
  amended,
  lost,
  voided
};
BOOST_DESCRIBE_ENUM(TubeState, printed, open, sealed, in_transit, received, rejected, testing, provisional,
                    authorised, amended, lost, voided)

/// `hold`: the pool is positive or grey and nobody knows who. A pool never makes `pos`: only the member's own single
/// tube does. `recalled`: the tube gave no result, a new sample is owed.
enum class MemberState { linked, neg, hold, resampled, pos, grey, recalled };
BOOST_DESCRIBE_ENUM(MemberState, linked, neg, hold, resampled, pos, grey, recalled)

struct Member {
  PersonId person;
  std::optional<EncounterId> encounter;
  MemberState state = MemberState::linked;
  Instant linked_at;
  std::optional<TubeId> resampled_in;  ///< the single tube that settles this member of a pool
};
BOOST_DESCRIBE_STRUCT(Member, (), (person, encounter, state, linked_at, resampled_in))

struct Tube {
  static constexpr std::string_view table = "tube";
  TubeId id;
  std::string code;
  TubeState state = TubeState::printed;
  std::int32_t size = 1;
  SpecimenClass class_ = SpecimenClass::voluntary;
  std::string pathogen;
  UnitId sender;
  std::optional<PersonId> person;        ///< of a single
  std::optional<EncounterId> encounter;  ///< of a single
  std::vector<Member> members;
  std::optional<TubeId> resample_of;
  std::optional<UnitId> lab;
  std::optional<BoxId> box;
  std::optional<AccountId> sampler;
  std::optional<AccountId> run_by;  ///< who started the test
  std::optional<AccountId> tester;  ///< who recorded the result
  std::optional<AccountId> authoriser;
  Instant printed_at;
  std::optional<Instant> opened_at;
  std::optional<Instant> sealed_at;
  std::optional<Instant> boxed_at;
  std::optional<Instant> received_at;
  std::optional<Instant> tested_at;
  std::optional<Instant> authorised_at;
  std::optional<Instant> amended_at;
  std::string plate;
  std::string well;
  std::string reagent_lot;
  std::vector<GeneCt> ct;
  std::optional<bool> control_valid;
  std::optional<TestResult> provisional;  ///< what the tester read
  std::optional<TestResult> result;       ///< what was authorised, as amended
  std::optional<RejectReason> reject_reason;
  std::optional<CaseId> case_id;  ///< of a single that is or was positive

  [[nodiscard]] bool single() const { return size == 1; }
  /// Members may still be linked or corrected: not sealed, even if the courier's device reported the receipt first.
  [[nodiscard]] bool unsealed() const {
    using enum TubeState;
    return !sealed_at && (state == printed || state == open || state == received || state == testing ||
                          state == provisional);
  }
  [[nodiscard]] bool has_result() const {
    return state == TubeState::authorised || state == TubeState::amended;
  }
};
BOOST_DESCRIBE_STRUCT(Tube, (),
                      (id, code, state, size, class_, pathogen, sender, person, encounter, members,
                       resample_of, lab, box, sampler, run_by, tester, authoriser, printed_at, opened_at,
                       sealed_at, boxed_at, received_at, tested_at, authorised_at, amended_at, plate, well,
                       reagent_lot, ct, control_valid, provisional, result, reject_reason, case_id))

enum class BoxState { in_transit, part_received, received };
BOOST_DESCRIBE_ENUM(BoxState, in_transit, part_received, received)

struct Box {
  static constexpr std::string_view table = "box";
  BoxId id;
  std::string code;
  BoxState state = BoxState::in_transit;
  UnitId sender;
  UnitId lab;
  AccountId courier;
  std::vector<TubeId> tubes;
  std::vector<TubeId> settled;  ///< received, rejected or declared lost
  std::optional<double> temperature;
  Instant boxed_at;
};
BOOST_DESCRIBE_STRUCT(Box, (), (id, code, state, sender, lab, courier, tubes, settled, temperature, boxed_at))

struct ExternalResult {
  static constexpr std::string_view table = "external_result";
  ExternalResultId id;
  std::string specimen;
  std::optional<PersonId> person;
  std::optional<UnitId> lab;
  std::optional<UnitId> sender;
  std::string pathogen;
  TestResult result = TestResult::invalid;
  ExternalStatus status = ExternalStatus::reported;
  std::optional<Instant> sampled_at;
  std::optional<Instant> resulted_at;
  std::vector<GeneCt> ct;
  std::vector<std::string> warnings;
  std::int32_t versions = 0;  ///< how many messages spoke of it
  Instant changed_at;
};
BOOST_DESCRIBE_STRUCT(ExternalResult, (),
                      (id, specimen, person, lab, sender, pathogen, result, status, sampled_at, resulted_at,
                       ct, warnings, versions, changed_at))

/// The claim by which a printed code names one tube or box for ever.
RawId code_claim(std::string_view code);

/// What every event does to the rows.
void evolve_tubes(Desk& desk);
void evolve_results(Desk& desk);

}  // namespace fx::screening
