#pragma once

#include <optional>
#include <vector>

#include "engines/exposure/visit.hpp"

namespace fx::exposure {

/// How long together makes a contact.
enum class Counting {
  single,  ///< one meeting must last the minimum by itself
  summed,  ///< the meetings of one source with one contact, at places of one class, together; time that two
           ///< registrations cover is counted once
};

/// Rows at which somebody is near a source: from so many rows in front of it to so many behind.
struct Rows {
  std::uint16_t ahead = 0;
  std::uint16_t behind = 0;
};

/// When two visits to places of one class are a meeting. Every value is the rulebook's, for the pathogen, edition, day
/// and kind of place (vehicle by type, venue by ventilation); the engine has none of its own.
struct MeetingRule {
  bool is_counted = true;  ///< false: no contact arises there (e.g. outdoors)
  std::int64_t min_overlap_s =
      1;  ///< exactly so long counts; 0 is taken as 1: no time together is no meeting
  Counting counting = Counting::single;
  std::int64_t lingers_s = 0;      ///< the place still counts so long after the source has left (ventilation)
  bool same_section = false;       ///< only within one room or carriage
  std::optional<Rows> rows;        ///< only so near, within one carriage
  bool unknown_spot_meets = true;  ///< of two visits, one's section or row is not known, and it matters
};

struct MeetingRules {
  /// The first is that of places without class. At least one.
  std::vector<MeetingRule> classes{MeetingRule{}};
  /// By number of place; what lies beyond has the first class.
  std::vector<std::uint8_t> class_of_place;
  bool protected_contact_counts = false;
  bool protected_source_counts = true;

  [[nodiscard]] std::uint8_t class_of(PlaceNo place) const {
    return number(place) < class_of_place.size() ? class_of_place[number(place)] : 0;
  }
};

/// Somebody who may infect, and when. One person may have several; what they have in common counts once.
struct Source {
  PersonNo person{};
  Span window;
};

/// One overlap: the evidence.
struct Meeting {
  PersonNo source{};
  PersonNo contact{};
  PlaceNo place{};
  Span span;  ///< cut to the window of the source; the time the place lingers included
  Spot source_spot;
  Spot contact_spot;
  Knowledge source_knowledge{};
  Knowledge contact_knowledge{};
  friend auto operator<=>(const Meeting&, const Meeting&) = default;
};

/// A person with all meetings that count.
struct Contact {
  PersonNo person{};
  std::uint32_t meetings = 0;
  std::int64_t first_exposure_s = 0;
  std::int64_t last_exposure_s = 0;  ///< end of the latest meeting: Day 0 [DM D3]
  std::int64_t longest_s = 0;        ///< of one meeting
  std::int64_t total_s = 0;  ///< of all meetings; with Counting::summed the time together with each source
  friend auto operator<=>(const Contact&, const Contact&) = default;
};

/// The window of a contact, when its own contacts are asked for (次密接).
struct Onward {
  std::int64_t delay_s = 0;                   ///< from the first exposure to the beginning
  std::int64_t length_s = 0;                  ///< and from there to the end
  std::int64_t not_after_s = always.until_s;  ///< e.g. when the contact was isolated, or now

  [[nodiscard]] Span window(const Contact& contact) const {
    const std::int64_t from = contact.first_exposure_s + delay_s;
    return {from, from + length_s < not_after_s ? from + length_s : not_after_s};
  }
};

}  // namespace fx::exposure
