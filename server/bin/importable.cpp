#include "bin/importable.hpp"

#include <algorithm>
#include <array>
#include <filesystem>

#include "base/text.hpp"

namespace fx::bin {
namespace {

/// docs/import.md, "Formats"; HL7 messages also come as .txt.
constexpr std::array<std::string_view, 5> kinds{".csv", ".tsv", ".xlsx", ".hl7", ".txt"};
/// What lies beside data and is none.
constexpr std::array<std::string_view, 6> papers{"license", "licence", "copying",
                                                 "notice",  "readme",  "changelog"};

bool is_kind(const std::filesystem::path& path) {
  const std::string extension = lower(path.extension().string());
  const std::string name = lower(path.filename().string());
  return std::ranges::find(kinds, extension) != kinds.end() && !name.starts_with('.') &&
         std::ranges::none_of(papers, [&](std::string_view paper) { return name.starts_with(paper); });
}

}  // namespace

Importable importable_at(const std::string& path) {
  if (!std::filesystem::is_directory(path)) return {{path}, {}};
  Importable out;
  for (const auto& entry : std::filesystem::recursive_directory_iterator(path))
    if (entry.is_regular_file())
      (is_kind(entry.path()) ? out.files : out.skipped).push_back(entry.path().string());
  std::ranges::sort(out.files);
  std::ranges::sort(out.skipped);
  return out;
}

}  // namespace fx::bin
