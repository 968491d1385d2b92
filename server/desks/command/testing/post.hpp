#pragma once

// A county and its city with their command posts, for this desk's tests.

#include <gtest/gtest.h>

#include "desks/command/commands.hpp"
#include "desks/command/desk.hpp"
#include "desks/command/facts.hpp"
#include "kernel/testing/desk_bench.hpp"

namespace fx::command::testing {

using fx::testing::Answer;
using fx::testing::at;
using fx::testing::DeskBench;
using fx::testing::happened;
using fx::testing::id;
using fx::testing::refused;
using fx::testing::words;

inline UnitId unit(std::uint64_t n) { return id<UnitId>(1'000 + n); }
inline AccountId account(std::uint64_t n) { return id<AccountId>(2'000 + n); }
inline ShiftId shift(std::uint64_t n) { return id<ShiftId>(3'000 + n); }
inline HoldingId holding(std::uint64_t n) { return id<HoldingId>(4'000 + n); }
inline Sensitive<std::string> secret(std::string text) { return Sensitive<std::string>(std::move(text)); }

struct County {
  DeskBench bench{desk()};
  UnitId post = bench.unit(UnitKind::command_post);
  UnitId city = bench.unit(UnitKind::command_post, {}, 990100);
  UnitId authority = bench.unit(UnitKind::health_authority);
  UnitId hospital = bench.unit(UnitKind::hospital);
  AccountId admin = bench.holder(post, Role::ADM);
  AccountId officer = bench.holder(post, Role::DO);
  AccountId relief = bench.holder(post, Role::DO);
  AccountId leader = bench.holder(post, Role::DL);

  County() { bench.now("2022-07-17 20:00"); }

  template <class C>
  Answer as_admin(std::string_view operation, C c) {
    return bench.as(admin, post, {Role::ADM}).ask(operation, std::move(c));
  }
  template <class C>
  Answer as_holder(AccountId who, Role role, std::string_view operation, C c) {
    return bench.as(who, post, {role}).ask(operation, std::move(c));
  }

  Answer create_account(std::uint64_t n, std::string user, std::string password = "long enough") {
    CreateAccount c;
    c.account = account(n);
    c.user = secret(std::move(user));
    c.display_name = secret("王值班");
    c.password = secret(std::move(password));
    c.unit = post;
    return as_admin("create_account", std::move(c));
  }

  Answer plan(std::uint64_t n, AccountId who, Role role = Role::DO) {
    return as_admin("plan_shift",
                    PlanShift{shift(n), post, role, who, at("2022-07-17 20:00"), at("2022-07-18 08:00")});
  }
  Answer check_in(AccountId who, Role role, std::optional<ShiftId> planned = {}) {
    return as_holder(who, role, "check_in", CheckIn{post, role, planned});
  }
  Answer hand_over(std::uint64_t n, AccountId from, AccountId to, bool accepted = true) {
    return as_holder(from, Role::DO, "hand_over",
                     HandOver{shift(n), to, accepted, words("two open searches")});
  }
  const PostNow& now_at(Role role) { return bench.get<PostNow>(post_id(post, role)); }
  const Shift& row(std::uint64_t n) { return bench.get<Shift>(shift(n)); }
};

}  // namespace fx::command::testing
