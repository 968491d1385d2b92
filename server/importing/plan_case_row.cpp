#include "importing/command_sink.hpp"

namespace fx::importing {
namespace {

/// Lists know days, not times: noon stands for the day.
Instant noon(Day day) { return start_of(day) + std::chrono::hours(12); }

std::optional<Day> known_day(const CaseRow& row) {
  for (const auto& day : {row.confirmed_day, row.sampled_day, row.onset_day})
    if (day) return day;
  return std::nullopt;
}

PlannedCommand person_command(const ImportItem& item, const CaseRow& row, const RawId& person, Instant at) {
  boost::json::object fields{{"person", person.text()}, {"name", row.name.empty() ? row.case_id : row.name}};
  if (!row.document_type.empty() && !row.document_number.empty()) {
    fields["document_type"] = row.document_type;
    fields["document_number"] = row.document_number;
  } else {
    fields["reason"] = "line list " + item.label;
  }
  if (row.sex != Sex::unknown) fields["sex"] = row.sex == Sex::male ? "male" : "female";
  if (row.birth_day) fields["birth_day"] = format(*row.birth_day);
  if (!row.phone.empty()) fields["phone"] = row.phone;
  if (!row.address.empty()) fields["address"] = row.address;
  return {"people.register_person", std::move(fields),
          import_key({"command", item.key.text(), item.content.text(), "person"}), at, false};
}

std::string note_of(const CaseRow& row) {
  std::string note = row.infection_source;
  if (!row.symptoms.empty()) note += (note.empty() ? "" : "; ") + row.symptoms;
  if (!row.notes.empty()) note += (note.empty() ? "" : "; ") + row.notes;
  return note;
}

PlannedCommand historic_command(const ImportItem& item, const CaseRow& row, const ImportPlace& place,
                                const RawId& person, const RawId& id) {
  boost::json::object fields{
      {"case_id", id.text()}, {"person", person.text()}, {"pathogen", place.default_pathogen}};
  if (row.onset_day) fields["onset_day"] = format(*row.onset_day);
  if (row.confirmed_day) fields["confirm_day"] = format(*row.confirmed_day);
  if (!row.severity.empty()) fields["severity"] = row.severity;
  if (row.death_day) fields["outcome"] = "died";
  if (const auto note = note_of(row); !note.empty()) fields["source_note"] = note;
  return {"investigation.record_historic_case", std::move(fields),
          import_key({"command", item.key.text(), "case"}), place.now, false};
}

void live_commands(ItemPlan& plan, const ImportItem& item, const CaseRow& row, const ImportPlace& place,
                   const RawId& person, const RawId& id, Instant at) {
  const UnitId unit = place.hospital ? *place.hospital : place.cdc.value_or(UnitId{});
  boost::json::object opened{{"case_id", id.text()},
                             {"person", person.text()},
                             {"pathogen", place.default_pathogen},
                             {"hospital", unit.text()},
                             {"sampled_at", format(row.sampled_day ? noon(*row.sampled_day) : at)},
                             {"individual_specimen", true}};
  if (row.onset_day) opened["onset_day"] = format(*row.onset_day);
  plan.commands.push_back({"investigation.open_case", std::move(opened),
                           import_key({"command", item.key.text(), "case"}), at, false});
  const bool confirmed = row.case_class.empty() || row.case_class == "confirmed";
  if (confirmed && row.severity.empty()) {
    plan.note = "severity unknown: the CDC classifies";
    return;
  }
  if (row.case_class == "screen_positive") return;
  boost::json::object classified{{"case_id", id.text()}, {"class", confirmed ? "confirmed" : row.case_class}};
  if (confirmed) {
    classified["severity"] = row.severity;
    classified["decision_note"] = "line list " + item.label;
  }
  plan.commands.push_back({"investigation.classify_case", std::move(classified),
                           import_key({"command", item.key.text(), "class"}), at, false});
}

}  // namespace

ItemPlan plan_case_row(const ImportItem& item, const CaseRow& row, const ImportPlace& place,
                       const std::function<bool(Instant)>& in_force) {
  ItemPlan plan;
  const auto day = known_day(row);
  const Instant at = day ? std::min(noon(*day), place.now) : place.now;
  const RawId person = item_id(item.key, "person", at, place.jurisdiction);
  const RawId id = item_id(item.key, "case", at, place.jurisdiction);
  plan.commands.push_back(person_command(item, row, person, at));
  if (!day || !in_force(at)) {
    plan.commands.push_back(historic_command(item, row, place, person, id));
    plan.note = "no profile in force";
    return plan;
  }
  live_commands(plan, item, row, place, person, id, at);
  return plan;
}

}  // namespace fx::importing
