#pragma once

// What happened to tubes. First member of each: the thing it is about; its home is the jurisdiction.
// "single" = an individual specimen: `person`, `encounter` and `case_id` are filled for those only.

#include "kernel/event.hpp"

namespace fx::screening {

FX_TAG(ExternalResult, "external_result");
FX_TAG(Round, "round");
FX_TAG(Point, "point");

/// What a person of a round is. MISSED is computed, never stored: the roster minus those with a state of their own.
enum class RosterState { rostered, sampled, tested_elsewhere, exempt, out_of_area };
BOOST_DESCRIBE_ENUM(RosterState, rostered, sampled, tested_elsewhere, exempt, out_of_area)

/// One person of a round goes from one state to another: what moves the person's row and the counts of a round.
struct RosterMove {
  RawId row;                  ///< round_person_id(round, person)
  PersonId person;            ///< whose
  std::int64_t township = 0;  ///< GB/T 2260 code of 9 digits; 0 unknown
  std::string building;
  bool added = false;               ///< not on the list, added on the spot
  std::optional<RosterState> from;  ///< absent: new to the round
  RosterState to = RosterState::rostered;
  RawId tally;  ///< the row of counts it moves
};
BOOST_DESCRIBE_STRUCT(RosterMove, (), (row, person, township, building, added, from, to, tally))

/// What a step with a tube moves in the round the tube belongs to.
struct RoundShare {
  RoundId round;
  RawId tally;                    ///< the row of counts of whoever did it
  std::vector<RosterMove> moves;  ///< in the order of their rows
  bool issued = false;            ///< the tube joins the round
  bool opened = false;            ///< its first member came
  bool emptied = false;           ///< its last member was taken away
  bool sealed = true;             ///< it had been sealed
  bool arrived = false;           ///< it had been received
  std::int32_t people = 0;        ///< for whom a result speaks
};
BOOST_DESCRIBE_STRUCT(RoundShare, (), (round, tally, moves, issued, opened, emptied, sealed, arrived, people))

enum class TestResult { negative, positive, grey, invalid };
BOOST_DESCRIBE_ENUM(TestResult, negative, positive, grey, invalid)

/// Whose specimen it is; names rows of the rulebook (E.result.h.<class>, E.pool.single_only).
enum class SpecimenClass {
  fever_clinic,
  emergency,
  inpatient,
  outpatient,
  contact,
  quarantine,
  key_group,
  yellow_code,
  voluntary,
  mass_round
};
BOOST_DESCRIBE_ENUM(SpecimenClass, fever_clinic, emergency, inpatient, outpatient, contact, quarantine,
                    key_group, yellow_code, voluntary, mass_round)

enum class RejectReason { leaking, unlabelled, empty, wrong_temperature, too_old, other };
BOOST_DESCRIBE_ENUM(RejectReason, leaking, unlabelled, empty, wrong_temperature, too_old, other)

/// Cycle threshold of one target gene.
struct GeneCt {
  std::string gene;
  double ct = 0;
};
BOOST_DESCRIBE_STRUCT(GeneCt, (), (gene, ct))

struct TubePrinted {
  static constexpr std::string_view name = "screening.tube_printed";
  TubeId tube;
  std::string code;  ///< T + 8 symbols + check symbol
  UnitId sender;
  std::int32_t size = 1;  ///< persons it may hold
  SpecimenClass class_ = SpecimenClass::voluntary;
  std::string pathogen;
  std::optional<RoundShare> share;  ///< of a tube of a round
};
BOOST_DESCRIBE_STRUCT(TubePrinted, (), (tube, code, sender, size, class_, pathogen, share))

struct PersonLinked {
  static constexpr std::string_view name = "screening.person_linked";
  TubeId tube;
  PersonId person;
  std::optional<EncounterId> encounter;
  UnitId sender;
  std::int32_t size = 1;
  SpecimenClass class_ = SpecimenClass::voluntary;
  std::string pathogen;
  AccountId sampler;
  std::optional<TubeId> resample_of;  ///< the pooled tube whose held member this single settles
  std::optional<PointId> point;
  bool late = false;                   ///< told after the seal, done before it
  std::optional<TestResult> result;    ///< told late: what the tube said meanwhile
  bool failed = false;                 ///< told late: the tube was rejected or lost meanwhile
  std::vector<PersonId> held;          ///< told late of a positive or grey pool
  std::optional<Instant> held_from;    ///< when that pool was authorised
  std::optional<RoundShare> share;     ///< of a tube of a round
  std::vector<PersonId> called_back;   ///< told late of a tube without a result, outside of rounds
  std::vector<PersonId> recall_ended;  ///< told late: who had been called back, this is the new sample
};
BOOST_DESCRIBE_STRUCT(PersonLinked, (),
                      (tube, person, encounter, sender, size, class_, pathogen, sampler, resample_of, point,
                       late, result, failed, held, held_from, share, called_back, recall_ended))

struct LinkCorrected {
  static constexpr std::string_view name = "screening.link_corrected";
  TubeId tube;
  PersonId wrong;
  std::optional<PersonId> right;  ///< absent: the wrong link is only taken away
  std::optional<EncounterId> encounter;
  UnitId sender;
  std::optional<TubeId> resample_of;  ///< the pool whose member is held again
  TextRef reason;
  std::optional<RoundShare> share;  ///< of a tube of a round
  std::vector<PersonId> released;   ///< of a pool that was amended meanwhile: nothing is open any more
  std::optional<TubeId> settles;    ///< the pool that holds the right one, whom this single settles
};
BOOST_DESCRIBE_STRUCT(LinkCorrected, (),
                      (tube, wrong, right, encounter, sender, resample_of, reason, share, released, settles))

struct TubeVoided {
  static constexpr std::string_view name = "screening.tube_voided";
  TubeId tube;
  std::string code;
  UnitId sender;
  TextRef reason;
  std::optional<RoundShare> share;  ///< of a tube of a round
};
BOOST_DESCRIBE_STRUCT(TubeVoided, (), (tube, code, sender, reason, share))

struct TubeSealed {
  static constexpr std::string_view name = "screening.tube_sealed";
  TubeId tube;
  std::vector<PersonId> persons;
  std::optional<PersonId> person;
  std::optional<EncounterId> encounter;
  UnitId sender;
  std::optional<UnitId> county;  ///< command post of the sender's county
  SpecimenClass class_ = SpecimenClass::voluntary;
  std::string pathogen;
  std::int32_t size = 1;
  std::optional<UnitId> lab;  ///< where it is expected
  AccountId sampler;
  Instant sealed_at;
  std::optional<TubeId> resample_of;
  std::optional<RoundShare> share;     ///< of a tube of a round
  std::vector<PersonId> recall_ended;  ///< who had been called back: this is the new sample
};
BOOST_DESCRIBE_STRUCT(TubeSealed, (),
                      (tube, persons, person, encounter, sender, county, class_, pathogen, size, lab, sampler,
                       sealed_at, resample_of, share, recall_ended))

struct TubesBoxed {
  static constexpr std::string_view name = "screening.tubes_boxed";
  BoxId box;
  std::string code;
  UnitId sender;
  std::vector<TubeId> tubes;
  std::vector<TubeId> arrived;  ///< those whose receipt was recorded before this
  UnitId lab;
  AccountId courier;
  std::optional<double> temperature;  ///< °C in the box at hand-over
  std::vector<RoundId> rounds;        ///< its tubes are of
};
BOOST_DESCRIBE_STRUCT(TubesBoxed, (), (box, code, sender, tubes, arrived, lab, courier, temperature, rounds))

struct TubeReceived {
  static constexpr std::string_view name = "screening.tube_received";
  TubeId tube;
  UnitId lab;
  UnitId sender;
  SpecimenClass class_ = SpecimenClass::voluntary;
  std::string pathogen;
  std::int32_t size = 1;
  std::optional<PersonId> person;
  std::optional<EncounterId> encounter;
  std::optional<BoxId> box;
  std::optional<Instant> sealed_at;  ///< absent: received before its seal was recorded (couriers sync first)
  TextRef condition;
  std::optional<RoundShare> share;  ///< of a tube of a round
};
BOOST_DESCRIBE_STRUCT(TubeReceived, (),
                      (tube, lab, sender, class_, pathogen, size, person, encounter, box, sealed_at,
                       condition, share))

/// Rejected: all members are recalled for a new sample and keep no result.
struct TubeRejected {
  static constexpr std::string_view name = "screening.tube_rejected";
  TubeId tube;
  RejectReason reason = RejectReason::other;
  UnitId lab;
  UnitId sender;
  SpecimenClass class_ = SpecimenClass::voluntary;
  std::string pathogen;
  std::vector<PersonId> persons;
  std::optional<PersonId> person;
  std::optional<EncounterId> encounter;
  std::optional<BoxId> box;
  std::optional<TubeId> resample_of;
  TextRef note;
  std::optional<RoundShare> share;    ///< of a tube of a round
  std::vector<PersonId> released;     ///< of a pool that was amended meanwhile: nothing is open any more
  std::vector<PersonId> held_again;   ///< whom this single should have settled: another one is owed
  std::vector<PersonId> called_back;  ///< outside of rounds: a new sample is owed
};
BOOST_DESCRIBE_STRUCT(TubeRejected, (),
                      (tube, reason, lab, sender, class_, pathogen, persons, person, encounter, box,
                       resample_of, note, share, released, held_again, called_back))

/// Lost: as rejected, by whoever should have handed it over.
struct TubeLost {
  static constexpr std::string_view name = "screening.tube_lost";
  TubeId tube;
  UnitId sender;
  std::optional<UnitId> lab;
  SpecimenClass class_ = SpecimenClass::voluntary;
  std::string pathogen;
  std::vector<PersonId> persons;
  std::optional<PersonId> person;
  std::optional<EncounterId> encounter;
  std::optional<BoxId> box;
  std::optional<TubeId> resample_of;
  TextRef note;
  std::optional<RoundShare> share;    ///< of a tube of a round
  std::vector<PersonId> released;     ///< of a pool that was amended meanwhile: nothing is open any more
  std::vector<PersonId> held_again;   ///< whom this single should have settled: another one is owed
  std::vector<PersonId> called_back;  ///< outside of rounds: a new sample is owed
};
BOOST_DESCRIBE_STRUCT(TubeLost, (),
                      (tube, sender, lab, class_, pathogen, persons, person, encounter, box, resample_of,
                       note, share, released, held_again, called_back))

/// A second tube with the code of one that is here already: nobody can say whose specimen is whose until it is settled.
struct DuplicateReported {
  static constexpr std::string_view name = "screening.duplicate_reported";
  TubeId tube;
  UnitId lab;     ///< where the second one came
  UnitId sender;  ///< of the first
  TextRef note;
};
BOOST_DESCRIBE_STRUCT(DuplicateReported, (), (tube, lab, sender, note))

/// The tube that is here is the one that was linked; the other one is kept apart.
struct DuplicateSettled {
  static constexpr std::string_view name = "screening.duplicate_settled";
  TubeId tube;
  UnitId lab;
  TextRef note;
};
BOOST_DESCRIBE_STRUCT(DuplicateSettled, (), (tube, lab, note))

/// A whole box did not come.
struct BoxLost {
  static constexpr std::string_view name = "screening.box_lost";
  BoxId box;
  UnitId sender;
  UnitId lab;
  std::vector<TubeId> tubes;  ///< that were still in it
  TextRef note;
};
BOOST_DESCRIBE_STRUCT(BoxLost, (), (box, sender, lab, tubes, note))

/// A measure makes a person one who is tested singly; it ended when there is no class.
struct ControlNoted {
  static constexpr std::string_view name = "screening.control_noted";
  PersonId person;
  RawId source;  ///< the stay, the contact, the post group
  std::optional<SpecimenClass> class_;
};
BOOST_DESCRIBE_STRUCT(ControlNoted, (), (person, source, class_))

struct TestStarted {
  static constexpr std::string_view name = "screening.test_started";
  TubeId tube;
  UnitId lab;
  UnitId sender;
  AccountId tester;
  std::string plate;
  std::string well;
  std::string reagent_lot;
};
BOOST_DESCRIBE_STRUCT(TestStarted, (), (tube, lab, sender, tester, plate, well, reagent_lot))

struct ResultProvisional {
  static constexpr std::string_view name = "screening.result_provisional";
  TubeId tube;
  UnitId lab;
  UnitId sender;
  TestResult result = TestResult::invalid;
  std::vector<GeneCt> ct;
  bool control_valid = false;
  AccountId tester;
};
BOOST_DESCRIBE_STRUCT(ResultProvisional, (), (tube, lab, sender, result, ct, control_valid, tester))

struct ResultAuthorised {
  static constexpr std::string_view name = "screening.result_authorised";
  TubeId tube;
  TestResult result = TestResult::invalid;
  std::optional<PersonId> person;
  std::optional<EncounterId> encounter;
  std::vector<PersonId> persons;
  UnitId sender;
  std::optional<UnitId> clinic;    ///< the sender when it is a fever clinic
  std::optional<UnitId> hospital;  ///< the sender's hospital, or the sender when it is one
  std::optional<UnitId> county;    ///< command post of the sender's county
  UnitId lab;
  SpecimenClass class_ = SpecimenClass::voluntary;
  std::string pathogen;
  std::int32_t size = 1;
  std::optional<CaseId> case_id;  ///< of a single positive: derive(tube, "case")
  Instant sealed_at;
  Instant sampled_at;  ///< of a single: when it was sealed
  UnitId collection_unit;
  AccountId authoriser;
  std::optional<TubeId> resample_of;
  std::vector<PersonId> held;         ///< members nobody knows about from now on
  std::vector<PersonId> released;     ///< members, or the single's person, that are known now
  std::optional<RoundShare> share;    ///< of a tube of a round
  std::vector<PersonId> held_again;   ///< whom the single leaves held: another one is owed
  std::vector<PersonId> called_back;  ///< outside of rounds: no result, a new sample is owed
  std::optional<std::string> reagent_lot;
  std::optional<double> lowest_ct;     ///< over the genes that were read
  std::optional<std::string> reagent;  ///< the product, of a single whose lot the laboratory registered
};
BOOST_DESCRIBE_STRUCT(ResultAuthorised, (),
                      (tube, result, person, encounter, persons, sender, clinic, hospital, county, lab,
                       class_, pathogen, size, case_id, sealed_at, sampled_at, collection_unit, authoriser,
                       resample_of, held, released, share, held_again, called_back, reagent_lot, lowest_ct,
                       reagent))

/// Every consequence runs again on `to`. `case_id` names the case of a single that is or was positive.
struct ResultAmended {
  static constexpr std::string_view name = "screening.result_amended";
  TubeId tube;
  TestResult from = TestResult::invalid;
  TestResult to = TestResult::invalid;
  std::optional<PersonId> person;
  std::optional<EncounterId> encounter;
  std::vector<PersonId> persons;
  UnitId sender;
  std::optional<UnitId> clinic;
  std::optional<UnitId> hospital;
  std::optional<UnitId> county;
  UnitId lab;
  SpecimenClass class_ = SpecimenClass::voluntary;
  std::string pathogen;
  std::int32_t size = 1;
  std::optional<CaseId> case_id;
  Instant sealed_at;
  Instant sampled_at;
  UnitId collection_unit;
  AccountId authoriser;
  AccountId second;
  std::optional<TubeId> resample_of;
  TextRef reason;
  std::vector<PersonId> held;          ///< members nobody knows about from now on
  std::vector<PersonId> released;      ///< members, or the single's person, that are known now
  std::optional<RoundShare> share;     ///< of a tube of a round
  std::vector<PersonId> held_again;    ///< whom the single leaves held: another one is owed
  std::vector<PersonId> cleared;       ///< of the released, those no other pool holds
  std::vector<PersonId> called_back;   ///< outside of rounds: no result, a new sample is owed
  std::vector<PersonId> recall_ended;  ///< who had been called back, and has a result after all
};
BOOST_DESCRIBE_STRUCT(ResultAmended, (),
                      (tube, from, to, person, encounter, persons, sender, clinic, hospital, county, lab,
                       class_, pathogen, size, case_id, sealed_at, sampled_at, collection_unit, authoriser,
                       second, resample_of, reason, held, released, share, held_again, cleared, called_back,
                       recall_ended))

/// How final the laboratory says it is; `reported` is HL7 status F.
enum class ExternalStatus { preliminary, reported, corrected, withdrawn };
BOOST_DESCRIBE_ENUM(ExternalStatus, preliminary, reported, corrected, withdrawn)

/// A result of a specimen this system never linked, as a laboratory reported it. Has no consequence by itself: an
/// officer of the CDC opens a case from it.
struct ExternalResultRecorded {
  static constexpr std::string_view name = "screening.external_result_recorded";
  ExternalResultId external_result;
  std::string specimen;  ///< the laboratory's own number
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
};
BOOST_DESCRIBE_STRUCT(ExternalResultRecorded, (),
                      (external_result, specimen, person, lab, sender, pathogen, result, status, sampled_at,
                       resulted_at, ct, warnings))

}  // namespace fx::screening
