#include "desks/investigation/classing/contact_class.hpp"

#include <algorithm>

namespace fx::investigation {
namespace {

/// From nothing to the strictest.
int rank(ContactClass c) {
  switch (c) {
    case ContactClass::none: return 0;
    case ContactClass::general: return 1;
    case ContactClass::venue: return 2;
    case ContactClass::coc: return 3;
    case ContactClass::close: break;
  }
  return 4;
}

struct Verdict {
  ContactClass class_ = ContactClass::none;
  ClassReason reason = ClassReason::no_exposure;
  bool assessed = false;
};

/// A place whose air is shared by people who never met: who was there at the time is a contact of the place.
bool is_venue(Setting setting) {
  using enum Setting;
  return setting == dining || setting == shop || setting == medical || setting == hotel ||
         setting == entertainment;
}

Verdict in_rows(const Exposure& e, std::optional<int> rows) {
  using enum ContactClass;
  if (!rows || !e.rows_apart) return {close, ClassReason::not_measured, true};
  return *e.rows_apart <= *rows ? Verdict{close, ClassReason::near_rows, false}
                                : Verdict{general, ClassReason::far_rows, false};
}

Verdict in_carriage(const Exposure& e, const ClassRules& rules) {
  using enum ContactClass;
  if (!rules.carriage || !e.same_carriage) return {close, ClassReason::not_measured, true};
  return *e.same_carriage ? Verdict{close, ClassReason::same_carriage, false}
                          : Verdict{general, ClassReason::far_rows, false};
}

Verdict by_distance(const Exposure& e, const ClassRules& rules) {
  using enum ContactClass;
  if (e.setting == Setting::home) return {close, ClassReason::same_home, false};
  if (e.distance_m && rules.distance_m && *e.distance_m <= *rules.distance_m)
    return {close, ClassReason::within_distance, false};
  if (is_venue(e.setting)) return {venue, ClassReason::same_venue, true};
  if (e.distance_m) return {general, ClassReason::beyond_distance, true};
  if (e.setting == Setting::outdoors) return {general, ClassReason::not_measured, true};
  return {close, ClassReason::not_measured, true};
}

Verdict direct(const Exposure& e, const ClassRules& rules) {
  if (e.distance_m && rules.distance_m && *e.distance_m <= *rules.distance_m)
    return {ContactClass::close, ClassReason::within_distance, false};
  switch (e.kind) {
    case StopKind::plane: return in_rows(e, rules.rows_plane);
    case StopKind::coach:
    case StopKind::bus: return in_rows(e, rules.rows_coach);
    case StopKind::train: return in_carriage(e, rules);
    case StopKind::taxi:
    case StopKind::car: return {ContactClass::close, ClassReason::same_carriage, false};
    default: return by_distance(e, rules);
  }
}

Verdict onward(const Exposure& e, const Sources& sources, const ClassRules& rules) {
  using enum ContactClass;
  const auto contact = sources.close_contacts.find(*e.via);
  const bool counts = contact != sources.close_contacts.end() &&
                      (rules.onward == ClassRules::Onward::all ||
                       (rules.onward == ClassRules::Onward::high_risk && contact->second));
  return {counts ? coc : general, ClassReason::contact_of_contact, false};
}

struct Judged {
  const Exposure* exposure;
  Verdict verdict;
  Day last;
};

/// What one exposure by itself makes of somebody.
Judged judge(const Exposure& told, const Sources& sources, const ClassRules& rules) {
  const auto held = as_it_holds(told, sources);
  if (!held && !told.withdrawn) return {&told, {ContactClass::none, ClassReason::stop_moved, false}, {}};
  const Exposure& e = held ? *held : told;
  const Infectious* source = nullptr;
  bool is_onward = e.via.has_value();
  if (e.via_person) {
    const auto became = sources.became.find(*e.via_person);
    if (became != sources.became.end()) {
      source = &became->second;
      is_onward = false;
    }
  }
  const auto index = sources.cases.find(e.case_id);
  if (source == nullptr && index != sources.cases.end()) source = &index->second;
  if (e.withdrawn || source == nullptr) return {&told, {}, {}};
  const Instant from = std::max(e.from, source->window.from);
  // A contact of a contact met somebody who was infected since: the case's own end is no bound for it.
  const Instant until = is_onward ? e.until : std::min(e.until, source->window.until);
  const bool moment = e.from == e.until && until == e.until && from == e.from;
  if (!moment && until <= from) return {&told, {ContactClass::none, ClassReason::outside_window, false}, {}};
  const Day last = day_of(until > from ? until - Duration(1) : until);
  if (!rules.is_judged) return {&told, {ContactClass::none, ClassReason::not_judged, false}, {}};
  if (e.is_protected) return {&told, {ContactClass::general, ClassReason::protected_throughout, false}, last};
  if (is_onward) return {&told, onward(e, sources, rules), last};
  Verdict verdict = direct(e, rules);
  if (e.via && rank(verdict.class_) == rank(ContactClass::close))
    verdict.reason = ClassReason::contact_became_case;
  return {&told, verdict, last};
}

/// The strictest first; of equals the latest, then by id: the same whatever order they came in.
bool decides_before(const Judged& a, const Judged& b) {
  if (rank(a.verdict.class_) != rank(b.verdict.class_))
    return rank(a.verdict.class_) > rank(b.verdict.class_);
  if (a.verdict.assessed != b.verdict.assessed) return !a.verdict.assessed;
  if (a.last != b.last) return a.last > b.last;
  return a.exposure->id < b.exposure->id;
}

}  // namespace

std::optional<Exposure> as_it_holds(const Exposure& e, const Sources& sources) {
  if (!e.at) return e;
  const auto found = sources.stops.find(e.at->stop);
  if (found == sources.stops.end()) return e;
  const StopNow& now = found->second;
  if (!now.stands || now.place != e.at->place) return std::nullopt;
  Exposure out = e;
  if (e.from >= e.at->from) out.from = std::max(e.from, now.when.from);
  if (e.until <= e.at->until) out.until = std::min(e.until, now.when.until);
  if (out.until < out.from || (out.until == out.from && e.from != e.until)) return std::nullopt;
  if (now.row != e.at->row) out.rows_apart.reset();
  if (now.carriage != e.at->carriage) out.same_carriage.reset();
  return out;
}

ClassFinding class_of(std::span<const Exposure> exposures, ContactId which, const Sources& sources,
                      const ClassRules& rules) {
  ClassFinding finding;
  std::optional<Judged> decisive;
  std::optional<Day> controlled;  // last exposure of all of the person's that asks for control
  std::optional<Day> own;         // last one of this contact
  for (const Exposure& exposure : exposures) {
    const Judged judged = judge(exposure, sources, rules);
    if (asks_control(judged.verdict.class_))
      controlled = std::max(controlled.value_or(judged.last), judged.last);
    if (exposure.contact != which || exposure.withdrawn) continue;
    if (judged.verdict.class_ != ContactClass::none) finding.counting.push_back(exposure.id);
    if (judged.verdict.class_ != ContactClass::none) own = std::max(own.value_or(judged.last), judged.last);
    if (!decisive || decides_before(judged, *decisive)) decisive = judged;
  }
  std::ranges::sort(finding.counting);
  if (!decisive) return finding;
  finding.class_ = decisive->verdict.class_;
  finding.reason = decisive->verdict.reason;
  finding.assessed = decisive->verdict.assessed;
  if (finding.class_ == ContactClass::none) return finding;
  finding.decisive = decisive->exposure->id;
  finding.day0 = asks_control(finding.class_) ? controlled : own;
  return finding;
}

}  // namespace fx::investigation
