// What must hold after every event of this desk; each breach is a sentence.
#include <set>

#include "desks/screening/operations.hpp"
#include "kernel/view.hpp"

namespace fx::screening {
namespace {

std::string of(const Tube& tube, std::string_view breach) { return fmt::format("{} {}", tube.code, breach); }

/// Persons in a tube ≤ size, each once.
std::string members_fit(const Tube& tube) {
  std::set<PersonId> persons;
  for (const Member& m : tube.members) persons.insert(m.person);
  if (persons.size() != tube.members.size()) return of(tube, "holds a person twice");
  return tube.members.size() > static_cast<std::size_t>(tube.size) ? of(tube, "holds too many") : "";
}

/// A pooled result holds its members; only a member's own single tube makes it positive.
std::string pool_makes_nobody_positive(const Tube& tube) {
  if (tube.single()) return "";
  if (tube.case_id) return of(tube, "is a pool with a case");
  for (const Member& m : tube.members)
    if ((m.state == MemberState::pos || m.state == MemberState::grey) && !m.resampled_in)
      return of(tube, "is a pool that made a member positive or grey");
  return "";
}

/// Members say what their tube says.
std::string members_follow_the_tube(const Tube& tube) {
  for (const Member& m : tube.members) {
    if (m.resampled_in) continue;
    const bool no_result = m.state == MemberState::linked || m.state == MemberState::recalled;
    if (!tube.has_result() && !no_result) return of(tube, "has members with a result before its own");
    if (tube.has_result() && m.state == MemberState::linked)
      return of(tube, "has a result its members did not get");
    if ((m.state == MemberState::neg) != (tube.has_result() && tube.result == TestResult::negative))
      return of(tube, "and its members disagree on negative");
  }
  return "";
}

/// An individual positive has its case, whatever it is amended to later; nothing else has one.
std::string individual_positive_has_case(const Tube& tube) {
  if (tube.single() && tube.has_result() && tube.result == TestResult::positive && !tube.case_id)
    return of(tube, "is an individual positive without a case");
  return tube.case_id && !tube.has_result() ? of(tube, "has a case without a result") : "";
}

std::string two_people_sign(const Tube& tube) {
  if (!tube.has_result()) return "";
  if (!tube.authoriser || tube.authoriser == tube.tester || tube.authoriser == tube.run_by)
    return of(tube, "was authorised by its tester");
  if (!tube.control_valid.value_or(false) && tube.result != TestResult::invalid)
    return of(tube, "has a result in spite of a failed control");
  return tube.sealed_at ? "" : of(tube, "has a result without a seal");
}

/// Sealed = received + rejected + in transit + lost: no tube drops out on its way.
std::vector<std::string> no_tube_vanishes(const Tables& tables) {
  std::int64_t sealed = 0;
  std::int64_t received = 0;
  std::int64_t rejected = 0;
  std::int64_t in_transit = 0;
  std::int64_t lost = 0;
  for (const Tube& tube : tables.all<Tube>()) {
    if (!tube.sealed_at) continue;
    ++sealed;
    if (tube.state == TubeState::rejected)
      ++rejected;
    else if (tube.state == TubeState::lost)
      ++lost;
    else if (tube.received_at)
      ++received;
    else if (tube.state == TubeState::sealed || tube.state == TubeState::in_transit)
      ++in_transit;
  }
  if (sealed == received + rejected + in_transit + lost) return {};
  return {fmt::format("{} sealed, but {} received, {} rejected, {} in transit, {} lost", sealed, received,
                      rejected, in_transit, lost)};
}

/// Every code names one tube or box, and every tube and box holds its code.
std::vector<std::string> a_code_names_one_thing(const Tables& tables) {
  std::set<std::pair<RawId, RawId>> held;
  for (const Claim& claim : tables.all<Claim>())
    if (claim.kind == "tube_code") held.insert({claim.id, claim.holder});
  std::vector<std::string> breaches;
  for (const Tube& tube : tables.all<Tube>())
    if (!held.contains({code_claim(tube.code), tube.id.raw}))
      breaches.push_back(of(tube, "does not hold its code"));
  for (const Box& box : tables.all<Box>())
    if (!held.contains({code_claim(box.code), box.id.raw}))
      breaches.push_back(box.code + " does not hold its code");
  return breaches;
}

}  // namespace

void laws(Desk& desk) {
  desk.row_law<Tube>("members fit the tube", members_fit)
      .row_law<Tube>("a pool makes nobody positive", pool_makes_nobody_positive)
      .row_law<Tube>("members follow the tube", members_follow_the_tube)
      .row_law<Tube>("an individual positive has a case", individual_positive_has_case)
      .row_law<Tube>("two people sign", two_people_sign)
      .law("no tube vanishes", no_tube_vanishes)
      .law("a code names one thing", a_code_names_one_thing);
}

}  // namespace fx::screening
