#include <boost/json/serialize.hpp>

#include "importing/command_sink.hpp"

namespace fx::importing {
namespace {

constexpr std::string_view withheld = "(withheld)";

std::string_view result_of(LabVerdict verdict) {
  switch (verdict) {
    case LabVerdict::positive: return "positive";
    case LabVerdict::negative: return "negative";
    case LabVerdict::indeterminate: return "grey";
    default: return "invalid";
  }
}

std::string_view status_of(Standing standing) {
  switch (standing) {
    case Standing::final_result: return "reported";
    case Standing::correction: return "corrected";
    case Standing::withdrawal: return "withdrawn";
    case Standing::without_consequence: break;
  }
  return "preliminary";
}

/// The same patient of the same sender is one person, whichever message names them.
RawId patient_key(const ImportItem& item, const LabReport& report) {
  if (report.patient.numbers.empty()) return item.key;
  const PatientNumber& number = report.patient.numbers.front();
  return import_key({"patient", report.sending_facility, number.authority, number.type, number.value});
}

PlannedCommand patient_command(const ImportItem& item, const LabReport& report, const ImportPlace& place,
                               const RawId& person) {
  const LabPatient& patient = report.patient;
  boost::json::object fields{{"person", person.text()},
                             {"name", patient.name.empty() ? std::string(withheld) : patient.name},
                             {"reason", "HL7 " + report.sending_facility + " " + item.label}};
  if (patient.birth_day && *patient.birth_day <= day_of(place.now))
    fields["birth_day"] = format(*patient.birth_day);
  if (patient.sex != Sex::unknown) fields["sex"] = patient.sex == Sex::male ? "male" : "female";
  if (!patient.phones.empty()) fields["phone"] = patient.phones.front();
  if (!patient.address.empty()) fields["address"] = patient.address;
  // Another message may say the same patient otherwise: a command of its own, which finds the person there.
  const std::string said = boost::json::serialize(fields);
  return {"people.register_person",
          std::move(fields),
          import_key({"command", "person", person.text(), said}),
          {},
          "person",
          person,
          "R-PER-5"};
}

bool readable(const Observation& observation) {
  return observation.verdict != LabVerdict::none && !observation.pathogen.empty();
}

void put_time(boost::json::object& fields, std::string_view key, std::optional<Instant> at, Instant now) {
  if (at && *at <= now) fields[key] = format(*at);
}

PlannedCommand result_command(const ImportItem& item, const LabOrder& order, const Observation& observation,
                              const ImportPlace& place, const RawId& person, const RawId& id,
                              std::size_t index) {
  boost::json::array warnings;
  for (const RowFault& warning : item.warnings) warnings.emplace_back(warning.code + " " + warning.field);
  if (observation.verdict == LabVerdict::unreadable)
    warnings.emplace_back("F-UNREADABLE " + observation.value.text);
  boost::json::object fields{{"external_result", id.text()},
                             {"specimen", order.specimen.id.empty() ? item.label : order.specimen.id},
                             {"person", person.text()},
                             {"pathogen", observation.pathogen},
                             {"result", result_of(observation.verdict)},
                             {"status", status_of(observation.standing)},
                             {"warnings", std::move(warnings)}};
  put_time(fields, "sampled_at", order.specimen.collected_at, place.now);
  put_time(fields, "resulted_at", observation.analysed_at ? observation.analysed_at : order.reported_at,
           place.now);
  return {"screening.record_external_result",
          std::move(fields),
          import_key({"command", item.key.text(), std::to_string(index)}),
          {}};
}

}  // namespace

ItemPlan plan_lab_report(const ImportItem& item, const LabReport& report, const PlanContext& context) {
  const ImportPlace& place = context.place;
  ItemPlan plan;
  if (place.live && report.processing != "P") {
    plan.faults.push_back(
        {item.row,
         "MSH",
         "MSH-11",
         "F-PROCESSING",
         {"非生产消息不进入正式库", "not a production message: a live realm does not take it"}});
    return plan;
  }
  const RawId person = item_id(patient_key(item, report), "person", report.sent_at, place.jurisdiction);
  plan.commands.push_back(patient_command(item, report, place, person));
  std::size_t index = 0;
  for (const LabOrder& order : report.orders)
    for (const Observation& observation : order.observations) {
      if (!readable(observation)) continue;
      // A correction or withdrawal finds its original by sender, specimen and test; a first word is the message's own.
      const bool follows =
          observation.standing == Standing::correction || observation.standing == Standing::withdrawal;
      const RawId key =
          follows ? import_key({"result", report.sending_facility, order.specimen.id, observation.test.code})
                  : import_key({"result", item.key.text(), std::to_string(index)});
      plan.commands.push_back(
          result_command(item, order, observation, place, person,
                         item_id(key, "external_result", report.sent_at, place.jurisdiction), index));
      ++index;
    }
  if (index == 0) plan.note = "no result of a pathogen that is followed";
  return plan;
}

}  // namespace fx::importing
