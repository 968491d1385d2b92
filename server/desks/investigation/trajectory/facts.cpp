#include "desks/investigation/trajectory/facts.hpp"

#include "desks/investigation/events.hpp"
#include "desks/investigation/visits/facts.hpp"

#include "kernel/derive.hpp"

namespace fx::investigation {
namespace {

template <class T>
void list_once(std::vector<T>& list, const T& id) {
  if (std::ranges::find(list, id) == list.end()) list.push_back(id);
}

void record(Stop& row, const StopRecorded& e, const Stamp&) {
  row.id = e.stop;
  row.case_id = e.case_id;
  row.person = e.person;
  row.cdc = e.cdc;
  row.kind = e.kind;
  row.setting = e.setting;
  row.place = e.place;
  row.division = e.division;
  row.address = e.address;
  row.from = e.from;
  row.until = e.until;
  row.service = e.service;
  row.carriage = e.carriage;
  row.row = e.row;
  row.seat = e.seat;
  row.known_by = e.known_by;
  row.masked = e.masked;
  row.in_window = e.in_window;
  if (e.corrects) {
    row.outcome.reset();
    row.settled_by.reset();
  }
}

void stop_facts(Desk& desk) {
  desk.evolves<StopRecorded, Stop>(&StopRecorded::stop, record);
  desk.evolves<StopRecorded, Trajectory>([](const StopRecorded& e) { return trajectory_of(e.case_id); },
                                         [](Trajectory& row, const StopRecorded& e, const Stamp&) {
                                           row.id = trajectory_of(e.case_id);
                                           list_once(row.stops, e.stop);
                                         });
  desk.evolves<StopWithdrawn, Stop>(
      &StopWithdrawn::stop, [](Stop& row, const StopWithdrawn&, const Stamp&) { row.withdrawn = true; });
  desk.evolves<StopSettled, Stop>(&StopSettled::stop, [](Stop& row, const StopSettled& e, const Stamp&) {
    row.outcome = e.outcome;
    row.settled_by = e.by;
  });
  desk.evolves<StopsWindowed, Stop>(
      &StopsWindowed::inside, [](Stop& row, const StopsWindowed&, const Stamp&) { row.in_window = true; });
  desk.evolves<StopsWindowed, Stop>(
      &StopsWindowed::outside, [](Stop& row, const StopsWindowed&, const Stamp&) { row.in_window = false; });
  // A contact found at a stop, and judged: what the stop's asking brought.
  desk.evolves<ContactNamed, Stop>(&ContactNamed::stop,
                                   [](Stop& row, const ContactNamed&, const Stamp&) { ++row.found; });
  desk.evolves<ContactJudged, Stop>(&ContactJudged::stop,
                                    [](Stop& row, const ContactJudged&, const Stamp&) { ++row.judged; });
}

void gap_facts(Desk& desk) {
  desk.evolves<GapFound, Gap>(&GapFound::gap, [](Gap& row, const GapFound& e, const Stamp&) {
    row.id = e.gap;
    row.case_id = e.case_id;
    row.cdc = e.cdc;
    row.from = e.from;
    row.until = e.until;
    row.stands = true;
  });
  desk.evolves<GapFound, Trajectory>([](const GapFound& e) { return trajectory_of(e.case_id); },
                                     [](Trajectory& row, const GapFound& e, const Stamp&) {
                                       row.id = trajectory_of(e.case_id);
                                       list_once(row.gaps, e.gap);
                                     });
  desk.evolves<GapClosed, Gap>(&GapClosed::gap,
                               [](Gap& row, const GapClosed&, const Stamp&) { row.stands = false; });
  desk.evolves<GapAnswered, Gap>(&GapAnswered::gap, [](Gap& row, const GapAnswered& e, const Stamp&) {
    row.answered = true;
    row.left_open = e.left_open;
    row.answered_by = e.by;
    row.answer = e.answer;
  });
}

}  // namespace

RawId trajectory_of(CaseId case_id) { return derive_id(case_id.raw, "trajectory"); }

GapId gap_of(CaseId case_id, Instant from, Instant until) {
  return derive<GapTag>(case_id.raw, "gap " + format(from) + " " + format(until));
}

std::string place_of(const Stop& stop) {
  return place_name(stop.kind, stop.service, stop.division, stop.place, stop.from);
}

bool is_done(const Stop& stop) {
  if (stop.withdrawn || !stop.in_window) return true;
  return stop.outcome && stop.judged >= stop.found;
}

bool is_done(const Gap& gap) { return !gap.stands || gap.answered; }

void add_trajectory_facts(Desk& desk) {
  desk.table<Stop>({.indexes = {"case_id", "cdc"}})
      .table<Gap>({.indexes = {"case_id", "cdc"}})
      .table<Trajectory>();
  desk.event<StopRecorded>().event<StopWithdrawn>().event<StopSettled>().event<StopsWindowed>();
  desk.event<GapFound>().event<GapClosed>().event<GapAnswered>();
  stop_facts(desk);
  gap_facts(desk);
}

}  // namespace fx::investigation
