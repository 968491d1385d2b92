#pragma once

#include "desks/investigation/area_list/events.hpp"
#include "kernel/desk.hpp"

namespace fx::investigation {

/// A list and its equation: loaded = to_check + reached + not_here + wrong_data + refused + settled, and
/// left = lines - not_here - wrong_data - settled.
struct AreaList {
  static constexpr std::string_view table = "area_list";
  AreaListId id;
  ListKind kind = ListKind::telecom;
  std::string source;
  UnitId township;
  UnitId cdc;
  ListState state = ListState::open;
  Instant received_at;
  std::optional<Instant> enrol_by;
  std::int32_t lines = 0;
  std::int32_t loaded = 0;
  std::int32_t to_check = 0;
  std::int32_t reached = 0;
  std::int32_t not_here = 0;
  std::int32_t wrong_data = 0;
  std::int32_t refused = 0;
  std::int32_t settled = 0;
  std::int32_t left = 0;
  std::int32_t escaped = 0;  ///< 漏管 among the settled
  std::optional<Instant> closed_at;
};
BOOST_DESCRIBE_STRUCT(AreaList, (),
                      (id, kind, source, township, cdc, state, received_at, enrol_by, lines, loaded, to_check,
                       reached, not_here, wrong_data, refused, settled, left, escaped, closed_at))

struct ListLine {
  static constexpr std::string_view table = "list_line";
  ListLineId id;
  AreaListId list;
  std::int32_t number = 0;
  std::optional<PersonId> person;
  std::optional<TextId> who;
  LineState state = LineState::to_check;
  std::optional<LineClass> class_;
  UnitId township;
  std::optional<UnitId> village;
  std::optional<Instant> enrol_by;  ///< not settled by then: 漏管
  std::optional<Instant> arrived_at;
  bool escaped = false;
  std::optional<AccountId> by;
  std::optional<Instant> answered_at;
  std::optional<TextId> proof;
};
BOOST_DESCRIBE_STRUCT(ListLine, (),
                      (id, list, number, person, who, state, class_, township, village, enrol_by, arrived_at,
                       escaped, by, answered_at, proof))

/// The claim by which a list has one line of a number.
RawId number_of_line(AreaListId list, std::int32_t number);

/// How many lines are in a state.
std::int32_t& count_of(AreaList& list, LineState state);

/// Nothing more is to be done about the line.
inline bool is_done(LineState state) {
  return state == LineState::settled || state == LineState::not_here || state == LineState::wrong_data;
}

/// The part of the desk that is about area lists: tables, operations, refusals, lists, laws.
void add_area_lists(Desk& desk);

void add_area_list_facts(Desk& desk);
void add_deliver_list(Desk& desk);
void add_list_lines(Desk& desk);
void add_close_list(Desk& desk);

}  // namespace fx::investigation
