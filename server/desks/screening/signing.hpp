#pragma once

// What it takes to authorise a result, alone or with a whole plate.

#include "desks/screening/lookups.hpp"
#include "desks/screening/rounds/share.hpp"

namespace fx::screening {

/// R-STATE, R-TUB-8, R-TUB-9, R-TUB-12; `at` is put before the paths.
Refusals judge_signing(const Tube& tube, TestResult result, const Context& context, const std::string& at);

/// Keys of a result that is to be signed.
void own_signing(const Tube& tube, TestResult result, const Loaded& loaded, KeySet& keys);

ResultAuthorised authorised(const Tube& tube, TestResult result, const View& view, const Context& context);

}  // namespace fx::screening
