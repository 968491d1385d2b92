#pragma once

#include <algorithm>
#include <span>
#include <vector>

#include "engines/exposure/book.hpp"
#include "engines/exposure/sources.hpp"

/// How the questions of trace.hpp are answered: the visits of the asked persons, in order of place, are laid beside all
/// visits of that place. Nothing here is for others.
namespace fx::exposure::sweeping {

/// A visit of an asked person, cut to a window: seconds into the run's epoch.
struct Asked {
  std::uint32_t index = 0;  ///< of the visit in its run
  std::uint32_t from_s = 0;
  std::uint32_t until_s = 0;
};

/// Visits of `asked` in their windows, by number of visit; those without length are there for their moment. `asked` is
/// normalised.
std::vector<Asked> visits_asked_for(const Run& run, std::span<const Source> asked);

/// Two visits at one place at one time.
struct Overlap {
  const Run* run = nullptr;  ///< of the asked person's visit
  std::uint32_t index = 0;
  const Run* other_run = nullptr;
  std::uint32_t other_index = 0;
  std::uint32_t other_person = 0;
  std::uint8_t place_class = 0;
  Span span;  ///< towards a contact: final. Towards a source: not yet cut to its window
};

/// Whether the asked are those who infect, or those who were infected.
enum class Towards { contacts, sources };

/// One run of asked visits against one run.
template <Towards towards, class Take>
class Sweep {
 public:
  Sweep(const Run& run, const Run& others, const MeetingRules& rules, Counting counting, Take& take)
      : run_(run), others_(others), rules_(rules), counting_(counting), take_(take) {}

  void go(std::span<const Asked> visits) {
    while (!visits.empty()) {
      const std::uint32_t rack = run_.rack_of(visits.front().index);
      const std::uint32_t behind = run_.visits_on(rack).last;
      const auto end = std::ranges::find_if(visits, [&](const Asked& one) { return one.index >= behind; });
      const auto here = static_cast<std::size_t>(end - visits.begin());
      fetch_ahead(visits, here);
      if (enter(run_.place_of(rack))) beside(visits.first(here));
      visits = visits.subspan(here);
    }
  }

 private:
  /// What the visits some steps further on will need, is on its way meanwhile.
  void fetch_ahead(std::span<const Asked> visits, std::size_t here) const {
    constexpr std::size_t steps = 12;
    for (std::size_t i = steps; i < std::min(here + steps, visits.size()); ++i) {
      __builtin_prefetch(run_.words() + visits[i].index);
    }
  }

  /// Goes to a place, which is the last one or a later one. False when there is nothing to be found.
  bool enter(PlaceNo place) {
    place_ = place;
    place_class_ = rules_.class_of(place);
    rule_ = &rules_.classes[place_class_];
    if (!rule_->is_counted || rule_->counting != counting_) return false;
    need_s_ = counting_ == Counting::summed ? 1 : std::max<std::int64_t>(1, rule_->min_overlap_s);
    my_linger_s_ = towards == Towards::contacts ? rule_->lingers_s : 0;
    their_linger_s_ = rule_->lingers_s - my_linger_s_;
    first_rack_ = others_.first_rack(place, first_rack_);
    return true;
  }

  /// Visits of one rack, which come in order of time, beside each rack of their place.
  void beside(std::span<const Asked> visits) {
    for (std::uint32_t rack = first_rack_; rack < others_.rack_count() && others_.place_of(rack) == place_;
         ++rack) {
      reach_s_ = others_.longest_on(rack) + their_linger_s_;
      if (reach_s_ < need_s_) continue;
      range_ = others_.visits_on(rack);
      hint_ = range_.first;
      hint_s_ = always.from_s;
      for (const Asked& visit : visits) look(visit);
    }
  }

  void look(const Asked& visit) {
    const Span mine{visit.from_s + shift_s_, visit.until_s + shift_s_ + my_linger_s_};
    if (mine.seconds() < need_s_) return;
    const std::int64_t latest_s = mine.until_s - need_s_;
    const packed::Word* words = others_.words();
    for (std::uint32_t at = seek(mine.from_s + need_s_ - reach_s_); at < range_.last; ++at) {
      const packed::Word word = words[at];
      const std::int64_t their_begin_s = packed::begin_of(word);
      if (their_begin_s > latest_s) break;
      std::int64_t length_s = packed::length_of(word);
      if (length_s == packed::longest_s) [[unlikely]]
        length_s = others_.length_s(at);
      const Span both = common(mine, {their_begin_s, their_begin_s + length_s + their_linger_s_});
      if (both.seconds() >= need_s_) meet(visit, at, word, both);
    }
  }

