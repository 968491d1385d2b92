// Quarantine sites and their rooms.
#include <set>

#include "desks/isolation/services/operations.hpp"
#include "desks/isolation/site_events.hpp"

namespace fx::isolation {
namespace {

Result<Decision> open(const OpenSite& c, const View& view, const Context& context) {
  const Unit* unit = context.reference.unit(c.site);
  if (unit == nullptr || unit->kind != UnitKind::quarantine_site) return unknown("/site");
  const Site* site = view.find<Site>(c.site.raw);
  if (site != nullptr && site->open) return wrong_state("open", {"closed"});
  return Decision{{SiteOpened{c.site}}};
}

Result<Decision> close(const CloseSite& c, const View& view, const Context&) {
  const Site* site = view.find<Site>(c.site.raw);
  if (site == nullptr) return unknown("/site");
  Refusals no;
  if (!site->open) no.add(wrong_state("closed", {"open"}));
  if (site->occupied > 0) no.add("R-STY-16");
  if (!no.empty()) return no;
  return Decision{{SiteClosed{c.site}}};
}

Result<Decision> add(const AddRooms& c, const View& view, const Context&) {
  const Site* site = view.find<Site>(c.site.raw);
  if (site == nullptr) return unknown("/site");
  Refusals no;
  Decision decision;
  std::set<std::string> numbers;
  if (c.rooms.empty()) no.add(missing("/rooms"));
  for (std::size_t i = 0; i < c.rooms.size(); ++i) {
    const NewRoom& room = c.rooms[i];
    const std::string path = "/rooms/" + std::to_string(i);
    if (room.number.empty()) no.add(missing(path + "/number"));
    const Claim* claim = view.find<Claim>(number_of_room(c.site, room.number));
    const bool taken = (claim != nullptr && !claim->holder.is_nil()) || !numbers.insert(room.number).second;
    if (taken || view.find<QuarantineRoom>(room.room) != nullptr) no.add("R-STY-17", path + "/number");
    decision.events.emplace_back(RoomAdded{room.room, c.site, room.number, room.floor.value_or("")});
  }
  if (!no.empty()) return no;
  count_ready(decision, *site, view.find<SiteUpkeep>(c.site.raw), static_cast<std::int32_t>(c.rooms.size()));
  return decision;
}

}  // namespace

void add_sites(Desk& desk) {
  desk.operation<OpenSite>("open_site", {"启用隔离点", "Open a site"})
      .by({Role::CMD, Role::HA, Role::QM})
      .keys([](const OpenSite& c, const Context&, KeySet& keys) { keys.own<Site>(c.site.raw); })
      .place(that_site<OpenSite>)
      .decide(open);
  desk.operation<CloseSite>("close_site", {"关闭隔离点", "Close a site"})
      .by({Role::CMD, Role::HA, Role::QM})
      .keys([](const CloseSite& c, const Context&, KeySet& keys) { keys.own<Site>(c.site.raw); })
      .place(that_site<CloseSite>)
      .decide(close);
  desk.operation<AddRooms>("add_rooms", {"登记房间", "Add rooms"})
      .by({Role::QM, Role::CMD, Role::HA})
      .keys([](const AddRooms& c, const Context&, KeySet& keys) {
        keys.own<Site>(c.site.raw).own<SiteUpkeep>(c.site.raw);
        for (const NewRoom& room : c.rooms)
          keys.own<QuarantineRoom>(room.room).own<Claim>(number_of_room(c.site, room.number));
      })
      .place(that_site<AddRooms>)
      .decide(add);
}

}  // namespace fx::isolation
