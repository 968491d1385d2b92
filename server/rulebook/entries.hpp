#pragma once

// What may stand in a rulebook: every entry as a described struct, so that unknown keys, wrong types and missing
// fields are found by the same decoder that judges commands. README.md explains each key.

#include <boost/json/serialize.hpp>

#include "base/described.hpp"
#include "rulebook/lost_control.hpp"

namespace fx::rulebook {

/// A value whose shape the entry does not fix: numbers, texts, lists, tables.
struct Any {
  boost::json::value json;
};

/// A list that may be written without brackets when it has one item.
template <class T>
struct Some {
  std::vector<T> items;
};

/// A day (00:00) or an instant.
struct Moment {
  Instant at;
  friend auto operator<=>(const Moment&, const Moment&) = default;
};

struct Said {
  std::string zh;
  std::string en;
};
BOOST_DESCRIBE_STRUCT(Said, (), (zh, en))

}  // namespace fx::rulebook

namespace fx {

template <>
struct Codec<rulebook::Any> {
  static constexpr FieldKind kind = FieldKind::object;
  static constexpr CellKind cell = CellKind::text;
  static void write(std::string& out, const rulebook::Any& value) {
    out += boost::json::serialize(value.json);
  }
  static void read(const boost::json::value& in, rulebook::Any& out, Faults&, const Path&) { out.json = in; }
  static FieldValue field(const rulebook::Any& value) { return boost::json::serialize(value.json); }
};

template <class T>
struct Codec<rulebook::Some<T>> {
  static constexpr FieldKind kind = FieldKind::list;
  static constexpr CellKind cell = CellKind::text;
  static void write(std::string& out, const rulebook::Some<T>& value) {
    Codec<std::vector<T>>::write(out, value.items);
  }
  static void read(const boost::json::value& in, rulebook::Some<T>& out, Faults& faults, const Path& at) {
    if (in.is_array()) return Codec<std::vector<T>>::read(in, out.items, faults, at);
    out.items.resize(1);
    Codec<T>::read(in, out.items.front(), faults, at);
  }
  static FieldValue field(const rulebook::Some<T>& value) {
    return Codec<std::vector<T>>::field(value.items);
  }
};

template <>
struct Codec<rulebook::Moment> {
  static constexpr FieldKind kind = FieldKind::instant;
  static constexpr CellKind cell = CellKind::integer;
  static void write(std::string& out, const rulebook::Moment& value) { Codec<Instant>::write(out, value.at); }
  static void read(const boost::json::value& in, rulebook::Moment& out, Faults& faults, const Path& at) {
    const auto* text = in.if_string();
    if (text != nullptr) {
      if (const auto day = parse_day({text->data(), text->size()})) return void(out.at = start_of(*day));
      if (const auto instant = parse_instant({text->data(), text->size()})) return void(out.at = *instant);
    }
    expected(faults, at, "日期或时间", "day or time");
  }
  static FieldValue field(const rulebook::Moment& value) { return value.at; }
};

}  // namespace fx

