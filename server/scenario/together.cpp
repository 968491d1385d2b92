#include "scenario/together.hpp"

#include <algorithm>

namespace fx::scenario {
namespace {

/// A step and the lines that belong to it.
struct Block {
  std::string at;  ///< with its date
  std::vector<Line> lines;
};

const std::string* time_of(const Line& line) {
  if (const auto* step = std::get_if<DoLine>(&line.what)) return &step->at;
  if (const auto* clock = std::get_if<ClockLine>(&line.what)) return &clock->at;
  return nullptr;
}

/// `HH:MM` is of the day of the step before it; a step after midnight says its date.
std::string dated(const std::string& time, const std::string& before) {
  if (time.find(' ') != std::string::npos) return time;
  return before.substr(0, before.find(' ')) + " " + time;
}

bool is_cast(const Line& line) {
  return !std::holds_alternative<DoLine>(line.what) && !std::holds_alternative<ClockLine>(line.what) &&
         !std::holds_alternative<LetLine>(line.what) && !std::holds_alternative<ExpectLine>(line.what);
}

}  // namespace

Script together(const std::vector<Script>& scripts) {
  Script whole;
  if (scripts.empty()) return whole;
  whole.file = scripts.front().file;
  whole.title = scripts.front().title;
  whole.start = scripts.front().start;
  std::vector<Block> blocks;
  for (const Script& script : scripts) {
    std::string clock = script.start;
    for (Line line : script.lines) {
      if (scripts.size() > 1) line.text = script.file + ": " + line.text;
      if (is_cast(line)) {
        whole.lines.push_back(std::move(line));
        continue;
      }
      if (const std::string* time = time_of(line)) {
        clock = dated(*time, clock);
        blocks.push_back({clock, {}});
      }
      if (blocks.empty()) blocks.push_back({clock, {}});
      blocks.back().lines.push_back(std::move(line));
    }
  }
  std::ranges::stable_sort(blocks, {}, &Block::at);
  for (Block& block : blocks) std::ranges::move(block.lines, std::back_inserter(whole.lines));
  return whole;
}

}  // namespace fx::scenario
