// One by one, none missed: a list is closed when its equation holds and nobody is left to check or to persuade.
#include "desks/investigation/area_list/commands.hpp"
#include "desks/investigation/area_list/facts.hpp"
#include "kernel/guards.hpp"

namespace fx::investigation {
namespace {

Refusal lines_left(const AreaList& list) {
  return refuse_because(
      "R-LST-6", "/list",
      fmt::format("还有 {} 行未落位：未登记 {}、待核查 {}、拒绝 {}、待分类 {}", list.left,
                  list.lines - list.loaded, list.to_check, list.refused, list.reached),
      fmt::format("{} lines are left: {} not loaded, {} to check, {} refused, {} reached without a class",
                  list.left, list.lines - list.loaded, list.to_check, list.refused, list.reached));
}

Result<Decision> close_list(const CloseList& c, const View& view, const Context&) {
  const AreaList* list = view.find<AreaList>(c.list);
  if (list == nullptr) return unknown("/list");
  if (list->state == ListState::closed) return wrong_state(list->state, {ListState::settled});
  if (list->left > 0) return lines_left(*list);
  return Decision{
      {ListClosed{list->id, list->lines, list->settled, list->not_here, list->wrong_data, list->escaped}}};
}

}  // namespace

void add_close_list(Desk& desk) {
  desk.operation<CloseList>("close_list", {"核查名单销号", "Close a screening list"})
      .by({Role::FRP, Role::CMD, Role::DO, Role::CDC})
      .keys([](const CloseList& c, const Context&, KeySet& keys) { keys.own<AreaList>(c.list); })
      .place([](const CloseList& c, const View& view, const Context&) -> std::optional<UnitId> {
        const AreaList* list = view.find<AreaList>(c.list);
        return list != nullptr ? std::optional(list->township) : std::nullopt;
      })
      .decide(close_list);
}

}  // namespace fx::investigation
