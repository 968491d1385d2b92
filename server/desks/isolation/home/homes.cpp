// PROPOSED → ASSESSED → IN_HOME, or unsuitable → CENTRAL [domain model F5, R-HOM-1, R-HOM-2]. Only where the edition in
// force allows a site for the class.
#include "desks/isolation/home/commands.hpp"
#include "desks/isolation/operations.hpp"

namespace fx::isolation {
namespace {

bool is_at_home(const Stay& stay) {
  return stay.regime == Regime::home_isolation &&
         is_one_of(stay.state, {StayState::ordered, StayState::observing});
}

Result<Decision> assess(const AssessHome& c, const View& view, const Context& context) {
  const Stay* stay = view.find<Stay>(c.stay);
  if (stay == nullptr) return unknown("/stay");
  Refusals no;
  if (!is_one_of(stay->state, {StayState::ordered, StayState::observing}))
    no.add(wrong_state(stay->state, {StayState::ordered, StayState::observing}));
  if (stay->regime == Regime::central) no.add("R-STY-12", "/stay");
  if (c.co_residents < 0) no.add(malformed("/co_residents", "人数不能为负", "a number of people"));
  if (!no.empty()) return no;
  const bool apart = stay->regime != Regime::home_isolation;  // monitoring asks for no separation
  const bool suitable = apart || (c.own_room && c.own_toilet && c.co_residents == 0);
  return Decision{{HomeAssessed{stay->id, stay->person, stay->site, stay->cdc, suitable, c.own_room,
                                c.own_toilet, c.co_residents, context.actor.account}}};
}

bool allows_site(const Schedule& schedule) {
  return schedule.regime == Regime::central || schedule.if_home_unsuitable == Regime::central ||
         schedule.by_choice == Regime::central;
}

Result<Decision> move(const MoveToSite& c, const View& view, const Context& context) {
  const Stay* stay = view.find<Stay>(c.stay);
  if (stay == nullptr) return unknown("/stay");
  Refusals no;
  if (!is_at_home(*stay)) no.add("R-STY-12", "/stay");
  const Ruled ruled = schedule_of(stay->class_, context, stay->id.home());
  if (!ruled.schedule || !allows_site(*ruled.schedule)) no.add("R-STY-2", "/stay");
  if (c.legal_basis.empty()) no.add("R-STY-1", "/legal_basis");
  if (!c.notice_given) no.add("R-STY-1", "/notice_given");
  const Site* site = view.find<Site>(c.site.raw);
  if (site == nullptr || !site->open) no.add("R-STY-11", "/site");
  if (!no.empty()) return no;
  return Decision{
      {StayMovedToSite{stay->id, stay->person, c.site, stay->cdc,
                       desks::unit_at(context.reference, UnitKind::transfer_desk, stay->id.home()),
                       stay->site, stay->regime, context.actor.account, c.legal_basis}}};
}

void evolve_homes(Desk& desk) {
  desk.event<HomeAssessed>().event<StayMovedToSite>();
  desk.evolves<StayMovedToSite, Stay>(&StayMovedToSite::stay, [](Stay& row, const StayMovedToSite& e, auto&) {
    row.state = StayState::ordered;
    row.regime = Regime::central;
    row.site = e.site;
    row.holder = e.former_site;  // until the carrier takes over
    row.carrier = e.carrier;
    row.officer = e.officer;
    row.legal_basis = e.legal_basis;
    row.next_check.reset();
  });
}

}  // namespace

void add_homes(Desk& desk) {
  evolve_homes(desk);
  desk.operation<AssessHome>("assess_home", {"评估居家条件", "Assess the home"})
      .by({Role::GRID, Role::CDC})
      .keys(own_stay<AssessHome>)
      .place(site_of<AssessHome>)
      .decide(assess);
  desk.operation<MoveToSite>("move_to_site", {"转为集中隔离", "Move to a site"})
      .by({Role::CDC, Role::CMD})
      .keys([](const MoveToSite& c, const Context&, KeySet& keys) {
        keys.own<Stay>(c.stay).read<Site>(c.site.raw);
      })
      .place(cdc_of<MoveToSite>)
      .decide(move);
}

}  // namespace fx::isolation
