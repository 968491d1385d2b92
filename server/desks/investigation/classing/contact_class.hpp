#pragma once

#include <map>
#include <span>

#include "desks/investigation/classing/events.hpp"
#include "desks/investigation/trajectory/gaps.hpp"

namespace fx::investigation {

/// When somebody could infect others.
struct Infectious {
  CaseId case_id;
  Stretch window;
};

/// What the rulebook says of contacts, resolved for the day and the place; the function has no number of its own.
struct ClassRules {
  bool is_judged = true;             ///< false: this edition judges no contacts
  std::optional<double> distance_m;  ///< D.contact.distance_m
  std::optional<int> rows_plane;     ///< D.contact.rows_plane
  std::optional<int> rows_coach;     ///< D.contact.rows_coach
  bool carriage = false;             ///< D.contact.carriage: all in one closed carriage
  enum class Onward { none, high_risk, all } onward = Onward::all;  ///< D.coc.judge
};

/// A stop as it is known now.
struct StopNow {
  bool stands = true;  ///< false: withdrawn
  std::string place;   ///< its name in the index of visits
  Stretch when;
  std::string carriage;
  std::int32_t row = 0;
};

/// What is known of the cases, contacts and stops an exposure names.
struct Sources {
  std::map<CaseId, Infectious>
      cases;  ///< those that count; excluded ones and those without window are left out
  std::map<PersonId, Infectious> became;     ///< contacts that are cases now
  std::map<ContactId, bool> close_contacts;  ///< contacts judged close; true: of high risk
  std::map<StopId, StopNow> stops = {};
};

struct ClassFinding {
  ContactClass class_ = ContactClass::none;
  std::optional<Day> day0;  ///< last exposure to any infectious case
  ClassReason reason = ClassReason::no_exposure;
  bool assessed = false;  ///< not decided by a number: a named officer has to look
  std::optional<ExposureId> decisive;
  std::vector<ExposureId> counting;  ///< by id: the contact's own exposures that make a class
  friend bool operator==(const ClassFinding&, const ClassFinding&) = default;
};

/// An exposure as far as the stop it was at still holds: nothing where the case was not there after all, or not then. What
/// was said beyond the stop's own time does not hang on it; a seat known better voids what was measured from the former.
std::optional<Exposure> as_it_holds(const Exposure& exposure, const Sources& sources);

/// Which contact one person is, and since when.
/// Takes    all exposures of the person, in any order, withdrawn ones too; `which`: the contact to class. Its class comes
///          from its own exposures, its Day 0 from all of the person's
/// Keeps    the order changes nothing; a further exposure lowers neither the class nor, where it asks for
///          control, Day 0; an exposure withdrawn, at a stop where the case was not, or to a
///          case that counts no more, is as if it had never been
/// Source   domain model D3; rulebook section 2. Cost O(n log n), n is tens
ClassFinding class_of(std::span<const Exposure> exposures, ContactId which, const Sources& sources,
                      const ClassRules& rules);

/// Under control because of this class?
inline bool asks_control(ContactClass c) { return c == ContactClass::close || c == ContactClass::coc; }

}  // namespace fx::investigation
