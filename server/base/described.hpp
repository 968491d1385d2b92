#pragma once

// One description, many uses: a struct described with BOOST_DESCRIBE_STRUCT is decoded from JSON with all errors at
// once, written as JSON, stored as columns, shown in OpenAPI and read field by field by the rulebook.

#include <boost/describe.hpp>
#include <boost/json/value.hpp>
#include <boost/mp11.hpp>

#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <type_traits>
#include <variant>
#include <vector>

#include "base/cells.hpp"
#include "base/id.hpp"
#include "base/result.hpp"
#include "base/sensitive.hpp"
#include "base/time.hpp"

namespace fx {

struct TextTag;
/// Points at a text kept beside the ledger (encrypted, erasable); `hash` proves its ciphertext.
struct TextRef {
  Id<TextTag> id;
  std::string hash;  ///< hexadecimal; empty when there is no text
  friend bool operator==(const TextRef&, const TextRef&) = default;
};

/// Free text typed by a person. Free text is identity (kernel-notes §4): the front door seals it and fills `ref`;
/// only `ref` may enter an event.
struct FreeText {
  Sensitive<std::string> words;
  TextRef ref;
  [[nodiscard]] bool empty() const { return words.open_for("is anything typed").empty(); }
};

enum class FieldKind {
  boolean,
  integer,
  number,
  text,
  id,
  instant,
  day,
  choice,
  list,
  object,
  free_text,
  sensitive,
  text_ref
};
BOOST_DESCRIBE_ENUM(FieldKind, boolean, integer, number, text, id, instant, day, choice, list, object,
                    free_text, sensitive, text_ref)

/// What a rule, a filter or a form may see of a field. Lists of ids come as ids, other lists as texts.
using FieldValue = std::variant<std::monostate, bool, std::int64_t, double, std::string, RawId, Instant, Day,
                                std::vector<RawId>, std::vector<std::string>>;

struct TypeInfo;
struct FieldInfo {
  std::string name;
  FieldKind kind = FieldKind::text;
  bool required = true;
  std::string tag;                   ///< what an id names ("person", "tube"), or the name of the choice
  std::vector<std::string> choices;  ///< of kind choice
  const TypeInfo* object = nullptr;  ///< of kind object, or the items of a list of objects
  FieldKind item = FieldKind::text;  ///< of kind list
  CellKind cell = CellKind::text;    ///< how a row stores it
  FieldValue (*get)(const void*) = nullptr;
};
struct TypeInfo {
  std::string name;
  std::vector<FieldInfo> fields;
  [[nodiscard]] const FieldInfo* find(std::string_view field) const {
    for (const auto& f : fields)
      if (f.name == field) return &f;
    return nullptr;
  }
};

/// A shape fault: where (JSON pointer) and what was expected.
struct Fault {
  std::string path;
  Words say;
};
using Faults = std::vector<Fault>;

/// The way from the root of a document, without allocating until a fault needs it.
struct Path {
  const Path* up = nullptr;
  std::string_view name;
  std::size_t index = 0;
  [[nodiscard]] std::string text() const;
};

void add_fault(Faults& faults, const Path& at, std::string_view zh, std::string_view en);
void expected(Faults& faults, const Path& at, std::string_view zh, std::string_view en);

/// Longest single text accepted from outside, in code points.
inline constexpr std::size_t longest_text = 4000;
inline constexpr std::size_t longest_list = 5000;

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

// ---- composites --------------------------------------------------------------------------------------------------

template <class T>
struct is_optional : std::false_type {};
template <class T>
struct is_optional<std::optional<T>> : std::true_type {};
template <class T>
struct is_vector : std::false_type {};
template <class T>
struct is_vector<std::vector<T>> : std::true_type {};

template <class T>
struct Codec<std::optional<T>> {
  static constexpr FieldKind kind = Codec<T>::kind;
  static constexpr CellKind cell = Codec<T>::cell;
  static void write(std::string& out, const std::optional<T>& value) {
    if (value)
      Codec<T>::write(out, *value);
    else
      out += "null";
  }
  static void read(const boost::json::value& in, std::optional<T>& out, Faults& faults, const Path& at) {
    if (in.is_null()) return out.reset();
    T value{};
    Codec<T>::read(in, value, faults, at);
    out = std::move(value);
  }
  static void put(CellSink& sink, const std::optional<T>& value) {
    if (value)
      Codec<T>::put(sink, *value);
    else
      sink.null();
  }
  static std::optional<T> take(CellSource& source) {
    if (source.null()) return std::nullopt;
    return Codec<T>::take(source);
  }
  static FieldValue field(const std::optional<T>& value) {
    return value ? Codec<T>::field(*value) : FieldValue(std::monostate{});
  }
  static void describe(FieldInfo& info) {
    if constexpr (requires { Codec<T>::describe(info); }) Codec<T>::describe(info);
  }
};

template <class T>
struct Codec<std::vector<T>> {
  static constexpr FieldKind kind = FieldKind::list;
  static constexpr CellKind cell = CellKind::text;
  static void write(std::string& out, const std::vector<T>& value) {
    out += '[';
    for (std::size_t i = 0; i < value.size(); ++i) {
      if (i > 0) out += ',';
      Codec<T>::write(out, value[i]);
    }
    out += ']';
  }
  static void read(const boost::json::value& in, std::vector<T>& out, Faults& faults, const Path& at) {
    const auto* array = in.if_array();
    if (!array) return expected(faults, at, "列表", "list");
    if (array->size() > longest_list) return expected(faults, at, "不超过5000项", "at most 5000 items");
    out.clear();
    out.reserve(array->size());
    for (std::size_t i = 0; i < array->size(); ++i) {
      T item{};
      Codec<T>::read((*array)[i], item, faults, Path{&at, {}, i});
      out.push_back(std::move(item));
    }
  }
  static void put(CellSink& sink, const std::vector<T>& value) { sink.text(to_json(value)); }
  static std::vector<T> take(CellSource& source) { return from_own_json<std::vector<T>>(source.text()); }
  static FieldValue field(const std::vector<T>& value) {
    if constexpr (Codec<T>::kind == FieldKind::id) {
      std::vector<RawId> ids;
      for (const auto& v : value) ids.push_back(std::get<RawId>(Codec<T>::field(v)));
      return ids;
    } else {
      std::vector<std::string> texts;
      for (const auto& v : value) {
        if constexpr (Codec<T>::kind == FieldKind::text)
          texts.push_back(v);
        else
          texts.push_back(to_json(v));
      }
      return texts;
    }
  }
  static void describe(FieldInfo& info) {
    info.item = Codec<T>::kind;
    if constexpr (requires { Codec<T>::describe(info); }) Codec<T>::describe(info);
  }
};

/// Lists default to empty, optionals and references to texts to nothing; everything else must be said.
template <class M>
inline constexpr bool may_be_absent =
    is_optional<M>::value || is_vector<M>::value || std::is_same_v<M, TextRef>;

void unknown_field(Faults& faults, const Path& at, std::string_view name);
void missing_field(Faults& faults, const Path& at, std::string_view name);

template <Described T>
struct Codec<T> {
  static constexpr FieldKind kind = FieldKind::object;
  static constexpr CellKind cell = CellKind::text;

