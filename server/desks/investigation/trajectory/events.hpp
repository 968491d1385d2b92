#pragma once

// Where a case was, as far as anybody knows; and what was made of each stop. First member of each: the thing it is about.

#include "kernel/event.hpp"

namespace fx::investigation {

FX_TAG(Stop, "stop");
FX_TAG(Gap, "gap");

/// How a stretch of a trajectory was spent: at a place, or under way in a vehicle.
enum class StopKind { stay, plane, train, coach, bus, ship, taxi, car, walk };
BOOST_DESCRIBE_ENUM(StopKind, stay, plane, train, coach, bus, ship, taxi, car, walk)

/// What kind of place it is: the rules of contact differ.
enum class Setting {
  home,
  workplace,
  school,
  dining,
  shop,
  medical,
  hotel,
  entertainment,
  outdoors,
  transport,
  other
};
BOOST_DESCRIBE_ENUM(Setting, home, workplace, school, dining, shop, medical, hotel, entertainment, outdoors,
                    transport, other)

/// How we know of it.
enum class KnownBy { interview, scan, telecom, ticket, camera, payment, document, registration };
BOOST_DESCRIBE_ENUM(KnownBy, interview, scan, telecom, ticket, camera, payment, document, registration)

/// How a stop in the infectious window ends: everybody met there was asked for, or nobody can have been met.
enum class StopOutcome { asked, no_contact_possible };
BOOST_DESCRIBE_ENUM(StopOutcome, asked, no_contact_possible)

/// A stop became known; or, `corrects`, is known better now: the former words of the same stop stay in the ledger, and
/// what was settled on them is open again.
struct StopRecorded {
  static constexpr std::string_view name = "investigation.stop_recorded";
  StopId stop;
  CaseId case_id;
  PersonId person;
  UnitId cdc;
  StopKind kind = StopKind::stay;
  Setting setting = Setting::other;
  std::string place;          ///< a public name: market, estate, station
  std::int64_t division = 0;  ///< GB/T 2260 code of 6, 9 or 12 digits; 0: not coded
  TextRef address;
  Instant from;
  Instant until;
  std::string service;   ///< number of the flight, train, coach; plate of a car
  std::string carriage;  ///< carriage, deck, cabin
  std::int32_t row = 0;  ///< seat row counted from the front; 0: not known
  std::string seat;
  KnownBy known_by = KnownBy::interview;
  std::optional<bool> masked;
  bool in_window = false;
  bool corrects = false;
  AccountId by;
  TextRef reason;  ///< of a correction
};
BOOST_DESCRIBE_STRUCT(StopRecorded, (),
                      (stop, case_id, person, cdc, kind, setting, place, division, address, from, until,
                       service, carriage, row, seat, known_by, masked, in_window, corrects, by, reason))

struct StopWithdrawn {
  static constexpr std::string_view name = "investigation.stop_withdrawn";
  StopId stop;
  CaseId case_id;
  AccountId by;
  TextRef reason;
};
BOOST_DESCRIBE_STRUCT(StopWithdrawn, (), (stop, case_id, by, reason))

struct StopSettled {
  static constexpr std::string_view name = "investigation.stop_settled";
  StopId stop;
  CaseId case_id;
  StopOutcome outcome = StopOutcome::asked;
  AccountId by;
  TextRef note;
};
BOOST_DESCRIBE_STRUCT(StopSettled, (), (stop, case_id, outcome, by, note))

/// The infectious window moved: which stops lie in it now, which no longer.
struct StopsWindowed {
  static constexpr std::string_view name = "investigation.stops_windowed";
  CaseId case_id;
  std::vector<StopId> inside;
  std::vector<StopId> outside;
};
BOOST_DESCRIBE_STRUCT(StopsWindowed, (), (case_id, inside, outside))

/// Nobody knows where the case was, inside its window, for longer than the rulebook leaves unasked: a question.
struct GapFound {
  static constexpr std::string_view name = "investigation.gap_found";
  GapId gap;
  CaseId case_id;
  UnitId cdc;
  Instant from;
  Instant until;
};
BOOST_DESCRIBE_STRUCT(GapFound, (), (gap, case_id, cdc, from, until))

/// The stops, or the window, leave this gap no longer.
struct GapClosed {
  static constexpr std::string_view name = "investigation.gap_closed";
  GapId gap;
  CaseId case_id;
};
BOOST_DESCRIBE_STRUCT(GapClosed, (), (gap, case_id))

/// The question is answered in words, or left open for a stated reason.
struct GapAnswered {
  static constexpr std::string_view name = "investigation.gap_answered";
  GapId gap;
  CaseId case_id;
  bool left_open = false;
  AccountId by;
  TextRef answer;
};
BOOST_DESCRIBE_STRUCT(GapAnswered, (), (gap, case_id, left_open, by, answer))

}  // namespace fx::investigation
