#pragma once

#include <gtest/gtest.h>

#include <ostream>
#include <vector>

#include "engines/exposure/book.hpp"
#include "engines/exposure/rules.hpp"

namespace fx::exposure {

// What a failing test prints.
inline std::ostream& operator<<(std::ostream& out, const Span& span) {
  return out << "[" << span.from_s << "," << span.until_s << ")";
}
inline std::ostream& operator<<(std::ostream& out, const Contact& one) {
  return out << "person " << number(one.person) << ": " << one.meetings << " meetings from "
             << one.first_exposure_s << " until " << one.last_exposure_s << ", longest " << one.longest_s
             << ", total " << one.total_s;
}
inline std::ostream& operator<<(std::ostream& out, const Meeting& one) {
  return out << number(one.source) << "->" << number(one.contact) << " at " << number(one.place) << " "
             << one.span;
}
inline std::ostream& operator<<(std::ostream& out, const Visit& one) {
  return out << "person " << number(one.person) << " at " << number(one.place) << " " << one.span()
             << " spot " << one.spot.section << "/" << one.spot.row << " known "
             << static_cast<int>(one.knowledge) << (one.is_protected ? " protected" : "");
}

namespace testing {

inline Visit at(std::uint32_t person, std::uint32_t place, std::int64_t from_s, std::int64_t until_s,
                Spot spot = {}) {
  return {.person = PersonNo{person},
          .place = PlaceNo{place},
          .from_s = from_s,
          .until_s = until_s,
          .spot = spot};
}
inline Source who(std::uint32_t person, Span window = always) { return {PersonNo{person}, window}; }

inline Replay pieces(const std::vector<Visit>& visits) {
  return [&visits](const std::function<void(std::span<const Visit>)>& take) {
    const std::span<const Visit> all(visits);
    take(all.first(all.size() / 2));
    take(all.subspan(all.size() / 2));
  };
}

inline VisitView built(const std::vector<Visit>& visits) {
  VisitBook book;
  book.append_all(pieces(visits));
  return book.view();
}

inline MeetingRules at_least(std::int64_t min_overlap_s) {
  MeetingRules rules;
  rules.classes.front().min_overlap_s = min_overlap_s;
  return rules;
}
inline MeetingRules by(const MeetingRule& rule) {
  MeetingRules rules;
  rules.classes.front() = rule;
  return rules;
}

}  // namespace testing
}  // namespace fx::exposure
