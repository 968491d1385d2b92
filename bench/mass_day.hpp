#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "kernel/ids.hpp"

namespace fx::bench {

/// The numbers of acceptance scenario SC-03, exact at 270,000 people; smaller days in proportion, nothing below one.
struct DayNumbers {
  explicit DayNumbers(int on_the_list);

  int roster;           ///< people on the list
  int points;           ///< sampling points
  int samplers;         ///< of the county and signed by the city
  int support;          ///< of them signed by the city
  int added;            ///< unregistered people sampled on the spot
  int exempt;           ///< approved
  int elsewhere;        ///< tested elsewhere
  int at_home;          ///< missed by day, sampled singly at home by night
  int away;             ///< missed by day, out of the area with proof
  int positive_pools;   ///< all of ten, the last of seven
  int positive_people;  ///< of the held, found by their single tubes
  int rejected;         ///< tubes, full
  int lost;             ///< tubes, full
  int tubes;            ///< sealed by 20:00
  int lab_tubes[3];     ///< a day

  [[nodiscard]] int missed() const { return at_home + away; }
  [[nodiscard]] int sampled() const { return roster + added - exempt - elsewhere - missed(); }
  [[nodiscard]] int people() const { return roster + added; }
  [[nodiscard]] int held() const { return positive_pools * 10 - 3; }
  [[nodiscard]] int recalled() const { return (rejected + lost) * 10; }
  [[nodiscard]] int new_pools() const { return rejected + lost; }
};

/// How a tube of the day ends.
enum class End : std::uint8_t { negative, positive, rejected, lost };

struct DayTube {
  RawId id;
  std::string code;
  End end = End::negative;
  int sampler = 0;
  int round_trip = 0;       ///< of the couriers: 0 … round_trips − 1
  std::vector<int> people;  ///< in the order of their swabs
};

/// Who is sampled by whom into which tube: neighbours queue at the same point. The same on every machine.
class MassDay {
 public:
  static constexpr int townships = 12;
  static constexpr int round_trips = 7;     ///< every two hours from 06:00 to 20:00
  static constexpr int in_a_building = 60;  ///< people
  explicit MassDay(DayNumbers numbers);

  const DayNumbers numbers;
  std::vector<DayTube> tubes;
  std::vector<int> exempt, elsewhere, at_home, away;  ///< people

  /// Anything made in this day: an id nobody else has, in the county.
  RawId make_id();
  std::string make_code(char kind);

  [[nodiscard]] static RawId person(int number);
  [[nodiscard]] bool on_the_list(int person) const { return person < numbers.roster; }
  [[nodiscard]] int township_of(int person) const;  ///< code of nine digits
  [[nodiscard]] std::string building_of(int person) const;
  [[nodiscard]] int point_of(int sampler) const { return share(sampler, numbers.samplers, numbers.points); }
  [[nodiscard]] int unit_of(int point) const { return share(point, numbers.points, townships); }
  [[nodiscard]] int lab_of(int point) const;

 private:
  /// The `of`-th part of `parts` equal ones in which number `i` of `all` lies.
  [[nodiscard]] static int share(int i, int all, int parts) {
    return static_cast<int>(static_cast<std::int64_t>(i) * parts / all);
  }
  std::vector<int> queue();
  void fill(const std::vector<int>& people);
  std::vector<std::uint8_t> sizes();

  std::uint64_t made_ = 0;
};

inline constexpr std::int32_t county_code = 990121;

}  // namespace fx::bench
