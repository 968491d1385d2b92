#include "desks/hospitals/desk.hpp"

#include <limits>

#include "desks/hospitals/operations.hpp"

namespace fx::hospitals {
namespace {

void tables(Desk& desk) {
  desk.table<Encounter>({.indexes = {"clinic, state", "person", "state"}})
      .table<Room>({.indexes = {"clinic, state"}})
      .table<Clinic>()
      .table<ClinicDay>({.indexes = {"clinic, day"}});
  desk.event<ClinicOpened>()
      .event<ClinicClosed>()
      .event<RoomOpened>()
      .event<RoomClosed>()
      .event<RoomDisinfected>();
  desk.event<RoomAssigned>().event<RoomReleased>().event<StaffPresent>();
  desk.event<PatientArrived>().event<PatientTriaged1>().event<PatientTriaged2>().event<SampleOrdered>();
  desk.event<PatientSampled>().event<ResultNoted>().event<ResampleNeeded>().event<PatientIsolated>();
  desk.event<IsolationWithdrawn>().event<PatientRecalled>().event<PatientCleared>().event<PatientLeft>();
  desk.event<PatientAdmitted>().event<PatientTransferred>().event<EncounterClosed>();
  desk.event<PatientLeftEarly>().event<SearchOpened>().event<PatientFound>().event<SearchEnded>();
  desk.event<EmergencyDeclared>().event<PatientIdentified>();
  evolve_rooms(desk);
  evolve_presence(desk);
  evolve_encounters(desk);
}

void operations(Desk& desk) {
  open_clinic(desk);
  close_clinic(desk);
  open_room(desk);
  close_room(desk);
  disinfect_room(desk);
  record_staff_presence(desk);
  record_arrival(desk);
  triage_1(desk);
  triage_2(desk);
  assign_room(desk);
  release_room(desk);
  order_sample(desk);
  note_sample(desk);
  note_failed_sample(desk);
  receive_result(desk);
  clear_patient(desk);
  record_departure(desk);
  admit_patient(desk);
  transfer_patient(desk);
  close_encounter(desk);
  report_left_early(desk);
  acknowledge_search(desk);
  record_found(desk);
  declare_emergency(desk);
  identify_patient(desk);
}

void refusals(Desk& desk) {
  desk.refusal("R-FEV-1", {"诊室不是空闲可用状态（一医一患一诊室）",
                           "The room is not free: one doctor, one patient, one room"})
      .refusal("R-FEV-2", {"红码患者须走红码专用诊室", "A red code goes to a room of the red lane"})
      .refusal("R-FEV-3", {"发热门诊必须单采单检", "A fever clinic samples singly"})
      .refusal("R-FEV-4", {"没有本次就诊标本的已签发阴性结果，不得放行",
                           "No leave without an authorised negative of a specimen of this visit"})
      .refusal("R-FEV-6", {"该发热门诊未启用，不得接诊发热患者",
                           "This fever clinic is not active and may not treat fever patients"})
      .refusal("R-TRI-1", {"两级预检未完成：须核验身份、询问流行病学史、测温",
                           "Triage is not complete: identity, history and temperature at both levels"})
      .refusal("R-ROM-1", {"消毒核查人不得是消毒人", "Whoever disinfected does not check"});
}

void lists(Desk& desk) {
  const std::vector<Role> readers{Role::NUR, Role::DOC, Role::SMP, Role::FRP, Role::CDC,
                                  Role::INV, Role::HA,  Role::CMD, Role::DO,  Role::DL};
  desk.list<Encounter>({.name = "encounters",
                        .title = {"发热门诊就诊", "Fever-clinic visits"},
                        .readers = readers,
                        .filters = {"state", "clinic", "hospital", "person", "code", "lane", "tube",
                                    "missing", "emergency"},
                        .order_by = "arrived_at",
                        .unit_fields = {"clinic", "hospital"}})
      .list<Room>({.name = "rooms",
                   .title = {"诊室", "Rooms"},
                   .readers = readers,
                   .filters = {"state", "clinic", "red_lane"},
                   .order_by = "number",
                   .descending = false,
                   .unit_fields = {"clinic"}})
      .list<Clinic>({.name = "clinics",
                     .title = {"发热门诊", "Fever clinics"},
                     .readers = readers,
                     .filters = {"hospital", "open"},
                     .order_by = "free",
                     .descending = false,
                     .unit_fields = {"id", "hospital"}})
      .list<ClinicDay>({.name = "clinic_days",
                        .title = {"门诊在场人员", "Who was in the clinic"},
                        .readers = {Role::NUR, Role::FRP, Role::CDC, Role::INV},
                        .filters = {"clinic", "day"},
                        .order_by = "day",
                        .unit_fields = {"clinic"}});
}

/// A clinic that takes nobody, or whose rooms are not entered yet, lacks none.
double free_rooms(const Clinic& clinic) {
  return clinic.open && clinic.rooms > 0 ? clinic.free : std::numeric_limits<double>::infinity();
}

}  // namespace

Desk desk() {
  Desk desk("hospitals", {"医院", "Hospitals"});
  tables(desk);
  operations(desk);
  refusals(desk);
  laws(desk);
  lists(desk);
  desk.measure<Clinic>("free_rooms", "room", "id", free_rooms);
  return desk;
}

}  // namespace fx::hospitals
