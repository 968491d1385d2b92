#include "rulebook/condition.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "base/text.hpp"
#include "rulebook/vocabulary.hpp"

namespace fx::rulebook {

// ---- values ------------------------------------------------------------------------------------------------------

Found ValueRef::find(const Values& values, const Asked& when, const Fields* fields) const {
  if (!field) return values.find(id, when.at, when.jurisdiction, when.pathogen);
  if (fields != nullptr) {
    const std::string part = field_text((*fields)[*field]);
    const Found found =
        part.empty() ? Found{} : values.find(id + part + tail, when.at, when.jurisdiction, when.pathogen);
    if (found.meta != nullptr) return found;
  }
  return values.find(without, when.at, when.jurisdiction, when.pathogen);
}

std::optional<double> Limit::resolve(const Values& values, const Asked& when, const Fields* fields) const {
  if (!ref) return number;
  const Found found = ref->find(values, when, fields);
  return found.has_value() ? found.row->as_number() : std::nullopt;
}

// ---- tests -------------------------------------------------------------------------------------------------------

std::optional<double> number_of(const FieldValue& value) {
  if (const auto* i = std::get_if<std::int64_t>(&value)) return static_cast<double>(*i);
  if (const auto* d = std::get_if<double>(&value)) return *d;
  return std::nullopt;
}

bool is_set(const FieldValue& value) {
  if (std::holds_alternative<std::monostate>(value)) return false;
  if (const auto* id = std::get_if<RawId>(&value)) return !id->is_nil();
  if (const auto* ids = std::get_if<std::vector<RawId>>(&value)) return !ids->empty();
  if (const auto* texts = std::get_if<std::vector<std::string>>(&value)) return !texts->empty();
  if (const auto* text = std::get_if<std::string>(&value)) return !text->empty();
  return true;
}

bool same_value(const FieldValue& value, const FieldValue& constant) {
  if (value.index() == constant.index()) return value == constant;
  if (const auto* texts = std::get_if<std::vector<std::string>>(&value)) {
    const auto* text = std::get_if<std::string>(&constant);
    return text != nullptr && (std::ranges::find(*texts, *text) != texts->end() ||
                               std::ranges::find(*texts, '"' + *text + '"') != texts->end());
  }
  const auto a = number_of(value);
  const auto b = number_of(constant);
  return a && b && *a == *b;
}

bool passes(const Test& test, const FieldValue& field, const Values& values, const Asked& when,
            const Fields* fields, const View* view) {
  FieldValue measured;
  const FieldValue* value = &field;
  if (test.measure != nullptr) {
    const auto* id = std::get_if<RawId>(&field);
    const void* row = id != nullptr && view != nullptr ? view->find_row({test.measure->table, *id}) : nullptr;
    if (row == nullptr) return false;
    measured = test.measure->of(row);
    value = &measured;
  }
  const auto among = [&] {
    return std::ranges::any_of(test.constants, [&](const FieldValue& c) { return same_value(*value, c); });
  };
  switch (test.kind) {
    case Test::Kind::any_of: return among();
    case Test::Kind::none_of: return !among();
    case Test::Kind::exists: return is_set(*value) == test.expected;
    default: break;
  }
  const auto number = number_of(*value);
  const auto limit = test.limit.resolve(values, when, fields);
  if (!number || !limit) return false;
  switch (test.kind) {
    case Test::Kind::below: return *number < *limit;
    case Test::Kind::above: return *number > *limit;
    case Test::Kind::at_least: return *number >= *limit;
    default: return *number <= *limit;
  }
}

bool all_pass(const Tests& tests, const Fields& fields, const Values& values, const Asked& when,
              const View* view) {
  return std::ranges::all_of(
      tests, [&](const Test& test) { return passes(test, fields[test.field], values, when, &fields, view); });
}

// ---- reading -----------------------------------------------------------------------------------------------------

std::optional<ValueRef> read_value_ref(const Reading& reading, const std::string& path, std::string_view text,
                                       const TypeInfo* type) {
  if (!text.starts_with('@') || text.size() < 2) {
    reading.error(path, "应为取值编号“@…”", "expected a value, \"@…\"");
    return std::nullopt;
  }
  ValueRef ref;
  ref.written = text;
  const auto unknown = [&](std::string_view id) {
    const Words near = did_you_mean(id, reading.values.ids());
    reading.error(path, fmt::format("没有取值“{}”{}", id, near.zh),
                  fmt::format("unknown value \"{}\"{}", id, near.en));
    return std::nullopt;
  };
  const std::size_t open = text.find_first_of("{<");
  if (open == std::string_view::npos) {
    ref.id = text.substr(1);
    if (reading.values.meta(ref.id) == nullptr) return unknown(ref.id);
    return ref;
  }
  const std::size_t close = text.find(text[open] == '{' ? '}' : '>', open);
  if (close == std::string_view::npos || type == nullptr) {
    reading.error(path, "取值编号中的字段写法有误",
                  "the field inside this value id is not well written, or has no place here");
    return std::nullopt;
  }
  const std::string_view name = text.substr(open + 1, close - open - 1);
  const FieldInfo* field = type->find(name);
  if (field == nullptr) {
    const Words near = did_you_mean(name, field_names(*type));
    reading.error(path, fmt::format("{}没有字段“{}”{}", type->name, name, near.zh),
                  fmt::format("{} has no field \"{}\"{}", type->name, name, near.en));
    return std::nullopt;
  }
  ref.id = text.substr(1, open - 1);
  ref.field = static_cast<std::size_t>(field - type->fields.data());
  ref.tail = text.substr(close + 1);
  ref.without = ref.id.ends_with('.') ? ref.id.substr(0, ref.id.size() - 1) : ref.id;
  if (!reading.values.any_with_prefix(ref.id) && reading.values.meta(ref.without) == nullptr)
    return unknown(ref.without);
  return ref;
}

std::optional<Limit> read_limit(const Reading& reading, const std::string& path,
                                const boost::json::value& json, const TypeInfo* type) {
  if (json.is_int64()) return Limit{static_cast<double>(json.get_int64()), std::nullopt};
  if (json.is_double()) return Limit{json.get_double(), std::nullopt};
  if (!json.is_string()) {
    reading.error(path, "应为数值或“@…”", "expected a number or \"@…\"");
    return std::nullopt;
  }
  auto ref = read_value_ref(reading, path, std::string(json.get_string()), type);
  if (!ref) return std::nullopt;
  return Limit{0, std::move(ref)};
}

std::optional<FieldValue> read_constant(const Reading& reading, const std::string& path,
                                        const boost::json::value& json, const FieldInfo& field) {
  const FieldKind kind = field.kind == FieldKind::list ? field.item : field.kind;
  const auto wrong = [&](const std::string& zh, const std::string& en) {
    reading.error(path, fmt::format("字段{}应为{}", field.name, zh),
                  fmt::format("field {} is {}", field.name, en));
    return std::nullopt;
  };
  switch (kind) {
    case FieldKind::boolean:
      if (json.is_bool()) return json.get_bool();
      return wrong("true或false", "true or false");
    case FieldKind::integer:
    case FieldKind::number:
      if (json.is_int64()) return json.get_int64();
      if (json.is_double()) return json.get_double();
      return wrong("数值", "a number");
    case FieldKind::choice: {
      if (!json.is_string()) return wrong("文字", "a text");
      std::string text(json.get_string());
      if (field.choices.empty() || std::ranges::find(field.choices, text) != field.choices.end()) return text;
      const Words near = did_you_mean(text, field.choices);
      reading.error(path, fmt::format("字段{}没有“{}”这一项{}", field.name, text, near.zh),
                    fmt::format("field {} knows no \"{}\"{}", field.name, text, near.en));
      return std::nullopt;
    }
    case FieldKind::text:
      if (json.is_string()) return std::string(json.get_string());
      return wrong("文字", "a text");
    default:
      return wrong("可比较的值；编号只能用exists检验", "not comparable; of ids only `exists` can be asked");
  }
}

namespace {

std::vector<FieldValue> constants(const Reading& reading, const std::string& path,
                                  const boost::json::value& json, const FieldInfo& field) {
  std::vector<FieldValue> out;
  const auto add = [&](const boost::json::value& one, const std::string& at) {
    if (auto constant = read_constant(reading, at, one, field)) out.push_back(std::move(*constant));
  };
  if (!json.is_array()) {
    add(json, path);
    return out;
  }
  for (std::size_t i = 0; i < json.get_array().size(); ++i)
    add(json.get_array()[i], path + "/" + std::to_string(i));
  return out;
}

/// `{ not = … }`, `{ below = … }` …: one test for each key.
void read_comparisons(const Reading& reading, const std::string& path, const boost::json::object& object,
                      const Test& test, const FieldInfo& field, const TypeInfo& type, Tests& out) {
  static const std::map<std::string, Test::Kind, std::less<>> limits = {{"below", Test::Kind::below},
                                                                        {"above", Test::Kind::above},
                                                                        {"at_least", Test::Kind::at_least},
                                                                        {"at_most", Test::Kind::at_most}};
  for (const auto& [key, value] : object) {
    const std::string at = path + "/" + std::string(key);
    Test one = test;
    if (key == "not") {
      one.kind = Test::Kind::none_of;
      one.constants = constants(reading, at, value, field);
    } else if (key == "exists" && value.is_bool()) {
      one.kind = Test::Kind::exists;
      one.expected = value.get_bool();
    } else if (const auto found = limits.find(std::string_view(key)); found != limits.end()) {
      auto limit = read_limit(reading, at, value, &type);
      if (!limit) continue;
      one.kind = found->second;
      one.limit = std::move(*limit);
    } else {
      reading.error(at, "应为not、exists、below、above、at_least、at_most之一",
                    "expected one of not, exists, below, above, at_least, at_most");
      continue;
    }
    out.push_back(std::move(one));
  }
}

/// "measure:<desk.measure>(<field>)"
const FieldInfo* read_measure(const Reading& reading, const std::string& path, std::string_view key,
                              const TypeInfo& type, Test& test) {
  const std::size_t open = key.find('(');
  const std::string_view name = key.substr(8, open == std::string_view::npos ? key.size() : open - 8);
  test.measure = reading.registry.measure(name);
  if (test.measure == nullptr) {
    const Words near = did_you_mean(name, measure_names(reading.registry));
    reading.error(path, fmt::format("没有指标“{}”{}", name, near.zh),
                  fmt::format("unknown measure \"{}\"{}", name, near.en));
    return nullptr;
  }
  const std::string_view inner = open == std::string_view::npos || !key.ends_with(')')
                                     ? ""
                                     : key.substr(open + 1, key.size() - open - 2);
  const FieldInfo* field = type.find(inner);
  if (field == nullptr || field->kind != FieldKind::id)
    reading.error(path, "写法：measure:<指标>(<编号字段>)", "write measure:<name>(<field with an id>)");
  return field;
}

}  // namespace

Tests read_where(const Reading& reading, const std::string& path, const boost::json::value& json,
                 const TypeInfo& type) {
  Tests out;
  if (!json.is_object()) {
    reading.error(path, "应为 { 字段 = 值 }", "expected { field = value }");
    return out;
  }
  for (const auto& [written, value] : json.get_object()) {
    std::string name(written);
    const std::string at = fmt::format("{}/{}", path, name);
    const bool negated = name.ends_with("!=");
    if (negated) name = trim(std::string_view(name).substr(0, name.size() - 2));
    Test test;
    const FieldInfo* field = nullptr;
    FieldInfo number;
    if (name.starts_with("measure:")) {
      field = read_measure(reading, at, name, type, test);
      if (field == nullptr) continue;
      number.name = name;
      number.kind = FieldKind::number;
    } else if (field = type.find(name); field == nullptr) {
      const Words near = did_you_mean(name, field_names(type));
      reading.error(at, fmt::format("{}没有字段“{}”{}", type.name, name, near.zh),
                    fmt::format("{} has no field \"{}\"{}", type.name, name, near.en));
      continue;
    }
    test.field = static_cast<std::size_t>(field - type.fields.data());
    const FieldInfo& compared = test.measure != nullptr ? number : *field;
    if (value.is_object()) {
      read_comparisons(reading, at, value.get_object(), test, compared, type, out);
      continue;
    }
    test.kind = negated ? Test::Kind::none_of : Test::Kind::any_of;
    test.constants = constants(reading, at, value, compared);
    out.push_back(std::move(test));
  }
  return out;
}

}  // namespace fx::rulebook
