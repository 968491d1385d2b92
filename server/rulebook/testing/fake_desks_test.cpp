#include "rulebook/testing/fake_desks.hpp"

namespace fx::rulebook::testing {
namespace {

template <class C>
void operation(Desk& desk, std::string_view name, bool life_saving = false) {
  auto card = desk.operation<C>(name, {"操作", "operation"}).by({Role::DOC, Role::INV, Role::DO});
  if (life_saving) card.life_saving();
  card.decide([](const C&, const View&, const Context&) -> Result<Decision> { return Decision{}; });
}

std::vector<Member> duty_posts(const Reference& reference, Instant) {
  std::vector<Member> out;
  for (const Unit* unit : reference.units_of(UnitKind::command_post))
    for (const Role role : {Role::DO, Role::DL}) out.push_back({post_id(unit->id, role), unit->id, role});
  return out;
}

std::vector<Desk> desks() {
  Desk hospitals("hospitals", {"医院", "Hospitals"});
  hospitals.table<Encounter>().table<Clinic>();
  hospitals.event<PatientSampled>().event<PatientLeftEarly>().event<SearchOpened>().event<SearchEnded>();
  hospitals.event<EmergencyDeclared>().event<RoomsChanged>().event<PatientRecalled>();
  hospitals.measure<Clinic>("free_rooms", "room", "id", [](const Clinic& clinic) { return clinic.free; });
  operation<ClearPatient>(hospitals, "clear_patient");
  operation<DeclareEmergency>(hospitals, "declare_emergency", true);
  Desk screening("screening", {"检测", "Screening"});
  screening.table<Tube>();
  screening.event<TubeSealed>()
      .event<TubeReceived>()
      .event<TubeRejected>()
      .event<TubeLost>()
      .event<ResultAuthorised>();
  screening.event<ResultAmended>();
  Desk command("command", {"指挥", "Command"});
  command.event<NoticeAcknowledged>().event<ShiftCheckedIn>();
  command.population("duty_posts", duty_posts);
  operation<CheckIn>(command, "check_in");
  Desk investigation("investigation", {"流调", "Investigation"});
  investigation.event<CaseOpened>()
      .event<CaseClassified>()
      .event<TeamOnCase>()
      .event<CoreFacts>()
      .event<FirstReport>();
  investigation.event<CaseExcluded>()
      .event<ExclusionDismissed>()
      .event<ContactNamed>()
      .event<ContactJudged>()
      .event<ContactHandedOver>();
  operation<JudgeContact>(investigation, "judge_contact");
  Desk reporting("reporting", {"报告", "Reporting"});
  reporting.event<CardSubmitted>().event<CardPassed>().event<CardReturned>().event<PheReported>();
  reporting.event<EventReportExpected>().event<EventReceived>();
  for (const char* code : {"R-1", "R-FEV-4", "R-TST-1"}) hospitals.refusal(code, {"不", "no"});
  Desk supervision("supervision", {"督导", "Supervision"});
  supervision.event<FindingNotified>().event<FindingClosed>();
  std::vector<Desk> out;
  for (Desk* desk : {&hospitals, &screening, &command, &investigation, &reporting, &supervision})
    out.push_back(std::move(*desk));
  return out;
}

}  // namespace

const Registry& fake_registry() {
  static const Registry registry(desks(), {});
  return registry;
}

}  // namespace fx::rulebook::testing
