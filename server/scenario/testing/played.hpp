#pragma once

#include <gmock/gmock.h>

#include <filesystem>
#include <fstream>
#include <sstream>

#include "access/scope.hpp"
#include "desks/all.hpp"
#include "handoffs/handoffs.hpp"
#include "rulebook/compile.hpp"
#include "rulebook/rulebook.hpp"
#include "scenario/runner.hpp"
#include "scenario/testing/parsed.hpp"

namespace fx::scenario::testing {

/// All desks, and the repository's own rulebook.
struct House {
  Registry registry{desks::all(), handoffs::all()};
  ScopeAccess access;
  std::shared_ptr<const rulebook::Rulebook> book = [this] {
    const std::filesystem::path root = std::filesystem::path(FX_SOURCE_DIR) / "rulebook";
    std::vector<rulebook::File> files;
    for (const auto& entry : std::filesystem::recursive_directory_iterator(root)) {
      if (entry.path().extension() != ".toml") continue;
      std::ostringstream text;
      text << std::ifstream(entry.path(), std::ios::binary).rdbuf();
      files.push_back({std::filesystem::relative(entry.path(), root).generic_string(), text.str()});
    }
    std::ranges::sort(files, {}, &rulebook::File::name);
    auto loaded = rulebook::load(files, registry);
    FX_ASSERT(loaded.rulebook != nullptr, rulebook::check(loaded));
    return loaded.rulebook;
  }();
};
inline House& house() {
  static House all;
  return all;
}

inline Report played(const Script& script) {
  const Parts parts{house().registry, house().access,
                    [](const std::vector<RuleLine>&, Instant) {
                      return std::unique_ptr<Rules>(std::make_unique<rulebook::Rulebook>(*house().book));
                    },
                    [](std::string_view id) { return house().book->compiled().rule(id) != nullptr; }};
  return run(parts, script);
}
inline Report played(std::string_view text, bool is_json = false) { return played(parsed(text, is_json)); }

MATCHER_P2(failed, line, words, "line " + std::to_string(line) + ": " + words) {
  *result_listener << arg.line << " (" << arg.at << "): " << arg.happened;
  return arg.line == line && arg.happened.find(words) != std::string::npos;
}

}  // namespace fx::scenario::testing
