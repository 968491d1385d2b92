#include <fmt/format.h>

#include <cstdio>
#include <fstream>
#include <sstream>

#include "access/scope.hpp"
#include "bin/cli.hpp"
#include "bin/desks.hpp"
#include "bin/rules.hpp"
#include "scenario/runner.hpp"

namespace fx::bin {
namespace {

scenario::Report play(const Registry& registry, const std::string& file) {
  const std::string text = read_file(file);
  auto parsed =
      file.ends_with(".json") ? scenario::parse_json_form(file, text) : scenario::parse_text(file, text);
  if (auto* errors = std::get_if<std::vector<scenario::ScriptError>>(&parsed)) {
    scenario::Report report;
    report.file = file;
    for (auto& error : *errors) report.failures.push_back({error.line, "", "", error.say});
    return report;
  }
  const ScopeAccess access;
  ScenarioBook book(registry);
  const scenario::Parts parts{
      registry, access,
      [&](const std::vector<scenario::RuleLine>& lines, Instant from) { return book.with(lines, from); },
      [&](std::string_view id) { return book.has_rule(id); }};
  return scenario::run(parts, std::get<scenario::Script>(parsed));
}

void print_text(const scenario::Report& report) {
  for (const auto& failure : report.failures)
    fmt::print("{}:{}: {}\n    {} happened instead: {}\n", report.file, failure.line, failure.text,
               failure.at, failure.happened);
  fmt::print("{} {}: {} steps, {} expectations, {} events, {} duties, {} failed\n",
             report.passed() ? "passed" : "FAILED", report.title.empty() ? report.file : report.title,
             report.commands, report.expectations, report.events, report.duties, report.failures.size());
}

std::string to_json_report(const scenario::Report& report) {
  std::string out = R"({"file":)";
  write_json_string(out, report.file);
  out += R"(,"title":)";
  write_json_string(out, report.title);
  out += fmt::format(R"(,"passed":{},"steps":{},"expectations":{},"events":{},"duties":{},"failures":[)",
                     report.passed(), report.commands, report.expectations, report.events, report.duties);
  for (std::size_t i = 0; i < report.failures.size(); ++i) {
    const auto& failure = report.failures[i];
    out += fmt::format(R"({}{{"line":{},"text":)", i > 0 ? "," : "", failure.line);
    write_json_string(out, failure.text);
    out += R"(,"at":)";
    write_json_string(out, failure.at);
    out += R"(,"happened":)";
    write_json_string(out, failure.happened);
    out += '}';
  }
  return out + "]}";
}

}  // namespace

std::string read_file(const std::string& path) {
  std::ifstream in(path, std::ios::binary);
  if (!in) throw std::runtime_error("cannot read " + path);
  std::ostringstream text;
  text << in.rdbuf();
  return text.str();
}

void add_scenario(CLI::App& app, int& exit_code) {
  auto* group = app.add_subcommand("scenario", "play scenarios on the production core and a simulated clock");
  group->require_subcommand(1);
  auto* run = group->add_subcommand(
      "run", "play scenario files (docs/scenarios.md) and print each expectation that fails");
  auto files = std::make_shared<std::vector<std::string>>();
  auto json = std::make_shared<bool>(false);
  run->add_option("files", *files, "scenario files: text, or JSON when the name ends in .json")
      ->required()
      ->check(CLI::ExistingFile);
  run->add_flag("--json", *json, "one JSON object a file");
  run->callback([files, json, &exit_code] {
    const auto registry = make_registry();
    std::size_t failed = 0;
    for (const auto& file : *files) {
      const auto report = play(*registry, file);
      failed += report.passed() ? 0 : 1;
      if (*json)
        fmt::print("{}\n", to_json_report(report));
      else
        print_text(report);
    }
    if (!*json) fmt::print("{} passed, {} failed\n", files->size() - failed, failed);
    exit_code = failed == 0 ? 0 : 1;
  });
}

}  // namespace fx::bin
