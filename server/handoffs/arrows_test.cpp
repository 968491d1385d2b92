// Without these, what one desk learns would not reach the other: a positive without a case, a case without a card.
// Each arrow is a function of one event; that it is carried exactly once is the engine's to keep.
#include <gmock/gmock.h>

#include <map>

#include "desks/gates/commands.hpp"
#include "desks/gates/persons/events.hpp"
#include "desks/hospitals/commands.hpp"
#include "desks/hospitals/events.hpp"
#include "desks/investigation/area_list/events.hpp"
#include "desks/investigation/commands.hpp"
#include "desks/investigation/events.hpp"
#include "desks/investigation/orders/commands.hpp"
#include "desks/isolation/commands.hpp"
#include "desks/isolation/events.hpp"
#include "desks/isolation/evidence/commands.hpp"
#include "desks/isolation/tests_only/commands.hpp"
#include "desks/people/commands.hpp"
#include "desks/people/events.hpp"
#include "desks/reporting/commands.hpp"
#include "desks/screening/commands.hpp"
#include "desks/screening/events.hpp"
#include "desks/supervision/commands.hpp"
#include "handoffs/handoffs.hpp"
#include "kernel/testing/desk_bench.hpp"

namespace fx::handoffs {
namespace {

using fx::testing::at;
using fx::testing::id;
using ::testing::ElementsAre;
using ::testing::IsEmpty;

const auto tube = id<TubeId>(1);
const auto person = id<PersonId>(2);
const auto visit = id<EncounterId>(3);
const auto the_case = id<CaseId>(4);
const auto clinic = id<UnitId>(5);
const auto hospital = id<UnitId>(6);
const auto cdc = id<UnitId>(7);

/// What follows from an event, by operation.
struct Handed {
  std::vector<std::string> operations;
  std::map<std::string, std::shared_ptr<void>> bodies;
  template <class C>
  const C& as(const std::string& operation) const {
    return *static_cast<const C*>(bodies.at(operation).get());
  }
};

template <class E>
Handed follow(E event, No no = 64) {
  const Event happened(std::move(event));
  Handed out;
  for (const Arrow& arrow : all()) {
    if (arrow.from != happened.name()) continue;
    for (HandedOver& handed :
         arrow.make({happened, no, at("2022-07-17 22:40"), at("2022-07-17 22:41"), 990121})) {
      EXPECT_EQ(handed.operation, arrow.to) << arrow.name;
      out.operations.push_back(handed.operation);
      out.bodies[handed.operation] = handed.body;
    }
  }
  return out;
}

screening::ResultAuthorised result(screening::TestResult outcome) {
  screening::ResultAuthorised e{.tube = tube,
                                .result = outcome,
                                .person = person,
                                .encounter = visit,
                                .sender = clinic,
                                .clinic = clinic,
                                .hospital = hospital,
                                .pathogen = "covid19-cn",
                                .sampled_at = at("2022-07-17 18:25")};
  if (outcome == screening::TestResult::positive) e.case_id = the_case;
  return e;
}

screening::ResultAmended amended(screening::TestResult from, screening::TestResult to) {
  return {.tube = tube,
          .from = from,
          .to = to,
          .person = person,
          .encounter = visit,
          .sender = clinic,
          .clinic = clinic,
          .hospital = hospital,
          .pathogen = "covid19-cn",
          .case_id = the_case,
          .sampled_at = at("2022-07-17 18:25")};
}

TEST(Arrows, HaveNamesOfTheirOwn) {
  std::map<std::string, int> names;
  for (const Arrow& arrow : all()) EXPECT_EQ(++names[arrow.name], 1) << arrow.name;
  EXPECT_GE(names.size(), 15U);
}

TEST(SealedTube, HoldsThePatientWhoseItIs) {
  const screening::TubeSealed e{
      .tube = tube, .encounter = visit, .pathogen = "covid19-cn", .sealed_at = at("2022-07-17 18:25")};
  const Handed handed = follow(e);
  ASSERT_THAT(handed.operations, ElementsAre("hospitals.note_sample"));
  const auto& note = handed.as<hospitals::NoteSample>("hospitals.note_sample");
  EXPECT_EQ(note.encounter, visit);
  EXPECT_EQ(note.sealed_at, at("2022-07-17 18:25"));
  EXPECT_THAT(follow(screening::TubeSealed{.tube = tube}).operations, IsEmpty());  // nobody waits for it
}

TEST(FailedTube, AsksForANewSample) {
  const Handed rejected = follow(screening::TubeRejected{.tube = tube, .encounter = visit});
  EXPECT_EQ(rejected.as<hospitals::NoteFailedSample>("hospitals.note_failed_sample").why,
            hospitals::ResampleReason::rejected);
  const Handed lost = follow(screening::TubeLost{.tube = tube, .encounter = visit});
  EXPECT_EQ(lost.as<hospitals::NoteFailedSample>("hospitals.note_failed_sample").why,
            hospitals::ResampleReason::lost);
}

TEST(Positive, HoldsThePatientFirstThenOpensTheCase) {
  const Handed handed = follow(result(screening::TestResult::positive));
  ASSERT_THAT(handed.operations,
              ElementsAre("hospitals.receive_result", "investigation.open_case", "isolation.note_result",
                          "gates.note_control", "gates.note_driver_result"));
  const auto& received = handed.as<hospitals::ReceiveResult>("hospitals.receive_result");
  EXPECT_EQ(received.result, hospitals::SampleResult::positive);
  EXPECT_EQ(received.case_id, the_case);
  EXPECT_FALSE(received.amended);
  const auto& open = handed.as<investigation::OpenCase>("investigation.open_case");
  EXPECT_EQ(open.case_id, the_case);
  EXPECT_EQ(open.hospital, hospital);
  EXPECT_EQ(open.sampled_at, at("2022-07-17 18:25"));
}

TEST(Positive, OfAPoolOpensNothing) {
  auto pool = result(screening::TestResult::positive);
  pool.person.reset();
  pool.encounter.reset();
  pool.case_id.reset();
  pool.size = 10;
  EXPECT_THAT(follow(pool).operations, IsEmpty());
}

TEST(Result, OfEveryOtherKindReachesThePatientAndTheStayOnly) {
  using enum screening::TestResult;
  for (const auto outcome : {negative, grey, invalid}) {
    const Handed handed = follow(result(outcome));
    ASSERT_THAT(handed.operations,
                ElementsAre("hospitals.receive_result", "isolation.note_result", "gates.note_driver_result"));
    EXPECT_EQ(enum_text(handed.as<hospitals::ReceiveResult>("hospitals.receive_result").result),
              enum_text(outcome));
  }
}

TEST(Amendment, RunsTheConsequencesBothWays) {
  using enum screening::TestResult;
  const Handed away = follow(amended(positive, negative));
  ASSERT_THAT(away.operations,
              ElementsAre("hospitals.receive_result", "investigation.propose_exclusion",
                          "isolation.note_result", "gates.note_control", "gates.note_driver_result"));
  EXPECT_TRUE(away.as<hospitals::ReceiveResult>("hospitals.receive_result").amended);
  EXPECT_EQ(away.as<investigation::ProposeExclusion>("investigation.propose_exclusion").case_id, the_case);
  EXPECT_THAT(follow(amended(negative, positive)).operations,
              ElementsAre("hospitals.receive_result", "investigation.open_case", "isolation.note_result",
                          "gates.note_control", "gates.note_driver_result"));
  EXPECT_THAT(follow(amended(negative, invalid)).operations,
              ElementsAre("hospitals.receive_result", "isolation.note_result", "gates.note_control",
                          "gates.note_driver_result"));
}

TEST(Stay, HearsOfTheSinglesOfItsPersonAndOfNoPool) {
  const Handed sealed = follow(screening::TubeSealed{.tube = tube, .person = id<PersonId>(11)});
  EXPECT_EQ(sealed.as<isolation::NoteSample>("isolation.note_sample").person, id<PersonId>(11));
  EXPECT_THAT(follow(screening::TubeSealed{.tube = tube, .persons = {id<PersonId>(11)}}).operations,
              IsEmpty());
  const Handed lost = follow(screening::TubeLost{.tube = tube, .person = id<PersonId>(11)});
  EXPECT_EQ(lost.as<isolation::NoteResult>("isolation.note_result").result, isolation::TestState::no_answer);
}

TEST(Contact, AsksForControlWhenJudgedSoAndIsInItWhenAdmitted) {
  const auto met = id<ContactId>(7);
  const Handed close = follow(investigation::ContactJudged{.contact = met,
                                                           .class_ = investigation::ContactClass::coc,
                                                           .last_exposure_day = parse_day("2022-07-15")});
  EXPECT_EQ(close.as<isolation::AskControl>("isolation.ask_control").class_,
            isolation::ControlClass::contact_of_contact);
  const Handed none =
      follow(investigation::ContactJudged{.contact = met, .class_ = investigation::ContactClass::none});
  EXPECT_FALSE(none.as<isolation::AskControl>("isolation.ask_control").class_);
  EXPECT_THAT(follow(isolation::StayAdmitted{.contact = met}).operations,
              ElementsAre("investigation.note_control"));
  EXPECT_THAT(follow(isolation::StayAdmitted{}).operations, IsEmpty());
  isolation::StayReleased released{.contact = met, .state = isolation::StayState::home_phase};
  EXPECT_THAT(follow(released).operations, ElementsAre("investigation.note_order"))
      << "the phase at home goes on";
  released.state = isolation::StayState::ended;
  EXPECT_THAT(follow(released).operations,
              ElementsAre("investigation.note_order", "investigation.note_completed",
                          "screening.note_control", "gates.note_control"));
}

TEST(Contact, JudgedOtherwiseIsStoppedAndTestedSinglyByTheNewClass) {
  using enum investigation::ContactClass;
  investigation::ContactReclassed e{
      .contact = id<ContactId>(7), .person = person, .class_ = close, .former = general};
  const Handed up = follow(e);
  EXPECT_TRUE(up.as<gates::NoteControl>("gates.note_control").stands);
  EXPECT_EQ(up.as<screening::NoteControl>("screening.note_control").class_,
            screening::SpecimenClass::contact);
  e.controlled = true;
  EXPECT_FALSE(follow(e).as<gates::NoteControl>("gates.note_control").stands) << "the order holds the person";
  e.class_ = general;
  e.former = close;
  e.controlled = false;
  const Handed down = follow(e);
  EXPECT_FALSE(down.as<gates::NoteControl>("gates.note_control").stands);
  EXPECT_EQ(down.as<screening::NoteControl>("screening.note_control").source, e.contact.raw);
  EXPECT_FALSE(down.as<screening::NoteControl>("screening.note_control").class_);
}

TEST(Control, IsLiftedByWhateverEndsIt) {
  const auto met = id<ContactId>(7);
  const auto lifted = [](const Handed& handed, const RawId& source) {
    const auto& note = handed.as<screening::NoteControl>("screening.note_control");
    EXPECT_EQ(note.person, person);
    EXPECT_EQ(note.source, source);
    EXPECT_FALSE(note.class_);
  };
  lifted(follow(investigation::CaseExcluded{.case_id = the_case, .contacts = {met}, .persons = {person}}),
         met.raw);
  lifted(follow(investigation::ContactUpgraded{.contact = met, .person = person}), met.raw);
  const Handed late = follow(investigation::LateContactDecided{.contact = met, .person = person});
  lifted(late, met.raw);
  EXPECT_FALSE(late.as<gates::NoteControl>("gates.note_control").stands);
  const auto stay = id<isolation::StayId>(8);
  lifted(follow(isolation::StayConverted{.stay = stay, .person = person}), stay.raw);
  lifted(
      follow(isolation::StayReleased{.stay = stay, .person = person, .state = isolation::StayState::ended}),
      stay.raw);
  EXPECT_THAT(follow(investigation::CaseExcluded{.case_id = the_case, .contacts = {met}}).operations,
              ::testing::Not(::testing::Contains("screening.note_control")))
      << "of an old ledger, that does not say who";
}

TEST(Order, IsKnownToTheInvestigationAsLongAsItStands) {
  isolation::StayOrdered e{.stay = id<isolation::StayId>(8), .person = person, .contact = id<ContactId>(7)};
  const auto note = [](const Handed& handed) {
    return handed.as<investigation::NoteOrder>("investigation.note_order");
  };
  EXPECT_EQ(note(follow(e)).held, investigation::FoundBy::central);
  EXPECT_EQ(note(follow(e)).contact, id<ContactId>(7));
  EXPECT_EQ(note(follow(e)).measure_order.raw, e.stay.raw);
  e.regime = isolation::Regime::home_isolation;
  EXPECT_EQ(note(follow(e)).held, investigation::FoundBy::home);
  EXPECT_FALSE(note(follow(isolation::StayCancelled{.stay = e.stay, .person = person})).held);
  EXPECT_FALSE(note(follow(isolation::StayConverted{.stay = e.stay, .person = person})).held);
}

TEST(Isolation, NamesWhoeverWasThere) {
  hospitals::PatientIsolated e{.encounter = visit, .onset_day = parse_day("2022-07-16"), .case_id = the_case};
  e.co_present = {
      {id<PersonId>(11), hospitals::PresenceKind::patient, at("2022-07-17 18:10"), at("2022-07-17 19:00")},
      {id<PersonId>(12), hospitals::PresenceKind::staff, at("2022-07-17 18:05"), at("2022-07-17 22:40")}};
  const Handed handed = follow(e);
  const auto& named = handed.as<investigation::NameContacts>("investigation.name_contacts");
  EXPECT_EQ(named.case_id, the_case);
  EXPECT_EQ(named.onset_day, parse_day("2022-07-16"));
  ASSERT_EQ(named.contacts.size(), 2U);
  EXPECT_EQ(named.contacts[1].kind, investigation::ContactKind::staff);
  EXPECT_EQ(named.contacts[0].exposure_until, at("2022-07-17 19:00"));
  EXPECT_NE(named.contacts[0].contact, named.contacts[1].contact);
  // The same two people and case give the same ids, whoever hands over, however often.
  const Handed again = follow(
      hospitals::PatientRecalled{.encounter = visit, .case_id = the_case, .co_present = e.co_present}, 128);
  EXPECT_EQ(again.as<investigation::NameContacts>("investigation.name_contacts").contacts[0].contact,
            named.contacts[0].contact);
  EXPECT_THAT(follow(hospitals::PatientIsolated{.encounter = visit}).operations, IsEmpty());
}

TEST(OpenedCase, OwesTheReportOfAnEmergencyEvent) {
  const Handed handed =
      follow(investigation::CaseOpened{.case_id = the_case, .hospital = hospital, .cdc = cdc});
  ASSERT_THAT(handed.operations, ElementsAre("reporting.expect_event_report"));
  EXPECT_EQ(handed.as<reporting::ExpectEventReport>("reporting.expect_event_report").hospital, hospital);
  EXPECT_THAT(follow(investigation::CaseRecorded{.case_id = the_case}).operations,
              IsEmpty());  // history owes nothing
}

TEST(ClassifiedCase, OwesItsCardInTheCardsWords) {
  using investigation::CaseClass;
  for (const auto c : {CaseClass::suspected, CaseClass::asymptomatic, CaseClass::confirmed}) {
    investigation::CaseClassified e{
        .case_id = the_case, .person = person, .class_ = c, .hospital = hospital, .cdc = cdc};
    const Handed handed = follow(e);
    ASSERT_EQ(handed.operations.front(), "reporting.expect_card");
    EXPECT_EQ(enum_text(handed.as<reporting::ExpectCard>("reporting.expect_card").class_), enum_text(c));
  }
  using investigation::Severity;
  for (const auto s : {Severity::mild, Severity::ordinary, Severity::severe, Severity::critical}) {
    const Handed handed = follow(
        investigation::CaseClassified{.case_id = the_case, .class_ = CaseClass::confirmed, .severity = s});
    EXPECT_EQ(enum_text(*handed.as<reporting::ExpectCard>("reporting.expect_card").severity), enum_text(s));
  }
  EXPECT_THAT(follow(investigation::SeverityChanged{.case_id = the_case}).operations,
              ElementsAre("reporting.expect_correction", "isolation.note_severity"));
}

TEST(Exclusion, AsksForTheCardBackAndEndsTheEventReport) {
  EXPECT_THAT(follow(investigation::ExclusionProposed{.case_id = the_case}).operations,
              ElementsAre("reporting.propose_withdrawal", "reporting.cancel_event_report"));
  EXPECT_THAT(follow(investigation::CaseExcluded{.case_id = the_case}).operations,
              ElementsAre("reporting.propose_withdrawal", "investigation.review_onward",
                          "reporting.cancel_event_report", "gates.note_control"));
  EXPECT_THAT(follow(investigation::ExclusionDismissed{.case_id = the_case, .hospital = hospital}).operations,
              ElementsAre("reporting.drop_withdrawal", "reporting.expect_event_report"));
}

TEST(LeftEarly, IsAFindingOnExitControl) {
  const hospitals::PatientLeftEarly e{.encounter = visit, .clinic = clinic, .hospital = hospital};
  const Handed handed = follow(e);
  const auto& finding = handed.as<supervision::RecordFinding>("supervision.record_finding");
  EXPECT_EQ(finding.unit, hospital);
  EXPECT_EQ(finding.problem, supervision::Problem::p09_left_before_result);
  EXPECT_EQ(finding.source, visit.raw);
  EXPECT_NE(finding.finding, follow(e, 128)
                                 .as<supervision::RecordFinding>("supervision.record_finding")
                                 .finding);  // twice: two findings
}

TEST(AreaLine, IsLookedForAtGatesUntilItIsSettled) {
  using investigation::LineState;
  const auto line = id<investigation::ListLineId>(20);
  const auto note = [](const Handed& handed) { return handed.as<gates::NoteControl>("gates.note_control"); };
  const gates::NoteControl loaded = note(follow(investigation::LineLoaded{.line = line, .person = person}));
  EXPECT_EQ(loaded.kind, gates::ControlKind::source_line);
  EXPECT_EQ(loaded.source.raw, line.raw);
  EXPECT_TRUE(loaded.stands);
  EXPECT_THAT(follow(investigation::LineLoaded{.line = line}).operations, IsEmpty()) << "nobody is known yet";
  investigation::LineAnswered answered{.line = line, .outcome = LineState::refused, .person = person};
  EXPECT_TRUE(note(follow(answered)).stands) << "who refuses is not settled";
  answered.outcome = LineState::not_here;
  EXPECT_FALSE(note(follow(answered)).stands);
  EXPECT_FALSE(note(follow(investigation::LineSettled{.line = line, .person = person})).stands);
}

TEST(Returnee, IsAskedForWhereTheRulebookHasAStayForTheClass) {
  gates::ReturneeClassed e{.person = person,
                           .class_ = gates::RegionClass::high,
                           .day0 = *parse_day("2022-09-29"),
                           .owes_order = true};
  const Handed handed = follow(e);
  ASSERT_THAT(handed.operations, ElementsAre("isolation.ask_control"));
  const auto& asked = handed.as<isolation::AskControl>("isolation.ask_control");
  EXPECT_EQ(asked.class_, isolation::ControlClass::high_risk_area);
  EXPECT_EQ(asked.day0, parse_day("2022-09-29"));
  EXPECT_EQ(asked.contact, isolation::asked_of(person, isolation::ControlClass::high_risk_area));
  e.owes_order = false;
  EXPECT_THAT(follow(e).operations, IsEmpty());
}

TEST(Stay, LearnsWhatItsRulesDependOn) {
  const auto met = id<ContactId>(7);
  EXPECT_THAT(follow(investigation::ContactNamed{.contact = met}).operations,
              ::testing::Not(::testing::Contains("isolation.note_met_contact")));
  const Handed named = follow(investigation::ContactNamed{.contact = met, .via_person = person});
  EXPECT_EQ(named.as<isolation::NoteMetContact>("isolation.note_met_contact").met, person);
  const Handed classified = follow(investigation::CaseClassified{
      .case_id = the_case, .person = person, .class_ = investigation::CaseClass::asymptomatic});
  EXPECT_EQ(classified.as<isolation::NoteSeverity>("isolation.note_severity").severity, "asymptomatic");
  const Handed ordered = follow(isolation::StayOrdered{.stay = id<isolation::StayId>(8), .person = person});
  EXPECT_EQ(ordered.as<people::TellBirthDay>("people.tell_birth_day").person, person);
  const Handed told = follow(people::BirthDayTold{person, *parse_day("1986-04-12")});
  EXPECT_EQ(told.as<isolation::NoteBirthDay>("isolation.note_birth_day").birth_day, parse_day("1986-04-12"));
  people::PersonIdentified document{.person = person, .birth_day = parse_day("1986-04-12")};
  EXPECT_EQ(follow(document).as<isolation::NoteBirthDay>("isolation.note_birth_day").birth_day,
            parse_day("1986-04-12"))
      << "ordered before anybody knew who it is";
  document.birth_day.reset();
  EXPECT_THAT(follow(document).operations, ::testing::Not(::testing::Contains("isolation.note_birth_day")));
}

TEST(Stay, HearsByWhomAndWithWhatASampleWasRead) {
  screening::ResultAuthorised e = result(screening::TestResult::negative);
  e.lab = hospital;
  e.reagent_lot = "L-1";
  e.reagent = "kit";
  e.lowest_ct = 36.5;
  const auto note = follow(e).as<isolation::NoteResult>("isolation.note_result");
  EXPECT_EQ(note.lab, hospital);
  EXPECT_EQ(note.reagent_lot, "L-1");
  EXPECT_EQ(note.reagent, "kit");
  EXPECT_EQ(note.pathogen, "covid19-cn");
  EXPECT_EQ(note.lowest_ct, 36.5);
}

TEST(AtLiberty, AClassWithoutAStayOwesTests) {
  const auto asked = [](const Handed& handed) {
    return handed.as<isolation::AskTests>("isolation.ask_tests");
  };
  using investigation::ContactClass;
  const auto met = id<ContactId>(7);
  const Handed judged =
      follow(investigation::ContactJudged{.contact = met, .person = person, .class_ = ContactClass::venue});
  EXPECT_EQ(asked(judged).class_, isolation::ControlClass::venue_exposed);
  const Handed otherwise = follow(investigation::ContactReclassed{
      .contact = met, .person = person, .class_ = ContactClass::none, .former = ContactClass::venue});
  EXPECT_FALSE(asked(otherwise).class_);
  const Handed excluded =
      follow(investigation::CaseExcluded{.case_id = the_case, .contacts = {met}, .persons = {person}});
  EXPECT_EQ(asked(excluded).source, met.raw);
  EXPECT_FALSE(asked(excluded).class_);
  const Handed low = follow(gates::ReturneeClassed{.person = person, .class_ = gates::RegionClass::low});
  EXPECT_EQ(asked(low).class_, isolation::ControlClass::low_risk_area);
}

}  // namespace
}  // namespace fx::handoffs
