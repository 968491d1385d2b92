#pragma once

#include <boost/json/value.hpp>

#include <map>
#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "base/described.hpp"
#include "kernel/roles.hpp"

namespace fx::scenario {

// A scenario as data: the same whether it was written as text or as JSON (docs/scenarios.md). Times are kept as
// written; the runner reads them against the clock. Names ("clinic", "T1") stand for ids.

struct UnitLine {
  std::string name;
  UnitKind kind = UnitKind::other;
  std::int32_t jurisdiction = 0;
  std::string parent;
  std::string zh;
  std::string en;
};
struct PostLine {
  std::string name;
  std::vector<Role> roles;
  std::string unit;
  std::string full_name;  ///< of who holds it, for a demonstration
};
struct PersonLine {
  std::string name;
  std::string full_name;
  std::string document;
};
/// An overlay of one rule value for a place, in force from the scenario's start.
struct RuleLine {
  std::string id;
  std::string value;
  std::int32_t jurisdiction = 0;
};
struct DoLine {
  std::string at;        ///< when it is recorded
  std::string occurred;  ///< when it happened, if earlier
  std::string actor;
  bool queued = false;  ///< from a device's offline queue
  std::string operation;
  boost::json::object fields;  ///< values as written: names, numbers, texts, JSON
};
struct ClockLine {
  std::string at;
};
/// A name for something that happened: field of the latest event of a kind, or the latest notice.
struct LetLine {
  std::string name;
  std::string event;
  std::string field;
  std::string notice_rule;
  std::string notice_to;
};
struct ExpectLine {
  enum class What { event, no_event, refused, duty, no_duty, notice, no_notice, row, count };
  What what = What::event;
  std::string name;            ///< event, refusal codes, rule, table
  boost::json::object fields;  ///< what must hold of it
  std::string due, state, at, to, about, debtor, kind;
  std::int64_t count = 0;
};
struct Line {
  int number = 0;  ///< in the file
  std::string text;
  std::variant<UnitLine, PostLine, PersonLine, RuleLine, DoLine, ClockLine, LetLine, ExpectLine> what;
};

struct Script {
  std::string file;
  std::string title;
  std::string start;
  std::vector<Line> lines;
};

struct ScriptError {
  int line;
  std::string say;
};

/// Both read everything and name all errors, each with its line.
std::variant<Script, std::vector<ScriptError>> parse_text(std::string_view file, std::string_view text);
std::variant<Script, std::vector<ScriptError>> parse_json_form(std::string_view file, std::string_view text);

}  // namespace fx::scenario
