// What tests and results do to tubes, their members and the pools they settle.
#include <algorithm>

#include "desks/screening/facts.hpp"

namespace fx::screening {
namespace {

MemberState of_single(TestResult result) {
  switch (result) {
    case TestResult::negative: return MemberState::neg;
    case TestResult::positive: return MemberState::pos;
    case TestResult::grey: return MemberState::grey;
    case TestResult::invalid: break;
  }
  return MemberState::recalled;
}

void start(Tube& tube, const TestStarted& e, const Stamp& stamp) {
  tube.state = TubeState::testing;
  tube.run_by = e.tester;
  tube.plate = e.plate;
  tube.well = e.well;
  tube.reagent_lot = e.reagent_lot;
  tube.tested_at = stamp.occurred_at;
}

void read(Tube& tube, const ResultProvisional& e, const Stamp&) {
  tube.state = TubeState::provisional;
  tube.provisional = e.result;
  tube.ct = e.ct;
  tube.control_valid = e.control_valid;
  tube.tester = e.tester;
}

void authorise(Tube& tube, const ResultAuthorised& e, const Stamp& stamp) {
  tube.state = TubeState::authorised;
  tube.result = e.result;
  tube.authoriser = e.authoriser;
  tube.authorised_at = stamp.occurred_at;
  tube.case_id = e.case_id;
  set_members(tube, e.result);
}

void amend(Tube& tube, const ResultAmended& e, const Stamp& stamp) {
  tube.state = TubeState::amended;
  tube.result = e.to;
  tube.authoriser = e.authoriser;
  tube.amended_at = stamp.occurred_at;
  tube.case_id = e.case_id;
  set_members(tube, e.to);
}

}  // namespace

MemberState of_pool(TestResult result) {
  switch (result) {
    case TestResult::negative: return MemberState::neg;
    case TestResult::positive:
    case TestResult::grey: return MemberState::hold;
    case TestResult::invalid: break;
  }
  return MemberState::recalled;
}

void set_members(Tube& tube, TestResult result) {
  for (Member& m : tube.members) {
    if (tube.single())
      m.state = of_single(result);
    else if (!m.resampled_in || m.state == MemberState::hold || m.state == MemberState::recalled)
      m.state = of_pool(result);
  }
}

void settle_member(Tube& pool, TubeId single, TestResult result) {
  for (Member& m : pool.members) {
    if (m.resampled_in != single) continue;
    m.state = result == TestResult::invalid ? of_pool(pool.result.value_or(TestResult::positive))
                                            : of_single(result);
  }
}

void evolve_results(Desk& desk) {
  evolve_tube<TestStarted>(desk, &TestStarted::tube, start);
  evolve_tube<ResultProvisional>(desk, &ResultProvisional::tube, read);
  evolve_tube<ResultAuthorised>(desk, &ResultAuthorised::tube, authorise);
  evolve_tube<ResultAmended>(desk, &ResultAmended::tube, amend);
  evolve_tube<ResultAuthorised>(
      desk, &ResultAuthorised::resample_of,
      [](Tube& pool, const ResultAuthorised& e, auto&) { settle_member(pool, e.tube, e.result); });
  evolve_tube<ResultAmended>(
      desk, &ResultAmended::resample_of,
      [](Tube& pool, const ResultAmended& e, auto&) { settle_member(pool, e.tube, e.to); });
  desk.evolves<ExternalResultRecorded, ExternalResult>(
      &ExternalResultRecorded::external_result,
      [](ExternalResult& row, const ExternalResultRecorded& e, const Stamp& stamp) {
        const std::int32_t versions = row.versions + 1;
        row = {e.external_result, e.specimen,       e.person,     e.lab,         e.sender, e.pathogen,
               e.result,          e.status,         e.sampled_at, e.resulted_at, e.ct,     e.warnings,
               versions,          stamp.recorded_at};
      });
}

}  // namespace fx::screening
