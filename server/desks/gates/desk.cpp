#include "desks/gates/desk.hpp"

#include "desks/gates/landing/facts.hpp"
#include "desks/gates/operations.hpp"
#include "desks/gates/persons/facts.hpp"
#include "desks/gates/trucks/facts.hpp"

namespace fx::gates {
namespace {

void add_refusals(Desk& desk) {
  desk.refusal("R-GAT-1", {"卡口未开启，或本人未在岗", "The gate is not open, or you are not at post there"})
      .refusal("R-GAT-2", {"红码、发热或重点地区史未核清，不得放行",
                           "Red code, fever or unsettled key-region history: never let pass"})
      .refusal("R-GAT-3", {"现行防控方案不允许此项查验或留置",
                           "The profile in force does not allow this hold or question"})
      .refusal("R-GAT-4", {"接收人不能是查验员", "Whoever receives is not the gatekeeper"})
      .refusal("R-GAT-5",
               {"此人在管控名单上，不得放行", "This person is on the control list and is not let pass"})
      .refusal("R-GAT-6", {"本人已在另一卡口上岗", "You are at post at another gate"})
      .refusal("R-GAT-7", {"已过撤回时限，或不由本人撤回", "Too late to undo, or it is not yours to undo"})
      .refusal("R-GAT-9", {"本机判定与服务器判定不一致", "The gate's own verdict differs from the server's"})
      .refusal("R-GAT-10", {"已有更新的版本在用", "A newer version is in force"})
      .refusal("R-GAT-11",
               {"证明过期：先采核酸并测抗原，抗原阴性即放行",
                "The certificate is not in date: sample and antigen first; negative, and he goes"})
      .refusal("R-TRF-2", {"病例与非病例不得同车", "A case and others never share a vehicle"})
      .refusal("R-DUT-3", {"一名领导只带一个卡口的班", "One leader leads one gate only"})
      .refusal("R-JRN-2",
               {"未完成分类，不得离开第一落点", "Nobody leaves the first landing place unclassed"});
}

const std::vector<Role> readers{Role::GK,  Role::FRP,  Role::DO,  Role::DL,  Role::CMD, Role::CDC,
                                Role::INV, Role::HA,   Role::NUR, Role::DOC, Role::QM,  Role::QD,
                                Role::TRN, Role::GRID, Role::POL, Role::INS};

List named(std::string name, Words title) {
  return {
      .desk = {}, .name = std::move(name), .title = std::move(title), .table = nullptr, .readers = readers};
}

void add_lists(Desk& desk) {
  List gates = named("gates", {"卡口", "Gates"});
  gates.filters = {"open", "kind"};
  gates.order_by = "since";
  gates.unit_fields = {"id"};
  desk.list<Gate>(std::move(gates));
  List shifts = named("shifts", {"班次合计", "Shift totals"});
  shifts.filters = {"gate", "ended_at"};
  shifts.order_by = "starts";
  shifts.unit_fields = {"gate"};
  desk.list<GateShift>(std::move(shifts));
  List checks = named("checks", {"查验记录", "Checks"});
  checks.filters = {"gate", "outcome", "person", "shift", "dispute", "was_disputed", "handed_over_at"};
  checks.order_by = "at";
  checks.unit_fields = {"gate", "receiver"};
  desk.list<Check>(std::move(checks));
  List control = named("control_list", {"布控名单", "Control list"});
  control.filters = {"stopped", "id"};
  control.order_by = "since";
  desk.list<Controlled>(std::move(control));
  List sources = named("control_sources", {"布控原因", "Why somebody is looked for"});
  sources.filters = {"person", "kind", "stands"};
  sources.order_by = "since";
  desk.list<ControlSource>(std::move(sources));
  List lists = named("external_lists", {"外地风险名单", "External lists"});
  lists.filters = {"state", "county"};
  lists.order_by = "number";
  lists.unit_fields = {"owner"};
  desk.list<ExternalList>(std::move(lists));
  List runs = named("truck_runs", {"货车司机", "Truck drivers"});
  runs.filters = {"state", "gate", "holder", "person"};
  runs.order_by = "arrived_at";
  runs.unit_fields = {"gate", "holder", "destination"};
  desk.list<TruckRun>(std::move(runs));
  List landings = named("landings", {"到达批次", "Landings"});
  landings.filters = {"place"};
  landings.order_by = "arrived_at";
  landings.unit_fields = {"place"};
  desk.list<Landing>(std::move(landings));
  List arrivals = named("arrivals", {"到达人员", "Arrivals"});
  arrivals.filters = {"landing", "state", "class", "person", "reread"};
  arrivals.order_by = "arrived_at";
  arrivals.unit_fields = {"place"};
  desk.list<Arrival>(std::move(arrivals));
  List rereads = named("rereads", {"重新核对清单", "Lists read again"});
  rereads.filters = {"owner", "open"};
  rereads.order_by = "made_at";
  rereads.unit_fields = {"owner"};
  desk.list<Reread>(std::move(rereads));
  List returnees = named("returnees", {"返乡人员", "Returnees"});
  returnees.filters = {"state", "village", "class", "person"};
  returnees.order_by = "found_at";
  returnees.unit_fields = {"village"};
  desk.list<Returnee>(std::move(returnees));
  List key_persons = named("key_persons", {"重点人员", "Key persons"});
  key_persons.filters = {"state", "class", "holder", "person"};
  key_persons.order_by = "listed_at";
  key_persons.unit_fields = {"holder"};
  desk.list<KeyPerson>(std::move(key_persons));
  List places = named("listed_places", {"名单地区", "Listed places"});
  places.filters = {"class", "place"};
  places.order_by = "place";
  places.descending = false;
  desk.list<ListedPlace>(std::move(places));
}

void add_events(Desk& desk) {
  desk.event<GateOpened>().event<GateClosed>().event<GateWatched>();
  desk.event<GateShiftBegun>().event<GateShiftEnded>().event<GateLeaderNamed>();
  desk.event<KeeperJoined>().event<KeeperLeft>();
  desk.event<CheckRecorded>().event<CheckRenewed>().event<CheckDecided>().event<OutcomeUndone>();
  desk.event<RedChannelOpened>().event<PersonHandedOver>().event<GateEmergency>();
  desk.event<CheckDisputed>().event<DisputeSettled>();
  desk.event<CodeAnswered>().event<ControlNoted>().event<ControlSettled>();
}

}  // namespace

Desk desk() {
  Desk desk("gates", {"卡口", "Gates"});
  add_events(desk);
  evolve_gates(desk);
  evolve_checks(desk);
  evolve_control(desk);
  evolve_regions(desk);
  evolve_trucks(desk);
  evolve_landings(desk);
  evolve_persons(desk);
  for (auto* add : {add_gates, add_shifts, add_check_person, add_record_passage, add_second_look,
                    add_outcomes, add_red_channel, add_emergency, add_codes, add_control, add_regions,
                    add_trucks, add_driver_tests, add_landings, add_reread, add_returnees, add_key_persons})
    add(desk);
  add_refusals(desk);
  add_lists(desk);
  add_laws(desk);
  add_driver_laws(desk);
  add_landing_laws(desk);
  return desk;
}

}  // namespace fx::gates
