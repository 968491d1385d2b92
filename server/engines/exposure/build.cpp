#include "engines/exposure/build.hpp"

#include <algorithm>
#include <array>
#include <map>
#include <tuple>
#include <utility>

#include "base/assert.hpp"

namespace fx::exposure {
namespace {

using packed::Detail;
using packed::Word;

/// A detail whose visit has no place in the run yet.
struct Loose {
  std::uint32_t place = 0;
  Word word = 0;
  Detail detail;
  friend auto operator<=>(const Loose&, const Loose&) = default;
};

Detail detail_of(const Visit& visit) {
  return {.index = 0,
          .length_s = static_cast<std::uint32_t>(visit.until_s - visit.from_s),
          .spot = visit.spot,
          .knowledge = visit.knowledge,
          .is_protected = visit.is_protected};
}

}  // namespace

/// Fills a run in three steps: how many visits each place has, the visits themselves, then what follows from them.
class RunBuilder {
 public:
  explicit RunBuilder(std::int64_t epoch) { run_.base_s_ = epoch * packed::epoch_s; }

  void count(std::uint32_t place) {
    if (place >= cursor_.size()) cursor_.resize(std::max<std::size_t>(place + 1UL, cursor_.size() * 2));
    ++cursor_[place];
  }
  /// Turns counts into the list of places; cursor_ then says where a place's next visit goes.
  void lay_out() {
    std::uint64_t total = 0;
    for (std::uint32_t place = 0; place < cursor_.size(); ++place) {
      const std::uint32_t here = cursor_[place];
      cursor_[place] = static_cast<std::uint32_t>(total);
      if (here > 0) begin_place(place, static_cast<std::uint32_t>(total));
      total += here;
      FX_ASSERT(total < std::numeric_limits<std::uint32_t>::max(), "a run holds less than 2^32 visits");
    }
    run_.visits_.resize(total);
  }
  void put(const Visit& visit) {
    const Word word = packed::pack(visit);
    run_.visits_[cursor_[number(visit.place)]++] = word;
    if (packed::is_detailed(word)) loose_.push_back({number(visit.place), word, detail_of(visit)});
  }

  /// For visits that come place by place.
  void push(std::uint32_t place, Word word) {
    if (places_.empty() || places_.back().place != place)
      begin_place(place, static_cast<std::uint32_t>(run_.visits_.size()));
    run_.visits_.push_back(word);
  }
  void push(Loose loose) { loose_.push_back(loose); }
  void reserve(std::size_t visits) {
    FX_ASSERT(visits < std::numeric_limits<std::uint32_t>::max(), "a run holds less than 2^32 visits");
    run_.visits_.reserve(visits);
  }

  static std::span<const Word> words_on(const Run& run, std::uint32_t rack) {
    const auto range = run.visits_on(rack);
    return std::span(run.visits_).subspan(range.first, range.last - range.first);
  }
  static std::span<const Detail> details_of(const Run& run) { return run.details_; }

  Run finish() {
    release(cursor_);
    for (std::size_t nth = 0; nth < places_.size(); ++nth) settle_place(nth);
    if (!places_.empty()) run_.rack_start_.push_back(static_cast<std::uint32_t>(run_.visits_.size()));
    release(places_);
    settle_details();
    measure_racks();
    note_blocks();
    order_by_person();
    run_.rack_place_.shrink_to_fit();
    run_.rack_start_.shrink_to_fit();
    run_.people_.shrink_to_fit();
    run_.person_start_.shrink_to_fit();
    return std::move(run_);
  }

 private:
  struct Started {
    std::uint32_t place = 0;
    std::uint32_t start = 0;
  };

  template <class T>
  static void release(std::vector<T>& list) {
    std::vector<T>().swap(list);
  }

  void begin_place(std::uint32_t place, std::uint32_t start) { places_.push_back({place, start}); }
  void begin_rack(std::uint32_t place, std::uint32_t start) {
    run_.rack_place_.push_back(place);
    run_.rack_start_.push_back(start);
  }

  /// Sorts a place's visits, and lays them on racks when there are many.
  void settle_place(std::size_t nth) {
    constexpr std::size_t many = 256;
    const auto [place, start] = places_[nth];
    const std::size_t end = nth + 1 < places_.size() ? places_[nth + 1].start : run_.visits_.size();
    const std::span<Word> here = std::span(run_.visits_).subspan(start, end - start);
    std::sort(here.begin(), here.end());
    if (here.size() <= many) {
      begin_rack(place, start);
      return;
    }
    std::array<std::uint32_t, packed::shelves> next{};
    for (const Word word : here) ++next[static_cast<std::size_t>(packed::shelf_of(word))];
    std::uint32_t total = 0;
    for (std::uint32_t& shelf : next) {
      if (shelf > 0) begin_rack(place, start + total);
      total += std::exchange(shelf, total);
    }
    scratch_.assign(here.begin(), here.end());
    for (const Word word : scratch_) here[next[static_cast<std::size_t>(packed::shelf_of(word))]++] = word;
  }

