#include <fmt/format.h>

#include "base/text.hpp"
#include "bin/cli.hpp"

namespace fx::bin {
namespace {

std::vector<const CLI::App*> verbs_of(const CLI::App& app) {
  return app.get_subcommands([](const CLI::App*) { return true; });
}

const CLI::App* verb_of(const CLI::App& app, const std::string& word) {
  for (const CLI::App* verb : verbs_of(app))
    if (verb->get_name() == word) return verb;
  return nullptr;
}

std::string names_of(const CLI::App& app) {
  std::vector<std::string> names;
  for (const CLI::App* verb : verbs_of(app)) names.push_back(verb->get_name());
  return join(names, ", ");
}

}  // namespace

std::string unknown_verb(const CLI::App& app, const std::vector<std::string>& words) {
  const CLI::App* group = &app;
  std::string way;
  for (const std::string& word : words) {
    if (word.starts_with('-') || verbs_of(*group).empty()) return {};
    const CLI::App* verb = verb_of(*group, word);
    if (verb == nullptr) return fmt::format("there is no '{}{}'; there are: {}", way, word, names_of(*group));
    way += word + " ";
    group = verb;
  }
  return {};
}

void add_help(CLI::App& app, int&) {
  auto* command = app.add_subcommand("help", "print the verbs, or how one of them is used");
  auto words = std::make_shared<std::vector<std::string>>();
  command->add_option("verb", *words, "e.g. rulebook check");
  command->callback([&app, words] {
    const std::string unknown = unknown_verb(app, *words);
    if (!unknown.empty()) throw std::runtime_error(unknown);
    const CLI::App* asked = &app;
    std::string name = "fangxian";
    for (const std::string& word : *words) {
      const CLI::App* verb = verb_of(*asked, word);
      if (verb == nullptr) break;  // of a verb's own words, e.g. a file
      asked = verb;
      name += " " + word;
    }
    // As `app --help` prints it: help() of the parsed app would be that of "help" itself.
    fmt::print("{}", asked->get_formatter()->make_help(asked, name, CLI::AppFormatMode::Normal));
  });
}

}  // namespace fx::bin