  /// The first visit on the rack that begins at or after the moment; asked visits come in order, so mostly a bit further
  /// than the last time.
  std::uint32_t seek(std::int64_t from_s) {
    constexpr std::uint32_t few = 32;
    if (range_.last - range_.first <= few) return range_.first;
    if (from_s >= packed::epoch_s) return range_.last;
    if (from_s <= 0) return range_.first;
    const packed::Word* words = others_.words();
    std::uint32_t low = from_s >= hint_s_ ? hint_ : range_.first;
    std::uint32_t step = few;
    while (low + step < range_.last && packed::begin_of(words[low + step]) < from_s) low += step, step *= 2;
    const auto* const end = words + std::min(low + step, range_.last);
    hint_ = static_cast<std::uint32_t>(std::lower_bound(words + low, end, packed::first_at(from_s)) - words);
    hint_s_ = from_s;
    return hint_;
  }

  void meet(const Asked& visit, std::uint32_t at, packed::Word word, const Span& both) {
    const Overlap overlap{&run_,
                          visit.index,
                          &others_,
                          at,
                          packed::person_of(word),
                          place_class_,
                          {both.from_s + others_.base_s(), both.until_s + others_.base_s()}};
    if (!take_.wants(overlap)) return;
    const bool plain = !packed::is_detailed(word) && !packed::is_detailed(run_.word(visit.index)) &&
                       (rule_->unknown_spot_meets || (!rule_->same_section && !rule_->rows));
    if (plain || may_meet(visit.index, at)) take_.take(overlap);
  }

  [[nodiscard]] bool may_meet(std::uint32_t index, std::uint32_t at) const {
    static constexpr packed::Detail none{};
    const packed::Detail& mine = packed::is_detailed(run_.word(index)) ? run_.detail(index) : none;
    const packed::Detail& theirs = packed::is_detailed(others_.word(at)) ? others_.detail(at) : none;
    const packed::Detail& source = towards == Towards::contacts ? mine : theirs;
    const packed::Detail& contact = towards == Towards::contacts ? theirs : mine;
    if (contact.is_protected && !rules_.protected_contact_counts) return false;
    if (source.is_protected && !rules_.protected_source_counts) return false;
    return is_near(*rule_, source.spot, contact.spot);
  }

  const Run& run_;
  const Run& others_;
  const MeetingRules& rules_;
  Counting counting_;
  Take& take_;
  std::int64_t shift_s_ = run_.base_s() - others_.base_s();

  // The place at hand.
  const MeetingRule* rule_ = nullptr;
  PlaceNo place_{};
  std::uint8_t place_class_ = 0;
  std::int64_t my_linger_s_ = 0;
  std::int64_t their_linger_s_ = 0;
  std::uint32_t first_rack_ = 0;
  // The rack at hand.
  Run::Range range_;
  std::int64_t reach_s_ = 0;
  std::int64_t need_s_ = 1;
  std::uint32_t hint_ = 0;
  std::int64_t hint_s_ = 0;
};

/// All runs against all runs. `take` has wants(const Overlap&) and take(const Overlap&).
template <Towards towards, class Take>
void sweep(const VisitView& view, std::span<const Source> asked, const MeetingRules& rules, Counting counting,
           Take& take) {
  for (const auto& run : view.runs) {
    const auto visits = visits_asked_for(*run, asked);
    if (visits.empty()) continue;
    for (const auto& others : view.runs)
      Sweep<towards, Take>(*run, *others, rules, counting, take).go(visits);
  }
}

/// The overlap as evidence.
template <Towards towards>
Meeting meeting_of(const Overlap& overlap) {
  const Visit mine = overlap.run->visit(overlap.index);
  const Visit theirs = overlap.other_run->visit(overlap.other_index);
  const bool from_me = towards == Towards::contacts;
  const Visit& source = from_me ? mine : theirs;
  const Visit& contact = from_me ? theirs : mine;
  return {source.person, contact.person, mine.place,       overlap.span,
          source.spot,   contact.spot,   source.knowledge, contact.knowledge};
}

}  // namespace fx::exposure::sweeping
