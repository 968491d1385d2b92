#include "desks/screening/desk.hpp"

#include "desks/screening/operations.hpp"

namespace fx::screening {
namespace {

void tables(Desk& desk) {
  desk.table<Tube>({.indexes = {"state, lab", "state, sender", "encounter", "code"}})
      .table<Box>({.indexes = {"state, lab", "code"}})
      .table<ExternalResult>({.indexes = {"specimen"}});
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
      .event<ExternalResultRecorded>();
  evolve_tubes(desk);
  evolve_results(desk);
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
      .refusal("R-TUB-11", {"该编号已被使用", "This code is used already"});
}

void lists(Desk& desk) {
  const std::vector<Role> readers{Role::SMP, Role::NUR, Role::DOC, Role::LAB, Role::LAA, Role::COU, Role::FRP,
                                  Role::CDC, Role::INV, Role::HA,  Role::CMD, Role::DO,  Role::DL};
  desk.list<Tube>(
          {.name = "tubes",
           .title = {"采样管", "Tubes"},
           .readers = readers,
           .filters = {"state", "class", "sender", "lab", "encounter", "person", "code", "result", "box"},
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
}

}  // namespace

Desk desk() {
  Desk desk("screening", {"核酸检测", "Screening"});
  tables(desk);
  operations(desk);
  refusals(desk);
  laws(desk);
  lists(desk);
  return desk;
}

}  // namespace fx::screening
