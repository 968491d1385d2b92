#include "engines/exposure/tallies.hpp"

#include <algorithm>

namespace fx::exposure {

void Tallies::grow() {
  const auto persons = std::move(persons_);
  const auto sums = std::move(sums_);
  resize_table(persons.size() * 4);
  for (std::size_t i = 0; i < persons.size(); ++i)
    if (persons[i] != nobody) sum_of(persons[i]) = sums[i];
}

std::vector<Contact> Tallies::contacts() const {
  std::vector<Contact> out;
  out.reserve(is_table() ? used_ : static_cast<std::size_t>(std::ranges::count_if(sums_, [](const Sum& sum) {
    return sum.meetings > 0;
  })));
  for (std::size_t i = 0; i < sums_.size(); ++i) {
    const Sum& sum = sums_[i];
    if (sum.meetings == 0) continue;
    const auto person = PersonNo{is_table() ? persons_[i] : static_cast<std::uint32_t>(i)};
    out.push_back({person, sum.meetings, sum.first_s, sum.last_s, sum.longest_s, sum.total_s});
  }
  if (is_table()) std::ranges::sort(out, {}, &Contact::person);
  return out;
}

}  // namespace fx::exposure
