#include <boost/json/serialize.hpp>

#include <map>

#include "desks/screening/facts.hpp"
#include "importing/ledger_row.hpp"

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

/// The same patient of the same sender is one person, whichever message names them; who has no number is known by the
/// first specimen, the name and the birth day: laboratories give their specimens the same numbers day by day.
RawId patient_key(const ImportItem& item, const LabReport& report) {
  if (report.patient.numbers.empty()) {
    if (report.orders.empty() || report.orders.front().specimen.id.empty()) return item.key;
    const std::string born = report.patient.birth_day ? format(*report.patient.birth_day) : "";
    return import_key({"patient of specimen", report.sending_facility, report.orders.front().specimen.id,
                       report.patient.name, born});
  }
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

/// The results of one message.
class Results {
 public:
  Results(const ImportItem& item, const LabReport& report, const PlanContext& context, const RawId& person)
      : item_(item), report_(report), context_(context), person_(person) {}

  void plan(ItemPlan& plan) {
    for (const LabOrder& order : report_.orders) {
      if (is_ours(order.specimen.id)) {
        plan.faults.push_back(
            {item_.row,
             "SPM",
             "SPM-2",
             "F-REF",
             {"这是本系统的采样管，由检测实验室按仪器结果录入并审核：" + order.specimen.id,
              "a tube of this realm: its laboratory reads it in as an instrument's result and "
              "signs it: " +
                  order.specimen.id}});
        continue;
      }
      for (const Observation& observation : order.observations)
        if (readable(observation)) plan_one(order, observation, plan);
    }
    if (read_ == 0 && plan.faults.empty()) plan.note = "no result of a pathogen that is followed";
    if (read_ > 0) plan.recorded = read_ == known_;
  }

 private:
  /// Only an unknown specimen is an external result (settled 26): a tube that was linked here has members, and its result is
  /// worth nothing without its internal control and two signatures.
  [[nodiscard]] bool is_ours(const std::string& specimen) const {
    const auto claim = ledger_row<Claim>(context_.ledger, screening::code_claim(specimen));
    return claim && ledger_row<screening::Tube>(context_.ledger, claim->holder);
  }

  /// First word, correction and withdrawal of one result find one row: by sender, patient, specimen and test, whatever the
  /// message; `nth` among those of the same test in a message.
  RawId id_of(const LabOrder& order, const Observation& observation) {
    const std::string& specimen = order.specimen.id.empty() ? item_.key.text() : order.specimen.id;
    const std::string test = specimen + "\n" + observation.test.code + "\n" + observation.sub_id;
    const std::string nth = std::to_string(seen_[test]++);
    return listed_id(import_key({"result", report_.sending_facility, person_.text(), specimen,
                                 observation.test.code, observation.sub_id, nth}),
                     "external_result", context_.place.jurisdiction);
  }

  /// Said already, perhaps under another message number; a final word also by the correction that came before it.
  [[nodiscard]] bool is_known(const RawId& id, const Observation& observation) const {
    const auto known = ledger_row<screening::ExternalResult>(context_.ledger, id);
    if (!known || known->person != PersonId{person_}) return false;
    if (enum_text(known->result) != result_of(observation.verdict)) return false;
    return enum_text(known->status) == status_of(observation.standing) ||
           (observation.standing == Standing::final_result &&
            known->status == screening::ExternalStatus::corrected);
  }

  void plan_one(const LabOrder& order, const Observation& observation, ItemPlan& plan) {
    const RawId id = id_of(order, observation);
    const std::size_t index = read_++;
    if (is_known(id, observation))
      ++known_;
    else
      plan.commands.push_back(command(order, observation, id, index));
  }

  [[nodiscard]] PlannedCommand command(const LabOrder& order, const Observation& observation, const RawId& id,
                                       std::size_t index) const {
    const Instant now = context_.place.now;
    boost::json::array warnings;
    for (const RowFault& warning : item_.warnings) warnings.emplace_back(warning.code + " " + warning.field);
    if (observation.verdict == LabVerdict::unreadable)
      warnings.emplace_back("F-UNREADABLE " + observation.value.text);
    boost::json::object fields{{"external_result", id.text()},
                               {"specimen", order.specimen.id.empty() ? item_.label : order.specimen.id},
                               {"person", person_.text()},
                               {"pathogen", observation.pathogen},
                               {"result", result_of(observation.verdict)},
                               {"status", status_of(observation.standing)},
                               {"warnings", std::move(warnings)}};
    put_time(fields, "sampled_at", order.specimen.collected_at, now);
    put_time(fields, "resulted_at", observation.analysed_at ? observation.analysed_at : order.reported_at,
             now);
    return {"screening.record_external_result",
            std::move(fields),
            import_key({"command", item_.key.text(), std::to_string(index)}),
            {}};
  }

  const ImportItem& item_;
  const LabReport& report_;
  const PlanContext& context_;
  const RawId& person_;
  std::map<std::string, std::size_t> seen_;  ///< by specimen and test
  std::size_t read_ = 0;
  std::size_t known_ = 0;
};

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
  const RawId person = listed_id(patient_key(item, report), "person", place.jurisdiction);
  plan.commands.push_back(patient_command(item, report, place, person));
  Results(item, report, context, person).plan(plan);
  return plan;
}

}  // namespace fx::importing
