// The writer with a wall clock that jumps: commands go on, the timer rests, an officer's event sets it going again; and
// a device two days off changes nothing in the order. Without this the keeper of time would be right and nobody ask it.
#include <gtest/gtest.h>

#include <future>

#include "journal/testing/author.hpp"
#include "journal/testing/house_rules.hpp"
#include "runtime/writer.hpp"

namespace fx::runtime {
namespace {

using namespace journal::
    testing_desk;  // NOLINT(google-build-using-namespace): the test words of another room

struct TimeConfirmed {
  static constexpr std::string_view name = "command.time_confirmed";
  PersonId guest;
};
BOOST_DESCRIBE_STRUCT(TimeConfirmed, (), (guest))
struct ConfirmTime {
  PersonId guest;
};
BOOST_DESCRIBE_STRUCT(ConfirmTime, (), (guest))

std::vector<Desk> clock_desks() {
  Desk command("command", {"指挥", "Command"});
  command.table<Unit>().table<Holding>().event<TimeConfirmed>();
  command.operation<ConfirmTime>("confirm_time", {"确认时间", "Confirm the time"})
      .by({Role::NUR})
      .keys([](const ConfirmTime& c, const Context&, KeySet& keys) { keys.own<Guest>(c.guest); })
      .decide([](const ConfirmTime& c, const View&, const Context&) -> Result<Decision> {
        return Decision{{TimeConfirmed{c.guest}}};
      });
  std::vector<Desk> out;
  out.push_back(std::move(command));
  out.push_back(working_house());
  return out;
}

struct ClockJump : testing::Test {
  ClockJump() { writer.start(); }
  ~ClockJump() override { writer.stop(); }

  Outcome run(std::string_view operation, std::shared_ptr<void> body,
              std::optional<Instant> device_time = {}) {
    Command command;
    command.operation = registry.operation(operation);
    command.body = std::move(body);
    command.id = id_of<TextTag>(++sent).raw;
    command.system = true;
    command.jurisdiction = county;
    command.device_time = device_time;
    std::promise<Outcome> heard;
    writer.submit(std::move(command), Lane::normal,
                  [&](Outcome outcome) { heard.set_value(std::move(outcome)); });
    return heard.get_future().get();
  }
  Outcome admit(std::uint64_t n, std::optional<Instant> device_time = {}) {
    return run("house.admit_guest",
               std::make_shared<AdmitGuest>(AdmitGuest{id_of<PersonTag>(n), id_of<UnitTag>(1)}), device_time);
  }
  [[nodiscard]] std::uint64_t steps_after(std::chrono::milliseconds pause) const {
    std::this_thread::sleep_for(pause);
    return writer.counters().stepped;
  }

  const journal::testing_desk::ScratchDirectory directory;
  const Registry registry{clock_desks(), {greeting()}};
  HouseRules rules;
  Everywhere access;
  journal::SqliteStore store{registry,
                             {.directory = directory.path(), .sync = false, .copy_in_background = false}};
  Engine engine{{registry, &rules, access, store}};
  FileKeyStore keys{(directory.path() / "keys.db").string()};
  SystemClock clock;
  Writer writer{engine, keys, clock, {}};
  std::uint64_t sent = 0;
};

TEST_F(ClockJump, TheTimerHoldsUntilAnOfficerConfirms) {
  const Outcome before = admit(1);
  ASSERT_EQ(before.kind, Outcome::Kind::accepted) << before.defect;
  const auto stepped = steps_after(std::chrono::milliseconds(300));
  clock.set_offset(std::chrono::days(5 * 365));
  const Outcome after = admit(2);
  ASSERT_EQ(after.kind, Outcome::Kind::accepted);
  EXPECT_TRUE(writer.time_held());
  EXPECT_LT(after.events.front().recorded_at - before.events.front().recorded_at, std::chrono::seconds(60));
  EXPECT_EQ(steps_after(std::chrono::milliseconds(700)), stepped) << "no duty became overdue by the jump";
  ASSERT_EQ(run("command.confirm_time", std::make_shared<ConfirmTime>(ConfirmTime{id_of<PersonTag>(9)})).kind,
            Outcome::Kind::accepted);
  for (int i = 0; i < 50 && writer.counters().stepped == stepped; ++i)
    std::this_thread::sleep_for(std::chrono::milliseconds(100));
  EXPECT_FALSE(writer.time_held());
  EXPECT_GT(writer.counters().stepped, stepped) << "now the time is five years later, by an officer's word";
}

TEST_F(ClockJump, ADayForthAndBackNeverTurnsLedgerTimeBack) {
  Instant last;
  for (const Duration jump :
       {Duration::zero(), Duration(std::chrono::days(1)), -Duration(std::chrono::days(1))}) {
    clock.set_offset(jump);
    const Outcome outcome = admit(10 + sent);
    ASSERT_EQ(outcome.kind, Outcome::Kind::accepted);
    EXPECT_GE(outcome.events.front().recorded_at, last);
    last = outcome.events.front().recorded_at;
  }
  EXPECT_TRUE(writer.time_held());
}

TEST_F(ClockJump, ADeviceTwoDaysOffIsRecordedAndOrdersNothing) {
  const Instant now = clock.wall();
  const Outcome early = admit(1, now + std::chrono::hours(48));
  const Outcome late = admit(2, now - std::chrono::hours(48));
  ASSERT_EQ(early.kind, Outcome::Kind::accepted);
  ASSERT_EQ(late.kind, Outcome::Kind::accepted);
  EXPECT_LT(early.events.front().no, late.events.front().no);
  EXPECT_LE(early.events.front().recorded_at, late.events.front().recorded_at);
  EXPECT_EQ(early.events.front().device_time, now + std::chrono::hours(48)) << "the skew can be shown";
  EXPECT_FALSE(writer.time_held());
}

}  // namespace
}  // namespace fx::runtime
