#include "engines/exposure/book.hpp"

#include <algorithm>
#include <array>
#include <map>

namespace fx::exposure {
namespace {

/// A run is merged into a larger one when it has grown to this share of it: each visit moves a few times, not often.
constexpr std::size_t growth = 4;

Run merged(const Run& a, const Run& b) {
  const std::array<const Run*, 2> both{&a, &b};
  return merge_runs(both);
}

}  // namespace

std::uint32_t VisitView::people() const {
  std::uint32_t most = 0;
  for (const auto& run : runs) most = std::max(most, run->people());
  return most;
}

std::size_t VisitView::visits() const {
  std::size_t all = 0;
  for (const auto& run : runs) all += run->size();
  return all;
}

std::size_t VisitView::bytes() const {
  std::size_t all = 0;
  for (const auto& run : runs) all += run->bytes();
  return all;
}

VisitFault VisitBook::append(const Visit& visit) {
  const VisitFault fault = fault_of(visit);
  if (fault != VisitFault::none) return fault;
  buffer_.push_back(visit);
  if (buffer_.size() >= sizes_.buffer) seal();
  return VisitFault::none;
}

void VisitBook::append_all(const Replay& replay) {
  for (Run& run : build_runs(replay)) add(std::move(run));
}

void VisitBook::adopt(Run run) {
  if (run.size() > 0) add(std::move(run));
}

VisitView VisitBook::view() {
  seal();
  return {runs_};
}

std::size_t VisitBook::size() const {
  std::size_t all = buffer_.size();
  for (const Held& run : runs_) all += run->size();
  return all;
}

void VisitBook::seal() {
  if (buffer_.empty()) return;
  for (Run& run : build_runs(buffer_)) add(std::move(run));
  buffer_.clear();
}

void VisitBook::add(Run run) {
  const std::int64_t epoch = run.epoch();
  runs_.push_back(std::make_shared<const Run>(std::move(run)));
  keep_order();
  settle(epoch);
}

void VisitBook::keep_order() {
  std::ranges::stable_sort(runs_, [](const Held& a, const Held& b) {
    return a->epoch() != b->epoch() ? a->epoch() < b->epoch() : a->size() > b->size();
  });
}

/// Behind the last run of the epoch.

std::size_t VisitBook::behind(std::int64_t epoch) const {
  const auto at = std::ranges::find_if(runs_, [&](const Held& run) { return run->epoch() > epoch; });
  return static_cast<std::size_t>(at - runs_.begin());
}

void VisitBook::merge_last_two(std::int64_t epoch) {
  const std::size_t end = behind(epoch);
  auto whole = std::make_shared<const Run>(merged(*runs_[end - 2], *runs_[end - 1]));
  const auto two = runs_.begin() + static_cast<std::ptrdiff_t>(end) - 2;
  runs_.erase(two, two + 2);
  runs_.push_back(std::move(whole));
  keep_order();
}

/// Merges the small ones of an epoch until each is much smaller than the one before it.
void VisitBook::settle(std::int64_t epoch) {
  for (;;) {
    const std::size_t end = behind(epoch);
    if (end < 2 || runs_[end - 2]->epoch() != epoch) return;
    const std::size_t large = runs_[end - 2]->size();
    const std::size_t small = runs_[end - 1]->size();
    if (small * growth < large || small + large > sizes_.merge_up_to) return;
    merge_last_two(epoch);
  }
}

bool VisitBook::compact_step() {
  seal();
  std::map<std::int64_t, std::size_t> count;
  for (const Held& run : runs_) ++count[run->epoch()];
  const auto most = std::ranges::max_element(count, {}, [](const auto& entry) { return entry.second; });
  if (most == count.end() || most->second < 2) return false;
  merge_last_two(most->first);
  return true;
}

void VisitBook::compact() {
  seal();
  std::map<std::int64_t, std::vector<const Run*>> epochs;
  for (const Held& run : runs_) epochs[run->epoch()].push_back(run.get());
  std::vector<Held> whole;
  for (const auto& [epoch, parts] : epochs)
    if (parts.size() > 1) whole.push_back(std::make_shared<const Run>(merge_runs(parts)));
  std::erase_if(runs_, [&](const Held& run) { return epochs[run->epoch()].size() > 1; });
  runs_.insert(runs_.end(), whole.begin(), whole.end());
  keep_order();
}

}  // namespace fx::exposure
