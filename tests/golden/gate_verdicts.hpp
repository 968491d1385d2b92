#pragma once

#include <string>

#include "desks/gates/verdict.hpp"

namespace fx::gates {

/// Every seventeenth of all combinations of facts under three sets of values, with what follows: the browser's gate
/// must find the same (web/src/desks/gates/verdict.test.ts).
inline std::string verdict_cases() {
  const GateRules v9{37.3, true, true, false, 48, 120};
  const GateRules v8{37.3, true, true, true, {}, 120};
  const GateRules t10{37.3, false, false, false, {}, {}};
  const std::optional<double> temperatures[] = {{}, 36.5, 37.3};
  const std::optional<double> ages[] = {{}, 48, 51.2};
  const std::optional<double> snapshots[] = {{}, 120, 121};
  std::string out = "[";
  for (const GateRules& rules : {v9, v8, t10})
    for (int n = 0; n < 2592; n += 17) {
      int rest = n;
      const auto digit = [&](int base) {
        const int d = rest % base;
        rest /= base;
        return d;
      };
      Observed o;
      if (const int d = digit(4); d > 0) o.health = HealthCode(d - 1);
      if (const int d = digit(3); d > 0) o.travel = TravelCode(d - 1);
      o.temperature = temperatures[digit(3)];
      o.certificate_age = ages[digit(3)];
      o.snapshot_age = snapshots[digit(3)];
      o.key_region = digit(2) == 1;
      o.on_control_list = digit(2) == 1;
      o.not_classed = digit(2) == 1;
      out += (out.size() > 1 ? ",\n" : "\n");
      out += R"({"observed":)" + to_json(o) + R"(,"rules":)" + to_json(rules) + R"(,"judged":)" +
             to_json(judge(o, rules)) + "}";
    }
  return out + "\n]\n";
}

}  // namespace fx::gates
