#include "engines/exposure/tallies.hpp"

#include <algorithm>

#include "engines/exposure/digits.hpp"

namespace fx::exposure {

void Tallies::grow() {
  const auto persons = std::move(persons_);
  const auto sums = std::move(sums_);
  resize_table(persons.size() * 4);
  for (std::size_t i = 0; i < persons.size(); ++i)
    if (persons[i] != nobody) sum_of(persons[i]) = sums[i];
}

std::vector<Contact> Tallies::contacts() const {
  struct Found {
    std::uint32_t person = 0;
    std::uint32_t at = 0;
  };
  std::vector<Found> found;
  std::uint32_t largest = 0;
  for (std::size_t at = 0; at < sums_.size(); ++at) {
    if (sums_[at].meetings == 0) continue;
    const std::uint32_t person = is_table() ? persons_[at] : static_cast<std::uint32_t>(at);
    found.push_back({person, static_cast<std::uint32_t>(at)});
    largest = std::max(largest, person);
  }
  if (is_table()) sort_by_digits(found, largest, [](const Found& one) { return one.person; });
  std::vector<Contact> out;
  out.reserve(found.size());
  for (const auto& [person, at] : found) {
    const Sum& sum = sums_[at];
    out.push_back({PersonNo{person}, sum.meetings, sum.first_s, sum.last_s, sum.longest_s, sum.total_s});
  }
  return out;
}

}  // namespace fx::exposure
