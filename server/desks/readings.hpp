#pragma once

#include "kernel/guards.hpp"

namespace fx::desks {

/// Body temperature in °C a living person can have; anything else is a slip of the finger.
inline bool plausible(double temperature) { return temperature >= 25 && temperature <= 45; }
inline Refusal implausible_temperature(std::string path = "/temperature") {
  return malformed(std::move(path), "体温应在25至45摄氏度之间", "body temperature lies between 25 and 45 °C");
}

}  // namespace fx::desks
