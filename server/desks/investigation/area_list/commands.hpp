#pragma once

// What people may ask about area screening lists. A member not said to be optional is required.

#include "desks/investigation/area_list/events.hpp"

namespace fx::investigation {

struct DeliverList {
  AreaListId list;
  ListKind kind = ListKind::telecom;
  std::string source;
  UnitId township;
  std::int32_t lines = 0;
  std::optional<Instant> received_at;  ///< absent: when this is recorded
};
BOOST_DESCRIBE_STRUCT(DeliverList, (), (list, kind, source, township, lines, received_at))

struct NewLine {
  ListLineId line;
  std::int32_t number = 0;
  std::optional<PersonId> person;
  std::optional<FreeText> who;  ///< name and telephone, when there is no more
};
BOOST_DESCRIBE_STRUCT(NewLine, (), (line, number, person, who))

/// At most 1,000 lines at once; a list of more comes in several.
struct LoadLines {
  AreaListId list;
  std::vector<NewLine> lines;
};
BOOST_DESCRIBE_STRUCT(LoadLines, (), (list, lines))

struct AnswerLine {
  ListLineId line;
  LineState outcome = LineState::reached;
  std::optional<PersonId> person;  ///< who it turned out to be
  std::optional<UnitId> village;
  std::optional<FreeText> proof;
  std::optional<LineClass> class_;  ///< of who was reached: settles the line at once
  std::optional<Instant> arrived_at;
};
BOOST_DESCRIBE_STRUCT(AnswerLine, (), (line, outcome, person, village, proof, class_, arrived_at))

struct SettleLine {
  ListLineId line;
  LineClass class_ = LineClass::not_concerned;
  std::optional<UnitId> village;
  std::optional<Instant> arrived_at;
};
BOOST_DESCRIBE_STRUCT(SettleLine, (), (line, class_, village, arrived_at))

struct CloseList {
  AreaListId list;
};
BOOST_DESCRIBE_STRUCT(CloseList, (), (list))

}  // namespace fx::investigation
