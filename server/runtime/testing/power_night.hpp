#pragma once

#include <fmt/format.h>

#include <memory>
#include <random>
#include <set>
#include <unordered_map>

#include "journal/testing/author.hpp"
#include "journal/testing/house_rules.hpp"
#include "journal/testing/simulated_disk.hpp"
#include "journal/verify.hpp"
#include "runtime/testing/no_keys.hpp"
#include "runtime/writer.hpp"

namespace fx::runtime {

using namespace journal;                // NOLINT(google-build-using-namespace): test words of the journal
using namespace journal::testing_desk;  // NOLINT(google-build-using-namespace)

inline std::vector<Desk> night_desks() {
  std::vector<Desk> out;
  Desk command("command", {"指挥", "Command"});
  command.table<Unit>().table<Holding>();
  out.push_back(std::move(command));
  out.push_back(working_house());
  return out;
}

/// A clock that goes as the seed says.
struct SimulatedClock final : Clock {
  Instant at{1'658'064'600'000};  ///< 2022-07-17 21:30
  [[nodiscard]] Instant wall() const override { return at; }
  [[nodiscard]] Duration monotonic() const override { return Duration(at.ms); }
};

/// The production writer, engine and store on a simulated disk, without threads: a seed picks who goes next (clients that
/// send and send again, the writer with its arrows and its timer, the copying of the log, the clock) and when the disk
/// fails. After each failure everything that was ever acknowledged is looked for.
class PowerNight {
 public:
  explicit PowerNight(std::uint64_t seed) : disk(seed * 2 + 1), chance_(seed) { open_until_it_works(); }

  /// Works until the planned fault strikes, then recovers and checks. Empty: all is well.
  std::string life() {
    plan();
    power_ = false;
    for (int i = 0; i < 120 && usable(); ++i) step();
    if (usable() && draw(8) != 0) end();  // else it is stopped in order
    life_.reset();
    const bool power = power_ || draw(2) == 0;
    if (power) {
      disk.lose_power();
      ++cuts;
    } else {
      disk.come_back();
      ++restarts;
    }
    open_until_it_works();
    return check();
  }

  [[nodiscard]] std::size_t acked() const { return acked_; }
  [[nodiscard]] std::size_t events() const { return events_; }
  SimulatedDisk disk;
  std::size_t cuts = 0;
  std::size_t restarts = 0;
  std::size_t errors = 0;  ///< I/O errors that stopped the process
  std::size_t full = 0;    ///< commits that found the disk full
  std::size_t lost = 0;
  std::size_t doubled = 0;

 private:
  struct Life {
    Life(const Registry& registry, const std::filesystem::path& directory, const Clock& clock)
        : store(registry, {.directory = directory,
                           .cache_bytes = 20'000,
                           .restart_log_at = 150'000,
                           .copy_in_background = false}),
          engine({registry, &rules, access, store}),
          writer(engine, keys, clock, {.longest_wait = {}}) {}
    HouseRules rules;
    NoKeys keys;
    Everywhere access;
    SqliteStore store;
    Engine engine;
    Writer writer;
  };
  /// A command as its client knows it.
  struct Sent {
    Command command;
    bool told = false;
    bool accepted = false;
    std::int64_t batch = 0;
    No first = 0;
  };

  std::uint64_t draw(std::uint64_t below) { return chance_() % below; }
  [[nodiscard]] bool usable() const { return life_ != nullptr; }
  /// As by kill -9: what was not written stays unwritten.
  void end() {
    power_ = power_ || disk.dead();
    disk.freeze();
    life_.reset();
  }

  void plan() {
    using Fault = SimulatedDisk::Fault;
    const std::uint64_t kind = draw(10);
    const Fault fault = kind < 7 ? Fault::power : kind < 9 ? Fault::error : Fault::full;
    disk.plan(fault, static_cast<std::int64_t>(1 + draw(draw(4) == 0 ? 600 : 90)));
  }

  /// A fault may strike while the ledger is being opened, too.
  void open_until_it_works() {
    for (int tries = 0; life_ == nullptr; ++tries) {
      FX_ASSERT(tries < 5, "the ledger does not open again");
      try {
        life_ = std::make_unique<Life>(registry_, directory_.path(), clock_);
      } catch (const StoreBroken&) {
        disk.lose_power();
      } catch (const StoreFull&) {
        disk.come_back();
      }
    }
  }

  void step() {
    const std::uint64_t who = draw(100);
    clock_.at = clock_.at + std::chrono::seconds(draw(20));
    try {
      if (who < 35)
        send(new_command());
      else if (who < 45 && !order_.empty())
        send(order_[draw(order_.size())]);
      else if (who < 85)
        life_->writer.step(0, 1 + draw(8));
      else if (who < 93)
        life_->writer.step(0, 0);  // arrows and timer only
      else if (who < 95)
        clock_.at = clock_.at + std::chrono::minutes(draw(50));
      else if (who < 99)
        copy_log();
      else
        throw StoreBroken("killed");
    } catch (const StoreFull&) {
      ++full;
    } catch (const StoreBroken&) {
      errors += disk.dead() || !disk.struck() ? 0 : 1;
      end();  // the process is gone, and with it what waited; its clients send again
    }
  }

  /// What the copying thread does between two steps of the writer.
  void copy_log() {
    Connection connection(life_->store.path(), Connection::Mode::create);
    const int code =
        sqlite3_wal_checkpoint_v2(connection.handle(), nullptr, SQLITE_CHECKPOINT_PASSIVE, nullptr, nullptr);
    if (code != SQLITE_OK && (code & 0xFF) != SQLITE_BUSY && (code & 0xFF) != SQLITE_FULL)
      fail(connection.handle(), code, "copying the log");
  }

