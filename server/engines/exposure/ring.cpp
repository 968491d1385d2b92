#include <array>
#include <tuple>

#include "base/assert.hpp"
#include "engines/exposure/sums.hpp"
#include "engines/exposure/sweep.hpp"
#include "engines/exposure/tallies.hpp"
#include "engines/exposure/trace.hpp"

namespace fx::exposure {
namespace {

using sweeping::Overlap;
using sweeping::Towards;

People all_left_out(const VisitView& view, std::span<const Source> sources,
                    std::span<const PersonNo> left_out) {
  People out(view.people());
  for (const Source& source : sources) out.add(source.person);
  for (const PersonNo person : left_out) out.add(person);
  return out;
}

/// Each overlap is a meeting of its own. They wait a little while their persons' sums are fetched: with many contacts that
/// is most of the time.
class CountSingle {
 public:
  CountSingle(const People& left_out, Tallies& tallies) : left_out_(left_out), tallies_(tallies) {}
  CountSingle(const CountSingle&) = delete;
  CountSingle& operator=(const CountSingle&) = delete;
  ~CountSingle() = default;

  [[nodiscard]] bool wants(const Overlap& overlap) const { return !left_out_.has(overlap.other_person); }
  void take(const Overlap& overlap) {
    tallies_.expect(overlap.other_person);
    Waiting& next = waiting_[came_++ % waiting_.size()];
    if (came_ > waiting_.size()) tallies_.add(next.person, next.span);
    next = {overlap.other_person, overlap.span};
  }
  void finish() {
    const std::size_t left = std::min(came_, waiting_.size());
    for (std::size_t i = 0; i < left; ++i) tallies_.add(waiting_[i].person, waiting_[i].span);
    came_ = 0;
  }

 private:
  struct Waiting {
    std::uint32_t person = 0;
    Span span;
  };
  const People& left_out_;
  Tallies& tallies_;
  std::array<Waiting, 16> waiting_;
  std::size_t came_ = 0;
};

struct Collect {
  const People& left_out;
  std::vector<ClassMeeting> meetings;
  [[nodiscard]] bool wants(const Overlap& overlap) const { return !left_out.has(overlap.other_person); }
  void take(const Overlap& overlap) {
    meetings.push_back({overlap.place_class, sweeping::meeting_of<Towards::contacts>(overlap)});
  }
};

/// Sources a few at a time, so that their meetings fit into memory; all windows of a person stay together.
template <class Each>
void in_portions(std::span<const Source> sources, Each&& each) {
  constexpr std::size_t portion = 256;
  while (!sources.empty()) {
    std::size_t size = std::min(portion, sources.size());
    while (size < sources.size() && sources[size].person == sources[size - 1].person) ++size;
    each(sources.first(size));
    sources = sources.subspan(size);
  }
}

bool has(const MeetingRules& rules, Counting counting) {
  return std::ranges::any_of(
      rules.classes, [&](const MeetingRule& rule) { return rule.is_counted && rule.counting == counting; });
}

void each_sum(const VisitView& view, std::span<const Source> sources, const MeetingRules& rules,
              const People& left_out, const std::function<void(const SumTogether&)>& take) {
  if (!has(rules, Counting::summed)) return;
  in_portions(sources, [&](std::span<const Source> portion) {
    Collect collect{left_out, {}};
    sweeping::sweep<Towards::contacts>(view, portion, rules, Counting::summed, collect);
    judge_sums(collect.meetings, rules, take);
  });
}

std::vector<Contact> ring_of(const VisitView& view, std::span<const Source> sources,
                             const MeetingRules& rules, const People& left_out) {
  // A source meets some ten people at each of its visits; that only chooses between a table and an array.
  constexpr std::size_t met_by_a_source = 100;
  Tallies tallies(view.people(), sources.size() * met_by_a_source);
  if (has(rules, Counting::single)) {
    CountSingle count(left_out, tallies);
    sweeping::sweep<Towards::contacts>(view, sources, rules, Counting::single, count);
    count.finish();
  }
  each_sum(view, sources, rules, left_out, [&](const SumTogether& sum) {
    tallies.add(number(sum.meetings.front().meeting.contact), sum.span,
                static_cast<std::uint32_t>(sum.meetings.size()), sum.longest_s, sum.together_s);
  });
  return tallies.contacts();
}

}  // namespace

std::vector<Contact> ring(const VisitView& view, std::span<const Source> sources, const MeetingRules& rules,
                          std::span<const PersonNo> left_out) {
  FX_ASSERT(!rules.classes.empty(), "a rule for places without class");
  const auto asked = normalised(sources);
  return ring_of(view, asked, rules, all_left_out(view, sources, left_out));
}

std::vector<Source> next_sources(std::span<const Contact> ring, const Onward& onward) {
  std::vector<Source> out;
  out.reserve(ring.size());
  for (const Contact& contact : ring) out.push_back({contact.person, onward.window(contact)});
  return out;
}

std::vector<std::vector<Contact>> rings(const VisitView& view, std::span<const Source> cases,
                                        const MeetingRules& rules, const Onward& onward, int how_many) {
  FX_ASSERT(!rules.classes.empty(), "a rule for places without class");
  People listed = all_left_out(view, cases, {});
  std::vector<Source> sources = normalised(cases);
  std::vector<std::vector<Contact>> out;
  for (int nth = 0; nth < how_many; ++nth) {
    out.push_back(ring_of(view, sources, rules, listed));
    for (const Contact& contact : out.back()) listed.add(contact.person);
    sources = normalised(next_sources(out.back(), onward));
  }
  return out;
}

std::vector<Meeting> ring_meetings(const VisitView& view, std::span<const Source> sources,
                                   const MeetingRules& rules, std::span<const PersonNo> left_out) {
  FX_ASSERT(!rules.classes.empty(), "a rule for places without class");
  const auto asked = normalised(sources);
  const People not_listed = all_left_out(view, sources, left_out);
  std::vector<Meeting> out;
  if (has(rules, Counting::single)) {
    Collect collect{not_listed, {}};
    sweeping::sweep<Towards::contacts>(view, asked, rules, Counting::single, collect);
    for (const ClassMeeting& one : collect.meetings) out.push_back(one.meeting);
  }
  each_sum(view, asked, rules, not_listed, [&](const SumTogether& sum) {
    for (const ClassMeeting& one : sum.meetings) out.push_back(one.meeting);
  });
  sort_as_evidence(out);
  return out;
}

}  // namespace fx::exposure
