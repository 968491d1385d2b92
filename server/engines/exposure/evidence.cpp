#include <tuple>

#include "base/assert.hpp"
#include "engines/exposure/sums.hpp"
#include "engines/exposure/sweep.hpp"
#include "engines/exposure/trace.hpp"

namespace fx::exposure {
namespace {

using sweeping::Overlap;
using sweeping::Towards;

/// From a contact to those who may have infected it: each overlap is cut to the windows of the source.
class CollectSources {
 public:
  /// `sources` normalised; without them everybody counts, at any time.
  CollectSources(std::span<const Source> contact, std::optional<std::span<const Source>> sources,
                 const MeetingRules& rules)
      : contact_(contact), sources_(sources), rules_(rules) {}

  void find(const VisitView& view, Counting counting) {
    counting_ = counting;
    sweeping::sweep<Towards::sources>(view, contact_, rules_, counting, *this);
  }

  [[nodiscard]] bool wants(const Overlap& overlap) const {
    const PersonNo person{overlap.other_person};
    return person != contact_.front().person && (!sources_ || !windows_of(*sources_, person).empty());
  }
  void take(const Overlap& overlap) {
    const Source anytime{PersonNo{overlap.other_person}, always};
    const auto windows = sources_ ? windows_of(*sources_, PersonNo{overlap.other_person})
                                  : std::span<const Source>(&anytime, 1);
    for (const Source& source : windows) take(overlap, source.window);
  }
  std::vector<ClassMeeting>& meetings() { return meetings_; }

 private:
  void take(const Overlap& overlap, const Span& window) {
    const MeetingRule& rule = rules_.classes[overlap.place_class];
    const Visit theirs = overlap.other_run->visit(overlap.other_index);
    const Span span = common(presence(theirs.span(), window, rule.lingers_s), overlap.span);
    const std::int64_t need_s =
        counting_ == Counting::summed ? 1 : std::max<std::int64_t>(1, rule.min_overlap_s);
    if (span.seconds() < need_s) return;
    meetings_.push_back({overlap.place_class, sweeping::meeting_of<Towards::sources>(overlap)});
    meetings_.back().meeting.span = span;
  }

  std::span<const Source> contact_;
  std::optional<std::span<const Source>> sources_;
  const MeetingRules& rules_;
  Counting counting_ = Counting::single;
  std::vector<ClassMeeting> meetings_;
};

/// Takes each group of meetings that counts, with its time together.
void each_group(const VisitView& view, PersonNo contact, Span when,
                std::optional<std::span<const Source>> sources, const MeetingRules& rules,
                const std::function<void(const SumTogether&)>& take) {
  FX_ASSERT(!rules.classes.empty(), "a rule for places without class");
  if (when.seconds() <= 0) return;
  const Source asked{contact, when};
  CollectSources single({&asked, 1}, sources, rules);
  single.find(view, Counting::single);
  for (const ClassMeeting& one : single.meetings()) {
    const Span& span = one.meeting.span;
    take({{&one, 1}, span, span.seconds(), span.seconds()});
  }
  CollectSources summed({&asked, 1}, sources, rules);
  summed.find(view, Counting::summed);
  judge_sums(summed.meetings(), rules, take);
}

std::vector<Contact> summary(const VisitView& view, PersonNo infected, Span exposed,
                             std::optional<std::span<const Source>> candidates, const MeetingRules& rules) {
  std::vector<Contact> parts;
  each_group(view, infected, exposed, candidates, rules, [&](const SumTogether& sum) {
    parts.push_back({sum.meetings.front().meeting.source, static_cast<std::uint32_t>(sum.meetings.size()),
                     sum.span.from_s, sum.span.until_s, sum.longest_s, sum.together_s});
  });
  std::ranges::sort(parts);
  std::vector<Contact> out;
  for (const Contact& part : parts) {
    if (out.empty() || out.back().person != part.person) {
      out.push_back(part);
      continue;
    }
    Contact& sum = out.back();
    sum.meetings += part.meetings;
    sum.first_exposure_s = std::min(sum.first_exposure_s, part.first_exposure_s);
    sum.last_exposure_s = std::max(sum.last_exposure_s, part.last_exposure_s);
    sum.longest_s = std::max(sum.longest_s, part.longest_s);
    sum.total_s += part.total_s;
  }
  return out;
}

}  // namespace

std::vector<Meeting> meetings_of(const VisitView& view, PersonNo contact, Span when,
                                 std::span<const Source> sources, const MeetingRules& rules) {
  const auto known = normalised(sources);
  std::vector<Meeting> out;
  each_group(view, contact, when, known, rules, [&](const SumTogether& sum) {
    for (const ClassMeeting& one : sum.meetings) out.push_back(one.meeting);
  });
  sort_as_evidence(out);
  return out;
}

std::vector<Contact> possible_sources(const VisitView& view, PersonNo infected, Span exposed,
                                      std::span<const Source> candidates, const MeetingRules& rules) {
  const auto known = normalised(candidates);
  return summary(view, infected, exposed, known, rules);
}

std::vector<Contact> possible_sources(const VisitView& view, PersonNo infected, Span exposed,
                                      const MeetingRules& rules) {
  return summary(view, infected, exposed, std::nullopt, rules);
}

std::vector<Visit> visits_of(const VisitView& view, PersonNo person, Span when) {
  std::vector<Visit> out;
  for (const auto& run : view.runs)
    for (const std::uint32_t index : run->of_person(person)) {
      const Visit visit = run->visit(index);
      if (presence(visit.span(), when, 1).seconds() > 0) out.push_back(visit);
    }
  std::ranges::sort(out, {}, [](const Visit& visit) {
    return std::tuple(visit.from_s, visit.until_s, visit.place, visit.spot, visit.knowledge,
                      visit.is_protected);
  });
  return out;
}

}  // namespace fx::exposure
