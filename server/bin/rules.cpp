#include "bin/rules.hpp"

#include <fmt/format.h>

#include <fstream>
#include <sstream>

#include "api/assets.hpp"
#include "kernel/registry.hpp"

namespace fx::bin {

std::vector<rulebook::File> rulebook_files(const std::filesystem::path& folder) {
  std::vector<rulebook::File> files;
  if (folder.empty()) {
    for (const auto& asset : assets::rulebook())
      if (asset.path.ends_with(".toml")) files.push_back({std::string(asset.path), std::string(asset.text)});
    return files;
  }
  for (const auto& entry : std::filesystem::recursive_directory_iterator(folder)) {
    if (entry.path().extension() != ".toml") continue;
    std::ifstream in(entry.path(), std::ios::binary);
    std::ostringstream text;
    text << in.rdbuf();
    files.push_back({std::filesystem::relative(entry.path(), folder).generic_string(), text.str()});
  }
  std::ranges::sort(files, {}, &rulebook::File::name);
  return files;
}

std::shared_ptr<const rulebook::Rulebook> load_rulebook(const Registry& registry,
                                                        std::vector<rulebook::File> files) {
  auto loaded = rulebook::load(files, registry);
  if (!loaded.rulebook) throw std::runtime_error("the rulebook does not load:\n" + rulebook::check(loaded));
  return loaded.rulebook;
}

namespace {

/// A value as TOML: numbers, lists and tables as they are, words in quotes.
std::string toml_value(const std::string& value) {
  const bool number = !value.empty() && value.find_first_not_of("0123456789.") == std::string::npos;
  const bool whole = number || value.starts_with('[') || value.starts_with('{');
  return whole ? value : "\"" + value + "\"";
}

}  // namespace

rulebook::File overlay_file(const std::vector<scenario::RuleLine>& lines, Instant from) {
  // A scenario speaks of one pathogen's rulebook: the first, as settled for the demonstration.
  std::string text = "pathogen = \"covid19-cn\"\n";
  for (const auto& line : lines) {
    text += fmt::format(
        "\n[[overlay]]\nid = \"{}\"\njurisdiction = {}\n{}\nsource = \"project\"\nevidence = \"P\"\nfrom = "
        "{}\n",
        line.id, line.jurisdiction,
        line.value == "not_allowed" ? "not_allowed = true" : "value = " + toml_value(line.value),
        format(day_of(from)));
    // The nation approves what a place sets; above the nation there is nobody.
    if (line.jurisdiction != 0) text += "approved_by = 0\n";
  }
  return {"scenario.toml", text};
}

}  // namespace fx::bin
