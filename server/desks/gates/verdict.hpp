#pragma once

#include <optional>
#include <vector>

#include "base/described.hpp"
#include "desks/gates/words.hpp"

namespace fx::gates {

/// What is known of one person at one gate at one moment. Absent = nobody asked, nobody answered.
struct Observed {
  std::optional<HealthCode> health;
  std::optional<TravelCode> travel;
  std::optional<double> temperature;      ///< °C
  std::optional<double> certificate_age;  ///< hours since the sample of the last negative
  bool key_region = false;  ///< was in a listed place within the look-back, and nobody settled it
  bool on_control_list = false;
  bool not_classed = false;            ///< left the first landing place before a class was set
  std::optional<double> snapshot_age;  ///< minutes; only at a gate that judged without the server
};
BOOST_DESCRIBE_STRUCT(Observed, (),
                      (health, travel, temperature, certificate_age, key_region, on_control_list, not_classed,
                       snapshot_age))

/// The rulebook's values for one gate on one day, as the snapshot carries them. Absent = no such rule here and now.
struct GateRules {
  std::optional<double> fever_c;        ///< G.temp_c
  bool health_code = false;             ///< G.codes names it
  bool travel_code = false;             ///< G.codes names it, and it is not over
  bool stars = false;                   ///< G.codes.stars
  std::optional<double> certificate_h;  ///< E.cert.h.<kind of gate>
  std::optional<double> snapshot_min;   ///< G.snapshot_min
};
BOOST_DESCRIBE_STRUCT(GateRules, (), (fever_c, health_code, travel_code, stars, certificate_h, snapshot_min))

struct Judged {
  Verdict verdict = Verdict::pass;
  std::vector<Reason> reasons;  ///< in the order of their declaration
};
BOOST_DESCRIBE_STRUCT(Judged, (), (verdict, reasons))

/// What follows from the facts: the gravest of what each of them asks for [domain model G1/G2].
/// Keeps  a further red fact never makes it milder; nothing but the arguments matters, so the browser's gate judges
///        with the same table (tests/golden/gate_verdicts.json) and the server repeats it
/// Cost   O(1)
Judged judge(const Observed& observed, const GateRules& rules);

/// What a reason asks for at least.
Verdict least(Reason reason);

/// Never ends in PASSED, whoever decides (R-GAT-2, R-GAT-5, R-JRN-2); the others are the gatekeeper's to settle.
inline bool forbids_passing(Verdict verdict) {
  return verdict == Verdict::fever_clinic || verdict == Verdict::red_channel;
}

}  // namespace fx::gates
