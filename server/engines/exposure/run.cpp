#include "engines/exposure/run.hpp"

#include <algorithm>

#include "base/assert.hpp"

namespace fx::exposure {

std::optional<std::uint32_t> position_of(std::span<const std::uint32_t> ascending, std::uint32_t value) {
  if (ascending.empty() || value < ascending.front()) return std::nullopt;
  const std::size_t guess = std::min<std::size_t>(value - ascending.front(), ascending.size() - 1);
  if (ascending[guess] == value) return static_cast<std::uint32_t>(guess);
  // Without repetition a value stands no further right than its distance from the first.
  const auto end = ascending.begin() + static_cast<std::ptrdiff_t>(guess);
  const auto at = std::lower_bound(ascending.begin(), end, value);
  if (at == end || *at != value) return std::nullopt;
  return static_cast<std::uint32_t>(at - ascending.begin());
}

const packed::Detail& Run::detail(std::uint32_t index) const {
  const auto at = std::ranges::lower_bound(details_, index, {}, &packed::Detail::index);
  FX_ASSERT(at != details_.end() && at->index == index, "a detailed visit has its detail");
  return *at;
}

Visit Run::visit(std::uint32_t index) const {
  const Word word = visits_[index];
  Visit out{.person = PersonNo{packed::person_of(word)},
            .place = place(nth_place_of(index)),
            .from_s = base_s_ + packed::begin_of(word)};
  out.until_s = out.from_s + packed::length_of(word);
  if (!packed::is_detailed(word)) return out;
  const packed::Detail& more = detail(index);
  out.until_s = out.from_s + more.length_s;
  out.spot = more.spot;
  out.knowledge = more.knowledge;
  out.is_protected = more.is_protected;
  return out;
}

std::span<const std::uint32_t> Run::of_person(PersonNo person) const {
  const auto at = position_of(people_, number(person));
  if (!at) return {};
  return std::span(by_person_).subspan(person_start_[*at], person_start_[*at + 1] - person_start_[*at]);
}

std::int64_t Run::longest_at(std::uint32_t nth) const {
  const std::uint16_t reach = place_reach_[nth];
  return reach == endless ? max_stay_s : reach * reach_unit_s;
}

std::uint32_t Run::nth_place_of(std::uint32_t index) const {
  std::uint32_t nth = block_place_[index / block];
  while (place_start_[nth + 1] <= index) ++nth;
  return nth;
}

std::optional<std::uint32_t> Run::find_place(PlaceNo place) const {
  return position_of(places_, number(place));
}

void Run::for_each(const std::function<void(const Visit&)>& take) const {
  for (std::uint32_t index = 0; index < visits_.size(); ++index) take(visit(index));
}

std::size_t Run::bytes() const {
  const auto held = [](const auto& list) { return list.capacity() * sizeof(list[0]); };
  return sizeof(*this) + held(visits_) + held(by_person_) + held(places_) + held(place_start_) +
         held(place_reach_) + held(people_) + held(person_start_) + held(block_place_) + held(details_);
}

}  // namespace fx::exposure
