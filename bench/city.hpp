#pragma once

#include <cstdint>
#include <vector>

#include "engines/exposure/build.hpp"
#include "engines/exposure/rules.hpp"

namespace fx::bench {

/// A city of chance for measuring contact tracing: homes by the household sizes of the 2020 census, log-normal
/// workplaces, vehicles with the same riders every working day, public places by a power law. Nobody in it is real.
/// Keeps  the same people and seed give the same visits, in any order of asking
class City {
 public:
  struct Size {
    std::uint32_t people = 1'000'000;
    std::int32_t days = 14;
    std::uint64_t seed = 20220717;
  };
  explicit City(Size size);

  /// 16 bytes: as a ledger's rebuild would hand them out.
  struct Row {
    std::uint32_t person = 0;
    std::uint32_t place = 0;
    std::uint32_t from_s = 0;
    std::uint32_t until_s = 0;
  };
  /// Everybody's day, person by person.
  void day_of(std::uint32_t person, std::int32_t day, std::vector<Row>& out) const;
  [[nodiscard]] std::vector<Row> rows() const;
  /// The same as visits, made anew each time: for cities that do not fit into memory twice.
  [[nodiscard]] exposure::Replay replay() const;
  /// Persons with windows of four days, spread over the city.
  [[nodiscard]] std::vector<exposure::Source> cases(std::uint32_t count) const;

  [[nodiscard]] const Size& size() const { return size_; }
  [[nodiscard]] std::uint32_t places() const { return places_; }

 private:
  [[nodiscard]] std::uint64_t draw(std::uint64_t what, std::uint64_t a, std::uint64_t b = 0) const;
  [[nodiscard]] double unit(std::uint64_t what, std::uint64_t a, std::uint64_t b = 0) const;
  void settle_homes();
  void settle_groups(std::uint64_t what, double share, double mean, double spread,
                     std::vector<std::uint32_t>& to);

  Size size_;
  std::uint32_t places_ = 0;
  std::uint32_t public_first_ = 0;
  std::uint32_t public_count_ = 0;
  std::vector<std::uint32_t> home_;
  std::vector<std::uint32_t> work_;     ///< nowhere: does not work
  std::vector<std::uint32_t> vehicle_;  ///< nowhere: walks
};

exposure::Visit visit_of(const City::Row& row);
exposure::Replay replay_of(const std::vector<City::Row>& rows);

}  // namespace fx::bench
