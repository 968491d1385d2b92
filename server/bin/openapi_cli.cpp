#include <fmt/format.h>

#include "api/openapi.hpp"
#include "bin/cli.hpp"
#include "bin/desks.hpp"

namespace fx::bin {

void add_openapi(CLI::App& app, int&) {
  auto* command = app.add_subcommand("openapi", "print the OpenAPI 3.1 document of this program");
  command->callback([] {
    const auto registry = make_registry();
    fmt::print("{}", api::openapi(*registry));
  });
}

}  // namespace fx::bin
