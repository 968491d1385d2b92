#include "desks/screening/desk.hpp"

#include "desks/screening/laboratories/operations.hpp"
#include "desks/screening/operations.hpp"
#include "desks/screening/role_tests/operations.hpp"
#include "desks/screening/rounds/operations.hpp"

namespace fx::screening {
namespace {

/// What waits at a laboratory is counted in this index alone (GET /v1/screening/backlog): it changes when the state does, so
/// the count costs no write of its own.
constexpr const char* awaiting_by_lab = "state, lab, class, received_at, sealed_at";

void tables(Desk& desk) {
  desk.table<Tube>({.indexes = {awaiting_by_lab, "state, sender", "encounter", "code", "awaits", "person",
                                "box", "round, printed_at"},
                    .version = 2})
      .table<Box>({.indexes = {"state, lab", "code"}})
      .table<ExternalResult>({.indexes = {"specimen", "person"}})
      .table<Sample>({.indexes = {"person"}})
      .table<TestedPerson>()
      .table<Round>({.indexes = {"state"}})
      .table<RoundPerson>({.indexes = {"round", "round, state", "state", "person"}})
      .table<RoundTally>({.indexes = {"round"}})
      .table<Series>()
      .table<Laboratory>({.indexes = {"state"}})
      .table<ReagentLot>({.indexes = {"laboratory"}})
      .table<Plate>({.indexes = {"laboratory, state"}})
      .table<InterfaceMessage>({.indexes = {"unit, acknowledged_at"}})
      .table<PostGroup>({.indexes = {"unit"}})
      .table<RoleMember>({.indexes = {"group"}, .version = 2})
      .table<RoleDay>({.indexes = {"group"}})
      .table<SamplingPoint>({.indexes = {"round, state"}});
  desk.event<TubePrinted>()
      .event<PersonLinked>()
      .event<LinkCorrected>()
      .event<TubeVoided>()
      .event<TubeSealed>()
      .event<TubesBoxed>()
      .event<TubeReceived>()
      .event<TubeRejected>()
      .event<TubeLost>()
      .event<TestStarted>()
      .event<ResultProvisional>()
      .event<ResultAuthorised>()
      .event<ResultAmended>()
      .event<ExternalResultRecorded>()
      .event<DuplicateReported>()
      .event<DuplicateSettled>()
      .event<BoxLost>()
      .event<ControlNoted>();
  desk.event<RoundPlanned>()
      .event<SupportSigned>()
      .event<RoundApproved>()
      .event<RosterEnrolled>()
      .event<PersonsSettled>()
      .event<RoundOpened>()
      .event<SamplingClosed>()
      .event<ResultsClosed>()
      .event<RoundReconciled>()
      .event<RoundClosed>()
      .event<RoundCancelled>()
      .event<SeriesPlanned>()
      .event<CaseOutsideNoted>()
      .event<SeriesStopped>()
      .event<NextRoundOpened>()
      .event<PointOrdered>()
      .event<PointSetUp>()
      .event<PointOpened>()
      .event<TeamJoined>()
      .event<QueueReported>()
      .event<PointCrowded>()
      .event<PointRelieved>()
      .event<PointCancelled>()
      .event<PointClosed>();
  desk.event<LaboratoryApplied>()
      .event<LaboratoryAccepted>()
      .event<LaboratoryActivated>()
      .event<CapacityMeasured>()
      .event<LaboratorySuspended>()
      .event<LaboratoryReturned>()
      .event<LaboratoryRevoked>()
      .event<EqaRecorded>()
      .event<EqaDue>()
      .event<BiosafetyFiled>()
      .event<BiosafetyDue>()
      .event<ReagentLotRegistered>()
      .event<ReagentLotBlocked>()
      .event<PlateLoaded>()
      .event<WellsRead>()
      .event<MessageAnswered>()
      .event<PlateRead>()
      .event<PlateAuthorised>();
  desk.event<PostGroupFormed>()
      .event<RoleMemberEnrolled>()
      .event<RoleMemberLeft>()
      .event<RoleTestDue>()
      .event<RoleTestSampled>()
      .event<TakenOffPost>()
      .event<BackOnPost>()
      .event<PostCheckedIn>()
      .event<RoleTestsPlanned>()
      .event<SpreadBreached>();
  evolve_tubes(desk);
  evolve_results(desk);
  evolve_rounds(desk);
  evolve_points(desk);
  evolve_tallies(desk);
  evolve_role_tests(desk);
  evolve_laboratories(desk);
}

void operations(Desk& desk) {
  print_tubes(desk);
  link_person(desk);
  correct_link(desk);
  void_tube(desk);
  seal_tube(desk);
  box_tubes(desk);
  receive_tube(desk);
  reject_tube(desk);
  declare_lost(desk);
  start_test(desk);
  record_result(desk);
  authorise_result(desk);
  amend_result(desk);
  record_external_result(desk);
  receive_box(desk);
  declare_box_lost(desk);
  duplicates(desk);
  note_control(desk);
  plan_rounds(desk);
  enrol_people(desk);
  settle_people(desk);
  close_rounds(desk);
  run_series(desk);
  run_points(desk);
  role_groups(desk);
  plan_role_tests(desk);
  role_posts(desk);
  laboratory_file(desk);
  laboratory_safety(desk);
  plates(desk);
  record_wells(desk);
  note_message(desk);
}

void refusals(Desk& desk) {
  desk.refusal("R-TUB-1", {"采样须由持证采样人员完成", "Only a certified sampler takes samples"})
      .refusal("R-TUB-2", {"该类人员必须单采单检，不得混采", "This class is sampled singly, never pooled"})
      .refusal("R-TUB-3", {"超过该管允许人数，或规则不允许这种混采规格",
                           "More persons than the tube may hold, or a pool size no rule allows"})
      .refusal("R-TUB-4", {"此人已在该管中", "This person is in the tube already"})
      .refusal("R-TUB-5", {"拒收须选列表内原因；选“其他”须写明",
                           "A rejection needs a reason from the list; “other” needs a note"})
      .refusal("R-TUB-6", {"实验室未启用，或检测人员无资质",
                           "The laboratory is not active, or the tester is not certified"})
      .refusal("R-TUB-7", {"样本不得再次混样", "Specimens are never pooled again"})
      .refusal("R-TUB-8", {"审核人不得是检测人", "Whoever tested does not authorise"})
      .refusal("R-TUB-9",
               {"内标无效，只能签发“无效”", "The internal control failed: only “invalid” may be signed"})
      .refusal("R-TUB-10",
               {"更正须有理由、另一人会签，并列全此前收件人",
                "An amendment needs a reason, a second signature and the list of everyone told before"})
      .refusal("R-TUB-11", {"该编号已被使用", "This code is used already"})
      .refusal("R-TUB-12", {"该编号有两支管，未核定前不得签发",
                            "There are two tubes of this code: nothing is signed until it is settled"})
      .refusal("R-RND-1", {"方案不满足规则：采样点、采样员、检测能力",
                           "The plan falls short of the rulebook: points, samplers, laboratories"})
      .refusal("R-RND-2", {"还有人漏检", "People are missed"})
      .refusal("R-RND-3", {"还有管没有结局", "Tubes have no end yet"})
      .refusal("R-RND-4", {"还有人待单采复核", "People are held until they are re-sampled"})
      .refusal("R-RND-5", {"系列轮次尚不得停止", "The series may not stop yet"})
      .refusal("R-RND-6", {"他处采样过早，不抵本轮", "The test elsewhere is too old to count for this round"})
      .refusal("R-LAB-1", {"没有上月室间质评合格单，不得恢复",
                           "Without a passed assessment of last month nobody returns"})
      .refusal("R-LAB-2", {"实验室处于停用状态，不得收样", "The laboratory is held: it receives nothing"})
      .refusal("R-LAB-3", {"试剂批号过期或已停用", "The reagent lot is out of date or blocked"})
      .refusal("R-RTE-1", {"核酸检测逾期，不能上岗", "The role test is overdue"})
      .refusal("R-RTE-2", {"本版方案对该岗位没有检测频次", "The rulebook has no rhythm for this post"})
      .refusal("R-PNT-1", {"采样点布置清单未全部就绪", "The check list of the point is not complete"});
}

void round_lists(Desk& desk, const std::vector<Role>& tube_readers) {
  std::vector<Role> readers = tube_readers;
  readers.insert(readers.end(), {Role::GRID, Role::POL});
  desk.list<Sample>({.name = "samples",
                     .title = {"采样记录", "Samples"},
                     .readers = tube_readers,
                     .filters = {"person", "tube", "round"},
                     .order_by = "taken_at",
                     .unit_fields = {}})
      .list<Round>({.name = "rounds",
                    .title = {"轮次", "Rounds"},
                    .readers = readers,
                    .filters = {"state", "county", "series"},
                    .order_by = "planned_at",
                    .unit_fields = {"county"}})
      .list<RoundPerson>({.name = "round_people",
                          .title = {"轮次人员", "People of a round"},
                          .readers = readers,
                          .filters = {"round", "state", "township", "building", "person", "added"},
                          .order_by = "id",
                          .unit_fields = {}})
      .list<RoundTally>({.name = "round_counts",
                         .title = {"轮次进度", "Progress of a round"},
                         .readers = readers,
                         .filters = {"round"},
                         .order_by = "round",
                         .unit_fields = {}})
      .list<Series>({.name = "series",
                     .title = {"系列轮次", "Series of rounds"},
                     .readers = readers,
                     .filters = {"state", "county"},
                     .order_by = "id",
                     .unit_fields = {"county"}})
      .list<SamplingPoint>({.name = "points",
                            .title = {"采样点", "Sampling points"},
                            .readers = readers,
                            .filters = {"round", "state", "unit", "township"},
                            .order_by = "ordered_at",
                            .unit_fields = {"unit", "county"}})
      .list<TestedPerson>({.name = "tested_people",
                           .title = {"单采与待复核人员", "People tested singly or held"},
                           .readers = readers,
                           .filters = {"held_in", "called_back_from"},
                           .order_by = "id",
                           .unit_fields = {}});
}

void laboratory_lists(Desk& desk) {
  const std::vector<Role> readers{Role::LAB, Role::LAA, Role::FRP, Role::CDC, Role::HA,
                                  Role::CMD, Role::DO,  Role::DL,  Role::INS};
  desk.list<Laboratory>({.name = "laboratories",
                         .title = {"实验室台账", "Laboratories"},
                         .readers = readers,
                         .filters = {"state", "safety", "third_party"},
                         .order_by = "id",
                         .unit_fields = {"id"}})
      .list<ReagentLot>({.name = "reagent_lots",
                         .title = {"试剂批号", "Reagent lots"},
                         .readers = readers,
                         .filters = {"laboratory", "blocked", "code"},
                         .order_by = "expires",
                         .unit_fields = {"laboratory"}})
      .list<Plate>({.name = "plates",
                    .title = {"检测板", "Plates"},
                    .readers = readers,
                    .filters = {"laboratory", "state", "code"},
                    .order_by = "loaded_at",
                    .unit_fields = {"laboratory"}})
      .list<InterfaceMessage>({.name = "interface_messages",
                               .title = {"接口消息", "Interface messages"},
                               .readers = {Role::LAB, Role::LAA, Role::CDC, Role::ADM},
                               .filters = {"unit", "verdict", "control_id", "application"},
                               .order_by = "acknowledged_at",
                               .unit_fields = {"unit"}});
}

void role_lists(Desk& desk) {
  const std::vector<Role> readers{Role::FRP, Role::NUR, Role::SMP, Role::CDC, Role::HA, Role::DO, Role::DL};
  desk.list<PostGroup>({.name = "post_groups",
                        .title = {"应检岗位组", "Groups of tested posts"},
                        .readers = readers,
                        .filters = {"unit", "role_class"},
                        .order_by = "title",
                        .unit_fields = {"unit"}})
      .list<RoleMember>(
          {.name = "role_members",
           .title = {"应检人员", "People at tested posts"},
           .readers = readers,
           .filters = {"group", "unit", "due_day", "planned_day", "off_post", "newcomer", "on_list"},
           .order_by = "due_day",
           .unit_fields = {"unit"}})
      .list<RoleDay>({.name = "role_days",
                      .title = {"应检日统计", "Days of tested posts"},
                      .readers = readers,
                      .filters = {"group", "unit", "day"},
                      .order_by = "day",
                      .unit_fields = {"unit"}});
}

void lists(Desk& desk) {
  const std::vector<Role> readers{Role::SMP, Role::NUR, Role::DOC, Role::LAB, Role::LAA, Role::COU, Role::FRP,
                                  Role::CDC, Role::INV, Role::HA,  Role::CMD, Role::DO,  Role::DL};
  desk.list<Tube>({.name = "tubes",
                   .title = {"采样管", "Tubes"},
                   .readers = readers,
                   .filters = {"state", "class", "sender", "lab", "encounter", "person", "code", "result",
                               "box", "round", "awaits"},
                   .order_by = "printed_at",
                   .unit_fields = {"sender", "lab"}})
      .list<Box>({.name = "boxes",
                  .title = {"转运箱", "Boxes"},
                  .readers = readers,
                  .filters = {"state", "sender", "lab", "code"},
                  .order_by = "boxed_at",
                  .unit_fields = {"sender", "lab"}})
      .list<ExternalResult>(
          {.name = "external_results",
           .title = {"外部检测结果", "External results"},
           .readers = {Role::LAB, Role::LAA, Role::CDC, Role::INV, Role::HA, Role::DO, Role::DL},
           .filters = {"specimen", "person", "lab", "result", "status"},
           .order_by = "changed_at",
           .unit_fields = {"lab", "sender"}});
  round_lists(desk, readers);
  role_lists(desk);
  laboratory_lists(desk);
}

}  // namespace

Desk desk() {
  Desk desk("screening", {"核酸检测", "Screening"});
  tables(desk);
  operations(desk);
  refusals(desk);
  laws(desk);
  round_laws(desk);
  role_laws(desk);
  desk.measure<SamplingPoint>("waiting_at_point", "person", "unit",
                              [](const SamplingPoint& point) { return point.waiting; });
  lists(desk);
  return desk;
}

}  // namespace fx::screening
