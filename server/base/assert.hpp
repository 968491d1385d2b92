#pragma once

#include <stdexcept>
#include <string>

namespace fx {

/// A bug of ours, never the fault of an input. Inside decide, evolve and the rulebook it fails the one command
/// that met it (kernel-notes §1); in store, seal and timer code it stops the process.
class Defect : public std::logic_error {
 public:
  using std::logic_error::logic_error;
};

[[noreturn]] inline void defect(const char* condition, const char* file, int line, const std::string& why) {
  throw Defect(std::string(file) + ":" + std::to_string(line) + ": " + condition + ": " + why);
}

}  // namespace fx

/// Stays on in production; never used to judge input.
#define FX_ASSERT(condition, why)                                        \
  do {                                                                   \
    if (!(condition)) ::fx::defect(#condition, __FILE__, __LINE__, why); \
  } while (false)
