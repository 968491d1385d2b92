#pragma once

#include <filesystem>

#include "rulebook/rulebook.hpp"
#include "scenario/script.hpp"

namespace fx::bin {

/// The rulebook's files: those in the program, or of a folder when one is named.
std::vector<rulebook::File> rulebook_files(const std::filesystem::path& folder = {});

/// Loads or throws std::runtime_error with every problem.
std::shared_ptr<const rulebook::Rulebook> load_rulebook(const Registry& registry,
                                                        std::vector<rulebook::File> files);

/// The rulebook of a scenario: the program's own, or a folder's, with the scenario's rule lines over it.
class ScenarioBook {
 public:
  explicit ScenarioBook(const Registry& registry, std::filesystem::path folder = {})
      : registry_(registry), folder_(std::move(folder)) {}

  /// Approved by the nation, in force from the start. Throws scenario::FaultyRules for lines that do not fit.
  std::unique_ptr<Rules> with(const std::vector<scenario::RuleLine>& lines, Instant from);
  /// In what was loaded last.
  [[nodiscard]] bool has_rule(std::string_view id) const;

 private:
  const Registry& registry_;
  std::filesystem::path folder_;
  std::shared_ptr<const rulebook::Rulebook> book_;
};

}  // namespace fx::bin
