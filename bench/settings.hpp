#pragma once

#include <cstddef>

namespace fx::bench {

/// How big the benchmarks are. --quick makes them small enough to run among tests; their numbers then mean nothing.
struct Settings {
  bool quick = false;
  bool rivals = false;  ///< also ask DuckDB (installed from npm) and PostgreSQL
  int connections = 64;
  int commands = 6000;       ///< authorised in one repetition
  int repeat = 3;            ///< repetitions: their spread is the noise of the machine
  int events = 1'000'000;    ///< in the ledger that is started
  int duties = 300'000;      ///< open in it
  int reads = 100;           ///< of the first page
  int people = 1'000'000;    ///< of the city in which contacts are traced, for 14 days
  int round = 270'000;       ///< people on the list of the county day
  int members = 10'000'000;  ///< linked to tubes in the store of many members; 100 million need some 60 GB
  int peak_seconds = 30;     ///< of the city's peak; 300 for the long form
};
inline Settings& settings() {
  static Settings all;
  return all;
}

// Each file registers what it measures, after the settings are known.
void register_authorise();
void register_big_ledger();
void register_growth();
void register_postgres();
void register_rules();
void register_exposure();
void register_trace();
void register_county_day();
void register_members();
void register_city_peak();

}  // namespace fx::bench
