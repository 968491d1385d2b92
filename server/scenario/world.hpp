#pragma once

#include <map>

#include "kernel/engine.hpp"
#include "kernel/memory_store.hpp"
#include "scenario/runner.hpp"

namespace fx::scenario {

/// The state of one scenario while it runs.
struct World {
  World(const Parts& parts, const Script& script, const std::vector<RuleLine>& overlays, Instant start);

  struct Actor {
    AccountId account;
    UnitId unit;
  };
  /// The id a name stands for; made on first use, at home in `home`.
  RawId id_of(const std::string& name, std::int32_t home);
  [[nodiscard]] std::optional<Instant> time_of(const std::string& written, bool after_now) const;
  /// Values as written → JSON of the operation's fields.
  boost::json::object fields_of(const TypeInfo& type, const boost::json::object& written, std::int32_t home);
  boost::json::value value_of(const FieldInfo& field, FieldKind kind, const boost::json::value& written,
                              std::int32_t home);
  /// Moves the clock, taking each minute's timer on the way.
  void advance(Instant to);
  /// Follows what waits and takes what is due.
  void settle();
  Outcome issue(Command command);
  Outcome issue_system(std::string_view operation, boost::json::object fields, std::int32_t home);
  std::optional<Post> post_of(const std::string& text);
  [[nodiscard]] std::string name_of(const RawId& id) const;
  [[nodiscard]] std::string post_name(UnitId unit, Role role) const {
    return name_of(unit.raw) + ":" + std::string(enum_text(role));
  }
  template <class T>
  std::vector<T> rows() {
    std::vector<T> out;
    store.each_row(table_type<T>(), [&](const void* row) { out.push_back(*static_cast<const T*>(row)); });
    return out;
  }

  /// Seals a command as the front door would.
  void seal(Command& command, const Context& context) const;

  const Parts& parts;
  const Script& script;
  std::unique_ptr<Rules> rules;
  std::unique_ptr<MemoryStore> memory;  ///< unless the script plays on another store
  Store& store;
  Engine engine;
  std::vector<StoredEvent> events;  ///< all that were committed here
  Instant now;
  std::map<std::string, RawId> names;
  std::map<std::string, std::string> numbers;  ///< ledger numbers that were given a name
  std::map<std::string, Actor> actors;
  std::map<std::string, std::int32_t> unit_codes;
  std::vector<Command> issued;     ///< for the second sending
  std::size_t mark = 0;            ///< events before the last step
  std::optional<Outcome> outcome;  ///< of the last step
  int sequence = 0;
};

/// Judges one expectation; empty when it holds, else what happened instead.
std::string judge(World& world, const ExpectLine& expect);

}  // namespace fx::scenario