  RawId new_command() {
    const auto n = static_cast<std::uint64_t>(order_.size() + 1);
    Command out;
    if (guests_ == 0 || draw(3) == 0) {
      out.operation = registry_.operation("house.admit_guest");
      out.body =
          std::make_shared<AdmitGuest>(AdmitGuest{id_of<PersonTag>(++guests_), id_of<UnitTag>(draw(3))});
    } else {
      out.operation = registry_.operation("house.move_guest");
      out.body = std::make_shared<MoveGuest>(
          MoveGuest{id_of<PersonTag>(1 + draw(guests_ + 1)), static_cast<Mood>(draw(3))});
    }
    out.id = id_of<TextTag>(n).raw;
    out.body_hash = n;
    out.system = true;
    out.jurisdiction = county;
    sent_[out.id].command = out;
    order_.push_back(out.id);
    return out.id;
  }

  /// A client sends, for the first time or again.
  void send(const RawId& id) {
    Command command = sent_.at(id).command;
    const auto lane = static_cast<Lane>(draw(3));
    const bool taken = life_->writer.submit(
        std::move(command), lane, [this, id](const Outcome& outcome) { hear(sent_.at(id), outcome); });
    FX_ASSERT(taken, "the writer's queue is full");
  }

  /// The answer reaches the client, or gets lost on the way.
  void hear(Sent& one, const Outcome& outcome) {
    if (outcome.kind == Outcome::Kind::unavailable) {
      ++full;
      return;
    }
    const bool accepted = outcome.kind == Outcome::Kind::accepted;
    const No first = outcome.events.empty() ? 0 : outcome.events.front().no;
    if (one.told && (one.accepted != accepted || one.first != first)) wrong_ = "a retry heard another answer";
    if (one.told || draw(8) == 0) return;
    one = {one.command, true, accepted, outcome.batch, first};
    head_seen_ = std::max(head_seen_, outcome.batch);
    ++acked_;
  }

  // ---- after the fault ---------------------------------------------------------------------------------------------

  std::string check() {
    if (life_->store.head().batch < head_seen_)
      return ++lost, fmt::format("acknowledged batch {}, the ledger ends with {}", head_seen_,
                                 life_->store.head().batch);
    for (const RawId& id : order_)
      if (const Sent& one = sent_.at(id); one.told && !is_there(one))
        return ++lost, "an acknowledged command is lost";
    while (life_->writer.step()) {
    }
    std::string what = wrong_.empty() ? once_each() : wrong_;
    if (what.empty()) what = steps_taken();
    if (!what.empty()) return what;
    const VerifyReport report = verify(directory_.path(), registry_);
    return report.ok ? std::string() : report.json();
  }

  bool is_there(const Sent& one) {
    const AnswerKey key{one.command.account, one.command.id};
    bool found = false;
    life_->store.load_answers(std::span(&key, 1), [&](const AnswerRow& row) {
      found = row.refusals.empty() == one.accepted && (!one.accepted || row.first == one.first);
    });
    return found;
  }

  /// Each command has left its event once, each arrival was greeted once.
  std::string once_each() {
    std::unordered_map<std::string, int> by_command;
    std::map<No, int> greeted;
    const auto stored = life_->store.events_after(0, 1'000'000);
    events_ = stored.size();
    for (const StoredEvent& event : stored) {
      const EventRow& row = event.row;
      if (row.caused_by == 0 && row.type.starts_with("house.") && ++by_command[row.command.text()] > 1)
        return ++doubled, "a command was done twice";
      if (row.type == GuestArrived::name) greeted.try_emplace(row.no, 0);
      if (row.caused_by != 0 && row.type == GuestMoved::name) ++greeted[row.caused_by];
    }
    for (const auto& [no, times] : greeted)
      if (times != 1)
        return ++(times == 0 ? lost : doubled), fmt::format("arrival {} was greeted {} times", no, times);
    return {};
  }

  /// Each ladder has climbed as far as the clock says, with one notice a step.
  std::string steps_taken() {
    std::map<RawId, int> notices;
    life_->store.each_row(table_type<Notice>(),
                          [&](const void* row) { ++notices[static_cast<const Notice*>(row)->about]; });
    std::string what;
    const Instant at = life_->engine.ledger_time(clock_.at);
    life_->store.each_row(table_type<Duty>(), [&](const void* row) {
      const Duty& duty = *static_cast<const Duty*>(row);
      const auto hours = (at - duty.counted_from) / std::chrono::hours(1);
      const auto wanted = std::clamp<std::int64_t>(hours, 0, 5);
      if (!duty.met_at && duty.step != wanted)
        what = fmt::format("duty {} is at step {}, not {}", duty.no, duty.step, wanted);
      if (notices[duty.about] != duty.step)
        what = fmt::format("duty {} has {} notices after {} steps", duty.no, notices[duty.about], duty.step);
    });
    if (!what.empty()) ++lost;
    return what;
  }

  const ScratchDirectory directory_;  ///< for the lock only: the ledger lies on the simulated disk
  const Registry registry_{night_desks(), {greeting()}};
  std::mt19937_64 chance_;
  std::unique_ptr<Life> life_;
  std::vector<RawId> order_;
  std::unordered_map<RawId, Sent> sent_;
  std::uint64_t guests_ = 0;
  std::int64_t head_seen_ = 0;
  std::size_t acked_ = 0;
  std::size_t events_ = 0;
  std::string wrong_;
  bool power_ = false;
  SimulatedClock clock_;
};

}  // namespace fx::runtime
