#pragma once

// Area screening (核查, domain model D5): a list that was delivered, and what became of each of its lines. First member
// of each: the list, or the line.

#include "kernel/event.hpp"

namespace fx::investigation {

FX_TAG(AreaList, "list");
FX_TAG(ListLine, "line");

/// Where a list comes from: 电信大数据, 返乡人员, 住户.
enum class ListKind { telecom, returnee, residents };
BOOST_DESCRIBE_ENUM(ListKind, telecom, returnee, residents)

enum class ListState { open, settled, closed };
BOOST_DESCRIBE_ENUM(ListState, open, settled, closed)

/// D5: TO_CHECK → REACHED | NOT_HERE | WRONG_DATA | REFUSED → SETTLED(class).
enum class LineState { to_check, reached, not_here, wrong_data, refused, settled };
BOOST_DESCRIBE_ENUM(LineState, to_check, reached, not_here, wrong_data, refused, settled)

/// As what a person on a list is managed from here on; not_concerned: no measure.
enum class LineClass {
  close_contact,
  contact_of_contact,
  inbound,
  high_risk_area,
  medium_risk_area,
  low_risk_area,
  venue_exposed,
  infection_reported,
  not_concerned
};
BOOST_DESCRIBE_ENUM(LineClass, close_contact, contact_of_contact, inbound, high_risk_area, medium_risk_area,
                    low_risk_area, venue_exposed, infection_reported, not_concerned)

struct ListDelivered {
  static constexpr std::string_view name = "investigation.list_delivered";
  AreaListId list;
  ListKind kind = ListKind::telecom;
  std::string source;  ///< who sent it
  UnitId township;     ///< who owes its settling
  UnitId cdc;
  std::int32_t lines = 0;  ///< as the sender counts them
  Instant received_at;
  std::optional<Instant> enrol_by;  ///< who is not settled by then was never under control: 漏管
};
BOOST_DESCRIBE_STRUCT(ListDelivered, (), (list, kind, source, township, cdc, lines, received_at, enrol_by))

struct LineLoaded {
  static constexpr std::string_view name = "investigation.line_loaded";
  ListLineId line;
  AreaListId list;
  std::int32_t number = 0;         ///< in the list
  std::optional<PersonId> person;  ///< absent: only `who` is known
  TextRef who;                     ///< name and telephone as the sender wrote them
  UnitId township;
  std::optional<Instant> enrol_by;
};
BOOST_DESCRIBE_STRUCT(LineLoaded, (), (line, list, number, person, who, township, enrol_by))

struct LineAnswered {
  static constexpr std::string_view name = "investigation.line_answered";
  ListLineId line;
  AreaListId list;
  ListKind kind = ListKind::telecom;
  LineState former = LineState::to_check;
  LineState outcome = LineState::reached;
  std::optional<PersonId> person;
  std::optional<UnitId> village;  ///< where the person was found
  UnitId township;
  AccountId by;
  TextRef proof;
};
BOOST_DESCRIBE_STRUCT(LineAnswered, (),
                      (line, list, kind, former, outcome, person, village, township, by, proof))

struct LineSettled {
  static constexpr std::string_view name = "investigation.line_settled";
  ListLineId line;
  AreaListId list;
  LineState former = LineState::reached;
  LineClass class_ = LineClass::not_concerned;
  std::optional<PersonId> person;
  UnitId township;
  std::optional<UnitId> village;
  AccountId by;
  std::optional<Instant> arrived_at;  ///< when the person came to the place
  bool escaped = false;               ///< 漏管: there longer than the rulebook allows without being enrolled
};
BOOST_DESCRIBE_STRUCT(LineSettled, (),
                      (line, list, former, class_, person, township, village, by, arrived_at, escaped))

/// No line is left to check, to persuade or to class.
struct ListSettled {
  static constexpr std::string_view name = "investigation.list_settled";
  AreaListId list;
};
BOOST_DESCRIBE_STRUCT(ListSettled, (), (list))

/// The equation of the list, closed: lines = settled + not_here + wrong_data.
struct ListClosed {
  static constexpr std::string_view name = "investigation.list_closed";
  AreaListId list;
  std::int32_t lines = 0;
  std::int32_t settled = 0;
  std::int32_t not_here = 0;
  std::int32_t wrong_data = 0;
  std::int32_t escaped = 0;
};
BOOST_DESCRIBE_STRUCT(ListClosed, (), (list, lines, settled, not_here, wrong_data, escaped))

}  // namespace fx::investigation
