#pragma once

#include <algorithm>
#include <map>
#include <tuple>
#include <vector>

#include "engines/exposure/trace.hpp"

/// The same questions answered by looking at every pair of visits, word for word as the headers say. Slow and plain.
namespace fx::exposure::testing {

inline bool protection_allows(const MeetingRules& rules, const Visit& source, const Visit& contact) {
  return (!contact.is_protected || rules.protected_contact_counts) &&
         (!source.is_protected || rules.protected_source_counts);
}

inline bool spots_allow(const MeetingRule& rule, const Spot& source, const Spot& contact) {
  const bool both_sections = source.section != 0 && contact.section != 0;
  if (rule.same_section || rule.rows) {
    if (both_sections && source.section != contact.section) return false;
  }
  if (rule.same_section && !both_sections && !rule.unknown_spot_meets) return false;
  if (rule.rows) {
    if (source.row == 0 || contact.row == 0) return rule.unknown_spot_meets;
    const int further_back = int{contact.row} - int{source.row};
    return -further_back <= rule.rows->ahead && further_back <= rule.rows->behind;
  }
  return true;
}

/// The overlap of a source's visit, as far as it lies in its window, with a contact's.
inline std::int64_t overlap_s(const Visit& source, const Span& window, const Visit& contact, const Span& when,
                              const MeetingRule& rule, Span& span) {
  const bool moment = source.from_s == source.until_s;
  const std::int64_t from = std::max(source.from_s, window.from_s);
  const std::int64_t until = std::min(source.until_s, window.until_s);
  if (moment ? (source.from_s < window.from_s || source.from_s >= window.until_s) : from >= until) return 0;
  span.from_s = std::max({from, contact.from_s, when.from_s});
  span.until_s = std::min({until + rule.lingers_s, contact.until_s, when.until_s});
  return span.until_s - span.from_s;
}

/// Windows of one person as a set of seconds, cut into stretches.
inline std::vector<Source> plain_windows(std::vector<Source> sources) {
  std::erase_if(sources, [](const Source& one) { return one.window.from_s >= one.window.until_s; });
  for (bool again = true; again;) {
    again = false;
    for (std::size_t a = 0; a < sources.size() && !again; ++a)
      for (std::size_t b = 0; b < sources.size() && !again; ++b) {
        if (a == b || sources[a].person != sources[b].person) continue;
        const Span& x = sources[a].window;
        const Span& y = sources[b].window;
        if (x.from_s > y.until_s || y.from_s > x.until_s) continue;
        sources[a].window = {std::min(x.from_s, y.from_s), std::max(x.until_s, y.until_s)};
        sources.erase(sources.begin() + static_cast<std::ptrdiff_t>(b));
        again = true;
      }
  }
  return sources;
}

/// Seconds covered by at least one of the spans.
inline std::int64_t covered_s(const std::vector<Meeting>& meetings) {
  std::vector<std::int64_t> cuts;
  for (const auto& one : meetings) cuts.push_back(one.span.from_s), cuts.push_back(one.span.until_s);
  std::ranges::sort(cuts);
  std::int64_t all = 0;
  for (std::size_t i = 0; i + 1 < cuts.size(); ++i)
    if (std::ranges::any_of(meetings, [&](const Meeting& one) { return one.span.holds(cuts[i]); }))
      all += cuts[i + 1] - cuts[i];
  return all;
}

struct Group {
  std::vector<Meeting> meetings;
  std::int64_t together_s = 0;
};

/// Every group of meetings that counts: one meeting (single), or all of a source with a contact in a class (summed).
inline std::vector<Group> all_groups(const std::vector<Visit>& visits, const std::vector<Source>& sources,
                                     const MeetingRules& rules, const Span& when = always) {
  std::map<std::tuple<PersonNo, PersonNo, int>, Group> sums;
  std::vector<Group> out;
  for (const Source& source : plain_windows(sources))
    for (const Visit& a : visits)
      for (const Visit& b : visits) {
        if (a.person != source.person || b.person == source.person || a.place != b.place) continue;
        const int place_class = rules.class_of(a.place);
        const MeetingRule& rule = rules.classes[static_cast<std::size_t>(place_class)];
        Span span;
        if (!rule.is_counted || !protection_allows(rules, a, b) || !spots_allow(rule, a.spot, b.spot))
          continue;
        const std::int64_t seconds = overlap_s(a, source.window, b, when, rule, span);
        if (seconds <= 0) continue;
        const Meeting meeting{a.person, b.person, a.place, span, a.spot, b.spot, a.knowledge, b.knowledge};
        if (rule.counting == Counting::summed)
          sums[{a.person, b.person, place_class}].meetings.push_back(meeting);
        else if (seconds >= rule.min_overlap_s)
          out.push_back({{meeting}, seconds});
      }
  for (auto& [key, group] : sums) {
    group.together_s = covered_s(group.meetings);
    const MeetingRule& rule = rules.classes[static_cast<std::size_t>(std::get<2>(key))];
    if (group.together_s >= rule.min_overlap_s) out.push_back(group);
  }
  return out;
}

/// Sums the groups by whoever `who` names.
template <class Who>
std::vector<Contact> summed_by(const std::vector<Group>& groups, Who&& who) {
  std::map<PersonNo, Contact> all;
  for (const Group& group : groups) {
    const PersonNo person = who(group.meetings.front());
    for (const Meeting& one : group.meetings) {
      const bool is_new = !all.contains(person);
      Contact& sum = all[person];
      sum.person = person;
      sum.first_exposure_s = is_new ? one.span.from_s : std::min(sum.first_exposure_s, one.span.from_s);
      sum.last_exposure_s = is_new ? one.span.until_s : std::max(sum.last_exposure_s, one.span.until_s);
      sum.longest_s = std::max(sum.longest_s, one.span.seconds());
      ++sum.meetings;
    }
    all[person].total_s += group.together_s;
  }
  std::vector<Contact> out;
  for (const auto& [person, sum] : all) out.push_back(sum);
  return out;
}

inline std::vector<Group> without(std::vector<Group> groups, const std::vector<Source>& sources,
                                  const std::vector<PersonNo>& left_out) {
  std::erase_if(groups, [&](const Group& group) {
    const PersonNo contact = group.meetings.front().contact;
    return std::ranges::any_of(sources, [&](const Source& one) { return one.person == contact; }) ||
           std::ranges::find(left_out, contact) != left_out.end();
  });
  return groups;
}

inline std::vector<Meeting> all_meetings(const std::vector<Group>& groups) {
  std::vector<Meeting> out;
  for (const Group& group : groups) out.insert(out.end(), group.meetings.begin(), group.meetings.end());
  std::ranges::sort(out);
  return out;
}

inline std::vector<Contact> slow_ring(const std::vector<Visit>& visits, const std::vector<Source>& sources,
                                      const MeetingRules& rules, const std::vector<PersonNo>& left_out = {}) {
  return summed_by(without(all_groups(visits, sources, rules), sources, left_out),
                   [](const Meeting& one) { return one.contact; });
}

}  // namespace fx::exposure::testing
