// – → ARRIVED. From here the person is known to be in the clinic.
#include "desks/hospitals/operations.hpp"

namespace fx::hospitals {
namespace {

Result<Decision> decide(const RecordArrival& c, const View& view, const Context& context) {
  const Clinic* clinic = view.find<Clinic>(c.clinic);
  const Encounter* used = view.find<Encounter>(c.encounter);
  Refusals no;
  if (clinic == nullptr)
    no.add(unknown("/clinic"));
  else if (!clinic->open)
    no.add("R-FEV-6", "/clinic");
  if (used != nullptr)
    no.add(refuse_because("R-STATE", "/encounter", "该就诊编号已存在", "this visit exists already"));
  if (c.pathogen.empty()) no.add(missing("/pathogen"));
  if (c.temperature && !desks::plausible(*c.temperature)) no.add(desks::implausible_temperature());
  if (c.onset_day && *c.onset_day > day_of(context.occurred_at)) no.add("F-FUTURE", "/onset_day");
  if (!no.empty()) return no;
  return Decision{{PatientArrived{.encounter = c.encounter,
                                  .clinic = c.clinic,
                                  .hospital = clinic->hospital,
                                  .person = c.person,
                                  .county = desks::command_of(context.reference, c.clinic),
                                  .pathogen = c.pathogen,
                                  .code = c.code,
                                  .lane = c.code == HealthCode::red ? Lane::red : Lane::ordinary,
                                  .temperature = c.temperature,
                                  .symptoms = c.symptoms,
                                  .onset_day = c.onset_day,
                                  .history_flag = c.history_flag,
                                  .arrived_at = context.occurred_at}}};
}

}  // namespace

void record_arrival(Desk& desk) {
  desk.operation<RecordArrival>("record_arrival", {"登记到诊", "Record an arrival"})
      .by({Role::NUR})
      .deed()
      .keys([](const RecordArrival& c, const Context& context, KeySet& keys) {
        keys.own<Encounter>(c.encounter).read<Clinic>(c.clinic);
        keys.own<ClinicDay>(clinic_day_id(c.clinic, day_of(context.occurred_at)));
      })
      .place([](const RecordArrival& c, const View&, const Context&) { return std::optional(c.clinic); })
      .decide(decide);
}

}  // namespace fx::hospitals
