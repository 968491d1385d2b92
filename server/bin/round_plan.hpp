#pragma once

#include "api/parts.hpp"

namespace fx::bin {

/// Works out a plan, or a forecast, of a mass round from what the asker says and the rulebook's values of that place and
/// time. Pure: nothing is read or kept. `asked` as the OpenAPI description has it (AskedPlan).
std::optional<std::string> round_plan(const boost::json::value& asked, const Rules& rules,
                                      std::int32_t county, Faults& faults);

}  // namespace fx::bin
