#pragma once

#include <string>

#include "kernel/registry.hpp"

namespace fx::api {

/// OpenAPI 3.1 of everything the program answers, from the desks' cards and described types. The same registry gives
/// the same text, on every machine.
std::string openapi(const Registry& registry);

}  // namespace fx::api
