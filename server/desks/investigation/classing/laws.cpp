#include "desks/investigation/classing/operations.hpp"

namespace fx::investigation {
namespace {

std::string of_proposal(const ClassProposal& proposal) {
  const bool by_officer = is_one_of(proposal.state, {ProposalState::accepted, ProposalState::declined});
  if (by_officer && !proposal.settled_by)
    return "class proposal " + proposal.id.text() + " was settled by nobody";
  const bool moves = proposal.from != proposal.to || proposal.from_day0 != proposal.to_day0;
  if (!moves) return "class proposal " + proposal.id.text() + " changes nothing";
  return {};
}

/// Every exposure belongs to a contact of that person, and stands there once.
std::vector<std::string> exposures_have_contacts(const Tables& tables) {
  std::set<std::pair<ContactId, PersonId>> contacts;
  for (const Contact& contact : tables.all<Contact>()) contacts.insert({contact.id, contact.person});
  std::vector<std::string> breaches;
  for (const PersonExposures& row : tables.all<PersonExposures>()) {
    std::set<ExposureId> seen;
    for (const Exposure& exposure : row.exposures) {
      if (!contacts.contains({exposure.contact, row.person}))
        breaches.push_back("exposure " + exposure.id.text() + " is of no contact");
      if (!seen.insert(exposure.id).second)
        breaches.push_back("exposure " + exposure.id.text() + " stands there twice");
    }
  }
  return breaches;
}

}  // namespace

void add_classing_laws(Desk& desk) {
  desk.row_law<ClassProposal>("D3: a class changes by a named officer", of_proposal);
  desk.law("D3: exposures belong to contacts", exposures_have_contacts);
}

}  // namespace fx::investigation
