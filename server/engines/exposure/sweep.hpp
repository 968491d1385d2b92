#pragma once

#include <algorithm>
#include <span>
#include <vector>

#include "engines/exposure/book.hpp"
#include "engines/exposure/sources.hpp"

/// How the questions of trace.hpp are answered: the visits of the asked persons, in order of place, are laid beside all
/// visits of that place. Nothing here is for others.
namespace fx::exposure::sweeping {

/// A visit of an asked person: number of visit in its run, and which of the asked.
struct Asked {
  std::uint32_t index = 0;
  std::uint32_t who = 0;
};

/// Visits of `asked` in the run that touch their windows, by number of visit. `asked` is normalised.
std::vector<Asked> visits_asked_for(const Run& run, std::span<const Source> asked);

/// Two visits at one place at one time.
struct Overlap {
  const Run* run = nullptr;  ///< of the asked person's visit
  std::uint32_t index = 0;
  std::uint32_t who = 0;
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
  Sweep(const Run& run, const Run& others, std::span<const Source> asked, const MeetingRules& rules,
        Counting counting, Take& take)
      : run_(run), others_(others), asked_(asked), rules_(rules), counting_(counting), take_(take) {}

  void go(std::span<const Asked> visits) {
    std::uint32_t behind = 0;  // behind the last visit of the place at hand
    for (const Asked& visit : visits) {
      if (visit.index >= behind) behind = enter(visit.index);
      if (range_.first != range_.last) look(visit);
    }
  }

 private:
  /// Goes to the place of a visit; says where it ends in run_.
  std::uint32_t enter(std::uint32_t index) {
    const std::uint32_t nth = run_.nth_place_of(index);
    const PlaceNo place = run_.place(nth);
    place_class_ = rules_.class_of(place);
    rule_ = &rules_.classes[place_class_];
    range_ = {};
    const auto there = &run_ == &others_ ? std::optional(nth) : others_.find_place(place);
    if (rule_->is_counted && rule_->counting == counting_ && there) {
      range_ = others_.visits_at(*there);
      reach_s_ = others_.longest_at(*there);
      need_s_ = counting_ == Counting::summed ? 1 : std::max<std::int64_t>(1, rule_->min_overlap_s);
      hint_ = range_.first;
      hint_s_ = always.from_s;
    }
    return run_.visits_at(nth).last;
  }

  void look(const Asked& visit) {
    const std::int64_t begin_s = run_.base_s() + packed::begin_of(run_.word(visit.index));
    const Span stay{begin_s, begin_s + run_.length_s(visit.index)};
    const Span& window = asked_[visit.who].window;
    const Span cut =
        towards == Towards::contacts ? presence(stay, window, rule_->lingers_s) : common(stay, window);
    if (cut.seconds() < need_s_) return;
    const Span mine{cut.from_s - others_.base_s(), cut.until_s - others_.base_s()};
    const std::int64_t lingers_s = towards == Towards::sources ? rule_->lingers_s : 0;
    const std::int64_t latest_s = mine.until_s - need_s_;
    const packed::Word* words = others_.words();
    for (std::uint32_t at = seek(mine.from_s + need_s_ - reach_s_ - lingers_s); at < range_.last; ++at) {
      const packed::Word word = words[at];
      const std::int64_t their_begin_s = packed::begin_of(word);
      if (their_begin_s > latest_s) break;
      std::int64_t length_s = packed::length_of(word);
      if (length_s == packed::longest_s) [[unlikely]]
        length_s = others_.length_s(at);
      const Span both = common(mine, {their_begin_s, their_begin_s + length_s + lingers_s});
      if (both.seconds() >= need_s_) meet(visit, at, word, both);
    }
  }

  /// The first visit of the place that begins at or after the moment; asked visits come in order, so mostly a bit further
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
    const Overlap overlap{&run_,        visit.index,
                          visit.who,    &others_,
                          at,           packed::person_of(word),
                          place_class_, {both.from_s + others_.base_s(), both.until_s + others_.base_s()}};
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
  std::span<const Source> asked_;
  const MeetingRules& rules_;
  Counting counting_;
  Take& take_;

  // The place at hand.
  const MeetingRule* rule_ = nullptr;
  std::uint8_t place_class_ = 0;
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
      Sweep<towards, Take>(*run, *others, asked, rules, counting, take).go(visits);
  }
}

/// The overlap as evidence.
template <Towards towards>
Meeting meeting_of(const Overlap& overlap, std::span<const Source> asked) {
  const Visit mine = overlap.run->visit(overlap.index);
  const Visit theirs = overlap.other_run->visit(overlap.other_index);
  const bool from_me = towards == Towards::contacts;
  const Visit& source = from_me ? mine : theirs;
  const Visit& contact = from_me ? theirs : mine;
  (void)asked;
  return {source.person, contact.person, mine.place,       overlap.span,
          source.spot,   contact.spot,   source.knowledge, contact.knowledge};
}

}  // namespace fx::exposure::sweeping
