#pragma once

// What people may ask of this desk. A member not said to be optional is required.

#include "desks/screening/events.hpp"

namespace fx::screening {

struct PrintedLabel {
  TubeId tube;
  std::string code;
};
BOOST_DESCRIBE_STRUCT(PrintedLabel, (), (tube, code))

struct PrintTubes {
  UnitId sender;
  std::vector<PrintedLabel> tubes;
  std::int32_t size = 1;
  SpecimenClass class_ = SpecimenClass::voluntary;
  std::string pathogen;
  std::optional<RoundId> round;  ///< the mass round they are for
};
BOOST_DESCRIBE_STRUCT(PrintTubes, (), (sender, tubes, size, class_, pathogen, round))

struct LinkPerson {
  TubeId tube;
  PersonId person;
  std::optional<EncounterId> encounter;
  std::optional<SpecimenClass> class_;   ///< of a single, when it differs from the printed one
  std::optional<TubeId> resample_of;     ///< the pooled tube whose held member this single settles
  std::optional<RoundId> round;          ///< absent: that of the tube
  std::optional<PointId> point;          ///< where it is done
  std::optional<std::int64_t> township;  ///< of a person who is not on the list; absent: the point's
  std::optional<std::string> building;
};
BOOST_DESCRIBE_STRUCT(LinkPerson, (),
                      (tube, person, encounter, class_, resample_of, round, point, township, building))

struct CorrectLink {
  TubeId tube;
  PersonId wrong;
  std::optional<PersonId> right;
  std::optional<EncounterId> encounter;
  FreeText reason;
};
BOOST_DESCRIBE_STRUCT(CorrectLink, (), (tube, wrong, right, encounter, reason))

struct VoidTube {
  TubeId tube;
  FreeText reason;
};
BOOST_DESCRIBE_STRUCT(VoidTube, (), (tube, reason))

struct SealTube {
  TubeId tube;
  std::optional<UnitId> lab;  ///< absent: the laboratory of the sender's hospital
};
BOOST_DESCRIBE_STRUCT(SealTube, (), (tube, lab))

struct BoxTubes {
  BoxId box;
  std::string code;
  UnitId lab;
  std::vector<TubeId> tubes;
  std::optional<double> temperature;
};
BOOST_DESCRIBE_STRUCT(BoxTubes, (), (box, code, lab, tubes, temperature))

struct NoteControl {
  PersonId person;
  RawId source;
  std::optional<SpecimenClass> class_;  ///< absent: the measure ended
};
BOOST_DESCRIBE_STRUCT(NoteControl, (), (person, source, class_))

struct RejectedOne {
  TubeId tube;
  RejectReason reason = RejectReason::other;
};
BOOST_DESCRIBE_STRUCT(RejectedOne, (), (tube, reason))

/// A whole box is counted at the laboratory's door.
struct ReceiveBox {
  BoxId box;
  std::vector<TubeId> missing;        ///< listed, not in the box
  std::vector<RejectedOne> rejected;  ///< in the box, not fit to be tested
  std::optional<FreeText> condition;
};
BOOST_DESCRIBE_STRUCT(ReceiveBox, (), (box, missing, rejected, condition))

struct DeclareBoxLost {
  BoxId box;
  FreeText note;  ///< where it was looked for, who held it last
};
BOOST_DESCRIBE_STRUCT(DeclareBoxLost, (), (box, note))

struct ReportDuplicate {
  TubeId tube;
  FreeText note;  ///< where the second one came from
};
BOOST_DESCRIBE_STRUCT(ReportDuplicate, (), (tube, note))

struct SettleDuplicate {
  TubeId tube;
  FreeText note;  ///< how it was found out that this one is the one that was linked
};
BOOST_DESCRIBE_STRUCT(SettleDuplicate, (), (tube, note))

struct ReceiveTube {
  TubeId tube;
  std::optional<FreeText> condition;
};
BOOST_DESCRIBE_STRUCT(ReceiveTube, (), (tube, condition))

struct RejectTube {
  TubeId tube;
  RejectReason reason = RejectReason::other;
  std::optional<FreeText> note;  ///< required when the reason is `other`
};
BOOST_DESCRIBE_STRUCT(RejectTube, (), (tube, reason, note))

struct DeclareLost {
  TubeId tube;
  FreeText note;  ///< where it was looked for, who held it last
};
BOOST_DESCRIBE_STRUCT(DeclareLost, (), (tube, note))

struct StartTest {
  TubeId tube;
  std::optional<std::string> plate;
  std::optional<std::string> well;
  std::string reagent_lot;
  std::vector<TubeId> mixed_with;  ///< other tubes whose specimens share the well
};
BOOST_DESCRIBE_STRUCT(StartTest, (), (tube, plate, well, reagent_lot, mixed_with))

struct RecordResult {
  TubeId tube;
  TestResult result = TestResult::invalid;
  std::vector<GeneCt> ct;
  bool control_valid = false;
};
BOOST_DESCRIBE_STRUCT(RecordResult, (), (tube, result, ct, control_valid))

struct AuthoriseResult {
  TubeId tube;
  TestResult result = TestResult::invalid;
};
BOOST_DESCRIBE_STRUCT(AuthoriseResult, (), (tube, result))

struct AmendResult {
  TubeId tube;
  TestResult result = TestResult::invalid;
  FreeText reason;
  AccountId second;  ///< who signs with the authoriser
  bool recipients_listed =
      false;  ///< everyone told of the old value is on the list to be told of the new one
};
BOOST_DESCRIBE_STRUCT(AmendResult, (), (tube, result, reason, second, recipients_listed))

struct RecordExternalResult {
  ExternalResultId external_result;
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
  std::vector<std::string> warnings;  ///< codes of what was odd about the message
};
BOOST_DESCRIBE_STRUCT(RecordExternalResult, (),
                      (external_result, specimen, person, lab, sender, pathogen, result, status, sampled_at,
                       resulted_at, ct, warnings))

}  // namespace fx::screening
