// The external list: received, put in force, superseded. What is new or graver in a version is read again against the
// arrivals of the days looked back (landing/reread.cpp).
#include <algorithm>
#include <set>

#include "desks/gates/operations.hpp"
#include "desks/gates/regions/commands.hpp"

namespace fx::gates {
namespace {

Result<Decision> receive_list(const ReceiveList& c, const View& view, const Context& context) {
  Refusals no;
  if (view.find<ExternalList>(c.external_list) != nullptr)
    no.add(wrong_state("received", {"new"}, "/external_list"));
  if (c.number <= 0) no.add(malformed("/number", "版本号为正数", "a version is a positive number"));
  if (c.entries.empty()) no.add(missing("/entries"));
  std::set<std::int32_t> seen;
  for (std::size_t i = 0; i < c.entries.size(); ++i) {
    const std::string path = "/entries/" + std::to_string(i) + "/place";
    if (c.entries[i].place < 100'000 || c.entries[i].place > 999'999)
      no.add(malformed(path, "应为6位行政区划代码", "a division code has six digits"));
    if (!seen.insert(c.entries[i].place).second)
      no.add(malformed(path, "同一地区出现两次", "a place is named twice"));
  }
  if (!no.empty()) return no;
  return Decision{
      {ListReceived{c.external_list, c.number, context.actor.jurisdiction, context.actor.unit, c.entries}}};
}

RegionClass class_in(const std::vector<RegionEntry>& entries, std::int32_t place) {
  for (const RegionEntry& entry : entries)
    if (entry.place == place) return entry.class_;
  return RegionClass::none;
}

Result<Decision> put_in_force(const PutListInForce& c, const View& view, const Context& context) {
  const ExternalList* list = view.find<ExternalList>(c.external_list);
  if (list == nullptr || list->county != context.actor.jurisdiction) return unknown("/external_list");
  if (list->state != ListState::received) return wrong_state(list->state, {ListState::received});
  const auto* now = view.find<ListNow>(list_now(list->county));
  if (now != nullptr && now->number >= list->number) return refuse("R-GAT-10", "/external_list");
  ListInForce in_force{list->id, list->number, list->county, list->owner, list->entries, {}, {}};
  std::vector<Event> places;
  for (const RegionEntry& entry : list->entries) {
    const bool graver =
        entry.class_ > (now != nullptr ? class_in(now->entries, entry.place) : RegionClass::none);
    if (graver) in_force.graver.push_back(entry.place);
    places.emplace_back(PlaceListed{list->id, list->number, list->county, entry.place, entry.class_});
  }
  if (now != nullptr) {
    in_force.former = now->external_list;
    for (const RegionEntry& entry : now->entries)
      if (class_in(list->entries, entry.place) == RegionClass::none)
        places.emplace_back(
            PlaceListed{list->id, list->number, list->county, entry.place, RegionClass::none});
  }
  Decision out{{in_force}};
  if (now != nullptr) out.events.emplace_back(ListSuperseded{now->external_list, list->id});
  out.events.insert(out.events.end(), places.begin(), places.end());
  return out;
}

void more_keys(const PutListInForce& c, const View& view, const Context& context, KeySet& keys) {
  const std::int32_t county = context.actor.jurisdiction;
  if (const ExternalList* list = view.find<ExternalList>(c.external_list))
    for (const RegionEntry& entry : list->entries) keys.own<ListedPlace>(listed_place(county, entry.place));
  const auto* now = view.find<ListNow>(list_now(county));
  if (now == nullptr) return;
  keys.own<ExternalList>(now->external_list);
  for (const RegionEntry& entry : now->entries) keys.own<ListedPlace>(listed_place(county, entry.place));
}

}  // namespace

void add_regions(Desk& desk) {
  desk.operation<ReceiveList>("receive_list", {"接收外地风险名单", "Receive an external list"})
      .by({Role::CDC, Role::HA, Role::DO, Role::CMD})
      .keys(
          [](const ReceiveList& c, const Context&, KeySet& keys) { keys.own<ExternalList>(c.external_list); })
      .decide(receive_list);
  desk.operation<PutListInForce>("put_list_in_force", {"启用外地风险名单", "Put an external list in force"})
      .by({Role::CDC, Role::HA, Role::DO, Role::CMD})
      .keys([](const PutListInForce& c, const Context& context, KeySet& keys) {
        keys.own<ExternalList>(c.external_list).own<ListNow>(list_now(context.actor.jurisdiction));
      })
      .more_keys(more_keys)
      .place([](const PutListInForce& c, const View& view, const Context&) {
        const ExternalList* list = view.find<ExternalList>(c.external_list);
        return list != nullptr ? std::optional(list->owner) : std::nullopt;
      })
      .decide(put_in_force);
}

}  // namespace fx::gates
