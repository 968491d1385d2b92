// Open stays by the edition they follow: one more when ordered, one less when over.
#include "desks/isolation/facts.hpp"
#include "kernel/derive.hpp"

namespace fx::isolation {
namespace {

template <class E>
RawId count_of(const E& e) {
  return open_stays_of(e.stay.home(), e.edition.pathogen, e.edition.class_);
}

template <class E>
void one_less(Desk& desk) {
  desk.evolves<E, OpenStays>(
      count_of<E>, [](OpenStays& row, const E& e, auto&) { count_open(row, e.stay.home(), e.edition, -1); });
}

}  // namespace

RawId open_stays_of(std::int32_t county, const std::string& pathogen, ControlClass class_) {
  return named_id("open_stays", pathogen + ":" + std::string(enum_text(class_)), county);
}

Edition edition_of(const Stay& stay) { return {stay.pathogen, stay.class_, stay.profile}; }

void count_open(OpenStays& row, std::int32_t county, const Edition& edition, std::int32_t more) {
  row.id = open_stays_of(county, edition.pathogen, edition.class_);
  row.pathogen = edition.pathogen;
  row.class_ = edition.class_;
  auto of = std::ranges::find(row.by_profile, edition.profile, &OpenStays::Of::profile);
  if (of == row.by_profile.end()) of = row.by_profile.insert(of, {edition.profile, 0});
  of->open += more;
  if (of->open == 0) row.by_profile.erase(of);
}

void evolve_open_stays(Desk& desk) {
  desk.table<OpenStays>();
  desk.event<StayExtended>();
  desk.evolves<StayOrdered, OpenStays>(
      [](const StayOrdered& e) { return open_stays_of(e.stay.home(), e.pathogen, e.class_); },
      [](OpenStays& row, const StayOrdered& e, auto&) {
        count_open(row, e.stay.home(), {e.pathogen, e.class_, e.profile}, 1);
      });
  one_less<StayCancelled>(desk);
  one_less<StayEnded>(desk);
  one_less<StayConverted>(desk);
  desk.evolves<StayReleased, OpenStays>(
      [](const StayReleased& e) {
        return e.state == StayState::ended ? std::optional(count_of(e)) : std::nullopt;
      },
      [](OpenStays& row, const StayReleased& e, auto&) { count_open(row, e.stay.home(), e.edition, -1); });
}

}  // namespace fx::isolation
