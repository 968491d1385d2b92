// Sewage of a site (F7): measured, dosed again when out of range, let out only in range [R-SEW-1].
#include "desks/isolation/services/operations.hpp"

namespace fx::isolation {
namespace {

bool in_range(double chlorine, const Context& context, std::int32_t county) {
  const auto least = context.number("F.sewage.cl_mg_l.min", county);
  const auto most = context.number("F.sewage.cl_mg_l.max", county);
  return (!least || chlorine >= *least) && (!most || chlorine <= *most);
}

Result<Decision> record(const RecordSewage& c, const View& view, const Context& context) {
  if (view.find<Site>(c.site.raw) == nullptr) return unknown("/site");
  if (c.chlorine_mg_l < 0 || c.chlorine_mg_l > 1000)
    return malformed("/chlorine_mg_l", "余氯数值不合理", "no such concentration");
  if (!in_range(c.chlorine_mg_l, context, c.site.home()))
    return Decision{{SewageOutOfRange{c.site, c.chlorine_mg_l}}};
  const auto a_day = context.number("F.sewage.check_per_day", c.site.home());
  return Decision{
      {SewageInRange{c.site, c.chlorine_mg_l,
                     next_check(context.occurred_at, a_day ? static_cast<std::int32_t>(*a_day) : 1)}}};
}

Result<Decision> redose(const RedoseSewage& c, const View& view, const Context&) {
  const SiteUpkeep* upkeep = view.find<SiteUpkeep>(c.site.raw);
  if (upkeep == nullptr) return unknown("/site");
  Refusals no;
  if (upkeep->sewage != SewageState::out_of_range)
    no.add(wrong_state(upkeep->sewage, {SewageState::out_of_range}));
  if (c.agent.empty()) no.add(missing("/agent"));
  if (!no.empty()) return no;
  return Decision{{SewageRedosed{c.site, c.agent}}};
}

Result<Decision> discharge(const DischargeSewage& c, const View& view, const Context&) {
  const SiteUpkeep* upkeep = view.find<SiteUpkeep>(c.site.raw);
  if (upkeep == nullptr || upkeep->sewage != SewageState::in_range) return refuse("R-SEW-1", "/site");
  return Decision{{SewageDischarged{c.site}}};
}

template <class C>
void keys(const C& c, const Context&, KeySet& keys) {
  keys.own<SiteUpkeep>(c.site.raw);
  keys.read<Site>(c.site.raw);
  keys.subject(c.site.raw);
}

}  // namespace

void add_sewage(Desk& desk) {
  desk.operation<RecordSewage>("record_sewage", {"登记污水监测", "Record a sewage check"})
      .by({Role::QM, Role::QD})
      .keys(keys<RecordSewage>)
      .place(that_site<RecordSewage>)
      .decide(record);
  desk.operation<RedoseSewage>("redose_sewage", {"污水补投消毒剂", "Dose the sewage again"})
      .by({Role::QM, Role::QD})
      .keys(keys<RedoseSewage>)
      .place(that_site<RedoseSewage>)
      .decide(redose);
  desk.operation<DischargeSewage>("discharge_sewage", {"排放污水", "Discharge sewage"})
      .by({Role::QM})
      .keys(keys<DischargeSewage>)
      .place(that_site<DischargeSewage>)
      .decide(discharge);
}

}  // namespace fx::isolation
