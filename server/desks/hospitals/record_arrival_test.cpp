// Without these, a fever patient would be seen without identity, history and temperature, or sampled in a pool.
#include "desks/hospitals/testing/fever_clinic.hpp"

namespace fx::hospitals::testing {
namespace {

TEST(RecordArrival, OpensTheVisitWhereAndWhenItIs) {
  FeverClinic f;
  f.bench.now("2021-08-05 14:05").occurred("2021-08-05 14:01");
  const auto answer = f.arrive(1, HealthCode::red);
  ASSERT_THAT(answer, happened("hospitals.patient_arrived"));
  EXPECT_EQ(answer.get<PatientArrived>().hospital, f.hospital);
  EXPECT_EQ(answer.get<PatientArrived>().county, f.command_post);
  EXPECT_EQ(f.row(1).arrived_at, at("2021-08-05 14:01"));
  EXPECT_EQ(f.row(1).lane, Lane::red);
  EXPECT_EQ(f.bench.place(), f.clinic);
  const auto& day = f.bench.get<ClinicDay>(clinic_day_id(f.clinic, *parse_day("2021-08-05")));
  ASSERT_EQ(day.presences.size(), 1U);
  EXPECT_EQ(day.presences.front().person, person(1));
}

TEST(RecordArrival, TellsEveryFaultAtOnce) {
  FeverClinic f;
  f.arrive(1);
  const auto tomorrow = *parse_day("2021-08-06");
  EXPECT_THAT(f.as_nurse("record_arrival",
                         RecordArrival{visit(1), f.village, person(2), "", {}, 382, {}, tomorrow, false}),
              refused("F-REF R-STATE F-SHAPE F-SHAPE F-FUTURE"));
}

TEST(Triage, TakesIdentityHistoryAndTemperature) {
  FeverClinic f;
  f.arrive(1);
  EXPECT_THAT(f.as_nurse("triage_2", Triage2{visit(1), 38.0, {}, false, {}, {}}), refused("R-STATE"));
  const auto answer = f.as_nurse("triage_1", Triage1{visit(1), 20, false, false});
  EXPECT_THAT(answer, refused("R-TRI-1 R-TRI-1 F-SHAPE"));
  EXPECT_EQ(answer.refusals.list().front().path, "/identity_checked");
  EXPECT_THAT(f.as_nurse("triage_1", Triage1{visit(1), 38.4, true, true}),
              happened("hospitals.patient_triaged_1"));
  EXPECT_THAT(f.as_nurse("triage_2", Triage2{visit(1), 38.1, HealthCode::yellow, true, {}, {}}),
              happened("hospitals.patient_triaged_2"));
  EXPECT_EQ(f.row(1).temperature, 38.1);
  EXPECT_TRUE(f.row(1).history_flag);
  EXPECT_EQ(f.row(1).symptoms,
            std::vector{Symptom::fever});  // what the door noted is kept when not said again
}

TEST(OrderSample, IsASingleTube) {
  FeverClinic f;
  f.in_room(1, 1);
  EXPECT_THAT(f.as_doctor("order_sample", OrderSample{visit(1), {}, 10}), refused("R-FEV-3"));
  EXPECT_THAT(f.as_doctor("order_sample", OrderSample{visit(1), "T1", 1}), refused("F-REF"));
  EXPECT_THAT(f.as_doctor("order_sample", OrderSample{visit(1), {}, {}}),
              happened("hospitals.sample_ordered"));
  EXPECT_EQ(f.state(1), EncounterState::in_room);
  f.as_doctor("order_sample", OrderSample{visit(1), write_code({'T', 5}), 1});
  EXPECT_EQ(f.state(1), EncounterState::sampled);
}

TEST(OrderSample, NeedsAPatientInARoom) {
  FeverClinic f;
  f.arrive(1);
  EXPECT_THAT(f.as_doctor("order_sample", OrderSample{visit(1), {}, {}}), refused("R-STATE"));
}

TEST(NoteSample, HoldsThePatientUntilTheResultIsDue) {
  FeverClinic f;
  f.in_room(1, 1);
  f.bench.now("2021-08-05 14:20");
  const auto answer = f.sample(1, 1);
  ASSERT_THAT(answer, happened("hospitals.patient_sampled"));
  EXPECT_EQ(f.state(1), EncounterState::awaiting);
  EXPECT_EQ(f.row(1).hold_until, at("2021-08-05 20:20"));
  EXPECT_FALSE(answer.get<PatientSampled>().emergency);
}

TEST(NoteSample, HoldsWithoutALimitWhereNoRuleSetsOne) {
  FeverClinic f;
  f.bench.rules.forbid("H.fever.result_h");
  f.waiting(1, 1);
  EXPECT_EQ(f.row(1).hold_until, std::nullopt);
  EXPECT_THAT(f.clear(1), refused("R-FEV-4"));
}

TEST(RecordStaffPresence, IsAStretchOfTimeThatHasBegun) {
  FeverClinic f;
  f.bench.now("2021-08-05 12:00");
  const auto tell = [&](UnitId clinic, std::string_view from, std::optional<Instant> until) {
    return f.as_nurse("record_staff_presence", RecordStaffPresence{clinic, person(50), at(from), until});
  };
  EXPECT_THAT(tell(f.clinic, "2021-08-05 08:00", {}), happened("hospitals.staff_present"));
  EXPECT_THAT(tell(f.clinic, "2021-08-05 13:00", at("2021-08-05 12:30")), refused("F-SHAPE F-FUTURE"));
  EXPECT_THAT(tell(f.village, "2021-08-05 08:00", {}), refused("F-REF"));
}

}  // namespace
}  // namespace fx::hospitals::testing
