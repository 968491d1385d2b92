#include <fmt/format.h>

#include <algorithm>
#include <filesystem>

#include "api/assets.hpp"
#include "bin/cli.hpp"
#include "bin/program.hpp"
#include "rulebook/compile.hpp"
#include "scenario/runner.hpp"
#include "scenario/together.hpp"

namespace fx::bin {
namespace {

/// One night told in several files, each about one part of the work; the first by name says when it begins.
constexpr std::string_view night = "demo/";
/// Of every demonstration account: the persons are fictitious and the realm is for trying.
constexpr std::string_view demonstration_password = "beiling-2022";
/// Settled.md 9: SC-01 can be played from here with every clock right.
constexpr std::string_view demonstration_begins = "2022-07-17T21:30:00+08:00";
constexpr std::int32_t demonstration_city = 990100;

scenario::Script demonstration() {
  std::vector<scenario::Script> parts;
  for (const auto& asset : assets::reference()) {
    if (!asset.path.starts_with(night) || !asset.path.ends_with(".scenario")) continue;
    auto parsed = scenario::parse_text(asset.path, asset.text);
    if (auto* errors = std::get_if<std::vector<scenario::ScriptError>>(&parsed))
      throw std::runtime_error(
          fmt::format("{}:{}: {}", asset.path, errors->front().line, errors->front().say));
    parts.push_back(std::get<scenario::Script>(std::move(parsed)));
  }
  if (parts.empty()) throw std::runtime_error("the demonstration is not in this program");
  std::ranges::sort(parts, {}, &scenario::Script::file);
  return scenario::together(parts);
}

void make_realm_files(const std::filesystem::path& directory, const RealmFile& realm) {
  if (std::filesystem::exists(directory / "realm.json"))
    throw std::runtime_error("there is a realm in " + directory.string());
  std::filesystem::create_directories(directory);
  if (!std::filesystem::is_empty(directory))
    throw std::runtime_error(directory.string() +
                             " is not empty: the demonstration is made in a directory of its own");
  (void)runtime::create_key_file((directory / "realm.key").string());
  save_realm(directory, realm);
}

void create(const std::filesystem::path& directory, const StorePlace& place) {
  make_realm_files(directory, {.realm = api::Realm::training,
                               .name_zh = "北岭市（演示）",
                               .name_en = "Beiling City (demonstration)",
                               .jurisdiction = demonstration_city,
                               .created_at = format(runtime::SystemClock().machine())});
  Program program({.directory = directory, .rulebook = {}, .broken = {}, .place = place});
  scenario::Parts parts{*program.registry, program.access,
                        [&](const std::vector<scenario::RuleLine>&, Instant) {
                          return std::unique_ptr<Rules>(std::make_unique<rulebook::Rulebook>(*program.book));
                        }};
  parts.has_rule = [&](std::string_view id) { return program.book->compiled().rule(id) != nullptr; };
  parts.store = &program.store;
  parts.seal = [&](Command& command, const Context& context) {
    program.seal(command, context);
    std::vector<Command> one(1);
    one.front().new_keys = command.new_keys;
    program.store_keys(one);
  };
  parts.password = demonstration_password;
  const auto report = scenario::run(parts, demonstration());
  for (const auto& failure : report.failures)
    fmt::print(stderr, "{} (line {})\n    {}: {}\n", failure.text, failure.line, failure.at,
               failure.happened);
  if (!report.passed()) throw std::runtime_error("the demonstration could not be played");
  program.realm.clock_at = *parse_instant(demonstration_begins);
  save_realm(directory, program.realm);
  fmt::print("made {}: {} events, {} duties\n", directory.string(), report.events, report.duties);
}

struct SignIn {
  std::string user;
  std::string password;
  std::string name;
  std::vector<Role> roles;
  std::string unit;
  std::string unit_en;
};
BOOST_DESCRIBE_STRUCT(SignIn, (), (user, password, name, roles, unit, unit_en))

std::vector<SignIn> sign_ins() {
  std::vector<SignIn> out;
  std::map<std::string, scenario::UnitLine> units;
  for (const auto& line : demonstration().lines) {
    if (const auto* unit = std::get_if<scenario::UnitLine>(&line.what)) units[unit->name] = *unit;
    if (const auto* post = std::get_if<scenario::PostLine>(&line.what))
      out.push_back({post->name, std::string(demonstration_password), post->full_name, post->roles,
                     units[post->unit].zh, units[post->unit].en});
  }
  return out;
}

void print_sign_ins(bool json) {
  const auto all = sign_ins();
  if (json) return fmt::print("{}\n", to_json(all));
  fmt::print("demonstration sign-ins, password of all: {}\n", demonstration_password);
  for (const auto& who : all) {
    std::string roles;
    for (const Role role : who.roles) roles += (roles.empty() ? "" : ",") + std::string(enum_text(role));
    fmt::print("  {:<14} {:<8} {} · {}\n", who.user, roles, who.unit, who.unit_en);
  }
}

}  // namespace

void add_demo(CLI::App& app, int&) {
  auto* group = app.add_subcommand(
      "demo", "the demonstration realm: fictitious Beiling City, a night's work in progress");
  group->require_subcommand(1);
  auto directory = std::make_shared<std::string>();
  auto json = std::make_shared<bool>(false);
  auto* made = group->add_subcommand("create", "make the demonstration realm in an empty directory");
  made->add_option("--data", *directory, "data directory")->required();
  auto place = std::make_shared<StorePlace>();
  add_store_options(*made, *place);
  made->callback([directory, place] { create(*directory, *place); });
  auto* printed = group->add_subcommand("sign-ins", "print who can sign in");
  printed->add_flag("--json", *json);
  printed->callback([json] { print_sign_ins(*json); });
}

}  // namespace fx::bin
