#pragma once

#include <map>
#include <memory>
#include <set>
#include <unordered_map>

#include "kernel/rules.hpp"
#include "rulebook/toml_read.hpp"

namespace fx::rulebook {

inline constexpr Instant for_ever{INT64_MAX};

struct Profile {
  std::string id;
  Words name;
  Instant from;
  Instant until = for_ever;
  [[nodiscard]] bool at(Instant t) const { return from <= t && t < until; }
};

struct ValueMeta;

/// One row of the value tables: what a profile, or a jurisdiction, says of one id.
struct Row {
  const ValueMeta* meta = nullptr;
  RuleValue::State state = RuleValue::State::absent;
  std::variant<std::monostate, double, bool, std::string> value;
  std::string as;  ///< id whose value this one has
  std::string source;
  std::string evidence;
  std::string profile;
  std::int32_t jurisdiction = 0;
  Instant from;  ///< of overlays
  Instant until = for_ever;
  bool widen = true;
  std::string approved_by;
  std::string note;
  std::string file;
  int line = 0;
  std::size_t number = 0;  ///< of all rows of the rulebook; names it in frozen texts
  std::string frozen;      ///< its members in a frozen text (frozen.hpp)
  [[nodiscard]] std::optional<double> as_number() const {
    const auto* n = std::get_if<double>(&value);
    return n != nullptr ? std::optional(*n) : std::nullopt;
  }
};

struct ValueMeta {
  std::string id;
  std::string unit;
  Words meaning;
  Stricter stricter = Stricter::none;
  std::optional<Bounds> bounds;
  std::size_t pathogen = 0;
  std::vector<std::unique_ptr<Row>> by_profile;  ///< one slot a profile; empty: not restated
  std::vector<std::unique_ptr<Row>> overlays;
  std::string note;
  std::string file;
  int line = 0;
  std::string frozen;  ///< its members in a frozen text
};

struct TextHash {
  using is_transparent = void;
  std::size_t operator()(std::string_view text) const { return std::hash<std::string_view>{}(text); }
};
template <class T>
using ByName = std::unordered_map<std::string, T, TextHash, std::equal_to<>>;

struct Pathogen {
  std::string name;
  std::vector<Profile> profiles;  ///< by time
  ByName<std::unique_ptr<ValueMeta>> values;
  /// Index of the profile in force; -1: none.
  [[nodiscard]] int profile_at(Instant at) const;
};

/// A resolved row: where it was found and under which profile it was asked for.
struct Found {
  const ValueMeta* meta = nullptr;
  const Row* row = nullptr;  ///< nullptr: absent
  const Profile* profile = nullptr;
  [[nodiscard]] RuleValue::State state() const {
    return row != nullptr ? row->state : RuleValue::State::absent;
  }
  [[nodiscard]] bool has_value() const { return state() == RuleValue::State::value; }
  [[nodiscard]] bool inherited() const {
    return row != nullptr && profile != nullptr && row->jurisdiction == 0 && row->profile != profile->id;
  }
};

inline constexpr int any_pathogen = -1;      ///< search the realm's pathogens in order
inline constexpr int unknown_pathogen = -2;  ///< one the rulebook does not know: everything is off

/// All value tables, resolved county > city > province > nation in the profile valid at the time.
class Values {
 public:
  /// `order`: the realm's active pathogens; empty: all, in the order of the profiles.
  void load(const std::vector<Entry>& entries, const std::vector<std::string>& order, Problems& problems);

  [[nodiscard]] Found find(std::string_view id, Instant at, std::int32_t jurisdiction,
                           int pathogen = any_pathogen) const;
  [[nodiscard]] Found resolve(const ValueMeta& meta, Instant at, std::int32_t jurisdiction) const;
  [[nodiscard]] RuleValue rule_value(std::string_view id, const Found& found,
                                     const std::string& version) const;
  /// Any pathogen of this rulebook states it.
  [[nodiscard]] const ValueMeta* meta(std::string_view id) const;
  /// Some id begins with this prefix.
  [[nodiscard]] bool any_with_prefix(std::string_view prefix) const;
  [[nodiscard]] std::vector<std::string> ids() const;
  /// The profile in force, for a pathogen or for the first active one that has any.
  [[nodiscard]] const Profile* profile_at(Instant at, int pathogen) const;
  [[nodiscard]] int pathogen_index(std::string_view name) const;
  [[nodiscard]] const std::vector<Pathogen>& pathogens() const { return pathogens_; }
  [[nodiscard]] std::vector<Pathogen>& pathogens() { return pathogens_; }
  [[nodiscard]] const std::map<std::string, SourceEntry>& sources() const { return sources_; }
  [[nodiscard]] const std::set<std::string>& profile_ids() const { return profile_ids_; }

 private:
  void load_profiles(const std::vector<Entry>& entries, const std::vector<std::string>& order,
                     Problems& problems);
  void load_sources(const std::vector<Entry>& entries, Problems& problems);
  void load_value(const Entry& entry, Problems& problems);
  const Row* load_overlay(const Entry& entry, Problems& problems);
  void check_overlay(const Entry& entry, const Row& overlay, Problems& problems) const;
  /// What a place is held to: stated above it while its own overlay is in force.
  struct Above {
    const Row* row;  ///< nullptr: nothing is stated
    bool later;      ///< it came after the place had set its own
  };
  std::vector<Above> over(const Row& overlay, int profile) const;
  void check_references(const std::vector<Entry>& entries, Problems& problems) const;
  const Row* stated(const ValueMeta& meta, int profile, Instant at, std::int32_t jurisdiction) const;
  /// The same through every `as`; nullptr also when they lead nowhere.
  const Row* followed(const ValueMeta& meta, int profile, Instant at, std::int32_t jurisdiction) const;

  std::vector<Pathogen> pathogens_;
  std::map<std::string, SourceEntry> sources_;
  std::set<std::string> profile_ids_;
  std::size_t rows_ = 0;
};

/// The value of a cell in the shape the unit asks for; a problem when it has another.
std::optional<std::variant<std::monostate, double, bool, std::string>> cell_value(
    const boost::json::value& json, std::string_view unit, Words& why);
/// Are values of this unit numbers? Those of the others are texts, clock times, flags, lists and tables.
bool is_number(std::string_view unit);
/// Milliseconds of a unit of elapsed time; nothing for day and all others.
std::optional<std::int64_t> unit_ms(std::string_view unit);
std::string value_text(const Row& row);
/// What stands in the cell, by the key it is written with: value, not_allowed, off, local, assessed, as; else absent.
std::string_view state_text(const Row& row);

}  // namespace fx::rulebook
