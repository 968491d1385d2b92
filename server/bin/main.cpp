#include <cstdio>
#include <exception>

#include "bin/cli.hpp"

int main(int argc, char** argv) {
  CLI::App app("Fangxian 防线: epidemic prevention and control");
  app.set_version_flag("--version", std::string("fangxian ") + FX_VERSION);
  app.require_subcommand(1);
  int exit_code = 0;
  fx::bin::add_serve(app, exit_code);
  fx::bin::add_demo(app, exit_code);
  fx::bin::add_init(app, exit_code);
  fx::bin::add_verify(app, exit_code);
  fx::bin::add_rulebook(app, exit_code);
  fx::bin::add_scenario(app, exit_code);
  fx::bin::add_import(app, exit_code);
  fx::bin::add_database(app, exit_code);
  fx::bin::add_copy(app, exit_code);
  fx::bin::add_openapi(app, exit_code);
  fx::bin::add_backup(app, exit_code);
  fx::bin::add_restore(app, exit_code);
  fx::bin::add_trace(app, exit_code);
  fx::bin::add_help(app, exit_code);
  constexpr int usage_error = 2;
  const std::string unknown = fx::bin::unknown_verb(app, std::vector<std::string>(argv + 1, argv + argc));
  if (!unknown.empty()) {
    std::fprintf(stderr, "fangxian: %s\n", unknown.c_str());
    return usage_error;
  }
  try {
    app.parse(argc, argv);
  } catch (const CLI::ParseError& error) {
    return app.exit(error) == 0 ? 0 : usage_error;  // 0: help or the version was asked for
  } catch (const std::exception& error) {
    std::fprintf(stderr, "fangxian: %s\n", error.what());
    return usage_error;
  }
  return exit_code;
}