  /// The first visit at the place that has this word. There is one.
  [[nodiscard]] std::uint32_t find(std::uint32_t place, Word word) const {
    for (std::uint32_t rack = run_.first_rack(PlaceNo{place});; ++rack) {
      FX_ASSERT(rack < run_.rack_count() && number(run_.place_of(rack)) == place, "a detail has a visit");
      const auto words = words_on(run_, rack);
      const auto at = std::ranges::lower_bound(words, word);
      if (at != words.end() && *at == word) return static_cast<std::uint32_t>(&*at - run_.visits_.data());
    }
  }

  /// Each detail finds its visit; of equal words the first detail takes the first.
  void settle_details() {
    std::ranges::sort(loose_);
    run_.details_.reserve(loose_.size());
    std::uint32_t repeated = 0;
    for (std::size_t i = 0; i < loose_.size(); ++i) {
      const Loose& one = loose_[i];
      const bool again = i > 0 && loose_[i - 1].place == one.place && loose_[i - 1].word == one.word;
      repeated = again ? repeated + 1 : 0;
      run_.details_.push_back(one.detail);
      run_.details_.back().index = find(one.place, one.word) + repeated;
    }
    std::ranges::sort(run_.details_, {}, &Detail::index);
    release(loose_);
  }

  void measure_racks() {
    run_.rack_reach_.reserve(run_.rack_count());
    run_.covers_ = run_.visits_.empty() ? Span{0, 0} : Span{always.until_s, always.from_s};
    for (std::uint32_t rack = 0; rack < run_.rack_count(); ++rack) {
      const auto [first, last] = run_.visits_on(rack);
      std::int64_t longest = 0;
      std::int64_t end = 0;
      for (std::uint32_t index = first; index < last; ++index) {
        const std::int64_t length = run_.length_s(index);
        longest = std::max(longest, length);
        end = std::max(end, packed::begin_of(run_.visits_[index]) + length);
      }
      const std::int64_t reach = (longest + Run::reach_unit_s - 1) / Run::reach_unit_s;
      run_.rack_reach_.push_back(static_cast<std::uint16_t>(std::min<std::int64_t>(reach, Run::endless)));
      run_.covers_.from_s =
          std::min(run_.covers_.from_s, run_.base_s_ + packed::begin_of(run_.visits_[first]));
      run_.covers_.until_s = std::max(run_.covers_.until_s, run_.base_s_ + end);
    }
  }

  void note_blocks() {
    run_.block_rack_.reserve(run_.visits_.size() / Run::block + 1);
    std::uint32_t rack = 0;
    for (std::size_t index = 0; index < run_.visits_.size(); index += Run::block) {
      while (run_.rack_start_[rack + 1] <= index) ++rack;
      run_.block_rack_.push_back(rack);
    }
  }

  [[nodiscard]] std::uint32_t largest_person() const {
    std::uint32_t most = 0;
    for (const Word word : run_.visits_) most = std::max(most, packed::person_of(word));
    return most;
  }

  void order_by_person() {
    if (run_.visits_.empty()) return;
    const std::uint32_t most = largest_person();
    if (most / 4 < run_.visits_.size())
      count_persons(most);
    else
      sort_persons();
    run_.person_start_.push_back(static_cast<std::uint32_t>(run_.visits_.size()));
  }

  void count_persons(std::uint32_t most) {
    std::vector<std::uint32_t> next(most + 1UL);
    for (const Word word : run_.visits_) ++next[packed::person_of(word)];
    std::uint32_t total = 0;
    for (std::uint32_t person = 0; person <= most; ++person) {
      const std::uint32_t here = next[person];
      next[person] = total;
      if (here > 0) begin_person(person, total);
      total += here;
    }
    run_.by_person_.resize(total);
    for (std::uint32_t index = 0; index < total; ++index)
      run_.by_person_[next[packed::person_of(run_.visits_[index])]++] = index;
  }

  /// Where there are few visits of persons with large numbers.
  void sort_persons() {
    std::vector<std::uint64_t> pairs;
    pairs.reserve(run_.visits_.size());
    for (std::uint32_t index = 0; index < run_.visits_.size(); ++index)
      pairs.push_back(std::uint64_t{packed::person_of(run_.visits_[index])} << 32 | index);
    std::ranges::sort(pairs);
    run_.by_person_.reserve(pairs.size());
    for (const std::uint64_t pair : pairs) {
      const auto person = static_cast<std::uint32_t>(pair >> 32);
      if (run_.people_.empty() || run_.people_.back() != person)
        begin_person(person, static_cast<std::uint32_t>(run_.by_person_.size()));
      run_.by_person_.push_back(static_cast<std::uint32_t>(pair));
    }
  }

