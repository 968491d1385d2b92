#include "bench/city.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <numeric>

namespace fx::bench {
namespace {

constexpr std::uint32_t nowhere = 0xFFFFFFFF;
constexpr std::uint32_t day_s = 86'400;

enum Stream : std::uint64_t {
  home_size = 1,
  work_member,
  work_size,
  ride_member,
  ride_size,
  order_of,
  day_plan,
  public_visit,
  case_pick
};

std::uint32_t at(double hours) { return static_cast<std::uint32_t>(hours * 3600); }

}  // namespace

std::uint64_t City::draw(std::uint64_t what, std::uint64_t a, std::uint64_t b) const {
  std::uint64_t x =
      size_.seed + what * 0x9E3779B97F4A7C15ULL + a * 0xBF58476D1CE4E5B9ULL + b * 0x94D049BB133111EBULL;
  for (int round = 0; round < 2; ++round) {
    x = (x ^ (x >> 30)) * 0xBF58476D1CE4E5B9ULL;
    x = (x ^ (x >> 27)) * 0x94D049BB133111EBULL;
    x ^= x >> 31;
  }
  return x;
}

double City::unit(std::uint64_t what, std::uint64_t a, std::uint64_t b) const {
  return static_cast<double>(draw(what, a, b) >> 11) * 0x1.0p-53;
}

City::City(Size size) : size_(size) {
  settle_homes();
  settle_groups(work_member, 0.58, 10, 0.9, work_);
  settle_groups(ride_member, 0.50, 14, 0.3, vehicle_);
  public_first_ = places_;
  public_count_ = std::max(20U, size_.people / 20);
  places_ += public_count_;
}

/// Household sizes 1 … 6 as the seventh census counted them (2020), in percent.
void City::settle_homes() {
  constexpr std::array upto{25.4, 55.1, 76.1, 89.3, 95.5, 100.0};
  home_.resize(size_.people);
  for (std::uint32_t person = 0; person < size_.people; ++places_) {
    const double percent = unit(home_size, places_) * 100;
    const auto members = 1 + (std::ranges::lower_bound(upto, percent) - upto.begin());
    for (std::int64_t i = 0; i < members && person < size_.people; ++i) home_[person++] = places_;
  }
}

/// Groups of log-normal size among a share of all people, who are not neighbours.
void City::settle_groups(std::uint64_t what, double share, double mean, double spread,
                         std::vector<std::uint32_t>& to) {
  to.assign(size_.people, nowhere);
  std::vector<std::pair<std::uint64_t, std::uint32_t>> members;
  for (std::uint32_t person = 0; person < size_.people; ++person)
    if (unit(what, person) < share) members.emplace_back(draw(order_of, what, person), person);
  std::ranges::sort(members);
  for (std::size_t i = 0; i < members.size(); ++places_) {
    const double u = std::max(1e-12, unit(what, places_, 1));
    const double normal = std::sqrt(-2 * std::log(u)) * std::cos(6.283185307179586 * unit(what, places_, 2));
    const auto size = static_cast<std::size_t>(std::max(2.0, mean * std::exp(spread * normal)));
    for (std::size_t k = 0; k < size && i < members.size(); ++k) to[members[i++].second] = places_;
  }
}

void City::day_of(std::uint32_t person, std::int32_t day, std::vector<Row>& out) const {
  const std::uint64_t key = std::uint64_t{person} * 64 + static_cast<std::uint64_t>(day);
  const auto chance = [&](std::uint64_t nth) { return unit(day_plan, key, nth); };
  const std::uint32_t start = static_cast<std::uint32_t>(day) * day_s;
  const auto add = [&](std::uint32_t place, std::uint32_t from, std::uint32_t length) {
    out.push_back({person, place, start + from, start + std::min(from + length, day_s)});
  };
  const std::uint32_t out_at = at(6.5 + 2 * chance(0));
  const std::uint32_t home_at = at(17.5 + 4 * chance(1));
  add(home_[person], 0, out_at);
  add(home_[person], home_at, day_s - home_at);
  const bool working_day = day % 7 < 5;
  if (working_day && work_[person] != nowhere)
    add(work_[person], at(8.2 + 0.8 * chance(2)), at(7 + 2 * chance(3)));
  if (working_day && vehicle_[person] != nowhere) {
    add(vehicle_[person], at(7.5) + static_cast<std::uint32_t>(600 * chance(4)),
        900 + static_cast<std::uint32_t>(1500 * chance(5)));
    add(vehicle_[person], at(17.5) + static_cast<std::uint32_t>(600 * chance(6)),
        900 + static_cast<std::uint32_t>(1500 * chance(7)));
  }
  const auto trips = static_cast<std::uint64_t>(1 + 3.2 * chance(8));
  for (std::uint64_t trip = 0; trip < trips; ++trip) {
    const auto rank =
        static_cast<std::uint32_t>(public_count_ * std::pow(unit(public_visit, key, trip * 4), 2.1));
    const double length = -1500 * std::log(std::max(1e-9, unit(public_visit, key, trip * 4 + 1)));
    add(public_first_ + std::min(rank, public_count_ - 1), at(7 + 14 * unit(public_visit, key, trip * 4 + 2)),
        300 + static_cast<std::uint32_t>(std::min(length, 14'000.0)));
  }
}

std::vector<City::Row> City::rows() const {
  std::vector<Row> all;
  all.reserve(static_cast<std::size_t>(size_.people) * static_cast<std::size_t>(size_.days) * 53 / 10);
  for (std::uint32_t person = 0; person < size_.people; ++person)
    for (std::int32_t day = 0; day < size_.days; ++day) day_of(person, day, all);
  return all;
}

exposure::Visit visit_of(const City::Row& row) {
  return {.person = exposure::PersonNo{row.person},
          .place = exposure::PlaceNo{row.place},
          .from_s = row.from_s,
          .until_s = row.until_s};
}

exposure::Replay replay_of(const std::vector<City::Row>& rows) {
  return [&rows](const std::function<void(std::span<const exposure::Visit>)>& take) {
    std::array<exposure::Visit, 512> piece;
    for (std::size_t i = 0; i < rows.size();) {
      std::size_t filled = 0;
      for (; filled < piece.size() && i < rows.size(); ++i) piece[filled++] = visit_of(rows[i]);
      take(std::span(piece).first(filled));
    }
  };
}

exposure::Replay City::replay() const {
  return [this](const std::function<void(std::span<const exposure::Visit>)>& take) {
    std::vector<Row> rows;
    std::vector<exposure::Visit> visits;
    for (std::uint32_t person = 0; person < size_.people; ++person) {
      for (std::int32_t day = 0; day < size_.days; ++day) day_of(person, day, rows);
      for (const Row& row : rows) visits.push_back(visit_of(row));
      take(visits);
      rows.clear(), visits.clear();
    }
  };
}

std::vector<exposure::Source> City::cases(std::uint32_t count) const {
  std::vector<exposure::Source> out;
  for (std::uint32_t nth = 0; nth < count; ++nth) {
    const auto person = static_cast<std::uint32_t>(draw(case_pick, nth) % size_.people);
    const auto from =
        static_cast<std::int64_t>(draw(case_pick, nth, 1) % static_cast<std::uint64_t>(size_.days - 5)) *
        day_s;
    out.push_back({exposure::PersonNo{person}, {from, from + 4LL * day_s}});
  }
  return out;
}

}  // namespace fx::bench
