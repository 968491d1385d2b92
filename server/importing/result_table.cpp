#include "importing/result_table.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <set>

#include "base/described.hpp"
#include "base/text.hpp"
#include "importing/toml_reader.hpp"

namespace fx::importing {

/// Reads the table and collects every complaint.
class ResultTable::Loader {
 public:
  explicit Loader(TomlReader& in) : in_(in) {}

  void load() {
    for (const auto& entry : in_.tables("status")) {
      const auto standing = choice<Standing>(entry, "standing");
      for (const TomlText& letter : in_.texts(entry, "codes")) add(out_.standings_, letter, standing);
    }
    for (const auto& entry : in_.tables("value")) {
      const auto verdict = choice<LabVerdict>(entry, "verdict");
      for (const TomlText& code : in_.texts(entry, "snomed")) add(out_.by_snomed_, code, verdict);
      for (const TomlText& text : in_.texts(entry, "texts")) {
        add(out_.by_text_, TomlText{plain_words(text.text), text.line}, verdict);
      }
    }
    for (const auto& entry : in_.tables("pathogen")) pathogen(entry);
    for (const auto& entry : in_.tables("test")) test(entry);
    for (const auto& entry : in_.tables("question")) {
      const TomlText asks = in_.text(entry, "asks");
      for (const TomlText& code : in_.texts(entry, "loinc")) add(out_.questions_, loinc(code), asks.text);
    }
  }

  ResultTable take() && { return std::move(out_); }

 private:
  template <class E>
  E choice(const TomlTable& entry, const char* key) {
    const TomlText text = in_.text(entry, key);
    const auto value = enum_from<E>(text.text);
    if (!value && !text.text.empty()) {
      in_.complain(text.line, fmt::format("{}: {} ({})", key, text.text, join(enum_choices<E>(), ", ")));
    }
    return value.value_or(E{});
  }

  void pathogen(const TomlTable& entry) {
    const TomlText id = in_.text(entry, "id");
    add(out_.pathogens_, id, Words{.zh = in_.text(entry, "zh").text, .en = in_.text(entry, "en").text});
    for (const TomlText& code : in_.texts(entry, "organisms")) add(out_.organisms_, code, id.text);
    for (const TomlText& name : in_.texts(entry, "names"))
      out_.names_.emplace_back(plain_words(name.text), id.text);
  }

  void test(const TomlTable& entry) {
    const TomlText id = in_.text(entry, "pathogen");
    if (!out_.pathogens_.contains(id.text)) in_.complain(id.line, "pathogen: " + id.text);
    const auto method = choice<TestMethod>(entry, "method");
    for (const TomlText& code : in_.texts(entry, "loinc"))
      add(out_.tests_, loinc(code), Test{id.text, method});
  }

  TomlText loinc(const TomlText& code) {
    if (!is_loinc(code.text)) in_.complain(code.line, "loinc: " + code.text);
    return code;
  }

  template <class Map>
  void add(Map& map, const TomlText& key, typename Map::mapped_type value) {
    if (!map.emplace(key.text, std::move(value)).second) in_.complain(key.line, "twice: " + key.text);
  }

  TomlReader& in_;
  ResultTable out_;
};

Result<ResultTable> ResultTable::load(std::string_view toml, std::string_view file) {
  TomlReader in(toml, file);
  Loader loader(in);
  loader.load();
  if (!in.refusals().empty()) return in.refusals();
  return std::move(loader).take();
}

std::string plain_words(std::string_view text) {
  std::string out;
  for (const char c : lower(trim(text))) {
    const bool blank = c == ' ' || c == '\t' || c == '\r' || c == '\n';
    if (!blank)
      out.push_back(c);
    else if (!out.ends_with(' '))
      out.push_back(' ');
  }
  return out;
}

/// Mod 10 with doubled odd places, counted from the right (LOINC Users' Guide, appendix C).
bool is_loinc(std::string_view code) {
  const std::size_t dash = code.find('-');
  if (dash == std::string_view::npos || dash == 0 || dash > 6 || dash + 2 != code.size()) return false;
  if (!std::ranges::all_of(code.substr(0, dash), is_digit) || !is_digit(code.back())) return false;
  int sum = 0;
  for (std::size_t i = 0; i < dash; ++i) {
    const int digit = code[dash - 1 - i] - '0';
    sum += i % 2 == 1 ? digit : digit * 2 > 9 ? digit * 2 - 9 : digit * 2;
  }
  return (10 - sum % 10) % 10 == code.back() - '0';
}

std::optional<Standing> ResultTable::standing(std::string_view status) const {
  const auto found = standings_.find(status);
  return found == standings_.end() ? std::nullopt : std::optional(found->second);
}

std::optional<ResultTable::Test> ResultTable::test_of(const Coded& test) const {
  // Some senders put anything into the system's place; a LOINC code in our table is one all the same.
  for (const std::string* code : {&test.code, &test.alt_code}) {
    if (const auto found = tests_.find(*code); found != tests_.end()) return found->second;
  }
  // By name only when it names one pathogen: "influenza A/B and SARS-CoV-2" alone does not say which was
  // found.
  std::set<std::string> named;
  for (const std::string* text : {&test.text, &test.alt_text, &test.original_text}) {
    const std::string words = plain_words(*text);
    for (const auto& [name, pathogen] : names_) {
      if (words.contains(name)) named.insert(pathogen);
    }
  }
  return named.size() == 1 ? std::optional(Test{*named.begin(), TestMethod::unknown}) : std::nullopt;
}

std::optional<LabVerdict> ResultTable::verdict_of(const Coded& value, const std::string& pathogen) const {
  for (const std::string* code : {&value.code, &value.alt_code}) {
    if (const auto found = by_snomed_.find(*code); found != by_snomed_.end()) return found->second;
    // The organism itself as the value: found, if it is the one the test looks for.
    if (const auto found = organisms_.find(*code); found != organisms_.end() && found->second == pathogen) {
      return LabVerdict::positive;
    }
  }
  for (const std::string* text : {&value.text, &value.alt_text, &value.original_text, &value.code}) {
    if (const auto found = by_text_.find(plain_words(*text)); found != by_text_.end()) return found->second;
  }
  return std::nullopt;
}

ResultTable::Reading ResultTable::read(const Coded& test, const Coded& value, bool asked) const {
  for (const std::string* code : {&test.code, &test.alt_code}) {
    if (const auto found = questions_.find(*code); found != questions_.end())
      return {.question = found->second};
  }
  if (asked) return {.question = "other"};
  const auto known = test_of(test);
  if (!known) return {.verdict = verdict_of(value, "").value_or(LabVerdict::none)};
  return {.verdict = verdict_of(value, known->pathogen).value_or(LabVerdict::unreadable),
          .pathogen = known->pathogen,
          .method = known->method};
}

}  // namespace fx::importing
