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

/// The rule lines of a scenario as an overlay file of the nation, in force from its start.
rulebook::File overlay_file(const std::vector<scenario::RuleLine>& lines, Instant from);

}  // namespace fx::bin
