#include "desks/gates/verdict.hpp"

#include <algorithm>

namespace fx::gates {
namespace {

void judge_codes(const Observed& o, const GateRules& rules, std::vector<Reason>& reasons) {
  if (rules.health_code && !o.health) reasons.push_back(Reason::no_code);
  if (rules.travel_code && !o.travel) reasons.push_back(Reason::no_travel_code);
  if (rules.health_code && o.health == HealthCode::yellow) reasons.push_back(Reason::yellow_code);
  if (rules.travel_code && rules.stars && o.travel == TravelCode::starred)
    reasons.push_back(Reason::travel_star);
}

void judge_body(const Observed& o, const GateRules& rules, std::vector<Reason>& reasons) {
  if (rules.fever_c && !o.temperature) reasons.push_back(Reason::no_temperature);
  if (!rules.certificate_h) return;
  if (!o.certificate_age)
    reasons.push_back(Reason::certificate_missing);
  else if (*o.certificate_age > *rules.certificate_h)
    reasons.push_back(Reason::certificate_expired);
}

void judge_grave(const Observed& o, const GateRules& rules, std::vector<Reason>& reasons) {
  if (rules.fever_c && o.temperature && *o.temperature >= *rules.fever_c) reasons.push_back(Reason::fever);
  if (rules.health_code && o.health == HealthCode::red) reasons.push_back(Reason::red_code);
  if (o.key_region) reasons.push_back(Reason::key_region);
  if (o.on_control_list) reasons.push_back(Reason::on_control_list);
  if (o.not_classed) reasons.push_back(Reason::not_classed);
}

}  // namespace

Verdict least(Reason reason) {
  if (reason == Reason::fever) return Verdict::fever_clinic;
  return reason > Reason::fever ? Verdict::red_channel : Verdict::second_check;
}

Judged judge(const Observed& observed, const GateRules& rules) {
  Judged out;
  judge_codes(observed, rules, out.reasons);
  judge_body(observed, rules, out.reasons);
  if (observed.snapshot_age && rules.snapshot_min && *observed.snapshot_age > *rules.snapshot_min)
    out.reasons.push_back(Reason::snapshot_old);
  judge_grave(observed, rules, out.reasons);
  for (const Reason reason : out.reasons) out.verdict = std::max(out.verdict, least(reason));
  return out;
}

}  // namespace fx::gates
