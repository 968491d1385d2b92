// Classes without a stay owe tests: who was at a venue, as judged; who came from a place of low risk or with a reported
// infection, as classed. Judged otherwise, or the case was none: nothing is owed any more.

#include "desks/gates/persons/events.hpp"
#include "desks/investigation/classing/events.hpp"
#include "desks/investigation/events.hpp"
#include "desks/isolation/tests_only/commands.hpp"
#include "handoffs/handoffs.hpp"

namespace fx::handoffs {
namespace {

using Class = std::optional<isolation::ControlClass>;

constexpr const char* ask_tests = "isolation.ask_tests";

HandedOver ask(PersonId person, const RawId& source, Class class_, UnitId cdc) {
  return hand_over(ask_tests, isolation::AskTests{person, source, class_, cdc});
}

std::vector<HandedOver> of_judgement(const investigation::ContactJudged& e) {
  std::vector<HandedOver> out;
  if (e.class_ == investigation::ContactClass::venue)
    out.push_back(ask(e.person, e.contact.raw, isolation::ControlClass::venue_exposed, e.cdc));
  return out;
}

std::vector<HandedOver> of_reclass(const investigation::ContactReclassed& e) {
  using investigation::ContactClass;
  std::vector<HandedOver> out;
  if (e.class_ == ContactClass::venue)
    out.push_back(ask(e.person, e.contact.raw, isolation::ControlClass::venue_exposed, e.cdc));
  else if (e.former == ContactClass::venue)
    out.push_back(ask(e.person, e.contact.raw, {}, e.cdc));
  return out;
}

std::vector<HandedOver> of_exclusion(const investigation::CaseExcluded& e) {
  std::vector<HandedOver> out;
  for (std::size_t i = 0; i < e.persons.size(); ++i)
    out.push_back(ask(e.persons[i], e.contacts[i].raw, {}, e.cdc));
  return out;
}

std::vector<HandedOver> of_returnee(const gates::ReturneeClassed& e) {
  std::vector<HandedOver> out;
  if (e.class_ == gates::RegionClass::low)
    out.push_back(ask(e.person, e.returnee.raw, isolation::ControlClass::low_risk_area, {}));
  if (e.class_ == gates::RegionClass::infection_reported)
    out.push_back(ask(e.person, e.returnee.raw, isolation::ControlClass::infection_reported, {}));
  return out;
}

}  // namespace

std::vector<Arrow> classes_to_tests() {
  return {arrow<investigation::ContactJudged>(
              "judged_to_tests", ask_tests,
              [](const investigation::ContactJudged& e, const Happened&) { return of_judgement(e); }),
          arrow<investigation::ContactReclassed>(
              "reclassed_to_tests", ask_tests,
              [](const investigation::ContactReclassed& e, const Happened&) { return of_reclass(e); }),
          arrow<investigation::CaseExcluded>(
              "excluded_to_tests", ask_tests,
              [](const investigation::CaseExcluded& e, const Happened&) { return of_exclusion(e); }),
          arrow<gates::ReturneeClassed>(
              "returnee_to_tests", ask_tests,
              [](const gates::ReturneeClassed& e, const Happened&) { return of_returnee(e); })};
}

}  // namespace fx::handoffs
