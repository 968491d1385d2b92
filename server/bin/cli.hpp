#pragma once

#include <CLI/CLI.hpp>

#include "journal/verify.hpp"

namespace fx::bin {

// Each adds its subcommands; their callbacks set `exit_code`.
void add_scenario(CLI::App& app, int& exit_code);
void add_rulebook(CLI::App& app, int& exit_code);
void add_verify(CLI::App& app, int& exit_code);
void add_serve(CLI::App& app, int& exit_code);
void add_demo(CLI::App& app, int& exit_code);
void add_init(CLI::App& app, int& exit_code);
void add_import(CLI::App& app, int& exit_code);
void add_database(CLI::App& app, int& exit_code);
void add_copy(CLI::App& app, int& exit_code);
void add_openapi(CLI::App& app, int& exit_code);
void add_backup(CLI::App& app, int& exit_code);
void add_restore(CLI::App& app, int& exit_code);
void add_trace(CLI::App& app, int& exit_code);
void add_help(CLI::App& app, int& exit_code);

/// Says that the words of the command line name no verb, and which there are; empty when they do.
std::string unknown_verb(const CLI::App& app, const std::vector<std::string>& words);

/// Reads a whole file; throws std::runtime_error naming it.
std::string read_file(const std::string& path);
/// "batch:link" as it was noted outside; throws std::runtime_error.
journal::Anchor parse_anchor(const std::string& text);

}  // namespace fx::bin
