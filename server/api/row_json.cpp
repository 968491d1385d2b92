#include "api/row_json.hpp"

#include <fmt/format.h>

#include <array>

#include "base/text.hpp"

namespace fx::api {
namespace {

constexpr std::int64_t safe_in_a_browser = std::int64_t{1} << 53;

/// Takes the columns of a row in order and writes each as its field says.
class RowWriter final : public CellSink {
 public:
  RowWriter(std::string& out, const TypeInfo& type) : out_(out), type_(type) {}

  void null() override { ++next_; }
  void integer(std::int64_t value) override {
    const FieldInfo& field = type_.fields[next_++];
    switch (field.kind) {
      case FieldKind::boolean: return add_json(out_, field.name, value != 0 ? "true" : "false");
      case FieldKind::instant: return add_text(out_, field.name, format(Instant{value}));
      case FieldKind::day: return add_text(out_, field.name, format(Day{static_cast<std::int32_t>(value)}));
      default: break;
    }
    const std::string digits = std::to_string(value);
    if (is_ledger_number(field) || value > safe_in_a_browser || value < -safe_in_a_browser)
      add_text(out_, field.name, digits);
    else
      add_json(out_, field.name, digits);
  }
  void real(double value) override { add_json(out_, type_.fields[next_++].name, number_text(value)); }
  void text(std::string_view value) override {
    const FieldInfo& field = type_.fields[next_++];
    const bool is_json =
        field.kind == FieldKind::list || field.kind == FieldKind::object || field.kind == FieldKind::text_ref;
    if (!is_json) return add_text(out_, field.name, value);
    if (!value.empty()) add_json(out_, field.name, without_big_numbers(value));
  }
  void blob(std::string_view bytes) override {
    add_text(out_, type_.fields[next_++].name, id_of_blob(bytes).text());
  }

 private:
  std::string& out_;
  const TypeInfo& type_;
  std::size_t next_ = 0;
};

void add_name(std::string& out, std::string_view name) {
  if (!out.empty() && out.back() != '{') out += ',';
  ((out += '"') += name) += "\":";
}

void collect_from_json(const FieldInfo& field, const boost::json::value& json, std::string_view tag,
                       std::set<RawId>& out);

void collect_from_object(const TypeInfo& type, const boost::json::value& json, std::string_view tag,
                         std::set<RawId>& out) {
  const auto* object = json.if_object();
  if (object == nullptr) return;
  for (const FieldInfo& field : type.fields)
    if (const auto* value = object->if_contains(field.name)) collect_from_json(field, *value, tag, out);
}

void collect_from_json(const FieldInfo& field, const boost::json::value& json, std::string_view tag,
                       std::set<RawId>& out) {
  if (const auto* list = json.if_array()) {
    for (const auto& item : *list) collect_from_json(field, item, tag, out);
  } else if (field.object != nullptr) {
    collect_from_object(*field.object, json, tag, out);
  } else if (const auto* text = json.if_string(); text != nullptr && field.tag == tag) {
    if (const auto id = RawId::parse({text->data(), text->size()}); id && !id->is_nil()) out.insert(*id);
  }
}

}  // namespace

bool is_ledger_number(const FieldInfo& field) {
  static constexpr std::array names = {"no",     "duty",      "notice", "opened_by",
                                       "met_by", "caused_by", "event",  "source_event"};
  return field.kind == FieldKind::integer && std::ranges::find(names, field.name) != names.end();
}

void add_text(std::string& out, std::string_view name, std::string_view text) {
  add_name(out, name);
  write_json_string(out, text);
}

void add_json(std::string& out, std::string_view name, std::string_view json) {
  add_name(out, name);
  out += json;
}

std::string quoted(std::string_view text) {
  std::string out;
  write_json_string(out, text);
  return out;
}

std::string words_json(const Words& say) {
  return fmt::format(R"({{"zh":{},"en":{}}})", quoted(say.zh), quoted(say.en));
}

void write_row(std::string& out, const TableType& table, const void* row) {
  out += '{';
  RowWriter writer(out, *table.info);
  table.put(writer, row);
  out += '}';
}

namespace {

/// Behind the closing quote of the JSON text that begins at `from`.
std::size_t end_of_text(std::string_view json, std::size_t from) {
  for (std::size_t at = from + 1;; ++at) {
    at = json.find('"', at);
    if (at == std::string_view::npos) return json.size();
    std::size_t first = at;  // of the backslashes before the quote: an even number of them leaves it a quote
    while (json[first - 1] == '\\') --first;
    if ((at - first) % 2 == 0) return at + 1;
  }
}

}  // namespace

std::string without_big_numbers(std::string_view json) {
  constexpr std::size_t shortest = 16;  // digits of 2^53
  std::string out;
  out.reserve(json.size() + 16);
  std::size_t copied = 0;  // what needs no change is copied in long pieces
  for (std::size_t i = 0; i < json.size();) {
    if (json[i] == '"') {  // a text stays as it is
      i = end_of_text(json, i);
    } else if (is_digit(json[i])) {
      std::size_t end = i;
      while (end < json.size() && is_digit(json[end])) ++end;
      const bool whole = end == json.size() || (json[end] != '.' && json[end] != 'e' && json[end] != 'E');
      const bool fraction = i > 0 && (json[i - 1] == '.' || json[i - 1] == '+' || json[i - 1] == 'e');
      if (end - i >= shortest && whole && !fraction && (i == 0 || json[i - 1] != '-')) {
        out += json.substr(copied, i - copied);
        ((out += '"') += json.substr(i, end - i)) += '"';
        copied = end;
      }
      i = end;
    } else {
      ++i;
    }
  }
  return out += json.substr(std::min(copied, json.size()));
}

void collect_ids(const TypeInfo& type, const void* row, std::string_view tag, std::set<RawId>& out) {
  for (const FieldInfo& field : type.fields) {
    if (field.object == nullptr && field.tag != tag) continue;
    const FieldValue value = field.get(row);
    if (const auto* id = std::get_if<RawId>(&value); id != nullptr && !id->is_nil()) out.insert(*id);
    if (const auto* ids = std::get_if<std::vector<RawId>>(&value)) out.insert(ids->begin(), ids->end());
    if (field.object == nullptr) continue;
    if (const auto* json = std::get_if<std::string>(&value))
      collect_from_object(*field.object, parse_own_json(*json), tag, out);
    if (const auto* list = std::get_if<std::vector<std::string>>(&value))
      for (const std::string& item : *list)
        collect_from_object(*field.object, parse_own_json(item), tag, out);
  }
}

}  // namespace fx::api
