#pragma once

#include "rulebook/due.hpp"
#include "rulebook/ladder.hpp"
#include "rulebook/lost_control.hpp"

namespace fx::rulebook {

/// What all compiled rules share.
struct Rule {
  std::string kind;  ///< duty | rhythm | watch | bar
  std::string id;
  Words name;
  std::string source;
  std::string evidence;
  std::string file;
  int line = 0;
  int pathogen = any_pathogen;  ///< the only one it serves
  std::vector<std::string> profiles;
  std::int32_t jurisdiction = 0;
  Instant from{INT64_MIN};
  Instant until = for_ever;
  std::string ladder_id;
  const Ladder* ladder = nullptr;
  bool urgent = false;
  bool notify = true;
  bool once = false;
  std::string about;
  std::string owed_by;  ///< as written, for readers
  std::string owed_to;
  std::string within;
  std::string counted_from;
  std::vector<std::string> meets;  ///< names of the meeting events
  std::string note;
  std::optional<LostControl> lost_control;  ///< of the person it is about, when it is not met
  std::string text;                         ///< the whole entry as JSON, to show and to compare
  std::string frozen;                       ///< its members in a frozen text (frozen.hpp)
  /// Does it speak at this time and place? `when.pathogen` is the event's.
  [[nodiscard]] bool speaks(const Asked& when, const Values& values) const;
};

/// A rule's opening, bound to one kind of event (or, of a watch, of row).
struct Opening {
  const Rule* rule = nullptr;
  const EventType* event = nullptr;
  Tests where;
  std::size_t about = 0;
  std::string about_kind;
  std::vector<Route> owed_by;
  std::vector<Route> owed_to;
  std::vector<Route> informs;
  Within within;
  std::optional<std::size_t> counted_from;
  const TableType* already_row = nullptr;
  std::size_t already_at = 0;
};

/// What ends a duty: bound to one kind of event.
struct Closing {
  enum class Kind { meet, end, reopen };
  Kind kind = Kind::meet;
  const Rule* rule = nullptr;
  const EventType* event = nullptr;
  Tests where;
  std::size_t same = 0;  ///< of reopen: the list of duties
  std::optional<std::size_t> duty_field;
  std::vector<Route> by;
  std::vector<Route> not_by;
  std::optional<std::size_t> unit_field;
  std::optional<std::size_t> role_field;
  std::string because;
  bool superseded = false;
};

struct WatchRule {
  const Rule* rule = nullptr;
  const Measure* measure = nullptr;
  bool below = true;
  Limit limit;
  Limit clears;
  Opening opening;
};

/// "daily by 09:00" and its kin.
struct Every {
  enum class Kind { daily_by, daily_at, weekly };
  Kind kind = Kind::daily_by;
  std::vector<int> clocks;  ///< minutes
  int weekday = 0;
};
std::optional<Every> parse_every(std::string_view text);

struct RhythmRule {
  const Rule* rule = nullptr;
  const Population* population = nullptr;
  std::vector<Role> roles;
  std::optional<Every> every;
  std::optional<ValueRef> every_ref;  ///< a value that holds the whole text
  std::optional<ValueRef> clock_ref;  ///< "daily by @id"
  std::optional<ValueRef> grace;
  std::optional<ValueRef> lead;
  std::vector<Route> owed_by;
  std::vector<Route> owed_to;
};

/// A condition of a bar, bound to one operation.
struct Need {
  enum class Kind { fact, duty, value };
  Kind kind = Kind::fact;
  /// The way to the fact: a field of the body or row holding the id of the next row.
  struct Hop {
    std::size_t field;
    const TableType* table;
  };
  std::vector<Hop> hops;
  Test test;              ///< on the last row, or on the body when there are no hops
  std::size_t about = 0;  ///< of kind duty: field of the body
  std::string duty;
  std::string state;
  ValueRef value;
  std::vector<boost::json::value> is;
  std::string path;  ///< of the body's field, for the refusal
};

struct Barrier {
  const Rule* rule = nullptr;
  const Operation* operation = nullptr;
  Tests where;
  std::vector<Need> needs;  ///< all must hold
  std::vector<Need> when;   ///< the bar speaks only when all hold
  bool always = false;
  std::string code;
  Words say;
  Words lifts;
};

struct EventRules {
  std::vector<Opening> opens;
  std::vector<Closing> closes;  ///< by `same`, so that duties are looked up once a field
};

struct Unused {
  std::string kind;
  std::string id;
  Words name;
  std::string file;
  int line = 0;
  Words why;
};

/// All rules of a rulebook, indexed by event, table, population and operation.
struct Compiled {
  Values values;
  std::vector<std::unique_ptr<Ladder>> ladders;
  std::vector<std::unique_ptr<Rule>> rules;
  std::unordered_map<const EventType*, EventRules> by_event;
  std::unordered_map<const TableType*, std::vector<WatchRule>> watches;
  std::vector<RhythmRule> rhythms;
  std::unordered_map<const Operation*, std::vector<Barrier>> bars;
  std::vector<Unused> pending;
  std::set<std::string, std::less<>> referenced;  ///< value ids and prefixes ("E.result.h.*") that rules name
  std::string version;
  std::string late_entry;  ///< value: minutes after which an event is late-entered

  [[nodiscard]] const Ladder* ladder(std::string_view id) const;
  [[nodiscard]] const Rule* rule(std::string_view id) const;
};

void compile_rules(Compiled& into, const std::vector<Entry>& entries, const Registry& registry,
                   Problems& problems);

}  // namespace fx::rulebook
