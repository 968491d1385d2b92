#include "desks/laws_across.hpp"

#include <map>
#include <set>

#include "desks/gates/facts.hpp"
#include "desks/investigation/facts.hpp"
#include "desks/isolation/facts.hpp"
#include "desks/reporting/facts.hpp"
#include "desks/screening/facts.hpp"
#include "kernel/duty.hpp"
#include "kernel/guards.hpp"

namespace fx::desks {
namespace {

using Breaches = std::vector<std::string>;

bool is_individual_positive(const screening::Tube& tube) {
  return tube.single() && tube.person && tube.result == screening::TestResult::positive &&
         is_one_of(tube.state, {screening::TubeState::authorised, screening::TubeState::amended});
}

/// Every authorised individual positive has exactly one case, and with it one investigation.
Breaches one_case_a_positive(const Tables& tables) {
  std::map<TubeId, int> cases;
  std::set<CaseId> known;
  for (const investigation::Case& file : tables.all<investigation::Case>()) {
    known.insert(file.id);
    if (file.tube) ++cases[*file.tube];
  }
  Breaches out;
  for (const auto& [tube, n] : cases)
    if (n > 1) out.push_back("tube " + tube.text() + " is behind two cases");
  for (const screening::Tube& tube : tables.all<screening::Tube>())
    if (is_individual_positive(tube) && (!tube.case_id || !known.contains(*tube.case_id)))
      out.push_back("the positive tube " + tube.code + " has no case");
  return out;
}

/// A classified case has exactly one card: owed, submitted or withdrawn.
Breaches one_card_a_case(const Tables& tables) {
  std::map<CaseId, int> cards;
  for (const reporting::Card& card : tables.all<reporting::Card>()) ++cards[card.case_id];
  Breaches out;
  for (const investigation::Case& file : tables.all<investigation::Case>()) {
    if (file.history || !file.class_) continue;
    if (const int n = cards[file.id]; n != 1)
      out.push_back("case " + file.id.text() + " has " + std::to_string(n) + " cards");
  }
  return out;
}

/// Who turned positive in a room is in one place of custody: still in it, and then the site has the person, or on one leg.
Breaches one_custody_a_positive(const Tables& tables) {
  std::map<isolation::StayId, int> legs;
  for (const isolation::Leg& leg : tables.all<isolation::Leg>())
    if (!leg.arrived_at) ++legs[leg.stay];
  Breaches out;
  for (const isolation::Stay& stay : tables.all<isolation::Stay>()) {
    if (stay.state != isolation::StayState::converted) continue;
    const int places = legs[stay.id] + (stay.room ? 1 : 0);
    if (places > 1 || (stay.room && stay.holder != stay.site))
      out.push_back("the patient of stay " + stay.id.text() + " is not in one place of custody");
  }
  return out;
}

/// Is the person to stay where he is, under this order, at this moment?
bool binds(const isolation::Stay& stay, Instant at) {
  if (!is_one_of(stay.regime, {isolation::Regime::central, isolation::Regime::home_isolation})) return false;
  if (at <= stay.ordered_at) return false;
  if (stay.released_at) return at < *stay.released_at;
  return isolation::is_open(stay.state) && stay.state != isolation::StayState::home_phase;
}

/// Nobody passes a gate later than the order that holds him, unless a named officer saw it: a dispute, a decision.
Breaches nobody_held_passes(const Tables& tables) {
  std::multimap<PersonId, isolation::Stay> stays;
  for (isolation::Stay& stay : tables.all<isolation::Stay>()) stays.emplace(stay.person, std::move(stay));
  Breaches out;
  for (const gates::Check& check : tables.all<gates::Check>()) {
    const bool passed = check.outcome == gates::CheckOutcome::passed && !check.alone && !check.was_disputed;
    if (!passed || !check.person) continue;
    const auto [from, to] = stays.equal_range(*check.person);
    for (auto at = from; at != to; ++at)
      if (binds(at->second, check.decided_at.value_or(check.at)))
        out.push_back("person " + check.person->text() + " passed a gate while held by stay " +
                      at->second.id.text());
  }
  return out;
}

/// Every restriction has an end that somebody owes: it cannot run on unseen.
Breaches every_end_is_owed(const Tables& tables) {
  std::set<RawId> release, home_end;
  for (const Duty& duty : tables.all<Duty>()) {
    if (!is_open(duty.state)) continue;
    if (duty.rule == "OB-F2.release") release.insert(duty.about);
    if (duty.rule.starts_with("OB-F2.home_end")) home_end.insert(duty.about);
  }
  Breaches out;
  for (const isolation::Stay& stay : tables.all<isolation::Stay>()) {
    const bool observed =
        is_one_of(stay.state, {isolation::StayState::observing, isolation::StayState::out_closed_loop});
    if (observed && !release.contains(stay.id.raw))
      out.push_back("nobody owes the release of stay " + stay.id.text());
    if (stay.state == isolation::StayState::home_phase && !home_end.contains(stay.id.raw))
      out.push_back("nobody owes the end of stay " + stay.id.text());
  }
  return out;
}

}  // namespace

std::vector<Law> laws_across() {
  return {{"§7.1: one case an individual positive", one_case_a_positive},
          {"§7.1: one card a classified case", one_card_a_case},
          {"§7.1: one custody a positive", one_custody_a_positive},
          {"§7.2: nobody under an order passes a gate", nobody_held_passes},
          {"§7.3: the end of every restriction is owed", every_end_is_owed}};
}

}  // namespace fx::desks
