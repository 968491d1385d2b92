#pragma once

// One description, many uses: a struct described with BOOST_DESCRIBE_STRUCT is decoded from JSON with all errors at
// once, written as JSON, stored as columns, shown in OpenAPI and read field by field by the rulebook.

#include "base/codec.hpp"

namespace fx {

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
void take_row(CellSource& source, T& row) {
  for_each_member<T>([&](std::string_view, auto pointer) {
    row.*pointer = Codec<std::remove_cvref_t<decltype(row.*pointer)>>::take(source);
  });
}
template <Described T>
T take_row(CellSource& source) {
  T row{};
  take_row(source, row);
  return row;
}

namespace detail {
template <class T, class D>
FieldValue get_field(const void* object) {
  const auto& member = static_cast<const T*>(object)->*D::pointer;
  return Codec<std::remove_cvref_t<decltype(member)>>::field(member);
}
/// All that a member's type says of it.
template <class M>
void add_field(TypeInfo& type, const char* name, FieldValue (*get)(const void*)) {
  FieldInfo& field = type.fields.emplace_back();
  field.name = spoken_name(name);
  field.kind = Codec<M>::kind;
  field.cell = Codec<M>::cell;
  field.required = !may_be_absent<M>;
  if constexpr (requires { Codec<M>::describe(field); }) Codec<M>::describe(field);
  field.get = get;
}
template <class T, class... D>
void add_fields(TypeInfo& type, boost::mp11::mp_list<D...>) {
  type.fields.reserve(sizeof...(D));
  (add_field<std::remove_cvref_t<decltype(std::declval<T&>().*D::pointer)>>(type, D::name, &get_field<T, D>),
   ...);
}
}  // namespace detail

template <class T>
const TypeInfo& type_info() {
  static const TypeInfo info = [] {
    TypeInfo type;
    // a static name, not a member that happens to be called so
    if constexpr (requires { requires std::is_same_v<decltype(T::name), const std::string_view>; })
      type.name = T::name;
    using Members = boost::describe::describe_members<T, boost::describe::mod_public>;
    detail::add_fields<T>(type, boost::mp11::mp_rename<Members, boost::mp11::mp_list>{});
    return type;
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
