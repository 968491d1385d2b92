// Committed print-outs, read as diffs: what the program answers and who may do what. Without these a new operation could
// open a door nobody looked at. FX_UPDATE_GOLDEN=1 writes them anew.
#include <gtest/gtest.h>

#include <cstdlib>
#include <fstream>
#include <sstream>

#include "access/scope.hpp"
#include "api/access_matrix.hpp"
#include "api/openapi.hpp"
#include "bin/desks.hpp"
#include "tests/golden/gate_verdicts.hpp"

namespace fx {
namespace {

std::string path_of(const std::string& name) { return std::string(FX_SOURCE_DIR) + "/tests/golden/" + name; }

std::string committed(const std::string& name) {
  std::ifstream in(path_of(name), std::ios::binary);
  std::ostringstream text;
  text << in.rdbuf();
  return text.str();
}

/// The first line that differs, so that a failure names it.
std::string first_difference(const std::string& a, const std::string& b) {
  std::istringstream left(a);
  std::istringstream right(b);
  std::string x;
  std::string y;
  for (int line = 1;; ++line) {
    const bool more_x = static_cast<bool>(std::getline(left, x));
    const bool more_y = static_cast<bool>(std::getline(right, y));
    if (!more_x && !more_y) return "none";
    if (more_x != more_y || x != y)
      return "line " + std::to_string(line) + "\n  committed: " + (more_x ? x : "(end)") +
             "\n  now:       " + (more_y ? y : "(end)");
  }
}

void expect_golden(const std::string& name, const std::string& now) {
  if (std::getenv("FX_UPDATE_GOLDEN") != nullptr) {
    std::ofstream(path_of(name), std::ios::binary) << now;
    return;
  }
  const std::string before = committed(name);
  EXPECT_TRUE(before == now) << name << " differs at " << first_difference(before, now)
                             << "\nread the change, then write it with FX_UPDATE_GOLDEN=1";
}

TEST(Golden, OpenApi) { expect_golden("openapi.json", api::openapi(*bin::make_registry())); }

TEST(Golden, AccessMatrix) {
  expect_golden("access-matrix.txt", api::access_matrix(*bin::make_registry(), ScopeAccess()));
}

TEST(Golden, GateVerdicts) { expect_golden("gate_verdicts.json", gates::verdict_cases()); }

TEST(Golden, TheSameProgramPrintsTheSame) {
  EXPECT_EQ(api::openapi(*bin::make_registry()), api::openapi(*bin::make_registry()));
}

TEST(Golden, NoOperationAndNoListEscapesTheMatrix) {
  const auto registry = bin::make_registry();
  const std::string matrix = api::access_matrix(*registry, ScopeAccess());
  for (const Operation* operation : registry->operations())
    EXPECT_NE(matrix.find("\n" + operation->full_name()), std::string::npos) << operation->full_name();
  for (const Desk& desk : registry->desks())
    for (const List& list : desk.lists())
      EXPECT_NE(matrix.find("\n" + desk.name() + "/" + list.name + "\n"), std::string::npos) << list.name;
}

}  // namespace
}  // namespace fx