  static void write(std::string& out, const T& value) {
    out += '{';
    bool first = true;
    for_each_member<T>([&](std::string_view name, auto pointer) {
      using M = std::remove_cvref_t<decltype(value.*pointer)>;
      if constexpr (is_optional<M>::value)
        if (!(value.*pointer)) return;
      if (!first) out += ',';
      first = false;
      ((out += '"') += name) += "\":";
      Codec<M>::write(out, value.*pointer);
    });
    out += '}';
  }

  static void read(const boost::json::value& in, T& out, Faults& faults, const Path& at) {
    const auto* object = in.if_object();
    if (!object) return expected(faults, at, "对象", "object");
    std::size_t known = 0;
    for_each_member<T>([&](std::string_view name, auto pointer) {
      using M = std::remove_cvref_t<decltype(out.*pointer)>;
      const auto* value = object->if_contains(name);
      if (value) ++known;
      if (value && !value->is_null()) return Codec<M>::read(*value, out.*pointer, faults, Path{&at, name, 0});
      if constexpr (!may_be_absent<M>) missing_field(faults, at, name);
    });
    if (known == object->size()) return;
    for (const auto& entry : *object)
      if (type_info<T>().find(entry.key()) == nullptr) unknown_field(faults, at, entry.key());
  }

  static void put(CellSink& sink, const T& value) { sink.text(to_json(value)); }
  static T take(CellSource& source) { return from_own_json<T>(source.text()); }
  static FieldValue field(const T& value) { return to_json(value); }
  static void describe(FieldInfo& info) { info.object = &type_info<T>(); }
};

template <class T>
T from_own_json(std::string_view text) {
  T out{};
  Faults faults;
  Codec<T>::read(parse_own_json(text), out, faults, {});
  if (!faults.empty()) throw std::runtime_error("stored JSON is damaged at " + faults.front().path);
  return out;
}

/// Columns of one described row, in order.
template <Described T>
void put_row(CellSink& sink, const T& row) {
  for_each_member<T>([&](std::string_view, auto pointer) {
    Codec<std::remove_cvref_t<decltype(row.*pointer)>>::put(sink, row.*pointer);
  });
}
template <Described T>
T take_row(CellSource& source) {
  T row{};
  for_each_member<T>([&](std::string_view, auto pointer) {
    row.*pointer = Codec<std::remove_cvref_t<decltype(row.*pointer)>>::take(source);
  });
  return row;
}

namespace detail {
template <class T, std::size_t I>
FieldValue get_field(const void* object) {
  using D = boost::mp11::mp_at_c<boost::describe::describe_members<T, boost::describe::mod_public>, I>;
  const auto& member = static_cast<const T*>(object)->*D::pointer;
  return Codec<std::remove_cvref_t<decltype(member)>>::field(member);
}
}  // namespace detail

template <class T>
const TypeInfo& type_info() {
  static const TypeInfo info = [] {
    TypeInfo t;
    // a static name, not a member that happens to be called so
    if constexpr (requires { requires std::is_same_v<decltype(T::name), const std::string_view>; })
      t.name = T::name;
    using Members = boost::describe::describe_members<T, boost::describe::mod_public>;
    boost::mp11::mp_for_each<boost::mp11::mp_iota<boost::mp11::mp_size<Members>>>([&](auto i) {
      using D = boost::mp11::mp_at_c<Members, decltype(i)::value>;
      using M = std::remove_cvref_t<decltype(std::declval<T&>().*D::pointer)>;
      FieldInfo field;
      field.name = spoken_name(D::name);
      field.kind = Codec<M>::kind;
      field.cell = Codec<M>::cell;
      field.required = !may_be_absent<M>;
      if constexpr (requires { Codec<M>::describe(field); }) Codec<M>::describe(field);
      field.get = &detail::get_field<T, decltype(i)::value>;
      t.fields.push_back(std::move(field));
    });
    return t;
  }();
  return info;
}

/// The field's value of a described object; nothing when the type has no such field.
inline FieldValue field_of(const TypeInfo& type, const void* object, std::string_view name) {
  const FieldInfo* field = type.find(name);
  return field != nullptr ? field->get(object) : FieldValue{};
}

std::string field_text(const FieldValue& value);

}  // namespace fx
