#include "scenario/words.hpp"

#include "base/time.hpp"

namespace fx::scenario {

std::optional<std::vector<std::string>> words_of(std::string_view line) {
  std::vector<std::string> words;
  std::string word;
  int depth = 0;
  bool quoted = false;
  for (const char c : line) {
    if (quoted) {
      word += c;
      quoted = c != '"';
      continue;
    }
    if (c == '#' && word.empty() && depth == 0) break;
    if ((c == ' ' || c == '\t' || c == '\r') && depth == 0) {
      if (!word.empty()) words.push_back(std::move(word));
      word.clear();
      continue;
    }
    quoted = c == '"';
    if (c == '[' || c == '{') ++depth;
    if (c == ']' || c == '}') --depth;
    if (depth < 0) return std::nullopt;
    word += c;
  }
  if (quoted || depth != 0) return std::nullopt;
  if (!word.empty()) words.push_back(std::move(word));
  return words;
}

std::string unquoted(std::string_view word) {
  if (word.size() >= 2 && word.front() == '"' && word.back() == '"') word = word.substr(1, word.size() - 2);
  return std::string(word);
}

std::optional<std::pair<std::string, std::string>> pair_of(std::string_view word) {
  const auto at = word.find('=');
  if (at == std::string_view::npos || at == 0) return std::nullopt;
  return std::pair(std::string(word.substr(0, at)), std::string(word.substr(at + 1)));
}

bool is_clock(std::string_view word) { return parse_clock(word).has_value(); }
bool is_date(std::string_view word) { return parse_day(word).has_value(); }
bool is_time(std::string_view text) {
  const auto blank = text.find(' ');
  if (blank == std::string_view::npos) return is_clock(text);
  return is_date(text.substr(0, blank)) && is_clock(text.substr(blank + 1));
}

}  // namespace fx::scenario
