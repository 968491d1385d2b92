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
            .place = place_of(rack_of(index)),
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

std::int64_t Run::longest_on(std::uint32_t rack) const {
  const std::uint16_t reach = rack_reach_[rack];
  return reach == endless ? max_stay_s : reach * reach_unit_s;
}

std::uint32_t Run::rack_of(std::uint32_t index) const {
  std::uint32_t rack = block_rack_[index / block];
  while (rack_start_[rack + 1] <= index) ++rack;
  return rack;
}

std::uint32_t Run::first_rack(PlaceNo place, std::uint32_t from) const {
  std::size_t step = 1;
  std::size_t low = from;
  while (low + step < rack_place_.size() && rack_place_[low + step] < number(place)) low += step, step *= 2;
  const auto end =
      rack_place_.begin() + static_cast<std::ptrdiff_t>(std::min(low + step, rack_place_.size()));
  const auto at =
      std::lower_bound(rack_place_.begin() + static_cast<std::ptrdiff_t>(low), end, number(place));
  return static_cast<std::uint32_t>(at - rack_place_.begin());
}

void Run::for_each(const std::function<void(const Visit&)>& take) const {
  for (std::uint32_t index = 0; index < visits_.size(); ++index) take(visit(index));
}

std::size_t Run::bytes() const {
  const auto held = [](const auto& list) { return list.capacity() * sizeof(list[0]); };
  return sizeof(*this) + held(visits_) + held(by_person_) + held(rack_place_) + held(rack_start_) +
         held(rack_reach_) + held(people_) + held(person_start_) + held(block_rack_) + held(details_);
}

}  // namespace fx::exposure
