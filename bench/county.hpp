#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "kernel/ids.hpp"

namespace fx::bench {

/// A county on the evening before a mass round, in a training realm of its own: command posts, authority, laboratories,
/// health centres with their samplers and couriers. Everybody's password is `password`.
///
/// Sign-in names: commander, officer, city, authority, cdc, tester0…, authoriser0… (one each a laboratory), courier0… (one
/// a health centre), sampler0….
struct County {
  std::vector<UnitId> centres;  ///< senders of tubes
  std::vector<UnitId> labs;
};
struct CountySize {
  int centres = 1;
  int labs = 1;
  std::vector<int> centre_of_sampler;
};
/// Its clock stands at 2022-08-12 20:00 (profile v9). `store`: a PostgreSQL URL; none: a file.
County make_county(const std::filesystem::path& data, const CountySize& size, const std::string& store = {});

}  // namespace fx::bench
