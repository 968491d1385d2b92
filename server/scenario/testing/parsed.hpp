#pragma once

#include <gmock/gmock.h>
#include <boost/json/serialize.hpp>

#include "scenario/script.hpp"

namespace fx::scenario::testing {

using Parsed = std::variant<Script, std::vector<ScriptError>>;

inline Parsed read(std::string_view text, bool is_json = false) {
  return is_json ? parse_json_form("test.scenario.json", text) : parse_text("test.scenario", text);
}

inline Script parsed(std::string_view text, bool is_json = false) {
  Parsed out = read(text, is_json);
  if (const auto* errors = std::get_if<std::vector<ScriptError>>(&out)) {
    for (const auto& error : *errors) ADD_FAILURE() << error.line << ": " << error.say;
    return {};
  }
  return std::get<Script>(std::move(out));
}

inline std::vector<ScriptError> faults_of(std::string_view text, bool is_json = false) {
  Parsed out = read(text, is_json);
  if (auto* errors = std::get_if<std::vector<ScriptError>>(&out)) return std::move(*errors);
  return {};
}

MATCHER_P2(fault, line, words, "line " + std::to_string(line) + ": " + words) {
  *result_listener << arg.line << ": " << arg.say;
  return arg.line == line && arg.say.find(words) != std::string::npos;
}

template <class T>
const T& at(const Script& script, std::size_t index) {
  static const T none{};
  const T* line = index < script.lines.size() ? std::get_if<T>(&script.lines[index].what) : nullptr;
  if (line == nullptr) ADD_FAILURE() << "line " << index << " is of another kind, or not there";
  return line != nullptr ? *line : none;
}

inline std::string json(const boost::json::value& value) { return boost::json::serialize(value); }

}  // namespace fx::scenario::testing
