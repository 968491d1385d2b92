// An opening order owes one third of the rooms, then half, then all: clean and staffed [F6, F.open_steps]. Reached is
// counted, never typed.
#include "desks/isolation/services/operations.hpp"

namespace fx::isolation {
namespace {

Result<Decision> order(const OrderSiteOpening& c, const View& view, const Context& context) {
  const Unit* unit = context.reference.unit(c.site);
  if (unit == nullptr || unit->kind != UnitKind::quarantine_site) return unknown("/site");
  if (c.rooms < 1) return malformed("/rooms", "至少一间", "at least one room");
  Decision decision{
      {SiteOpeningOrdered{c.site, context.actor.unit, c.rooms, rooms_of(OpeningShare::third, c.rooms),
                          rooms_of(OpeningShare::half, c.rooms)}}};
  const SiteUpkeep* known = view.find<SiteUpkeep>(c.site.raw);
  SiteUpkeep upkeep = known != nullptr ? *known : SiteUpkeep{};
  upkeep.ordered = c.rooms;
  upkeep.share = OpeningShare::none;
  if (const Site* site = view.find<Site>(c.site.raw)) count_ready(decision, *site, &upkeep, 0);
  return decision;
}

Result<Decision> staff(const RecordStaffed& c, const View& view, const Context&) {
  const Site* site = view.find<Site>(c.site.raw);
  if (site == nullptr) return unknown("/site");
  if (c.rooms < 0) return malformed("/rooms", "房间数不能为负", "a number of rooms");
  Decision decision{{SiteStaffed{c.site, c.rooms}}};
  count_ready(decision, *site, view.find<SiteUpkeep>(c.site.raw), 0, c.rooms);
  return decision;
}

template <class C>
void keys(const C& c, const Context&, KeySet& keys) {
  keys.own<SiteUpkeep>(c.site.raw);
  keys.read<Site>(c.site.raw);
  keys.subject(c.site.raw);
}

}  // namespace

void count_ready(Decision& decision, const Site& site, const SiteUpkeep* upkeep, std::int32_t more,
                 std::optional<std::int32_t> staffed) {
  if (upkeep == nullptr || upkeep->ordered == 0) return;
  const std::int32_t ready = std::min(site.clean + site.occupied + more, staffed.value_or(upkeep->staffed));
  decision.events.emplace_back(SiteReadinessCounted{site.id, ready});
  for (const OpeningShare share : {OpeningShare::third, OpeningShare::half, OpeningShare::all})
    if (share > upkeep->share && ready >= rooms_of(share, upkeep->ordered))
      decision.events.emplace_back(SiteShareReady{site.id, share, ready});
}

void add_site_opening(Desk& desk) {
  desk.operation<OrderSiteOpening>("order_site_opening", {"下令启用隔离点", "Order the opening of a site"})
      .by({Role::CMD, Role::HA, Role::DL})
      .keys(keys<OrderSiteOpening>)
      .place(that_site<OrderSiteOpening>)
      .decide(order);
  desk.operation<RecordStaffed>("record_staffed",
                                {"登记已配人员的房间数", "Record for how many rooms there is staff"})
      .by({Role::QM, Role::FRP})
      .keys(keys<RecordStaffed>)
      .place(that_site<RecordStaffed>)
      .decide(staff);
}

}  // namespace fx::isolation
