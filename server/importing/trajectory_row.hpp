#pragma once

#include <boost/describe.hpp>

#include <optional>
#include <string>
#include <vector>

#include "base/time.hpp"
#include "importing/case_row.hpp"
#include "importing/fault.hpp"

namespace fx::importing {

/// One line of a case bulletin: the case (on its first line, or on all), at most one trip and at most one stay. Times stand
/// as written: some have a day only.
struct TrajectoryRow {
  std::string case_id;
  std::string age;
  Sex sex = Sex::unknown;
  std::string address;
  std::vector<std::string> linked_cases;
  std::optional<Day> onset_day;
  std::string onset_place;
  std::optional<Day> confirmed_day;
  std::string hospital;
  std::string symptoms;
  std::optional<Day> left_day;  ///< left the affected place
  std::string left_place;
  std::string trip_at;
  std::string transport;
  std::string seat;  ///< service and seat as written: G512/10车
  std::string trip_from;
  std::string trip_to;
  std::string place;
  std::string event;
  std::string stay_from;
  std::string stay_until;
  std::string notes;
  friend bool operator==(const TrajectoryRow&, const TrajectoryRow&) = default;
};
BOOST_DESCRIBE_STRUCT(TrajectoryRow, (),
                      (case_id, age, sex, address, linked_cases, onset_day, onset_place, confirmed_day,
                       hospital, symptoms, left_day, left_place, trip_at, transport, seat, trip_from, trip_to,
                       place, event, stay_from, stay_until, notes))

/// A time as a list gives it: a day, or a day and a time of day.
struct Moment {
  Instant at;
  bool timed = false;
  friend bool operator==(const Moment&, const Moment&) = default;
};

/// A trip or a stay of a case, read from a line.
struct Stop {
  bool trip = false;
  std::string place;    ///< of a stay
  std::string event;    ///< what for
  std::string setting;  ///< by the words of reference/stop-words.toml; empty: none fits
  std::optional<Moment> from;
  std::optional<Moment> until;
  std::string vehicle;   ///< plane, train, coach …; empty: not said
  std::string service;   ///< G512, CA934
  std::string carriage;  ///< 10
  std::string seat;      ///< 7A
  std::string trip_from;
  std::string trip_to;
  friend bool operator==(const Stop&, const Stop&) = default;
};

/// What one line of a bulletin adds: the case itself on its first line, then its stops.
struct TrajectoryLine {
  CaseRow of;  ///< case_id always; the rest on the first line only
  bool first = false;
  std::size_t index = 0;  ///< of the line among those of its case
  std::vector<Stop> stops;
  friend bool operator==(const TrajectoryLine&, const TrajectoryLine&) = default;
};

/// What words of place, event and transport mean: data of reference/stop-words.toml.
class StopWords {
 public:
  static Result<StopWords> load(std::string_view toml, std::string_view file);
  /// The code whose word stands first in the text; empty when none does.
  [[nodiscard]] std::string setting_of(std::string_view text) const { return code_of(settings_, text); }
  [[nodiscard]] std::string vehicle_of(std::string_view text) const { return code_of(vehicles_, text); }

 private:
  using Words = std::vector<std::pair<std::string, std::string>>;  ///< word, code; in the order of the file
  static std::string code_of(const Words& words, std::string_view text);
  Words settings_;
  Words vehicles_;
};

/// "2020-01-21 08:30", "2020-01-21T08:30:00", "2020-01-21"; nothing for what is none of them.
std::optional<Moment> read_moment(std::string_view text);
/// Service, carriage and seat out of what people write: "G512/10车", "MU216R 头等舱7A", "D5982动车/座次03车/07D".
void read_seat(std::string_view written, Stop& stop);
/// The trip and the stay of a line; what cannot be read is said in `warnings` and left out. Keeps: each stop has a day and
/// says where.
std::vector<Stop> stops_of(TrajectoryRow row, const StopWords& words, std::size_t line, RowFaults& warnings);

}  // namespace fx::importing