  void begin_person(std::uint32_t person, std::uint32_t start) {
    run_.people_.push_back(person);
    run_.person_start_.push_back(start);
  }

  Run run_;
  std::vector<std::uint32_t> cursor_;
  std::vector<Started> places_;
  std::vector<Word> scratch_;
  std::vector<Loose> loose_;
};

std::vector<Run> build_runs(const Replay& replay) {
  std::map<std::int64_t, RunBuilder> builders;
  RunBuilder* last = nullptr;
  std::int64_t last_epoch = 0;
  const auto builder_of = [&](const Visit& visit) -> RunBuilder& {
    const std::int64_t epoch = packed::epoch_of(visit.from_s);
    if (last == nullptr || epoch != last_epoch) {
      last = &builders.try_emplace(epoch, epoch).first->second;
      last_epoch = epoch;
    }
    return *last;
  };
  replay([&](std::span<const Visit> piece) {
    for (const Visit& visit : piece) {
      FX_ASSERT(fault_of(visit) == VisitFault::none, "visits are judged before they are built in");
      builder_of(visit).count(number(visit.place));
    }
  });
  for (auto& [epoch, builder] : builders) builder.lay_out();
  replay([&](std::span<const Visit> piece) {
    for (const Visit& visit : piece) builder_of(visit).put(visit);
  });
  std::vector<Run> runs;
  for (auto& [epoch, builder] : builders) runs.push_back(builder.finish());
  return runs;
}

std::vector<Run> build_runs(std::span<const Visit> visits) {
  struct Placed {
    std::int64_t epoch;
    std::uint32_t place;
    Word word;
    const Visit* visit;
    bool operator<(const Placed& other) const {
      return std::tie(epoch, place, word) < std::tie(other.epoch, other.place, other.word);
    }
  };
  std::vector<Placed> sorted;
  sorted.reserve(visits.size());
  for (const Visit& visit : visits) {
    FX_ASSERT(fault_of(visit) == VisitFault::none, "visits are judged before they are built in");
    sorted.push_back({packed::epoch_of(visit.from_s), number(visit.place), packed::pack(visit), &visit});
  }
  std::sort(sorted.begin(), sorted.end());
  std::vector<Run> runs;
  for (std::size_t i = 0; i < sorted.size();) {
    const std::int64_t epoch = sorted[i].epoch;
    RunBuilder builder(epoch);
    for (; i < sorted.size() && sorted[i].epoch == epoch; ++i) {
      builder.push(sorted[i].place, sorted[i].word);
      if (packed::is_detailed(sorted[i].word))
        builder.push(Loose{sorted[i].place, sorted[i].word, detail_of(*sorted[i].visit)});
    }
    runs.push_back(builder.finish());
  }
  return runs;
}

namespace {

/// Details of a run walk beside its visits.
class DetailWalk {
 public:
  explicit DetailWalk(const Run& run) : left_(RunBuilder::details_of(run)) {}
  Detail next() {
    Detail one = left_.front();
    left_ = left_.subspan(1);
    one.index = 0;
    return one;
  }

 private:
  std::span<const Detail> left_;
};

}  // namespace

Run merge_runs(std::span<const Run* const> runs) {
  FX_ASSERT(!runs.empty(), "something to merge");
  RunBuilder builder(runs.front()->epoch());
  std::vector<std::uint32_t> at(runs.size(), 0);
  std::vector<DetailWalk> details;
  std::size_t total = 0;
  for (const Run* run : runs) {
    FX_ASSERT(run->epoch() == runs.front()->epoch(), "runs of one epoch");
    details.emplace_back(*run);
    total += run->size();
  }
  builder.reserve(total);
  for (;;) {
    PlaceNo place{max_place + 1};
    for (std::size_t r = 0; r < runs.size(); ++r)
      if (at[r] < runs[r]->rack_count()) place = std::min(place, runs[r]->place_of(at[r]));
    if (number(place) > max_place) break;
    for (std::size_t r = 0; r < runs.size(); ++r)
      for (; at[r] < runs[r]->rack_count() && runs[r]->place_of(at[r]) == place; ++at[r])
        for (const Word word : RunBuilder::words_on(*runs[r], at[r])) {
          builder.push(number(place), word);
          if (packed::is_detailed(word)) builder.push(Loose{number(place), word, details[r].next()});
        }
  }
  return builder.finish();
}

}  // namespace fx::exposure
