#include "desks/isolation/desk.hpp"

#include "desks/isolation/evidence/facts.hpp"
#include "desks/isolation/merge/facts.hpp"
#include "desks/isolation/operations.hpp"
#include "desks/isolation/redating/redating.hpp"
#include "desks/isolation/services/facts.hpp"
#include "desks/isolation/site_events.hpp"
#include "desks/isolation/tests_only/facts.hpp"
#include "desks/isolation/transition/facts.hpp"

namespace fx::isolation {
namespace {

void add_refusals(Desk& desk) {
  desk.refusal("R-STY-1", {"隔离决定须写明法律依据并告知本人",
                           "The order needs its legal basis, and the notice given to the person"})
      .refusal("R-STY-2", {"现行防控方案不允许对该类人员采取此措施",
                           "The profile in force does not allow this measure for this class"})
      .refusal("R-STY-3", {"房间未经终末消毒并核验", "The room was not disinfected and checked"})
      .refusal("R-STY-4", {"一人一间：未批准同住", "One person a room: no co-stay is approved"})
      .refusal("R-STY-5", {"隔离期未满", "The period is not over"})
      .refusal("R-STY-6", {"检测未全部阴性或仍有待出结果", "Not all tests are negative, or one is pending"})
      .refusal("R-STY-7", {"社区尚未同意接收", "The community has not agreed to receive"})
      .refusal("R-STY-9", {"此人已在管控中", "The person is under a measure already"})
      .refusal("R-STY-10", {"隔离期已过：采样一次，由疾控判定，不倒补隔离",
                            "The period is over: one test and a decision of the CDC, no back-dated stay"})
      .refusal("R-STY-11", {"该隔离点未启用", "The site is not open"})
      .refusal("R-STY-12", {"这一步不适用于此措施", "This step is not of this measure"})
      .refusal("R-STY-13",
               {"同住须在同一地点、同一措施下，且符合现行方案的理由",
                "The carer must be at the same place under the same regime, and fit the rulebook's ground"})
      .refusal("R-STY-14", {"未到检测日", "The day of the test has not come"})
      .refusal("R-STY-15", {"没有待答复的接收请求", "Nobody asked to receive this person"})
      .refusal("R-STY-16", {"还有人住在里面", "People are still in it"})
      .refusal("R-STY-20",
               {"该类别的措施方式与现措施不同：撤销本决定，另行下达",
                "The class asks for another kind of measure: withdraw this order and give a new one"})
      .refusal("R-STY-18", {"延长须在现期满之后，并写明依据和理由，告知本人",
                            "An extension ends after the present end, with basis, reason and notice"})
      .refusal("R-STY-17", {"房间号已存在", "The site has a room of this number"})
      .refusal("R-HOM-1", {"居家隔离须有单独房间和卫生间，否则集中隔离",
                           "Isolation at home needs an own room and toilet; else a site"})
      .refusal("R-HOM-2", {"同住人须分开或同样管理（隔而不离）",
                           "Those who live there must be elsewhere or under the same measure"})
      .refusal("R-ROM-1", {"核验人不能是消毒人", "Whoever checks is not who disinfected"})
      .refusal("R-JRN-1",
               {"交出和接收须由不同方签字", "Handing over and receiving are signed by different parties"})
      .refusal("R-TRF-1", {"车辆未消毒", "The vehicle is not disinfected"})
      .refusal("R-TRF-2", {"不同类别人员不得混乘", "Classes do not share a vehicle"})
      .refusal("R-TRF-3", {"车辆已满", "The vehicle is full"})
      .refusal("R-TRF-4", {"该车牌已登记", "The plate is registered already"});
}

const std::vector<Role> readers{Role::QM,  Role::QD, Role::CDC, Role::INV, Role::TRN, Role::GRID,
                                Role::FRP, Role::DO, Role::DL,  Role::CMD, Role::HA,  Role::POL};

/// A hospital signs for whom it was brought, and hands back.
std::vector<Role> and_hospital() {
  std::vector<Role> roles = readers;
  roles.insert(roles.end(), {Role::DOC, Role::NUR});
  return roles;
}

List named(std::string name, Words title) {
  return {
      .desk = {}, .name = std::move(name), .title = std::move(title), .table = nullptr, .readers = readers};
}

void add_lists(Desk& desk) {
  List stays = named("stays", {"管控人员", "People under a measure"});
  stays.filters = {"state", "site", "class", "regime", "person", "cdc", "ended_at"};
  stays.order_by = "ordered_at";
  stays.unit_fields = {"site", "cdc", "carrier", "village", "holder"};
  stays.readers = and_hospital();
  desk.list<Stay>(std::move(stays));
  List asked = named("control_asked", {"待下达隔离决定", "Judged, order pending"});
  asked.filters = {"person", "class", "stands"};
  asked.order_by = "day0";
  asked.unit_fields = {"cdc"};
  desk.list<Asked>(std::move(asked));
  List tests = named("stay_tests", {"隔离期检测", "Tests of stays"});
  tests.filters = {"stay", "state", "site", "day"};
  tests.order_by = "day";
  tests.descending = false;
  tests.unit_fields = {"site"};
  desk.list<StayTest>(std::move(tests));
  List rooms = named("rooms", {"隔离房间", "Rooms"});
  rooms.filters = {"site", "state", "floor"};
  rooms.order_by = "number";
  rooms.descending = false;
  rooms.unit_fields = {"site"};
  desk.list<QuarantineRoom>(std::move(rooms));
  List sites = named("sites", {"隔离点", "Sites"});
  sites.filters = {"open"};
  sites.order_by = "id";
  sites.descending = false;
  sites.unit_fields = {"id"};
  desk.list<Site>(std::move(sites));
  List legs = named("legs", {"转运", "Transfers"});
  legs.filters = {"stay", "carrier", "receiver", "arrived_at"};
  legs.order_by = "left_at";
  legs.unit_fields = {"carrier", "receiver"};
  legs.readers = and_hospital();
  desk.list<Leg>(std::move(legs));
  List vehicles = named("vehicles", {"车辆", "Vehicles"});
  vehicles.filters = {"carrier", "state"};
  vehicles.order_by = "plate";
  vehicles.descending = false;
  vehicles.unit_fields = {"carrier"};
  desk.list<Vehicle>(std::move(vehicles));
}

void add_events(Desk& desk) {
  desk.event<ControlAsked>().event<ControlNotAsked>();
  desk.event<StayOrdered>()
      .event<StayCancelled>()
      .event<LegStarted>()
      .event<LegEnded>()
      .event<StayAdmitted>();
  desk.event<CoStayApproved>()
      .event<HealthChecked>()
      .event<TestDue>()
      .event<TestAdded>()
      .event<ExtraSampled>()
      .event<ExtraAnswered>()
      .event<TestSampled>()
      .event<TestAnswered>();
  desk.event<TestExplained>().event<ReleaseProposed>().event<ReleaseAccepted>().event<StayReleased>();
  desk.event<DoorCalled>().event<StayEnded>().event<StayConverted>().event<LeftControl>().event<Located>();
  desk.event<CaseHandedOver>().event<SurfacesRecorded>();
  desk.event<SentOut>().event<TakenBack>().event<SiteOpened>().event<SiteClosed>().event<RoomAdded>();
  desk.event<RoomTaken>().event<RoomLeft>().event<RoomDisinfected>().event<RoomChecked>();
  desk.event<VehicleRegistered>().event<VehicleDisinfected>();
}

}  // namespace

Desk desk() {
  Desk desk("isolation", {"隔离", "Isolation"});
  add_events(desk);
  evolve_asked(desk);
  evolve_stays(desk);
  evolve_open_stays(desk);
  evolve_tests(desk);
  evolve_rooms(desk);
  evolve_legs(desk);
  for (auto* add : {add_ask_control, add_order_stay, add_cancel_stay, add_transfer, add_admit,
                    add_settle_at_home, add_co_stay, add_checks, add_tests, add_release, add_extend_stay,
                    add_homes, add_absence, add_hospital_visits, add_sites, add_room_hygiene, add_vehicles})
    add(desk);
  add_transitions(desk);
  add_redating(desk);
  add_services(desk);
  add_merges(desk);
  add_evidence(desk);
  add_tests_only(desk);
  add_refusals(desk);
  add_lists(desk);
  add_laws(desk);
  return desk;
}

}  // namespace fx::isolation
