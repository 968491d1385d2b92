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

/// Where a result may get lost between swab and screen: what a tube waits for (工作清单). Follows from the row alone.
/// `singles`: members of a positive or grey pool are held until their own answer.
enum class Awaits { nothing, seal, box, receipt, result, members, duplicate, singles };
BOOST_DESCRIBE_ENUM(Awaits, nothing, seal, box, receipt, result, members, duplicate, singles)

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
  std::optional<RoundId> round;
  std::optional<RawId> tally;  ///< where the sampler's counts of the round are kept
  bool duplicate = false;      ///< a second tube of this code came to a laboratory
  Awaits awaits = Awaits::nothing;

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
                       reagent_lot, ct, control_valid, provisional, result, reject_reason, case_id, round,
                       tally, duplicate, awaits))

/// One person in one tube: the way from a person to all results. What the tube said is the join to its row.
struct Sample {
  static constexpr std::string_view table = "sample";
  static constexpr bool subject = false;
  RawId id;  ///< sample_id(tube, person)
  PersonId person;
  TubeId tube;
  std::optional<RoundId> round;
  Instant taken_at;
  bool withdrawn = false;  ///< the link was wrong
};
BOOST_DESCRIBE_STRUCT(Sample, (), (id, person, tube, round, taken_at, withdrawn))

/// Why somebody may only be tested singly: the measure, and what this desk was told of it.
struct Control {
  RawId source;
  SpecimenClass class_ = SpecimenClass::contact;
};
BOOST_DESCRIBE_STRUCT(Control, (), (source, class_))

/// What this desk must know of a person before the next sample.
struct TestedPerson {
  static constexpr std::string_view table = "tested_person";
  PersonId id;
  std::vector<Control> controls;  ///< measures the person is under
  std::vector<TubeId> held_in;    ///< positive or grey pools: nobody knows yet whether it is this person
  std::vector<TubeId>
      called_back_from;  ///< tubes outside of rounds that gave no result: a new sample is owed
};
BOOST_DESCRIBE_STRUCT(TestedPerson, (), (id, controls, held_in, called_back_from))

enum class BoxState { in_transit, part_received, reconciled, lost };
BOOST_DESCRIBE_ENUM(BoxState, in_transit, part_received, reconciled, lost)

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
  std::vector<RoundId> rounds;  ///< its tubes are of
};
BOOST_DESCRIBE_STRUCT(Box, (),
                      (id, code, state, sender, lab, courier, tubes, settled, temperature, boxed_at, rounds))

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

RawId sample_id(TubeId tube, PersonId person);

Awaits what_awaits(const Tube& tube);
/// What a result makes of the members of its tube; a member re-sampled singly goes by that tube from then on.
void set_members(Tube& tube, TestResult result);
/// What the single's result makes of its member of the pool; after an invalid one the member goes by the pool again.
void settle_member(Tube& pool, TubeId single, TestResult result);
MemberState of_pool(TestResult result);

/// Event E changes tubes, and what they wait for follows.
template <class E, class K, class F>
void evolve_tube(Desk& desk, K key, F apply) {
  desk.evolves<E, Tube>(key, [apply](Tube& tube, const E& e, const Stamp& stamp) {
    apply(tube, e, stamp);
    tube.awaits = what_awaits(tube);
  });
}

/// What every event does to the rows.
void evolve_tubes(Desk& desk);
void evolve_results(Desk& desk);

}  // namespace fx::screening
