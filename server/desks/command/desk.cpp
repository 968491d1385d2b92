#include "desks/command/desk.hpp"

#include <map>

#include "desks/command/facts.hpp"
#include "desks/command/operations.hpp"
#include "kernel/derive.hpp"
#include "kernel/runtime_events.hpp"

namespace fx::command {
namespace {

void add_refusals(Desk& desk) {
  desk.refusal("R-UNI-1", {"单位已登记", "The unit is registered already"})
      .refusal("R-UNI-2", {"区划代码与级别不符", "The division code does not fit the level"})
      .refusal("R-UNI-3", {"单位名称必填", "The unit needs a name"})
      .refusal("R-UNI-4", {"仍有下属单位", "It still has units below it"})
      .refusal("R-UNI-5", {"上级不能是本单位或其下属单位", "A unit cannot stand below itself"})
      .refusal("R-POS-2", {"该任命已登记", "This appointment is registered already"})
      .refusal("R-POS-3", {"该岗位不能由人担任", "Nobody can hold this post"})
      .refusal("R-FRP-1", {"第一责任人已满额", "The unit has all the first responsible persons it may have"})
      .refusal("R-ACT-1", {"账号已存在", "The account exists already"})
      .refusal("R-ACT-2",
               {"登录名缺失或不属于该账号", "The sign-in name is missing or belongs to another account"})
      .refusal("R-ACT-3", {"密码至少10个字符", "A password has at least 10 characters"})
      .refusal("R-ACT-4", {"不能停用自己的账号", "Nobody closes their own account"})
      .refusal("R-ACT-5", {"请先免去该账号的岗位", "End the posts this account holds first"})
      .refusal("R-DUT-1", {"值班员与带班领导不能为同一人", "Duty officer and leader on duty are two persons"})
      .refusal("R-DUT-2", {"未结事项须逐项接收", "The open matters have to be accepted"})
      .refusal("R-DUT-4", {"班次已存在", "The shift exists already"})
      .refusal("R-DUT-5", {"班次只设值班员或带班领导", "A shift is a duty officer's or a leader's"})
      .refusal("R-DUT-6", {"班次结束早于开始", "The shift ends before it starts"})
      .refusal("R-DUT-7", {"此人未任该岗位", "This person does not hold the post"})
      .refusal("R-DUT-8", {"不是您的班次", "It is not your shift"})
      .refusal("R-DUT-9", {"班次尚未开始", "The shift has not begun"})
      .refusal("R-DUT-10", {"须交给另一人", "A shift is handed to somebody else"})
      .refusal("R-NOT-1", {"通知不是发给您的岗位", "The notice was sent to another post"})
      .refusal("R-NOT-2", {"请写明与谁通话", "Say whom you spoke to"})
      .refusal("R-OBL-1", {"义务人不能撤销自己的义务，须由上级撤销",
                           "A duty is cancelled by an authority above the debtor only"})
      .refusal("R-OBL-2", {"撤销须写明理由", "Cancelling needs a reason"})
      .refusal("R-DIS-1", {"须写明核实结果和处理", "Say what was found and what was done"});
}

void add_lists(Desk& desk) {
  desk.list<Unit>({.desk = {},
                   .name = "units",
                   .title = {"单位", "Units"},
                   .table = nullptr,
                   .readers = {},
                   .filters = {"kind", "jurisdiction", "parent", "active"},
                   .order_by = "code",
                   .descending = false,
                   .unit_fields = {"id"}});
  desk.list<Holding>({.desk = {},
                      .name = "holdings",
                      .title = {"任职", "Posts held"},
                      .table = nullptr,
                      .readers = {Role::ADM, Role::CMD, Role::DO, Role::DL, Role::HA, Role::FRP},
                      .filters = {"unit", "account", "role"},
                      .order_by = "from",
                      .descending = true,
                      .unit_fields = {"unit"}});
  desk.list<Account>({.desk = {},
                      .name = "accounts",
                      .title = {"账号", "Accounts"},
                      .table = nullptr,
                      .readers = {Role::ADM},
                      .filters = {"unit", "active"},
                      .order_by = "id",
                      .descending = false,
                      .unit_fields = {"unit"}});
  desk.list<Shift>({.desk = {},
                    .name = "shifts",
                    .title = {"班次", "Shifts"},
                    .table = nullptr,
                    .readers = {},
                    .filters = {"unit", "role", "state"},
                    .order_by = "starts",
                    .descending = true,
                    .unit_fields = {"unit"}});
  desk.list<PostNow>({.desk = {},
                      .name = "on_duty",
                      .title = {"在岗", "On duty now"},
                      .table = nullptr,
                      .readers = {},
                      .filters = {"unit", "role"},
                      .order_by = "since",
                      .descending = true,
                      .unit_fields = {"unit"}});
  desk.list<Dispute>({.desk = {},
                      .name = "disputes",
                      .title = {"争议记录", "Disputed records"},
                      .table = nullptr,
                      .readers = {},
                      .filters = {"unit", "operation", "author", "applied", "settled_by"},
                      .order_by = "recorded_at",
                      .descending = true,
                      .unit_fields = {"unit"}});
}

/// A2: each command post has a duty officer and a leader at every minute; so have CDCs, hospitals and quarantine sites
/// that named somebody to the post.
std::vector<Member> duty_posts(const Reference& reference, Instant at) {
  std::vector<Member> out;
  for (const Unit* unit : reference.units()) {
    const bool always = unit->kind == UnitKind::command_post;
    const bool when_named = unit->kind == UnitKind::cdc || unit->kind == UnitKind::hospital ||
                            unit->kind == UnitKind::quarantine_site;
    if (!unit->active || (!always && !when_named)) continue;
    for (const Role role : {Role::DO, Role::DL})
      if (always || reference.held({unit->id, role}, at))
        out.push_back({post_id(unit->id, role), unit->id, role});
  }
  return out;
}

void add_laws(Desk& desk) {
  desk.law("A2: officer and leader of a unit are two persons", [](const Tables& tables) {
    std::vector<std::string> breaches;
    const auto posts = tables.all<PostNow>();
    for (const PostNow& a : posts)
      for (const PostNow& b : posts)
        if (a.unit == b.unit && a.role == Role::DO && b.role == Role::DL && a.account &&
            a.account == b.account)
          breaches.push_back("one person holds both duty posts of " + a.unit.text());
    return breaches;
  });
  desk.law("A2: one shift on duty at a post", [](const Tables& tables) {
    std::vector<std::string> breaches;
    std::map<RawId, int> on_duty;
    for (const Shift& shift : tables.all<Shift>())
      if (shift.state == ShiftState::on_duty && ++on_duty[post_id(shift.unit, shift.role)] == 2)
        breaches.push_back("two shifts are on duty at one post of " + shift.unit.text());
    return breaches;
  });
  desk.row_law<Notice>("a notice is acknowledged after it was sent", [](const Notice& notice) {
    return notice.acknowledged_at && *notice.acknowledged_at < notice.sent_at
               ? "notice " + std::to_string(notice.no)
               : std::string();
  });
}

}  // namespace

Desk desk() {
  Desk desk("command", {"值班与指挥", "Command and duty"});
  add_facts(desk);
  add_unit_operations(desk);
  add_account_operations(desk);
  add_shift_operations(desk);
  add_notice_operations(desk);
  add_settle_dispute(desk);
  add_devices(desk);
  add_refusals(desk);
  add_lists(desk);
  add_laws(desk);
  desk.population("duty_posts", duty_posts);
  return desk;
}

}  // namespace fx::command
