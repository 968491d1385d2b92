#pragma once

// A sampling point and its laboratory, for this desk's tests: a county hospital with a fever clinic and a laboratory,
// the people in them, and the usual way of a tube.

#include <gtest/gtest.h>

#include "base/code.hpp"
#include "desks/screening/commands.hpp"
#include "desks/screening/desk.hpp"
#include "desks/screening/facts.hpp"
#include "kernel/testing/desk_bench.hpp"

namespace fx::screening::testing {

using fx::testing::Answer;
using fx::testing::DeskBench;
using fx::testing::happened;
using fx::testing::id;
using fx::testing::refused;
using fx::testing::words;

inline PersonId person(std::uint64_t n) { return id<PersonId>(1'000 + n); }
inline EncounterId encounter(std::uint64_t n) { return id<EncounterId>(2'000 + n); }
inline TubeId tube(std::uint64_t n) { return id<TubeId>(3'000 + n); }
inline BoxId box(std::uint64_t n) { return id<BoxId>(4'000 + n); }
inline std::string tube_code(std::uint64_t n) { return write_code({'T', n}); }

struct Point {
  DeskBench bench{desk()};
  UnitId command_post = bench.unit(UnitKind::command_post);
  UnitId hospital = bench.unit(UnitKind::hospital);
  UnitId clinic = bench.unit(UnitKind::fever_clinic, hospital);
  UnitId laboratory = bench.unit(UnitKind::laboratory, hospital);
  AccountId sampler = bench.holder(clinic, Role::SMP);
  AccountId nurse = bench.holder(clinic, Role::NUR);
  AccountId courier = bench.holder(hospital, Role::COU);
  AccountId tester = bench.holder(laboratory, Role::LAB);
  AccountId authoriser = bench.holder(laboratory, Role::LAA);
  AccountId second = bench.holder(laboratory, Role::LAA);

  Point() {
    bench.now("2022-07-17 18:20");
    bench.rules.set("E.pool.sizes", "[1,5,10]");
    bench.rules.set("E.pool.single_only", R"(["contact","quarantine","fever_clinic","key_group"])");
    bench.rules.forbid("E.pool.restack");
  }

  // ---- who asks
  template <class C>
  Answer as_sampler(std::string_view operation, C c) {
    return bench.as(sampler, clinic, {Role::SMP}).ask(operation, std::move(c));
  }
  template <class C>
  Answer as_tester(std::string_view operation, C c) {
    return bench.as(tester, laboratory, {Role::LAB}).ask(operation, std::move(c));
  }
  template <class C>
  Answer as_authoriser(std::string_view operation, C c) {
    return bench.as(authoriser, laboratory, {Role::LAA}).ask(operation, std::move(c));
  }

  // ---- the usual way of a tube
  Answer print(std::uint64_t n, std::int32_t size = 1, SpecimenClass class_ = SpecimenClass::fever_clinic) {
    return as_sampler("print_tubes",
                      PrintTubes{clinic, {{tube(n), tube_code(n)}}, size, class_, "covid19-cn"});
  }
  Answer link(std::uint64_t n, PersonId who, std::optional<EncounterId> visit = {}) {
    return as_sampler("link_person", LinkPerson{tube(n), who, visit, {}, {}});
  }
  Answer seal(std::uint64_t n) { return as_sampler("seal_tube", SealTube{tube(n), {}}); }
  Answer receive(std::uint64_t n) { return as_tester("receive_tube", ReceiveTube{tube(n), {}}); }
  Answer start(std::uint64_t n) {
    return as_tester("start_test", StartTest{tube(n), "P1", "A1", "LOT-7", {}});
  }
  Answer read(std::uint64_t n, TestResult result, bool control_valid = true) {
    return as_tester("record_result",
                     RecordResult{tube(n), result, {{"N", 24.5}, {"ORF1ab", 25.1}}, control_valid});
  }
  Answer authorise(std::uint64_t n, TestResult result) {
    return as_authoriser("authorise_result", AuthoriseResult{tube(n), result});
  }
  Answer amend(std::uint64_t n, TestResult result) {
    return as_authoriser("amend_result",
                         AmendResult{tube(n), result, words("plate was turned"), second, true});
  }

  /// A single of one fever patient, sealed.
  void sealed_single(std::uint64_t n) {
    print(n);
    link(n, person(n), encounter(n));
    seal(n);
  }
  /// A pool of voluntary persons 100·n + 1 …, sealed.
  void sealed_pool(std::uint64_t n, std::int32_t size, int members) {
    print(n, size, SpecimenClass::voluntary);
    for (int i = 1; i <= members; ++i) link(n, person(100 * n + static_cast<std::uint64_t>(i)));
    seal(n);
  }
  void read_as(std::uint64_t n, TestResult result, bool control_valid = true) {
    receive(n);
    start(n);
    read(n, result, control_valid);
  }
  void authorised(std::uint64_t n, TestResult result) {
    read_as(n, result);
    authorise(n, result);
  }

  const Tube& row(std::uint64_t n) { return bench.get<Tube>(tube(n)); }
  std::vector<MemberState> members(std::uint64_t n) {
    std::vector<MemberState> out;
    for (const Member& m : row(n).members) out.push_back(m.state);
    return out;
  }
};

}  // namespace fx::screening::testing
