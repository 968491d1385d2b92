// What events do to area lists and their lines.
#include "desks/investigation/area_list/facts.hpp"

#include "kernel/derive.hpp"
#include "kernel/view.hpp"

namespace fx::investigation {
namespace {

void move(AreaList& list, LineState from, LineState to) {
  --count_of(list, from);
  ++count_of(list, to);
  if (is_done(to) && !is_done(from)) --list.left;
  if (is_done(from) && !is_done(to)) ++list.left;
}

void deliver(AreaList& row, const ListDelivered& e, const Stamp&) {
  row.id = e.list;
  row.kind = e.kind;
  row.source = e.source;
  row.township = e.township;
  row.cdc = e.cdc;
  row.received_at = e.received_at;
  row.enrol_by = e.enrol_by;
  row.lines = e.lines;
  row.left = e.lines;
}

void load(ListLine& row, const LineLoaded& e, const Stamp&) {
  row.id = e.line;
  row.list = e.list;
  row.number = e.number;
  row.person = e.person;
  if (!e.who.hash.empty()) row.who = e.who.id;
  row.township = e.township;
  row.enrol_by = e.enrol_by;
}

void answer(ListLine& row, const LineAnswered& e, const Stamp& at) {
  row.state = e.outcome;
  if (e.person) row.person = e.person;
  if (e.village) row.village = e.village;
  if (!e.proof.hash.empty()) row.proof = e.proof.id;
  row.by = e.by;
  row.answered_at = at.occurred_at;
}

void settle(ListLine& row, const LineSettled& e, const Stamp& at) {
  row.state = LineState::settled;
  row.class_ = e.class_;
  if (e.village) row.village = e.village;
  row.arrived_at = e.arrived_at;
  row.escaped = e.escaped;
  row.by = e.by;
  row.answered_at = at.occurred_at;
}

}  // namespace

RawId number_of_line(AreaListId list, std::int32_t number) {
  return named_id("list_line", list.text() + ":" + std::to_string(number), list.home());
}

std::int32_t& count_of(AreaList& list, LineState state) {
  switch (state) {
    case LineState::to_check: return list.to_check;
    case LineState::reached: return list.reached;
    case LineState::not_here: return list.not_here;
    case LineState::wrong_data: return list.wrong_data;
    case LineState::refused: return list.refused;
    case LineState::settled: break;
  }
  return list.settled;
}

void add_area_list_facts(Desk& desk) {
  desk.table<AreaList>({.indexes = {"township, state", "cdc, state"}})
      .table<ListLine>({.indexes = {"list, state", "person", "township, state"}});
  desk.event<ListDelivered>().event<LineLoaded>().event<LineAnswered>().event<LineSettled>();
  desk.event<ListSettled>().event<ListClosed>();
  desk.evolves<ListDelivered, AreaList>(&ListDelivered::list, deliver)
      .evolves<LineLoaded, AreaList>(&LineLoaded::list,
                                     [](AreaList& row, auto&, auto&) {
                                       ++row.loaded;
                                       ++row.to_check;
                                     })
      .evolves<LineAnswered, AreaList>(&LineAnswered::list, [](AreaList& row, const LineAnswered& e,
                                                               auto&) { move(row, e.former, e.outcome); })
      .evolves<LineSettled, AreaList>(&LineSettled::list,
                                      [](AreaList& row, const LineSettled& e, auto&) {
                                        move(row, e.former, LineState::settled);
                                        if (e.escaped) ++row.escaped;
                                      })
      .evolves<ListSettled, AreaList>(&ListSettled::list,
                                      [](AreaList& row, auto&, auto&) { row.state = ListState::settled; })
      .evolves<ListClosed, AreaList>(&ListClosed::list, [](AreaList& row, auto&, const Stamp& at) {
        row.state = ListState::closed;
        row.closed_at = at.occurred_at;
      });
  desk.evolves<LineLoaded, ListLine>(&LineLoaded::line, load)
      .evolves<LineLoaded, Claim>([](const LineLoaded& e) { return number_of_line(e.list, e.number); },
                                  [](Claim& claim, const LineLoaded& e, auto&) {
                                    claim = {number_of_line(e.list, e.number), "list_line", e.line.raw};
                                  })
      .evolves<LineAnswered, ListLine>(&LineAnswered::line, answer)
      .evolves<LineSettled, ListLine>(&LineSettled::line, settle);
}

}  // namespace fx::investigation
