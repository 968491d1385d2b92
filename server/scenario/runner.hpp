#pragma once

#include <functional>
#include <memory>
#include <stdexcept>

#include "kernel/access.hpp"
#include "kernel/command.hpp"
#include "kernel/registry.hpp"
#include "scenario/script.hpp"

namespace fx::scenario {

/// Rule lines that the rulebook does not take: which of them, counted from 0, and why.
struct FaultyRules : std::runtime_error {
  explicit FaultyRules(std::vector<std::pair<std::size_t, std::string>> found)
      : std::runtime_error("the rulebook does not take a rule line"), faults(std::move(found)) {}
  std::vector<std::pair<std::size_t, std::string>> faults;
};

/// What a scenario needs of the program: the desks, the rulebook with the scenario's own values, who may what.
struct Parts {
  const Registry& registry;
  const Access& access;
  /// Throws FaultyRules when they do not fit.
  std::function<std::unique_ptr<Rules>(const std::vector<RuleLine>& overlays, Instant from)> rules;
  /// Is there a duty, rhythm or watch of this id? None: every id is taken for one.
  std::function<bool(std::string_view id)> has_rule = {};
  /// Where the ledger goes; none: into memory, which is what a scenario wants. A demonstration realm plays on its own store.
  Store* store = nullptr;
  /// Seals names and texts of a command; none: without secrets, since persons of a scenario are fictitious.
  std::function<void(Command&, const Context&)> seal = {};
  /// Password of every account made; sign-in names get the file's name behind them when this is empty.
  std::string password = {};
};

struct Failure {
  int line = 0;          ///< 0: of the scenario as a whole
  std::string text;      ///< the line
  std::string at;        ///< the clock
  std::string happened;  ///< what happened instead
};

struct Report {
  std::string file;
  std::string title;
  int commands = 0;
  int expectations = 0;
  std::int64_t events = 0;
  std::int64_t duties = 0;
  std::vector<Failure> failures;
  [[nodiscard]] bool passed() const { return failures.empty(); }
};

/// Plays a script on the production engine with a simulated clock. After each step all laws of all desks are checked;
/// at the end the ledger is replayed into empty tables and compared, every command is sent a second time and must
/// change nothing, and the duties must balance.
Report run(const Parts& parts, const Script& script);

}  // namespace fx::scenario
