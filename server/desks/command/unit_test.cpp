// Without these, the map of who answers to whom could go round in a circle, or a post look filled by nobody.
#include "desks/command/testing/post.hpp"

namespace fx::command::testing {
namespace {

CreateUnit clinic(std::uint64_t n, std::int32_t jurisdiction = 990121) {
  return {unit(n),       "C-1",        "发热门诊", "Fever clinic", UnitKind::fever_clinic,
          Level::county, jurisdiction, {}};
}

TEST(CreateUnit, LiesWithinTheAdministratorsPlace) {
  County c;
  ASSERT_THAT(c.as_admin("create_unit", clinic(1)), happened("command.unit_created"));
  EXPECT_TRUE(c.bench.get<Unit>(unit(1)).active);
  EXPECT_THAT(c.as_admin("create_unit", clinic(1)), refused("R-UNI-1"));
  EXPECT_THAT(c.as_admin("create_unit", clinic(2, 990122)), refused("R-SCOPE"));
  CreateUnit odd = clinic(3, 990100);
  odd.level = Level::province;  // a province with a city's code
  odd.name_zh.clear();
  odd.parent = unit(99);
  EXPECT_THAT(c.as_admin("create_unit", odd), refused("R-UNI-2 R-UNI-3 F-REF R-SCOPE"));
}

TEST(ChangeUnit, NeverPutsAUnitBelowItself) {
  County c;
  c.as_admin("create_unit", clinic(1));
  Unit inner = c.bench.get<Unit>(unit(1));
  inner.parent = c.hospital;
  c.bench.reference().add(inner);
  // Units of the scene stand in the reference, their rows do not: the one that is changed was created here.
  Unit outer = *c.bench.reference().unit(c.hospital);
  outer.parent = unit(2);
  c.bench.reference().add(outer);
  c.as_admin("create_unit", clinic(2));
  EXPECT_THAT(c.as_admin("change_unit", ChangeUnit{unit(2), "内科", "", unit(1)}), refused("R-UNI-5"));
  EXPECT_THAT(c.as_admin("change_unit", ChangeUnit{unit(2), "内科", "", unit(2)}), refused("F-REF"));
  EXPECT_THAT(c.as_admin("change_unit", ChangeUnit{unit(2), "", "", c.authority}), refused("R-UNI-3"));
  ASSERT_THAT(c.as_admin("change_unit", ChangeUnit{unit(2), "内科", "Ward", c.authority}),
              happened("command.unit_changed"));
  EXPECT_EQ(c.bench.place(), unit(2));
  EXPECT_EQ(c.bench.get<Unit>(unit(2)).parent, c.authority);
  EXPECT_THAT(c.as_admin("change_unit", ChangeUnit{unit(9), "x", "", {}}), refused("F-REF"));
}

TEST(CloseUnit, AfterEverythingBelowIt) {
  County c;
  c.as_admin("create_unit", clinic(1));
  Unit below = c.bench.get<Unit>(unit(1));
  below.id = unit(2);
  below.parent = unit(1);
  c.bench.reference().add(below);
  EXPECT_THAT(c.as_admin("close_unit", CloseUnit{unit(1)}), refused("R-UNI-4"));
  below.active = false;
  c.bench.reference().add(below);
  EXPECT_THAT(c.as_admin("close_unit", CloseUnit{unit(1)}), happened("command.unit_closed"));
  EXPECT_THAT(c.as_admin("close_unit", CloseUnit{unit(1)}), refused("R-STATE"));
}

TEST(Appoint, NamesARealPersonToARealPost) {
  County c;
  c.bench.rules.set("A.frp.max", 1);
  c.create_account(1, "wang");
  EXPECT_THAT(c.as_admin("appoint", Appoint{holding(1), account(9), unit(9), Role::SYS, {}}),
              refused("F-REF F-REF R-POS-3"));
  ASSERT_THAT(c.as_admin("appoint", Appoint{holding(1), account(1), c.hospital, Role::FRP, {}}),
              happened("command.appointed"));
  EXPECT_EQ(c.bench.place(), c.hospital);
  EXPECT_EQ(c.bench.get<Holding>(holding(1)).from, at("2022-07-17 20:00"));
  c.bench.reference().add(c.bench.get<Holding>(holding(1)));
  EXPECT_THAT(c.as_admin("appoint", Appoint{holding(1), account(1), c.hospital, Role::FRP, {}}),
              refused("R-POS-2 R-FRP-1"));
  EXPECT_THAT(c.as_admin("appoint", Appoint{holding(2), account(1), c.hospital, Role::NUR, {}}),
              happened("command.appointed"));
}

TEST(Appoint, NotToAUnitThatIsClosed) {
  County c;
  c.create_account(1, "wang");
  Unit closed = *c.bench.reference().unit(c.hospital);
  closed.active = false;
  c.bench.reference().add(closed);
  EXPECT_THAT(c.as_admin("appoint", Appoint{holding(1), account(1), c.hospital, Role::NUR, {}}),
              refused("F-REF"));
}

TEST(EndAppointment, Once) {
  County c;
  c.create_account(1, "wang");
  c.as_admin("appoint", Appoint{holding(1), account(1), c.post, Role::DO, {}});
  EXPECT_THAT(c.as_admin("end_appointment", EndAppointment{holding(1)}),
              happened("command.appointment_ended"));
  EXPECT_THAT(c.as_admin("end_appointment", EndAppointment{holding(1)}), refused("R-STATE"));
  EXPECT_THAT(c.as_admin("end_appointment", EndAppointment{holding(2)}), refused("F-REF"));
}

TEST(CreateAccount, WantsAnUnusedNameAndARealPassword) {
  County c;
  const auto answer = c.create_account(1, "wang");
  ASSERT_THAT(answer, happened("command.account_created"));
  EXPECT_EQ(answer.events.front().json().find("wang"), std::string::npos);
  EXPECT_THAT(c.create_account(1, "wang", "short"), refused("R-ACT-1 R-ACT-1 R-ACT-3"));
  EXPECT_THAT(c.create_account(2, "wang"), refused("R-ACT-1"));
  EXPECT_THAT(c.create_account(2, ""), refused("R-ACT-2"));
  EXPECT_THAT(c.create_account(2, "li", "十个汉字也是好密码的"), happened("command.account_created"));
}

TEST(ResetPassword, IsForThatAccountsName) {
  County c;
  c.create_account(1, "wang");
  c.create_account(2, "li");
  const auto reset = [&](std::uint64_t n, std::string user, std::string password) {
    ResetPassword r;
    r.account = account(n);
    r.user = secret(std::move(user));
    r.display_name = secret("王");
    r.password = secret(std::move(password));
    return c.as_admin("reset_password", std::move(r));
  };
  EXPECT_THAT(reset(1, "wang", "another long one"), happened("command.password_reset"));
  EXPECT_EQ(c.bench.place(), c.post);
  EXPECT_THAT(reset(1, "li", "another long one"), refused("R-ACT-2"));
  EXPECT_THAT(reset(1, "", "short"), refused("R-ACT-2 R-ACT-3"));
  EXPECT_THAT(reset(9, "wang", "another long one"), refused("F-REF"));
}

TEST(CloseAccount, AfterItsPostsAndNeverOnesOwn) {
  County c;
  c.create_account(1, "wang");
  c.bench.reference().add(Holding{holding(1), account(1), c.post, Role::DO, Instant{}, {}});
  EXPECT_THAT(c.as_admin("close_account", CloseAccount{account(1)}), refused("R-ACT-5"));
  c.bench.reference().remove_holding(holding(1));
  EXPECT_THAT(c.bench.as(account(1), c.post, {Role::ADM}).ask("close_account", CloseAccount{account(1)}),
              refused("R-ACT-4"));
  EXPECT_THAT(c.as_admin("close_account", CloseAccount{account(1)}), happened("command.account_closed"));
  EXPECT_THAT(c.as_admin("close_account", CloseAccount{account(1)}), refused("R-STATE"));
}

}  // namespace
}  // namespace fx::command::testing
