// The part of the card that is about what a site owes besides rooms.
#include "desks/isolation/services/facts.hpp"

namespace fx::isolation {
namespace {

void add_readings(Desk& desk) {
  const std::vector<Role> readers{Role::QM,  Role::QD, Role::PSY, Role::CDC, Role::HA,
                                  Role::CMD, Role::DO, Role::DL,  Role::INS};
  desk.list<SiteUpkeep>({.desk = {},
                         .name = "site_upkeep",
                         .title = {"隔离点启用进度和污水", "Opening and sewage of sites"},
                         .table = nullptr,
                         .readers = readers,
                         .filters = {"share", "sewage"},
                         .order_by = "id",
                         .descending = false,
                         .unit_fields = {"id"}});
  desk.list<Counselling>({.desk = {},
                          .name = "counselling",
                          .title = {"心理疏导", "Counselling"},
                          .table = nullptr,
                          .readers = {Role::PSY, Role::QD},
                          .filters = {"state", "site", "stay", "person"},
                          .order_by = "id",
                          .descending = true,
                          .unit_fields = {"site"}});
  desk.list<CrossExposure>({.desk = {},
                            .name = "cross_exposures",
                            .title = {"交叉感染评估", "Cross-exposure assessments"},
                            .table = nullptr,
                            .readers = {Role::QM, Role::QD, Role::CDC, Role::INV, Role::HA, Role::CMD},
                            .filters = {"open", "site", "cause"},
                            .order_by = "opened_at",
                            .descending = true,
                            .unit_fields = {"site", "cdc"}});
}

std::string of_upkeep(const SiteUpkeep& row) {
  if (row.ordered > 0 && row.missing != std::max(0, row.owed - row.ready))
    return "site " + row.id.text() + " counts wrongly what it owes of its opening";
  return {};
}

}  // namespace

void add_services(Desk& desk) {
  add_service_facts(desk);
  add_site_opening(desk);
  add_counselling(desk);
  add_sewage(desk);
  add_cross_exposure(desk);
  desk.refusal("R-STY-8", {"隔离点谢绝探视和串门", "Visits and walking between rooms are not allowed"})
      .refusal("R-SEW-1", {"污水未达标，不得排放", "The sewage is out of range and is not let out"});
  add_readings(desk);
  desk.row_law<SiteUpkeep>("F6: what a site owes of its opening is counted", of_upkeep);
}

}  // namespace fx::isolation
