#pragma once

#include <optional>
#include <string_view>

#include "base/time.hpp"

namespace fx::importing {

/// YYYYMMDD[HH[MM[SS[.S…]]]][±ZZZZ]. A stamp without zone is read at `zone`; one without hour is the day's
/// beginning. Nothing when the text is no time, or does not reach the day.
std::optional<Instant> parse_hl7_instant(std::string_view text, Duration zone);

/// The civil day a stamp names, whatever its zone (a birth date moves with nobody).
std::optional<Day> parse_hl7_day(std::string_view text);

}  // namespace fx::importing
