#include <fmt/format.h>

#include <algorithm>

#include "base/text.hpp"
#include "kernel/derive.hpp"
#include "rulebook/frozen.hpp"
#include "rulebook/rulebook.hpp"

namespace fx::rulebook {
namespace {

/// 12 hexadecimal digits that follow from all names and texts: the same files, the same version, everywhere.
std::string version_of(std::span<const File> files) {
  std::vector<const File*> sorted;
  for (const File& file : files) sorted.push_back(&file);
  std::ranges::sort(sorted, {}, [](const File* f) { return std::string_view(f->name); });
  std::string all;
  for (const File* file : sorted) all += fmt::format("{}\n{}\n{}", file->name, file->text.size(), file->text);
  const std::string text = named_id("rulebook", all).text();
  return text.substr(0, 8) + text.substr(9, 4);
}

/// What every rulebook has: ids that name something, documents behind it, a time when it holds.
void check_whole(const std::vector<Entry>& entries, Problems& problems) {
  const auto any = [&](std::string_view kind) {
    return std::ranges::any_of(entries, [&](const Entry& entry) { return entry.kind() == kind; });
  };
  for (const Entry& entry : entries)
    if (const auto* id = entry.body().if_contains("id");
        id != nullptr && id->is_string() && trim(entry.id()).empty())
      entry.error(problems, "/id", "编号（id）为空", "the id is empty");
  if (!any("profile"))
    problems.add({"profiles.toml",
                  1,
                  "profile",
                  {"没有任何版本：规则库是空的", "there is no [[profile]]: nothing is ever in force"},
                  false,
                  {}});
  if (!entries.empty() && !any("source"))
    problems.add({"sources.toml",
                  1,
                  "source",
                  {"没有任何出处", "there is no [[source]]: nothing says where a number is written"},
                  false,
                  {}});
}

}  // namespace

Loaded load(std::span<const File> files, const Registry& registry, const Options& options) {
  Loaded out;
  out.version = version_of(files);
  Problems problems;
  const std::vector<Entry> entries = read_entries(files, problems);
  check_whole(entries, problems);
  auto compiled = std::make_shared<Compiled>();
  compiled->version = out.version;
  compiled->late_entry = options.late_entry;
  compiled->values.load(entries, options.pathogens, problems);
  compile_rules(*compiled, entries, registry, problems);
  prepare_frozen(*compiled);
  problems.sort();
  out.problems = problems.list();
  if (!problems.has_errors()) out.rulebook = std::make_shared<const Rulebook>(std::move(compiled));
  return out;
}

std::string check(const Loaded& loaded, bool zh) {
  std::string out;
  std::size_t errors = 0;
  for (const Problem& problem : loaded.problems) {
    out += problem.text(zh) + "\n";
    errors += problem.warning ? 0 : 1;
  }
  const std::size_t warnings = loaded.problems.size() - errors;
  if (errors > 0)
    return out + (zh ? fmt::format("规则库未装入：{}处错误，{}处提示\n", errors, warnings)
                     : fmt::format("rulebook not loaded: {} errors, {} warnings\n", errors, warnings));
  const Compiled& book = loaded.rulebook->compiled();
  std::size_t values = 0;
  for (const Pathogen& pathogen : book.values.pathogens()) values += pathogen.values.size();
  return out + (zh ? fmt::format("规则库{}：{}个取值，{}条规则，{}条待用，{}处提示\n", loaded.version, values,
                                 book.rules.size(), book.pending.size(), warnings)
                   : fmt::format("rulebook {}: {} values, {} rules, {} pending, {} warnings\n",
                                 loaded.version, values, book.rules.size(), book.pending.size(), warnings));
}

RuleValue Rulebook::value(std::string_view id, Instant at, std::int32_t jurisdiction) const {
  return compiled_->values.rule_value(id, compiled_->values.find(id, at, jurisdiction), compiled_->version);
}

RuleValue Rulebook::value(std::string_view id, Instant at, std::int32_t jurisdiction,
                          std::string_view pathogen) const {
  const Values& values = compiled_->values;
  return values.rule_value(id, values.find(id, at, jurisdiction, values.pathogen_index(pathogen)),
                           compiled_->version);
}

std::string Rulebook::version() const { return compiled_->version; }

}  // namespace fx::rulebook
