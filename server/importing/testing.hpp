#pragma once

#include <gtest/gtest.h>

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <sstream>
#include <string>
#include <utility>
#include <vector>

#include "importing/import_source.hpp"

/// What the tests of this room share.
namespace fx::importing::testing {

inline std::string slurp(const std::filesystem::path& path) {
  std::stringstream text;
  text << std::ifstream(path, std::ios::binary).rdbuf();
  return text.str();
}

/// The catalogue as it ships, from the source tree.
inline const ImportCatalogue& catalogue() {
  static const ImportCatalogue loaded = [] {
    const std::filesystem::path reference = std::filesystem::path(FX_SOURCE_DIR) / "reference";
    std::vector<std::pair<std::string, std::string>> files;
    for (const char* name : {"hl7-results.toml", "stop-words.toml", "instruments.toml"})
      files.emplace_back(name, slurp(reference / name));
    for (const auto& entry : std::filesystem::directory_iterator(reference / "tables"))
      files.emplace_back("tables/" + entry.path().filename().string(), slurp(entry.path()));
    auto read = load_catalogue(files);
    if (!read) {
      for (const Refusal& one : read.error().list()) ADD_FAILURE() << one.path << ": " << one.say.en;
      return ImportCatalogue{};
    }
    return *std::move(read);
  }();
  return loaded;
}

inline Instant at(const char* text) { return *parse_instant(text); }
inline Day day(const char* text) { return *parse_day(text); }

/// All refusals as "path: sentence".
inline std::string said(const Refusals& no) {
  std::string out;
  for (const Refusal& one : no.list()) out += one.code + " " + one.path + ": " + one.say.en + "\n";
  return out;
}

/// Real data that is not part of this repository. Empty when it is not there.
inline std::filesystem::path shared_data() {
  const char* set = std::getenv("FANGXIAN_SHARED_DATA");
  const std::filesystem::path path = set != nullptr
                                         ? std::filesystem::path(set)
                                         : std::filesystem::path(FX_SOURCE_DIR) / ".." / "shared" / "data";
  std::error_code error;
  return std::filesystem::is_directory(path / "real", error) ? path / "real" : std::filesystem::path();
}

}  // namespace fx::importing::testing

#define FX_NEED_SHARED_DATA()                          \
  if (::fx::importing::testing::shared_data().empty()) \
  GTEST_SKIP() << "no folder ../shared/data beside the repository (or FANGXIAN_SHARED_DATA): not checked"
