#pragma once

#include "desks/isolation/facts.hpp"
#include "kernel/context.hpp"
#include "kernel/view.hpp"

namespace fx::isolation {

/// Every test of the phase that ends is answered as the row of the rulebook wants it, and no sample is without an answer
/// [R-STY-6]. `one_lab`: somebody says why one laboratory did all.
void judge_tests(const Stay& stay, const View& view, const Context& context, bool one_lab, Refusals& no);

/// Goods and surfaces of the room, where the rulebook asks for them.
void judge_surfaces(const Stay& stay, const Context& context, Refusals& no);

}  // namespace fx::isolation
