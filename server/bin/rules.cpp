#include "bin/rules.hpp"

#include <fmt/format.h>

#include <fstream>
#include <sstream>

#include "api/assets.hpp"
#include "kernel/registry.hpp"
#include "rulebook/compile.hpp"
#include "scenario/runner.hpp"

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

constexpr std::string_view line_file = "rule line ";

/// One rule line as an overlay. A scenario speaks of one pathogen's rulebook: the first, as settled for the demonstration.
rulebook::File overlay_file(const scenario::RuleLine& line, std::size_t number, Instant from) {
  std::string text = fmt::format(
      "pathogen = \"covid19-cn\"\n[[overlay]]\nid = \"{}\"\njurisdiction = {}\n{}\nsource = \"project\"\n"
      "evidence = \"P\"\nfrom = {}\n",
      line.id, line.jurisdiction,
      line.value == "not_allowed" ? "not_allowed = true" : "value = " + toml_value(line.value),
      format(day_of(from)));
  // The nation approves what a place sets; above the nation there is nobody.
  if (line.jurisdiction != 0) text += "approved_by = 0\n";
  return {fmt::format("{}{}", line_file, number), std::move(text)};
}

/// What is wrong with the rule lines; throws when the rulebook itself is at fault.
scenario::FaultyRules faults_of(const rulebook::Loaded& loaded) {
  std::vector<std::pair<std::size_t, std::string>> out;
  for (const auto& problem : loaded.problems) {
    if (problem.warning) continue;
    if (!problem.file.starts_with(line_file))
      throw std::runtime_error("the rulebook does not load:\n" + rulebook::check(loaded));
    out.emplace_back(std::stoul(problem.file.substr(line_file.size())), problem.say.en);
  }
  return scenario::FaultyRules(std::move(out));
}

}  // namespace

std::unique_ptr<Rules> ScenarioBook::with(const std::vector<scenario::RuleLine>& lines, Instant from) {
  auto files = rulebook_files(folder_);
  for (std::size_t i = 0; i < lines.size(); ++i) files.push_back(overlay_file(lines[i], i, from));
  const auto loaded = rulebook::load(files, registry_);
  if (!loaded.rulebook) throw faults_of(loaded);
  book_ = loaded.rulebook;
  return std::make_unique<rulebook::Rulebook>(*book_);
}

bool ScenarioBook::has_rule(std::string_view id) const { return book_->compiled().rule(id) != nullptr; }

}  // namespace fx::bin
