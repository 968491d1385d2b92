#include "api/imports/bearer.hpp"

#include <condition_variable>

#include "api/front_door.hpp"

namespace fx::api {
namespace {

using importing::PlannedCommand;

/// Units near the importer by which imported cases find theirs.
std::optional<UnitId> unit_near(const Visitor& who, UnitKind kind) {
  const Unit* own = who.reference->unit(who.session.unit);
  if (own != nullptr && own->kind == kind) return own->id;
  const Unit* unit = who.reference->unit_of(kind, who.actor.jurisdiction);
  return unit != nullptr ? std::optional(unit->id) : std::nullopt;
}

std::optional<UnitId> own_laboratory(const Visitor& who) {
  const Unit* own = who.reference->unit(who.session.unit);
  return own != nullptr && own->kind == UnitKind::laboratory ? std::optional(own->id) : std::nullopt;
}

/// Answers of a stretch of commands, which come on the writer's thread.
class Answers {
 public:
  explicit Answers(std::size_t n) : outcomes_(n), left_(n) {}
  void put(std::size_t i, Outcome outcome) {
    const std::lock_guard lock(mutex_);
    outcomes_[i] = std::move(outcome);
    if (--left_ == 0) all_.notify_all();
  }
  std::vector<Outcome> wait() {
    std::unique_lock lock(mutex_);
    all_.wait(lock, [&] { return left_ == 0; });
    return std::move(outcomes_);
  }

 private:
  std::mutex mutex_;
  std::condition_variable all_;
  std::vector<Outcome> outcomes_;
  std::size_t left_;
};

Outcome refusal_outcome(std::string code, Words say, std::string path = {}) {
  Outcome out;
  out.kind = Outcome::Kind::refused;
  out.refusals.add({.code = std::move(code),
                    .say = std::move(say),
                    .rule = {},
                    .source = {},
                    .path = std::move(path),
                    .lifts = {}});
  return out;
}

/// A command of the plan as the front door makes it; or why not.
std::optional<Command> command_of(House& house, const Bearer& bearer, const Visitor& who,
                                  const PlannedCommand& planned, Outcome& why) {
  const Operation* operation = house.parts.registry.operation(planned.operation);
  const bool may = operation != nullptr &&
                   std::ranges::any_of(operation->actors, [&](Role role) { return who.actor.has(role); });
  if (!may) {
    why = refusal_outcome("R-ROLE", door_refusals().at("R-ROLE"));
    return std::nullopt;
  }
  Faults faults;
  Envelope envelope;
  envelope.key = planned.id;
  envelope.occurred_at = planned.occurred_at;
  auto command =
      make_command(Sender{house, who, bearer.peer}, *operation, envelope, planned.fields, faults, {});
  if (!command) why = refusal_outcome("F-SHAPE", faults.front().say, faults.front().path);
  return command;
}

/// Waits for room in the writer's queue: people come before files. False: the job was cancelled meanwhile.
bool submit_patiently(House& house, const Bearer& bearer, Command& command,
                      const std::shared_ptr<Answers>& answers, std::size_t i) {
  for (;;) {
    if (bearer.cancelled && bearer.cancelled()) return false;
    if (house.parts.writer.counters().waiting * 4 < house.parts.queue) {
      Command copy = command;
      if (house.parts.writer.submit(std::move(copy), bearer.lane,
                                    [answers, i](Outcome outcome) { answers->put(i, std::move(outcome)); }))
        return true;
    }
    std::this_thread::sleep_for(std::chrono::milliseconds(20));
  }
}

}  // namespace

/// The account with the roles it has now: a post may end while a file runs.
Visitor visitor_now(House& house, const Bearer& bearer) {
  Visitor who;
  who.session.account = bearer.account;
  who.session.unit = bearer.unit;
  who.actor = {bearer.account, bearer.unit, 0, {}};
  who.reference = house.parts.writer.reference();
  who.now = house.now();
  for (const Holding* holding : who.reference->holdings_of(bearer.account, who.now))
    if (holding->unit == bearer.unit && !who.actor.has(holding->role))
      who.actor.roles.push_back(holding->role);
  if (const Unit* unit = who.reference->unit(bearer.unit)) who.actor.jurisdiction = unit->jurisdiction;
  return who;
}

importing::ImportPlace place_near(House& house, const Visitor& who) {
  return {.jurisdiction = who.actor.jurisdiction,
          .hospital = unit_near(who, UnitKind::hospital),
          .cdc = unit_near(who, UnitKind::cdc),
          .default_pathogen = {},
          .live = house.parts.realm == Realm::live,
          .now = who.now,
          .township = {},
          .source = {},
          .laboratory = own_laboratory(who)};
}

std::vector<Outcome> issue(House& house, const Bearer& bearer, const std::vector<PlannedCommand>& commands) {
  const Visitor who = visitor_now(house, bearer);
  const auto answers = std::make_shared<Answers>(commands.size());
  for (std::size_t i = 0; i < commands.size(); ++i) {
    Outcome why;
    auto command = command_of(house, bearer, who, commands[i], why);
    if (command && submit_patiently(house, bearer, *command, answers, i)) continue;
    if (command) why.kind = Outcome::Kind::unavailable;
    answers->put(i, std::move(why));
  }
  return answers->wait();
}

Outcome run_and_wait(House& house, Command command) {
  const auto answers = std::make_shared<Answers>(1);
  const bool taken =
      house.parts.writer.submit(std::move(command), runtime::Lane::normal,
                                [answers](Outcome outcome) { answers->put(0, std::move(outcome)); });
  if (taken) return std::move(answers->wait().front());
  Outcome busy;
  busy.kind = Outcome::Kind::unavailable;
  return busy;
}

}  // namespace fx::api
