#include "bin/desks.hpp"

#include "desks/all.hpp"
#include "handoffs/handoffs.hpp"

namespace fx::bin {

std::unique_ptr<Registry> make_registry() {
  return std::make_unique<Registry>(desks::all(), handoffs::all());
}

}  // namespace fx::bin
