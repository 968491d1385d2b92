#pragma once

// A mass round of a small county, for tests: one point with a team of two, a list of people, tubes of ten.

#include "desks/screening/laboratories/commands.hpp"
#include "desks/screening/laboratories/facts.hpp"
#include "desks/screening/rounds/commands.hpp"
#include "desks/screening/rounds/facts.hpp"
#include "desks/screening/testing/point.hpp"

namespace fx::screening::testing {

inline RoundId round_id(std::uint64_t n) { return id<RoundId>(5'000 + n); }
inline PointId point_id(std::uint64_t n) { return id<PointId>(6'000 + n); }
inline constexpr std::int64_t east = 990121100;
inline constexpr std::int64_t west = 990121101;

struct SmallRound : Point {
  AccountId commander = bench.holder(command_post, Role::CMD);
  UnitId city_post = bench.unit(UnitKind::command_post, {}, 990100);
  AccountId city = bench.holder(city_post, Role::CMD);
  UnitId health_authority = bench.unit(UnitKind::health_authority);
  AccountId authority = bench.holder(health_authority, Role::HA);

  SmallRound() {
    bench.now("2022-08-13 05:00");
    bench.rules.set("E.pool.sizes", "[1,5,10,20]");
    bench.rules.set("E.point.people.min", 2000);
    bench.rules.set("E.point.people.max", 3000);
    bench.rules.set("E.sampler.ratio", 360);
    bench.rules.set("E.mass.deadline", 24);
    bench.rules.set("E.mass.elsewhere_h", 24);
    bench.rules.set("E.point.queue", 200);
    as_authority("apply_laboratory", ApplyLaboratory{laboratory, 9'000, false, {}});
    as_authority("accept_laboratory", AcceptLaboratory{laboratory});
    as_authority("activate_laboratory", ActivateLaboratory{laboratory});
  }

  template <class C>
  Answer as_authority(std::string_view operation, C c) {
    return bench.as(authority, health_authority, {Role::HA}).ask(operation, std::move(c));
  }
  template <class C>
  Answer as_command(std::string_view operation, C c) {
    return bench.as(commander, command_post, {Role::CMD}).ask(operation, std::move(c));
  }
  template <class C>
  Answer as_city(std::string_view operation, C c) {
    return bench.as(city, city_post, {Role::CMD}).ask(operation, std::move(c));
  }
  Answer plan(std::int64_t points = 2, std::int64_t samplers = 12, std::int64_t per_day = 500) {
    return as_command("plan_round", PlanRound{.round = round_id(1),
                                              .title = "1",
                                              .pathogen = "covid19-cn",
                                              .series = {},
                                              .outbreak = true,
                                              .people = 4'320,
                                              .points = points,
                                              .samplers = samplers,
                                              .tube_size = 10,
                                              .labs = {{laboratory, per_day}},
                                              .townships = {{east, 4'000}, {west, 320}}});
  }
  Answer enrol(std::uint64_t first, std::uint64_t last, std::int64_t township = east) {
    EnrolPeople c{round_id(1), {}};
    for (std::uint64_t n = first; n <= last; ++n)
      c.people.push_back({person(n), township, "B" + std::to_string(n % 3)});
    return as_command("enrol_people", std::move(c));
  }
  /// Planned, approved, 30 people listed, opened; one point with one sampler of two in its team.
  void open() {
    plan();
    as_command("approve_round", ApproveRound{round_id(1)});
    enrol(1, 30);
    bench.now("2022-08-13 06:00");
    as_command("open_round", OpenRound{round_id(1)});
    as_command("order_point", OrderPoint{point_id(1), round_id(1), "square", clinic, east, {}, {}, 30, 1});
    as_sampler("join_point", JoinPoint{point_id(1)});
  }
  Answer print_for_round(std::uint64_t n, std::int32_t size = 10) {
    return as_sampler(
        "print_tubes",
        PrintTubes{
            clinic, {{tube(n), tube_code(n)}}, size, SpecimenClass::mass_round, "covid19-cn", round_id(1)});
  }
  Answer sample(std::uint64_t n, std::uint64_t who, std::optional<TubeId> resample_of = {}) {
    return as_sampler("link_person", LinkPerson{.tube = tube(n),
                                                .person = person(who),
                                                .resample_of = resample_of,
                                                .round = round_id(1),
                                                .point = point_id(1)});
  }
  /// A sealed tube of the round with these people.
  void sampled(std::uint64_t n, std::uint64_t first, std::uint64_t last) {
    print_for_round(n);
    for (std::uint64_t who = first; who <= last; ++who) sample(n, who);
    seal(n);
  }
  /// The equation, as the round's next step would print it.
  RoundEquation equation() { return *bench.get<Round>(round_id(1)).equation; }
  RosterState state_of(std::uint64_t who) {
    return bench.get<RoundPerson>(round_person_id(round_id(1), person(who))).state;
  }
};

}  // namespace fx::screening::testing
