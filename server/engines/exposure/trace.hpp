#pragma once

#include <span>
#include <vector>

#include "engines/exposure/book.hpp"
#include "engines/exposure/rules.hpp"

namespace fx::exposure {

/// Whom did they meet?
/// Takes    sources in any order, repetitions allowed; `left_out` are not listed, nor are the sources themselves
/// Gives    everybody else with at least one meeting that counts, by number of person, each once
/// Keeps    the order of visits and sources changes nothing; a longer window, a shorter minimum or one more visit never
///          loses a contact (with Counting::single never shortens an overlap either)
/// Cost     with the visits of the sources and of those who were there with them, not with all visits
std::vector<Contact> ring(const VisitView& view, std::span<const Source> sources, const MeetingRules& rules,
                          std::span<const PersonNo> left_out = {});

/// Ring after ring: the contacts of one ring are the sources of the next, with the window that `onward` gives them;
/// nobody is listed twice, and no source at all.
std::vector<std::vector<Contact>> rings(const VisitView& view, std::span<const Source> cases,
                                        const MeetingRules& rules, const Onward& onward, int how_many);
/// The windows of a ring's people.
std::vector<Source> next_sources(std::span<const Contact> ring, const Onward& onward);

/// The evidence of a whole ring: the same meetings the summary counts, by contact, beginning, source, place.
std::vector<Meeting> ring_meetings(const VisitView& view, std::span<const Source> sources,
                                   const MeetingRules& rules, std::span<const PersonNo> left_out = {});

/// The evidence of one contact: its meetings with the sources, inside the stretch, in the same order.
std::vector<Meeting> meetings_of(const VisitView& view, PersonNo contact, Span when,
                                 std::span<const Source> sources, const MeetingRules& rules);

/// Who could have infected this case?
/// Takes    exposed: when it must have happened (the case's onset less the longest and the shortest incubation, as the
///          rulebook has them); candidates with the windows in which they were infectious
/// Gives    for each candidate it met the sum of their meetings, the person being the candidate; by number of person
std::vector<Contact> possible_sources(const VisitView& view, PersonNo infected, Span exposed,
                                      std::span<const Source> candidates, const MeetingRules& rules);
/// The same when nobody is known to be infectious yet: everybody it met.
std::vector<Contact> possible_sources(const VisitView& view, PersonNo infected, Span exposed,
                                      const MeetingRules& rules);

/// A person's own visits inside the stretch, in order of time.
std::vector<Visit> visits_of(const VisitView& view, PersonNo person, Span when = always);

}  // namespace fx::exposure
