#pragma once

#include "rulebook/values.hpp"

namespace fx::rulebook {

/// How what a place sets for itself stands to what is stated above it.
enum class Standing {
  same,      ///< equal, within the bounds, or left to the place
  stricter,  ///< beyond the strict bound
  laxer,     ///< beyond the lax bound, or a duty, ban or schedule is taken away
  apart      ///< another, and no declared order says which way
};

/// Numbers and clock times are ordered by the value's `stricter`; texts, flags, lists and tables have no order.
/// Between kinds of cell: off is laxer than a value, and anything is laxer than what is not allowed. Who forbids for himself
/// what is owed above takes it away as well: apart.
/// `above` nullptr: nothing is stated there, which is the same as off.
Standing standing(const ValueMeta& meta, const Row& local, const Row* above);

/// What of `above` the local row went beyond: the bound on that side, or the whole cell.
std::string limit_text(const ValueMeta& meta, const Row* above, Standing side);

}  // namespace fx::rulebook