namespace fx::rulebook {

template <class T>
using Maybe = std::optional<T>;

struct ProfileEntry {
  std::string pathogen;
  std::string id;
  Said name;
  Moment from;
  Maybe<Moment> until;
  Maybe<std::string> note;
};
BOOST_DESCRIBE_STRUCT(ProfileEntry, (), (pathogen, id, name, from, until, note))

struct SourceEntry {
  std::string id;
  Said title;
  std::string date;
  std::string kind;
  Maybe<std::string> note;
};
BOOST_DESCRIBE_STRUCT(SourceEntry, (), (id, title, date, kind, note))

/// What a profile says of a value: exactly one of the first six.
struct Cell {
  Maybe<Any> value;
  Maybe<bool> not_allowed;
  Maybe<bool> local;
  Maybe<bool> assessed;
  Maybe<bool> off;
  Maybe<std::string> as;
  std::string source;
  std::string evidence;
  Maybe<bool> widen;
  Maybe<std::string> note;
};
BOOST_DESCRIBE_STRUCT(Cell, (), (value, not_allowed, local, assessed, off, as, source, evidence, widen, note))

struct Bounds {
  Maybe<double> lax;
  Maybe<double> strict;
};
BOOST_DESCRIBE_STRUCT(Bounds, (), (lax, strict))

enum class Stricter { less, more, none };
BOOST_DESCRIBE_ENUM(Stricter, less, more, none)

/// Without its cells: those stand under the profiles' names.
struct ValueEntry {
  std::string id;
  std::string unit;
  Said meaning;
  Maybe<Stricter> stricter;
  Maybe<Bounds> bounds;
  Maybe<std::string> note;
};
BOOST_DESCRIBE_STRUCT(ValueEntry, (), (id, unit, meaning, stricter, bounds, note))

struct OverlayEntry {
  std::string id;
  std::int32_t jurisdiction = 0;
  Maybe<std::string> profile;
  Maybe<Any> value;
  Maybe<bool> not_allowed;
  Maybe<bool> local;
  Maybe<bool> assessed;
  Maybe<bool> off;
  std::string source;
  std::string evidence;
  Moment from;
  Maybe<Moment> until;
  Maybe<Any> approved_by;
  Maybe<std::string> note;
};
BOOST_DESCRIBE_STRUCT(OverlayEntry, (),
                      (id, jurisdiction, profile, value, not_allowed, local, assessed, off, source, evidence,
                       from, until, approved_by, note))

struct Trigger {
  std::string event;
  Maybe<Any> where;
};
BOOST_DESCRIBE_STRUCT(Trigger, (), (event, where))

struct Meets {
  std::string event;
  std::string same;
  Maybe<Any> where;
  Maybe<bool> this_duty;
  Maybe<Some<std::string>> by;
  Maybe<Some<std::string>> not_by;
};
BOOST_DESCRIBE_STRUCT(Meets, (), (event, same, where, this_duty, by, not_by))

struct Voids {
  std::string event;
  std::string same;
  Maybe<Any> where;
  Maybe<Said> because;
  Maybe<bool> superseded;
};
BOOST_DESCRIBE_STRUCT(Voids, (), (event, same, where, because, superseded))

struct Reopens {
  std::string event;
  std::string duties;
  Maybe<Any> where;
  Maybe<Said> because;
};
BOOST_DESCRIBE_STRUCT(Reopens, (), (event, duties, where, because))

struct Already {
  std::string row;
  std::string at;
};
BOOST_DESCRIBE_STRUCT(Already, (), (row, at))

struct LadderStep {
  std::string at;
  std::vector<std::string> tell;
  Maybe<bool> urgent;
};
BOOST_DESCRIBE_STRUCT(LadderStep, (), (at, tell, urgent))

struct LadderEntry {
  std::string id;
  Maybe<Said> name;
  std::vector<LadderStep> steps;
  Maybe<std::string> note;
};
BOOST_DESCRIBE_STRUCT(LadderEntry, (), (id, name, steps, note))

/// Keys that all rules share.
struct Common {
  std::string id;
  Said name;
  std::string source;
  std::string evidence;
  Maybe<std::vector<std::string>> profiles;
  Maybe<std::int32_t> jurisdiction;
  Maybe<Moment> from;
  Maybe<Moment> until;
  Maybe<bool> pending;
  Maybe<std::string> note;
};
BOOST_DESCRIBE_STRUCT(Common, (),
                      (id, name, source, evidence, profiles, jurisdiction, from, until, pending, note))

struct LostEntry {
  Loss loss = Loss::left;
  LossReason reason = LossReason::left_control;
  Maybe<bool> at_once;
  Maybe<std::string> per_day;
  Maybe<LossReason> again;
};
BOOST_DESCRIBE_STRUCT(LostEntry, (), (loss, reason, at_once, per_day, again))

struct DutyEntry {
  Some<Trigger> opens;
  std::string about;
  Some<std::string> owed_by;
  Some<std::string> owed_to;
  std::string within;
  Maybe<std::string> counted_from;
  Maybe<Some<Meets>> met_by;
  Maybe<Some<Voids>> void_by;
  Maybe<Some<Reopens>> reopened_by;
  Maybe<Already> already;
  Maybe<bool> once;
  Maybe<std::string> ladder;
  Maybe<bool> urgent;
  Maybe<bool> notify;
  Maybe<Some<std::string>> informs;
  Maybe<LostEntry> lost_control;
};
BOOST_DESCRIBE_STRUCT(DutyEntry, (),
                      (opens, about, owed_by, owed_to, within, counted_from, met_by, void_by, reopened_by,
                       already, once, ladder, urgent, notify, informs, lost_control))

struct OnOverdue {
  std::string bar;
  std::string same;
  std::string code;
  Said say;
};
BOOST_DESCRIBE_STRUCT(OnOverdue, (), (bar, same, code, say))

struct RhythmEntry {
  std::string population;
  std::vector<std::string> roles;
  std::string every;
  Maybe<std::string> grace;
  Maybe<std::string> lead;
  Maybe<Some<std::string>> owed_by;
  Some<std::string> owed_to;
  Maybe<Some<Meets>> met_by;
  Maybe<Some<Voids>> void_by;
  Maybe<OnOverdue> on_overdue;
  Maybe<std::string> ladder;
  Maybe<bool> urgent;
};
BOOST_DESCRIBE_STRUCT(RhythmEntry, (),
                      (population, roles, every, grace, lead, owed_by, owed_to, met_by, void_by, on_overdue,
                       ladder, urgent))

struct WatchEntry {
  std::string measure;
  Maybe<std::string> duty;
  Maybe<Any> below;
  Maybe<Any> above;
  Maybe<Any> clears_above;
  Maybe<Any> clears_below;
  Some<std::string> owed_by;
  Some<std::string> owed_to;
  std::string within;
  Maybe<std::string> ladder;
  Maybe<bool> urgent;
  Maybe<bool> notify;
  Maybe<Some<std::string>> informs;
};
BOOST_DESCRIBE_STRUCT(WatchEntry, (),
                      (measure, duty, below, above, clears_above, clears_below, owed_by, owed_to, within,
                       ladder, urgent, notify, informs))

/// One condition of a bar: about a fact, a duty or a value.
struct Condition {
  Maybe<std::string> fact;
  Maybe<std::string> duty;
  Maybe<std::string> about;
  Maybe<std::string> state;
  Maybe<std::string> value;
  Maybe<Any> is;
  Maybe<std::vector<Any>> in;
  Maybe<Any> not_;
  Maybe<bool> exists;
  Maybe<Any> below;
  Maybe<Any> above;
  Maybe<Any> at_least;
  Maybe<Any> at_most;
};
BOOST_DESCRIBE_STRUCT(Condition, (),
                      (fact, duty, about, state, value, is, in, not_, exists, below, above, at_least,
                       at_most))

struct BarEntry {
  Some<std::string> refuses;
  std::vector<std::string> except;
  Maybe<Some<Condition>> until;
  Maybe<Some<Condition>> unless;
  Maybe<bool> always;
  Maybe<Some<Condition>> when;
  Maybe<Any> where;
  std::string code;
  Said say;
  Maybe<Said> lifts;
};
BOOST_DESCRIBE_STRUCT(BarEntry, (), (refuses, except, until, unless, always, when, where, code, say, lifts))

}  // namespace fx::rulebook
