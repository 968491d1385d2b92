#pragma once

// A site with two rooms, its people, a village, and a transfer desk, on the bench of one desk.

#include <gtest/gtest.h>

#include "desks/isolation/commands.hpp"
#include "desks/isolation/desk.hpp"
#include "desks/isolation/evidence/commands.hpp"
#include "desks/isolation/facts.hpp"
#include "kernel/testing/desk_bench.hpp"

namespace fx::isolation::testing {

using fx::testing::Answer;
using fx::testing::DeskBench;
using fx::testing::happened;
using fx::testing::id;
using fx::testing::refused;
using fx::testing::words;

inline PersonId person(std::uint64_t n) { return id<PersonId>(1'000 + n); }
inline StayId stay(std::uint64_t n) { return id<StayId>(2'000 + n); }
inline QuarantineRoomId room(std::uint64_t n) { return id<QuarantineRoomId>(3'000 + n); }
inline ContactId contact(std::uint64_t n) { return id<ContactId>(4'000 + n); }
inline TubeId tube(std::uint64_t n) { return id<TubeId>(5'000 + n); }
inline Day day(std::string_view text) { return *parse_day(text); }

constexpr const char* seven_days =
    R"({"regime":"central","days":7,"then":{"regime":"home_monitoring","days":3},"tests":[1,2,3,5,7],"then_tests":[3],"release_samples":1})";

struct Isolation : ::testing::Test {
  DeskBench bench{desk()};
  UnitId cdc = bench.unit(UnitKind::cdc);
  UnitId desk120 = bench.unit(UnitKind::transfer_desk);
  UnitId site = bench.unit(UnitKind::quarantine_site);
  UnitId village = bench.unit(UnitKind::village);
  UnitId hospital = bench.unit(UnitKind::hospital);
  AccountId officer = bench.holder(cdc, Role::CDC);
  AccountId driver = bench.holder(desk120, Role::TRN);
  AccountId manager = bench.holder(site, Role::QM);
  AccountId doctor = bench.holder(site, Role::QD);
  AccountId ward = bench.holder(hospital, Role::DOC);
  AccountId grid = bench.holder(village, Role::GRID);

  Isolation() {
    bench.now("2022-07-17 22:40");
    bench.rules.set("F.close_contact", seven_days);
    bench.rules.set("F.high_risk_area", seven_days);
    bench.rules.set("F.test.on_admission", 1);
    bench.rules.set("F.check.per_day", 2);
    bench.rules.set("F.costay.age_lt", 14);
    bench.rules.set("F.costay.carer_age_lt", 60);
    bench.rules.set("F.costay.also", R"(["pregnant","severe_illness"])");
    bench.rules.set("F.costay.carer_not", R"(["elderly","chronic_illness"])");
    as_manager("open_site", OpenSite{site});
    as_manager("add_rooms", AddRooms{site, {{room(1), "101", "1"}, {room(2), "102", "1"}}});
  }
  template <class C>
  Answer as_officer(std::string_view operation, C c) {
    return bench.as(officer, cdc, {Role::CDC}).ask(operation, std::move(c));
  }
  template <class C>
  Answer as_manager(std::string_view operation, C c) {
    return bench.as(manager, site, {Role::QM}).ask(operation, std::move(c));
  }
  template <class C>
  Answer as_doctor(std::string_view operation, C c) {
    return bench.as(doctor, site, {Role::QD}).ask(operation, std::move(c));
  }
  template <class C>
  Answer as_grid(std::string_view operation, C c) {
    return bench.as(grid, village, {Role::GRID}).ask(operation, std::move(c));
  }
  template <class C>
  Answer as_system(std::string_view operation, C c) {
    return bench.as_system().ask(operation, std::move(c));
  }
  OrderStay order(std::uint64_t n) {
    return {.stay = stay(n),
            .person = person(n),
            .class_ = ControlClass::high_risk_area,
            .pathogen = "covid19-cn",
            .regime = Regime::central,
            .contact = {},
            .day0 = day("2022-07-16"),
            .site = site,
            .legal_basis = "39",
            .notice_given = true,
            .address = {}};
  }
  static ApproveCoStay child_with(std::uint64_t n, std::uint64_t carer) {
    return {.stay = stay(n),
            .with = stay(carer),
            .ground = CoStayGround::child,
            .age = 6,
            .carer_age = {},
            .carer_chronic_illness = {}};
  }
  void admitted(std::uint64_t n, std::uint64_t in) {
    ASSERT_THAT(as_officer("order_stay", order(n)), happened("isolation.stay_ordered"));
    ASSERT_TRUE(as_manager("admit_to_room", AdmitToRoom{stay(n), room(in)}).refusals.empty());
  }
  template <class C>
  Answer as_driver(std::string_view operation, C c) {
    return bench.as(driver, desk120, {Role::TRN}).ask(operation, std::move(c));
  }
  void answered(std::uint64_t n, std::uint64_t number, TestState result) {
    as_system("note_sample", NoteSample{person(n), tube(number), bench.time()});
    as_system("note_result", NoteResult{person(n), tube(number), result});
  }
};

}  // namespace fx::isolation::testing
