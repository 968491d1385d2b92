#pragma once

// How one value is read from JSON with all its faults, written, stored as a cell and shown as a field: the scalars.
// Lists, optionals and described structs are in described.hpp.

#include <boost/describe.hpp>
#include <boost/json/value.hpp>
#include <boost/mp11.hpp>

#include <optional>
#include <type_traits>

#include "base/field.hpp"

namespace fx {

void write_json_string(std::string& out, std::string_view text);
bool read_text(const boost::json::value& in, std::string& out, Faults& faults, const Path& at);

template <class T>
concept Described = boost::describe::has_describe_members<T>::value && !std::is_union_v<T>;
template <class T>
concept DescribedEnum = std::is_enum_v<T> && boost::describe::has_describe_enumerators<T>::value;

template <class T>
struct Codec;

template <class T>
const TypeInfo& type_info();

/// What a member is called outside of C++: a word the language keeps for itself is written with a trailing underscore
/// (`class_`) and spoken without it.
constexpr std::string_view spoken_name(std::string_view member) {
  return member.ends_with('_') ? member.substr(0, member.size() - 1) : member;
}

/// Calls f(name, pointer to member) for each described member in order.
template <Described T, class F>
void for_each_member(F&& f) {
  boost::mp11::mp_for_each<boost::describe::describe_members<T, boost::describe::mod_public>>(
      [&](auto d) { f(spoken_name(d.name), d.pointer); });
}

template <class T>
void write_json(std::string& out, const T& value) {
  Codec<T>::write(out, value);
}
template <class T>
std::string to_json(const T& value) {
  std::string out;
  Codec<T>::write(out, value);
  return out;
}
/// Fills `out` from `in`, adding every fault found.
template <class T>
void read_json(const boost::json::value& in, T& out, Faults& faults, const Path& at = {}) {
  Codec<T>::read(in, out, faults, at);
}
/// Reads what we wrote ourselves; anything else is a defect.
template <class T>
T from_own_json(std::string_view text);

/// Parses JSON text with the limits of the house (nesting 32); a fault names the byte offset.
std::optional<boost::json::value> parse_json(std::string_view text, Faults& faults);
boost::json::value parse_own_json(std::string_view text);

// ---- scalars -----------------------------------------------------------------------------------------------------

template <>
struct Codec<bool> {
  static constexpr FieldKind kind = FieldKind::boolean;
  static constexpr CellKind cell = CellKind::integer;
  static void write(std::string& out, bool value) { out += value ? "true" : "false"; }
  static void read(const boost::json::value& in, bool& out, Faults& faults, const Path& at) {
    if (const auto* b = in.if_bool())
      out = *b;
    else
      expected(faults, at, "是或否", "true or false");
  }
  static void put(CellSink& sink, bool value) { sink.integer(value ? 1 : 0); }
  static bool take(CellSource& source) { return source.integer() != 0; }
  static FieldValue field(bool value) { return value; }
};

template <class T>
  requires(std::is_integral_v<T> && !std::is_same_v<T, bool>)
struct Codec<T> {
  static constexpr FieldKind kind = FieldKind::integer;
  static constexpr CellKind cell = CellKind::integer;
  static void write(std::string& out, T value) { out += std::to_string(value); }
  static void read(const boost::json::value& in, T& out, Faults& faults, const Path& at) {
    if (const auto* i = in.if_int64(); i && std::in_range<T>(*i))
      out = static_cast<T>(*i);
    else
      expected(faults, at, "整数", "whole number");
  }
  static void put(CellSink& sink, T value) { sink.integer(static_cast<std::int64_t>(value)); }
  static T take(CellSource& source) { return static_cast<T>(source.integer()); }
  static FieldValue field(T value) { return static_cast<std::int64_t>(value); }
};

std::string number_text(double value);
template <>
struct Codec<double> {
  static constexpr FieldKind kind = FieldKind::number;
  static constexpr CellKind cell = CellKind::real;
  static void write(std::string& out, double value) { out += number_text(value); }
  static void read(const boost::json::value& in, double& out, Faults& faults, const Path& at) {
    if (const auto* d = in.if_double())
      out = *d;
    else if (const auto* i = in.if_int64())
      out = static_cast<double>(*i);
    else
      expected(faults, at, "数值", "number");
  }
  static void put(CellSink& sink, double value) { sink.real(value); }
  static double take(CellSource& source) { return source.real(); }
  static FieldValue field(double value) { return value; }
};

template <>
struct Codec<std::string> {
  static constexpr FieldKind kind = FieldKind::text;
  static constexpr CellKind cell = CellKind::text;
  static void write(std::string& out, const std::string& value) { write_json_string(out, value); }
  static void read(const boost::json::value& in, std::string& out, Faults& faults, const Path& at) {
    read_text(in, out, faults, at);
  }
  static void put(CellSink& sink, const std::string& value) { sink.text(value); }
  static std::string take(CellSource& source) { return std::string(source.text()); }
  static FieldValue field(const std::string& value) { return value; }
};

template <>
struct Codec<Instant> {
  static constexpr FieldKind kind = FieldKind::instant;
  static constexpr CellKind cell = CellKind::integer;
  static void write(std::string& out, Instant value) { ((out += '"') += format(value)) += '"'; }
  static void read(const boost::json::value& in, Instant& out, Faults& faults, const Path& at);
  static void put(CellSink& sink, Instant value) { sink.integer(value.ms); }
  static Instant take(CellSource& source) { return {source.integer()}; }
  static FieldValue field(Instant value) { return value; }
};

template <>
struct Codec<Day> {
  static constexpr FieldKind kind = FieldKind::day;
  static constexpr CellKind cell = CellKind::integer;
  static void write(std::string& out, Day value) { ((out += '"') += format(value)) += '"'; }
  static void read(const boost::json::value& in, Day& out, Faults& faults, const Path& at);
  static void put(CellSink& sink, Day value) { sink.integer(value.days); }
  static Day take(CellSource& source) { return {static_cast<std::int32_t>(source.integer())}; }
  static FieldValue field(Day value) { return value; }
};

bool read_id(const boost::json::value& in, RawId& out, Faults& faults, const Path& at);
RawId id_of_blob(std::string_view bytes);
inline std::string_view blob_of(const RawId& id) {
  return {reinterpret_cast<const char*>(id.bytes.data()), id.bytes.size()};
}

template <>
struct Codec<RawId> {
  static constexpr FieldKind kind = FieldKind::id;
  static constexpr CellKind cell = CellKind::blob;
  static void write(std::string& out, const RawId& value) { ((out += '"') += value.text()) += '"'; }
  static void read(const boost::json::value& in, RawId& out, Faults& faults, const Path& at) {
    read_id(in, out, faults, at);
  }
  static void put(CellSink& sink, const RawId& value) { sink.blob(blob_of(value)); }
  static RawId take(CellSource& source) { return id_of_blob(source.blob()); }
  static FieldValue field(const RawId& value) { return value; }
};

/// What an id names; each tag says it once: `struct TubeTag { static constexpr std::string_view word = "tube"; };`
template <class Tag>
std::string_view tag_word() {
  if constexpr (requires { Tag::word; })
    return Tag::word;
  else
    return "thing";
}

template <class Tag>
struct Codec<Id<Tag>> {
  static constexpr FieldKind kind = FieldKind::id;
  static constexpr CellKind cell = CellKind::blob;
  static void write(std::string& out, const Id<Tag>& value) { Codec<RawId>::write(out, value.raw); }
  static void read(const boost::json::value& in, Id<Tag>& out, Faults& faults, const Path& at) {
    read_id(in, out.raw, faults, at);
  }
  static void put(CellSink& sink, const Id<Tag>& value) { sink.blob(blob_of(value.raw)); }
  static Id<Tag> take(CellSource& source) { return {id_of_blob(source.blob())}; }
  static FieldValue field(const Id<Tag>& value) { return value.raw; }
  static void describe(FieldInfo& info) { info.tag = tag_word<Tag>(); }
};

template <DescribedEnum E>
std::string_view enum_text(E value) {
  const char* name = boost::describe::enum_to_string(value, nullptr);
  return name != nullptr ? std::string_view(name) : std::string_view("?");
}
template <DescribedEnum E>
std::optional<E> enum_from(std::string_view text) {
  E value{};
  if (boost::describe::enum_from_string(std::string(text).c_str(), value)) return value;
  return std::nullopt;
}
template <DescribedEnum E>
std::vector<std::string> enum_choices() {
  std::vector<std::string> names;
  boost::mp11::mp_for_each<boost::describe::describe_enumerators<E>>(
      [&](auto d) { names.emplace_back(d.name); });
  return names;
}
void unknown_choice(Faults& faults, const Path& at, const std::vector<std::string>& choices);

template <DescribedEnum E>
struct Codec<E> {
  static constexpr FieldKind kind = FieldKind::choice;
  static constexpr CellKind cell = CellKind::text;
  static void write(std::string& out, E value) { ((out += '"') += enum_text(value)) += '"'; }
  static void read(const boost::json::value& in, E& out, Faults& faults, const Path& at) {
    const auto* text = in.if_string();
    const auto value = text ? enum_from<E>(std::string_view(text->data(), text->size())) : std::nullopt;
    if (value)
      out = *value;
    else
      unknown_choice(faults, at, enum_choices<E>());
  }
  static void put(CellSink& sink, E value) { sink.text(enum_text(value)); }
  static E take(CellSource& source) { return enum_from<E>(source.text()).value_or(E{}); }
  static FieldValue field(E value) { return std::string(enum_text(value)); }
  static void describe(FieldInfo& info) { info.choices = enum_choices<E>(); }
};

template <>
struct Codec<FreeText> {
  static constexpr FieldKind kind = FieldKind::free_text;
  static constexpr CellKind cell = CellKind::text;
  static void write(std::string& out, const FreeText&) { out += "\"***\""; }
  static void read(const boost::json::value& in, FreeText& out, Faults& faults, const Path& at) {
    std::string text;
    if (read_text(in, text, faults, at)) out.words = Sensitive<std::string>(std::move(text));
  }
  static FieldValue field(const FreeText&) { return std::string("***"); }
};

template <>
struct Codec<Sensitive<std::string>> {
  static constexpr FieldKind kind = FieldKind::sensitive;
  static constexpr CellKind cell = CellKind::text;
  static void write(std::string& out, const Sensitive<std::string>&) { out += "\"***\""; }
  static void read(const boost::json::value& in, Sensitive<std::string>& out, Faults& faults,
                   const Path& at) {
    std::string text;
    if (read_text(in, text, faults, at)) out = Sensitive<std::string>(std::move(text));
  }
  static FieldValue field(const Sensitive<std::string>&) { return std::string("***"); }
};

template <>
struct Codec<TextRef> {
  static constexpr FieldKind kind = FieldKind::text_ref;
  static constexpr CellKind cell = CellKind::text;
  static void write(std::string& out, const TextRef& value);
  static void read(const boost::json::value& in, TextRef& out, Faults& faults, const Path& at);
  static void put(CellSink& sink, const TextRef& value) {
    sink.text(value.hash.empty() ? "" : to_json(value));
  }
  static TextRef take(CellSource& source) {
    const std::string text(source.text());
    return text.empty() ? TextRef{} : from_own_json<TextRef>(text);
  }
  static FieldValue field(const TextRef& value) { return value.id.raw; }
};

}  // namespace fx
