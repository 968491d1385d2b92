#include "desks/gates/snapshot.hpp"

namespace fx::gates {

Snapshot snapshot_of(const Gate& gate, const ListNow* list, const Rules& rules, Instant now,
                     std::int32_t county) {
  Snapshot out{
      .gate = gate.id,
      .kind = gate.kind,
      .shift = gate.shift,
      .county = county,
      .issued_at = now,
      .valid_until = {},
      .rulebook = rules.version(),
      .rules = gate_rules(rules, gate.kind, now, county),
      .history_d = static_cast<std::int32_t>(number_of(rules, "G.history_d", now, county).value_or(0)),
      .key_classes = key_classes(rules, now, county),
      .list_version = list != nullptr ? list->number : 0,
      .places = list != nullptr ? list->entries : std::vector<RegionEntry>{}};
  if (out.rules.snapshot_min)
    out.valid_until = now + std::chrono::minutes(static_cast<std::int64_t>(*out.rules.snapshot_min));
  return out;
}

}  // namespace fx::gates
