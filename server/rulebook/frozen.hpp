#pragma once

#include "rulebook/compile.hpp"

namespace fx::rulebook {

/// The value row a duty was opened with.
struct FrozenValue {
  std::string id;
  std::string value;
  std::string unit;
  std::string profile;
  std::int32_t jurisdiction = 0;
  bool inherited = false;
  std::string source;
  std::string evidence;
  Said meaning;
};
BOOST_DESCRIBE_STRUCT(FrozenValue, (),
                      (id, value, unit, profile, jurisdiction, inherited, source, evidence, meaning))

/// What a duty names by its key: everything that later explains it and carries out its ladder, so that nobody need ask
/// a rulebook again. `ladder` must stay first (ladder.hpp).
struct FrozenText {
  std::string ladder;
  std::string rule;
  std::string kind;
  Said name;
  std::string source;
  std::string evidence;
  std::string version;
  std::string opened_by;  ///< event, measure or population
  std::string about;
  std::string owed_by;
  std::string owed_to;
  std::string within;
  std::string counted_from;
  std::vector<std::string> met_by;
  bool urgent = false;
  std::string pathogen;
  std::string profile;  ///< in force at the trigger
  std::string ladder_id;
  std::optional<FrozenValue> value;
};
BOOST_DESCRIBE_STRUCT(FrozenText, (),
                      (ladder, rule, kind, name, source, evidence, version, opened_by, about, owed_by,
                       owed_to, within, counted_from, met_by, urgent, pathogen, profile, ladder_id, value))

/// Writes once, at load, what frozen texts say of each rule, value and row.
void prepare_frozen(Compiled& book);

/// `pathogen`: of the event; any_pathogen when it names none.
Frozen freeze(const Compiled& book, const Rule& rule, std::string_view opened_by, const Found& found,
              const Asked& when);

}  // namespace fx::rulebook
