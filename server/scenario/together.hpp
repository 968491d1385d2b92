#pragma once

#include "scenario/script.hpp"

namespace fx::scenario {

/// Several scripts of one night as one story: the casts in the order of the scripts, then what is done, by the clock; at one minute in
/// the order of the scripts. A step after midnight says its date. What follows a step (names given, expectations) stays with it. Title and start are the first's.
Script together(const std::vector<Script>& scripts);

}  // namespace fx::scenario
