#include "importing/instrument_words.hpp"

#include <algorithm>
#include <charconv>

#include "base/described.hpp"
#include "base/text.hpp"
#include "importing/result_table.hpp"
#include "importing/toml_reader.hpp"

namespace fx::importing {
namespace {

template <class Map, class Value>
void put(TomlReader& in, Map& map, const TomlText& word, const Value& value) {
  if (!map.emplace(plain_words(word.text), value).second) in.complain(word.line, "twice: " + word.text);
}

/// Words under codes: `[call] positive = ["阳性", …]`.
template <class Map, class Known>
void put_all(TomlReader& in, const char* section, Map& map, Known known) {
  for (const auto& [code, words] : in.lists(in.root(), section)) {
    if (!known(code.text)) in.complain(code.line, std::string(section) + ": " + code.text);
    for (const TomlText& word : words) put(in, map, word, code.text);
  }
}

}  // namespace

Result<InstrumentWords> InstrumentWords::load(std::string_view toml, std::string_view file) {
  TomlReader in(toml, file);
  InstrumentWords out;
  in.only(in.root(), {"internal_control", "no_ct", "gene", "role", "call", "control"});
  put_all(in, "gene", out.genes_, [](const std::string&) { return true; });
  put_all(in, "role", out.roles_,
          [](const std::string& code) { return enum_from<WellRole>(code).has_value(); });
  put_all(in, "call", out.calls_, [](const std::string& code) {
    return code == "negative" || code == "positive" || code == "grey" || code == "invalid";
  });
  put_all(in, "control", out.controls_,
          [](const std::string& code) { return code == "passed" || code == "failed"; });
  for (const TomlText& word : in.texts(in.root(), "internal_control")) put(in, out.internal_, word, true);
  for (const TomlText& word : in.texts(in.root(), "no_ct")) put(in, out.no_ct_, word, true);
  if (!in.refusals().empty()) return in.refusals();
  return out;
}

const std::string* InstrumentWords::find(const Table& table, std::string_view written) {
  const auto found = table.find(plain_words(written));
  return found == table.end() ? nullptr : &found->second;
}

std::string InstrumentWords::gene(std::string_view written) const {
  const std::string* known = find(genes_, written);
  return known != nullptr ? *known : std::string(trim(written));
}

bool InstrumentWords::is_gene(std::string_view written) const { return find(genes_, written) != nullptr; }

bool InstrumentWords::is_internal_control(std::string_view target) const {
  return internal_.contains(plain_words(target));
}

std::optional<WellRole> InstrumentWords::role(std::string_view written) const {
  const std::string* code = find(roles_, written);
  return code != nullptr ? enum_from<WellRole>(*code) : std::nullopt;
}

std::optional<std::string> InstrumentWords::call(std::string_view written) const {
  const std::string* code = find(calls_, written);
  return code != nullptr ? std::optional(*code) : std::nullopt;
}

std::optional<InternalControl> InstrumentWords::control(std::string_view written) const {
  const std::string* code = find(controls_, written);
  return code != nullptr ? enum_from<InternalControl>(*code) : std::nullopt;
}

bool InstrumentWords::is_no_ct(std::string_view written) const {
  return trim(written).empty() || no_ct_.contains(plain_words(written));
}

std::optional<std::string> normal_well(std::string_view written) {
  const std::string_view text = trim(written);
  if (text.size() < 2 || text.size() > 3) return std::nullopt;
  const char row = static_cast<char>(text[0] >= 'a' && text[0] <= 'z' ? text[0] - 'a' + 'A' : text[0]);
  int column = 0;
  const auto [end, error] = std::from_chars(text.data() + 1, text.data() + text.size(), column);
  constexpr int most_columns = 24;
  if (row < 'A' || row > 'P' || error != std::errc() || end != text.data() + text.size() || column < 1 ||
      column > most_columns)
    return std::nullopt;
  return row + std::to_string(column);
}

std::optional<double> read_ct(std::string_view written) {
  std::string text(trim(written));
  std::ranges::replace(text, ',', '.');
  double value = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  constexpr double most_cycles = 100;
  if (error != std::errc() || end != text.data() + text.size() || !(value >= 0 && value <= most_cycles))
    return std::nullopt;
  return value;
}

}  // namespace fx::importing
