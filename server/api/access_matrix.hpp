#pragma once

#include <string>

#include "kernel/access.hpp"
#include "kernel/registry.hpp"

namespace fx::api {

/// Who may do what where, worked out by asking `access` itself: a line an operation and role, with what the role reaches
/// from each kind of unit that can hold it — its own house, others of its county, a county below, one beside, the city
/// above. A new operation is in it by itself.
std::string access_matrix(const Registry& registry, const Access& access);

}  // namespace fx::api
