#include "desks/gates/trucks/facts.hpp"

#include "kernel/derive.hpp"

namespace fx::gates {
namespace {

void arrive(TruckRun& row, const DriverArrived& e, const Stamp& at) {
  row.id = e.truck_run;
  row.check = e.check;
  row.gate = e.gate;
  row.shift = e.shift;
  row.holder = e.gate;
  row.person = e.person;
  row.plate = e.plate;
  row.cargo = e.cargo;
  row.destination = e.destination;
  row.arrived_at = at.occurred_at;
  row.certificate_at = e.certificate_at;
  row.in_date = e.in_date;
}

void sample(TruckRun& row, const DriverSampled& e, const Stamp&) {
  if (row.state == DriverState::arrived) row.state = DriverState::sampled;
  if (!row.first_sampled_at) row.first_sampled_at = e.sampled_at;
  row.last_sampled_at = e.sampled_at;
  row.tubes.push_back(e.tube);
  row.open_tubes.push_back(e.tube);
}

void owe(TruckRun& row, const LandingTestDue& e, const Stamp&) {
  row.landing_test = e.landing_test;
  row.not_before = e.not_before;
  row.next_due = e.due_at;
}

void forget_follow_up(TruckRun& row) {
  row.landing_test.reset();
  row.not_before.reset();
  row.next_due.reset();
}

void stop(TruckRun& row, const DriverStopped& e, const Stamp& at) {
  row.state = DriverState::stopped;
  row.case_id = e.case_id;
  row.ended_at = at.occurred_at;
  std::erase(row.open_tubes, e.tube);
  forget_follow_up(row);
}

}  // namespace

void evolve_trucks(Desk& desk) {
  desk.table<TruckRun>({.indexes = {"state, gate", "person", "holder, state"}})
      .table<DriverNow>()
      .table<LandingTest>();
  desk.event<DriverArrived>().event<DriverSampled>().event<AntigenRead>().event<DriverHeld>();
  desk.event<DriverReleased>()
      .event<LandingTestDue>()
      .event<LandingTestSampled>()
      .event<DriverNegative>()
      .event<DriverUnanswered>();
  desk.event<DriverCleared>().event<DriverStopped>().event<DriverFetched>().event<PresenceRecorded>();
  desk.evolves<DriverArrived, TruckRun>(&DriverArrived::truck_run, arrive)
      .evolves<DriverArrived, DriverNow>(&DriverArrived::person, [](DriverNow& row, const DriverArrived& e,
                                                                    auto&) { row = {e.person, e.truck_run}; })
      .evolves<DriverSampled, TruckRun>(&DriverSampled::truck_run, sample)
      .evolves<AntigenRead, TruckRun>(
          &AntigenRead::truck_run, [](TruckRun& row, const AntigenRead& e, auto&) { row.antigen = e.result; })
      .evolves<DriverReleased, TruckRun>(&DriverReleased::truck_run,
                                         [](TruckRun& row, const DriverReleased& e, const Stamp& at) {
                                           row.state = e.state;
                                           row.holder = e.holder;
                                           row.released_at = at.occurred_at;
                                           if (e.state == DriverState::cleared) row.ended_at = at.occurred_at;
                                         })
      .evolves<LandingTestDue, TruckRun>(&LandingTestDue::truck_run, owe)
      .evolves<LandingTestDue, LandingTest>(&LandingTestDue::landing_test,
                                            [](LandingTest& row, const LandingTestDue& e, auto&) {
                                              row = {e.landing_test, e.truck_run, e.person, e.due_at, {}};
                                            })
      .evolves<LandingTestSampled, LandingTest>(
          &LandingTestSampled::landing_test,
          [](LandingTest& row, const LandingTestSampled& e, auto&) { row.tube = e.tube; })
      .evolves<LandingTestSampled, TruckRun>(&LandingTestSampled::truck_run,
                                             [](TruckRun& row, auto&, auto&) { forget_follow_up(row); })
      .evolves<DriverNegative, TruckRun>(&DriverNegative::truck_run,
                                         [](TruckRun& row, const DriverNegative& e, auto&) {
                                           std::erase(row.open_tubes, e.tube);
                                           ++row.negatives;
                                         })
      .evolves<DriverUnanswered, TruckRun>(
          &DriverUnanswered::truck_run,
          [](TruckRun& row, const DriverUnanswered& e, auto&) { std::erase(row.open_tubes, e.tube); })
      .evolves<DriverCleared, TruckRun>(&DriverCleared::truck_run,
                                        [](TruckRun& row, auto&, const Stamp& at) {
                                          row.state = DriverState::cleared;
                                          row.ended_at = at.occurred_at;
                                        })
      .evolves<DriverStopped, TruckRun>(&DriverStopped::truck_run, stop)
      .evolves<DriverFetched, TruckRun>(&DriverFetched::truck_run,
                                        [](TruckRun& row, const DriverFetched& e, auto&) {
                                          row.holder = e.carrier;
                                          row.vehicle = e.vehicle;
                                        })
      .evolves<PresenceRecorded, TruckRun>(&PresenceRecorded::truck_run,
                                           [](TruckRun& row, const PresenceRecorded& e, auto&) {
                                             row.near.insert(row.near.end(), e.near.begin(), e.near.end());
                                           });
}

}  // namespace fx::gates
