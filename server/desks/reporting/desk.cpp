#include "desks/reporting/desk.hpp"

#include "desks/reporting/operations.hpp"

namespace fx::reporting {
namespace {

void add_refusals(Desk& desk) {
  desk.refusal("R-CRD-1", {"报告卡必填项缺失", "A required field of the card is missing"})
      .refusal("R-CRD-2", {"同一感染只有一张卡，该卡已提交；请订正",
                           "One card per infection: it was submitted; correct it instead"})
      .refusal("R-CRD-3", {"请写明原因", "Say why"})
      .refusal("R-CRD-4", {"病例未排除，不能撤卡", "The case was not excluded: its card stays"})
      .refusal("R-CHN-1", {"下一级接收单位不是您的单位", "The next to receive this report is another unit"});
}

void add_lists(Desk& desk) {
  const std::vector<Role> readers{Role::DOC, Role::NUR, Role::FRP, Role::CDC,
                                  Role::HA,  Role::DO,  Role::DL,  Role::CMD};
  // Higher levels read a card from its submission, without waiting for review: their scope alone decides.
  desk.list<Card>({.desk = {},
                   .name = "cards",
                   .title = {"报告卡", "Cards"},
                   .table = nullptr,
                   .readers = readers,
                   .filters = {"state", "case_id", "person", "hospital", "cdc"},
                   .order_by = "expected_at",
                   .descending = true,
                   .unit_fields = {"hospital", "cdc"}});
  desk.list<EventReport>({.desk = {},
                          .name = "event_reports",
                          .title = {"突发事件报告", "Event reports"},
                          .table = nullptr,
                          .readers = readers,
                          .filters = {"reached", "case_id"},
                          .order_by = "known_at",
                          .descending = true,
                          .unit_fields = {"hospital", "next_unit"}});
}

}  // namespace

Desk desk() {
  Desk desk("reporting", {"疫情报告", "Reporting"});
  add_facts(desk);
  add_card_expectations(desk);
  add_submit_card(desk);
  add_review_card(desk);
  add_correct_card(desk);
  add_withdraw_card(desk);
  add_event_chain(desk);
  add_phe_report(desk);
  add_refusals(desk);
  add_lists(desk);
  add_laws(desk);
  return desk;
}

}  // namespace fx::reporting
