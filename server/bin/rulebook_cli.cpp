#include <fmt/format.h>

#include "bin/cli.hpp"
#include "bin/desks.hpp"
#include "bin/division.hpp"
#include "bin/rules.hpp"
#include "rulebook/compile.hpp"
#include "rulebook/vocabulary.hpp"

namespace fx::bin {
namespace {

struct Asked {
  std::string folder;
  std::string other;
  std::string id;
  std::string at;
  std::int32_t in = 0;
  bool csv = false;
  std::string language = "en";
};

Instant moment(const std::string& text) {
  if (const auto at = parse_instant(text)) return *at;
  if (const auto day = parse_day(text)) return start_of(*day);
  throw std::runtime_error("--at wants a day or a time, e.g. 2022-07-17 or 2022-07-17T22:40, not '" + text +
                           "'");
}

/// Of values and of rules.
void known(const rulebook::Compiled& book, const std::string& id) {
  if (book.values.meta(id) != nullptr || book.rule(id) != nullptr) return;
  std::vector<std::string> ids = book.values.ids();
  for (const auto& rule : book.rules) ids.push_back(rule->id);
  throw std::runtime_error("the rulebook has no value and no rule '" + id + "'" +
                           rulebook::did_you_mean(id, ids).en);
}

void why(const Asked& asked) {
  const auto registry = make_registry();
  const auto book = load_rulebook(*registry, rulebook_files(asked.folder));
  known(book->compiled(), asked.id);
  fmt::print("{}\n", rulebook::why(*book, asked.id, moment(asked.at), asked.in));
}

void check(const Asked& asked, int& exit_code) {
  const auto registry = make_registry();
  const auto loaded = rulebook::load(rulebook_files(asked.folder), *registry);
  fmt::print("{}", rulebook::check(loaded, asked.language == "zh"));
  exit_code = loaded.rulebook ? 0 : 1;
}

CLI::App* add(CLI::App& group, const std::string& name, const std::string& what,
              const std::shared_ptr<Asked>& asked, std::function<void(const Asked&)> run) {
  auto* command = group.add_subcommand(name, what);
  command
      ->add_option("--dir", asked->folder, "read the rulebook from this folder instead of the program's own")
      ->check(CLI::ExistingDirectory);
  command->callback([asked, run = std::move(run)] { run(*asked); });
  return command;
}

}  // namespace

void add_rulebook(CLI::App& app, int& exit_code) {
  auto* group = app.add_subcommand("rulebook", "check, ask and print the rulebook");
  group->require_subcommand(1);
  const auto asked = std::make_shared<Asked>();
  const auto loaded = [](const Asked& a, const Registry& registry) {
    return load_rulebook(registry, rulebook_files(a.folder));
  };

  auto* checked = add(*group, "check", "load it and name every problem with file, line, entry and reason",
                      asked, [&exit_code](const Asked& a) { check(a, exit_code); });
  checked->add_option("folder", asked->folder, "folder to check")->check(CLI::ExistingDirectory);
  checked->add_option("--lang", asked->language, "zh or en")->check(CLI::IsMember({"zh", "en"}));

  auto* asks = add(*group, "why", "which row speaks for a value, at a time and place, and why", asked, why);
  asks->add_option("id", asked->id, "value id, e.g. C.case.report_h")->required();
  asks->add_option("--at", asked->at, "when, e.g. 2022-07-17")->required();
  takes_division(asks->add_option("--in", asked->in, "division code, e.g. 990121; 0 is the nation"));

  add(*group, "vocabulary", "every word a rule may use", asked, [](const Asked&) {
    const auto registry = make_registry();
    fmt::print("{}\n", rulebook::vocabulary(*registry));
  });
  add(*group, "unused", "entries that no desk reaches yet", asked, [loaded](const Asked& a) {
    const auto registry = make_registry();
    fmt::print("{}\n", rulebook::unused(*loaded(a, *registry)));
  });
  auto* exported =
      add(*group, "export", "the rulebook as CSV or as a document", asked, [loaded](const Asked& a) {
        const auto registry = make_registry();
        const auto book = loaded(a, *registry);
        fmt::print("{}\n", a.csv ? rulebook::export_csv(*book)
                                 : rulebook::export_document(*book, a.language == "zh"));
      });
  exported->add_flag("--csv", asked->csv, "one line a row");
  exported->add_option("--lang", asked->language, "zh or en")->check(CLI::IsMember({"zh", "en"}));
  auto* diff =
      add(*group, "diff", "what came, went or changed between two folders", asked, [](const Asked& a) {
        const auto registry = make_registry();
        const auto before = load_rulebook(*registry, rulebook_files(a.folder));
        const auto after = load_rulebook(*registry, rulebook_files(a.other));
        fmt::print("{}\n", rulebook::diff(*before, *after));
      });
  diff->add_option("before", asked->folder)->required()->check(CLI::ExistingDirectory);
  diff->add_option("after", asked->other)->required()->check(CLI::ExistingDirectory);
}

}  // namespace fx::bin
