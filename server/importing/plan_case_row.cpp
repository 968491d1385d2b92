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

ListedPerson person_of(const ImportItem& item, const CaseRow& row) {
  return {.key = item.key,
          .name = row.name.empty() ? row.case_id : row.name,
          .document_type = row.document_type,
          .document_number = row.document_number,
          .sex = row.sex,
          .birth_day = row.birth_day,
          .phone = row.phone,
          .address = row.address,
          .reason = "line list " + item.label};
}

std::string note_of(const CaseRow& row) {
  std::string note = row.infection_source;
  if (!row.symptoms.empty()) note += (note.empty() ? "" : "; ") + row.symptoms;
  if (!row.notes.empty()) note += (note.empty() ? "" : "; ") + row.notes;
  for (const std::string& id : row.linked_cases)
    if (note.find(id) == std::string::npos)
      note += (note.empty() ? "" : "; ") + std::string("linked case ") + id;
  return note;
}

PlannedCommand historic_command(const ImportItem& item, const CaseRow& row, const RawId& person,
                                const RawId& id, const std::string& pathogen) {
  boost::json::object fields{{"case_id", id.text()}, {"person", person.text()}, {"pathogen", pathogen}};
  if (row.onset_day) fields["onset_day"] = format(*row.onset_day);
  if (row.confirmed_day) fields["confirm_day"] = format(*row.confirmed_day);
  if (!row.severity.empty()) fields["severity"] = row.severity;
  if (row.death_day || !row.outcome.empty()) fields["outcome"] = row.death_day ? "died" : row.outcome;
  if (const auto note = note_of(row); !note.empty()) fields["source_note"] = note;
  return {"investigation.record_historic_case",
          std::move(fields),
          import_key({"command", item.key.text(), "case"}),
          {},
          "case_file",
          id,
          "R-CAS-5"};
}

void live_commands(ItemPlan& plan, const ImportItem& item, const CaseRow& row, const ImportPlace& place,
                   const RawId& person, const RawId& id, Instant at, const std::string& pathogen) {
  const UnitId unit = place.hospital ? *place.hospital : place.cdc.value_or(UnitId{});
  boost::json::object opened{{"case_id", id.text()},
                             {"person", person.text()},
                             {"pathogen", pathogen},
                             {"hospital", unit.text()},
                             {"sampled_at", format(row.sampled_day ? noon(*row.sampled_day) : at)},
                             {"individual_specimen", true}};
  if (row.onset_day) opened["onset_day"] = format(*row.onset_day);
  plan.commands.push_back({"investigation.open_case", std::move(opened),
                           import_key({"command", item.key.text(), "case"}), at, "case_file", id, "R-CAS-5"});
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
                           import_key({"command", item.key.text(), "class"}), at});
}

/// The infectors a list names, as far as they are known: items come in an order that has infectors first.
void link_infectors(ItemPlan& plan, const ImportItem& item, const CaseRow& row, const RawId& id,
                    const PlanContext& context) {
  if (!row.infectors.empty() && !context.ledger.can("investigation.link_infector")) {
    plan.note = "infectors are not recorded yet";
    return;
  }
  for (const std::string& number : row.infectors) {
    const RawId infector = listed_id(case_key(item.name_space, number), "case", context.place.jurisdiction);
    if (infector != id && context.known("case_file", infector))
      plan.commands.push_back(link_command(item, id, infector, "line list " + item.label));
    else
      plan.note = "infector not known";
  }
}

}  // namespace

ItemPlan plan_case_row(const ImportItem& item, const CaseRow& row, const PlanContext& context) {
  const ImportPlace& place = context.place;
  ItemPlan plan;
  if (row.case_class == "no_case") {
    plan.faults.push_back({item.row,
                           {},
                           "case_class",
                           "F-REF",
                           {"来源已判定不是病例，不导入", "the source says it is no case: not taken over"}});
    return plan;
  }
  const std::string& pathogen = item.pathogen.empty() ? place.default_pathogen : item.pathogen;
  const auto day = known_day(row);
  const Instant at = day ? std::min(noon(*day), place.now) : place.now;
  const RawId person =
      plan_person(plan, person_of(item, row), item.content, day ? std::optional(at) : std::nullopt, context);
  const RawId id = listed_id(item.key, "case", place.jurisdiction);
  if (!day || !context.ledger.in_force(at, pathogen)) {
    plan.commands.push_back(historic_command(item, row, person, id, pathogen));
    plan.note = "no profile in force";
  } else {
    live_commands(plan, item, row, place, person, id, at, pathogen);
  }
  link_infectors(plan, item, row, id, context);
  return plan;
}

}  // namespace fx::importing
