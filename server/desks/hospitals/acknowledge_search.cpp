// The county command takes the search over.
#include "desks/hospitals/operations.hpp"

namespace fx::hospitals {
namespace {

Result<Decision> decide(const AcknowledgeSearch& c, const View& view, const Context& context) {
  const Encounter* e = view.find<Encounter>(c.encounter);
  if (e == nullptr) return unknown("/encounter");
  if (!e->missing) return wrong_state(e->state, {EncounterState::left_early, EncounterState::recalled});
  if (e->search_open) return wrong_state("search open", {"no search"});
  return Decision{{SearchOpened{e->id, e->person, e->clinic, e->hospital, e->county, context.actor.account}}};
}

}  // namespace

void acknowledge_search(Desk& desk) {
  desk.operation<AcknowledgeSearch>("acknowledge_search",
                                    {"签收并展开寻找", "Acknowledge and open the search"})
      .by({Role::DO, Role::DL, Role::CMD})
      .keys(own_encounter<AcknowledgeSearch>)
      .place(place_of_clinic<AcknowledgeSearch>)
      .decide(decide);
}

}  // namespace fx::hospitals
