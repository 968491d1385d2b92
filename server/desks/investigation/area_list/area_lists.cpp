// The part of the card that is about area lists: what is refused, what is shown, what must hold.
#include <map>

#include "desks/investigation/area_list/facts.hpp"

namespace fx::investigation {
namespace {

std::string of_list(const AreaList& list) {
  const std::string name = "list " + list.id.text();
  const auto known =
      list.to_check + list.reached + list.not_here + list.wrong_data + list.refused + list.settled;
  if (list.loaded != known) return name + " does not know what became of each line";
  if (list.left != list.lines - list.not_here - list.wrong_data - list.settled)
    return name + " counts wrongly what is left";
  if ((list.state == ListState::open) != (list.left > 0)) return name + " is settled with lines left";
  return {};
}

std::string of_line(const ListLine& line) {
  const std::string name = "line " + std::to_string(line.number) + " of list " + line.list.text();
  if ((line.state == LineState::settled) != line.class_.has_value()) return name + " is settled as nothing";
  if (!line.person && !line.who) return name + " names nobody";
  return {};
}

/// lines = Σ outcomes, as the list counts and as its lines are.
std::vector<std::string> lists_add_up(const Tables& tables) {
  std::map<AreaListId, AreaList> real;
  for (const ListLine& line : tables.all<ListLine>()) {
    ++count_of(real[line.list], line.state);
    real[line.list].escaped += line.escaped ? 1 : 0;
  }
  std::vector<std::string> breaches;
  for (AreaList& list : tables.all<AreaList>()) {
    AreaList& counted = real[list.id];
    bool same = counted.escaped == list.escaped;
    for (const LineState state : {LineState::to_check, LineState::reached, LineState::not_here,
                                  LineState::wrong_data, LineState::refused, LineState::settled})
      same = same && count_of(counted, state) == count_of(list, state);
    if (!same) breaches.push_back("list " + list.id.text() + " counts other than its lines are");
  }
  return breaches;
}

void add_refusals(Desk& desk) {
  desk.refusal("R-LST-1", {"该名单已登记", "The list was delivered already"})
      .refusal("R-LST-2", {"须填写人员，或姓名和电话", "Say the person, or name and telephone"})
      .refusal("R-LST-3", {"名单中已有这一行", "The list has this line already"})
      .refusal("R-LST-4", {"已核实到的须登记为人员", "Who was reached must be registered as a person"})
      .refusal("R-LST-5", {"须写明依据", "Say on what proof"})
      .refusal("R-LST-6", {"名单未全部落位，不能销号", "Lines are left: the list cannot be closed"});
}

void add_readings(Desk& desk) {
  const std::vector<Role> readers{Role::GRID, Role::FRP, Role::INV, Role::CDC, Role::POL,
                                  Role::TEL,  Role::CMD, Role::DO,  Role::DL,  Role::HA};
  desk.list<AreaList>({.desk = {},
                       .name = "area_lists",
                       .title = {"核查名单", "Screening lists"},
                       .table = nullptr,
                       .readers = readers,
                       .filters = {"state", "kind", "township", "cdc"},
                       .order_by = "received_at",
                       .descending = true,
                       .unit_fields = {"township", "cdc"}});
  desk.list<ListLine>({.desk = {},
                       .name = "list_lines",
                       .title = {"名单人员", "Lines of lists"},
                       .table = nullptr,
                       .readers = readers,
                       .filters = {"list", "state", "class", "township", "village", "person", "escaped"},
                       .order_by = "number",
                       .descending = false,
                       .unit_fields = {"township", "village"}});
}

}  // namespace

void add_area_lists(Desk& desk) {
  add_area_list_facts(desk);
  add_deliver_list(desk);
  add_list_lines(desk);
  add_close_list(desk);
  add_refusals(desk);
  add_readings(desk);
  desk.row_law<AreaList>("D5: a list knows what became of each line", of_list);
  desk.row_law<ListLine>("D5: a line names somebody, and is settled as something", of_line);
  desk.law("D5: lines = Σ outcomes", lists_add_up);
}

}  // namespace fx::investigation
