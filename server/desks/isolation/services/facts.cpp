// What events do to a site's upkeep, to counselling and to assessments.
#include "desks/isolation/services/facts.hpp"

#include "desks/isolation/facts.hpp"

namespace fx::isolation {
namespace {

OpeningShare after(OpeningShare share) {
  switch (share) {
    case OpeningShare::none: return OpeningShare::third;
    case OpeningShare::third: return OpeningShare::half;
    default: return OpeningShare::all;
  }
}

void owe_next(SiteUpkeep& row) {
  row.owed = rooms_of(after(row.share), row.ordered);
  row.missing = std::max(0, row.owed - row.ready);
}

void evolve_upkeep(Desk& desk) {
  desk.table<SiteUpkeep>();
  desk.event<SiteOpeningOrdered>().event<SiteStaffed>().event<SiteReadinessCounted>().event<SiteShareReady>();
  desk.event<SewageInRange>().event<SewageOutOfRange>().event<SewageRedosed>().event<SewageDischarged>();
  desk.evolves<SiteOpeningOrdered, SiteUpkeep>(
          &SiteOpeningOrdered::site,
          [](SiteUpkeep& row, const SiteOpeningOrdered& e, const Stamp& at) {
            row.id = e.site;
            row.ordered = e.rooms;
            row.share = OpeningShare::none;
            row.ordered_at = at.occurred_at;
            owe_next(row);
          })
      .evolves<SiteStaffed, SiteUpkeep>(&SiteStaffed::site,
                                        [](SiteUpkeep& row, const SiteStaffed& e, auto&) {
                                          row.id = e.site;
                                          row.staffed = e.rooms;
                                        })
      .evolves<SiteReadinessCounted, SiteUpkeep>(&SiteReadinessCounted::site,
                                                 [](SiteUpkeep& row, const SiteReadinessCounted& e, auto&) {
                                                   row.id = e.site;
                                                   row.ready = e.ready;
                                                   owe_next(row);
                                                 })
      .evolves<SiteShareReady, SiteUpkeep>(&SiteShareReady::site,
                                           [](SiteUpkeep& row, const SiteShareReady& e, auto&) {
                                             row.share = e.share;
                                             owe_next(row);
                                           });
  const auto measured = [](SewageState state) {
    return [state](SiteUpkeep& row, const auto& e, const Stamp& at) {
      row.id = e.site;
      row.sewage = state;
      row.chlorine_mg_l = e.chlorine_mg_l;
      row.sewage_at = at.occurred_at;
    };
  };
  desk.evolves<SewageInRange, SiteUpkeep>(&SewageInRange::site, measured(SewageState::in_range))
      .evolves<SewageOutOfRange, SiteUpkeep>(&SewageOutOfRange::site, measured(SewageState::out_of_range))
      .evolves<SewageRedosed, SiteUpkeep>(
          &SewageRedosed::site, [](SiteUpkeep& row, auto&, auto&) { row.sewage = SewageState::redosed; });
}

void evolve_counselling(Desk& desk) {
  desk.table<Counselling>({.indexes = {"stay", "site, state"}});
  desk.event<CounsellingScreened>().event<CounsellingMoved>().event<CrisisFound>().event<CrisisHandedOver>();
  desk.evolves<CounsellingScreened, Counselling>(
          &CounsellingScreened::counselling,
          [](Counselling& row, const CounsellingScreened& e, const Stamp& at) {
            row.id = e.counselling;
            row.stay = e.stay;
            row.person = e.person;
            row.site = e.site;
            row.state = e.needed ? CounsellingState::offered : CounsellingState::not_needed;
            row.screened_at = at.occurred_at;
          })
      .evolves<CounsellingMoved, Counselling>(
          &CounsellingMoved::counselling,
          [](Counselling& row, const CounsellingMoved& e, auto&) { row.state = e.state; })
      .evolves<CrisisFound, Counselling>(&CrisisFound::counselling,
                                         [](Counselling& row, const CrisisFound& e, const Stamp& at) {
                                           row.id = e.counselling;
                                           row.stay = e.stay;
                                           row.person = e.person;
                                           row.site = e.site;
                                           row.state = CounsellingState::crisis;
                                           row.crisis_at = at.occurred_at;
                                         })
      .evolves<CrisisHandedOver, Counselling>(&CrisisHandedOver::counselling,
                                              [](Counselling& row, const CrisisHandedOver& e, auto&) {
                                                row.state = CounsellingState::handed_over;
                                                row.to = e.to;
                                              });
}

void evolve_cross_exposure(Desk& desk) {
  desk.table<CrossExposure>({.indexes = {"site, open"}});
  desk.event<VisitSeen>().event<CrossExposureOpened>().event<CrossExposureAssessed>();
  desk.evolves<CrossExposureOpened, CrossExposure>(
          &CrossExposureOpened::assessment,
          [](CrossExposure& row, const CrossExposureOpened& e, const Stamp& at) {
            row.id = e.assessment;
            row.stay = e.stay;
            row.site = e.site;
            row.cdc = e.cdc;
            row.cause = e.cause;
            row.opened_at = at.occurred_at;
          })
      .evolves<CrossExposureAssessed, CrossExposure>(
          &CrossExposureAssessed::assessment,
          [](CrossExposure& row, const CrossExposureAssessed& e, const Stamp& at) {
            row.open = false;
            row.residents_exposed = e.residents_exposed;
            row.staff_exposed = e.staff_exposed;
            row.assessed_at = at.occurred_at;
          });
}

}  // namespace

std::int32_t rooms_of(OpeningShare share, std::int32_t ordered) {
  switch (share) {
    case OpeningShare::none: return 0;
    case OpeningShare::third: return (ordered + 2) / 3;
    case OpeningShare::half: return (ordered + 1) / 2;
    case OpeningShare::all: break;
  }
  return ordered;
}

void add_service_facts(Desk& desk) {
  evolve_upkeep(desk);
  evolve_counselling(desk);
  evolve_cross_exposure(desk);
}

}  // namespace fx::isolation
