#include "importing/table_kinds.hpp"

#include <map>

#include "base/described.hpp"

namespace fx::importing {

bool is_field_of(TableKind kind, std::string_view field) {
  return with_row_of(kind, [&](const auto& row) {
    bool found = false;
    for_each_member<std::remove_cvref_t<decltype(row)>>(
        [&](std::string_view name, auto) { found = found || name == field; });
    return found;
  });
}

const std::vector<std::string>* codes_of_field(std::string_view field) {
  static const std::map<std::string, std::vector<std::string>, std::less<>> fields = {
      {"sex", {"male", "female", "unknown"}},
      {"case_class", {"confirmed", "asymptomatic", "suspected", "screen_positive", "no_case"}},
      {"severity", {"mild", "ordinary", "severe", "critical", "unclassified"}},
      {"outcome", {"cured", "died", "unknown"}},
      {"document_type",
       {"resident_id", "residence_permit", "hkm_travel_permit", "taiwan_travel_permit", "passport",
        "foreign_permanent", "birth_certificate", "military_id", "other"}},
      {"contact_kind", {"patient", "staff", "household", "colleague", "companion", "service", "other"}},
      {"follow_up", {"under_follow_up", "completed", "lost", "became_case", "died", "cancelled", "none"}},
      {"status", {"seen_well", "seen_ill", "missed", "not_attempted", "not_performed"}},
      {"result", {"positive", "negative", "grey", "invalid"}},
      {"certainty", {"low", "medium", "high"}},
  };
  const auto found = fields.find(field);
  return found == fields.end() ? nullptr : &found->second;
}

}  // namespace fx::importing
