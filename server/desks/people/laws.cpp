#include <map>

#include "desks/people/operations.hpp"

namespace fx::people {
namespace {

/// Inv. P: one live person per (type, number).
std::vector<std::string> one_person_a_document(const Tables& tables) {
  std::vector<std::string> breaches;
  std::map<RawId, int> holders;
  for (const Person& person : tables.all<Person>())
    if (person.state != PersonState::merged && person.document_claim &&
        ++holders[*person.document_claim] == 2)
      breaches.push_back("two live persons hold one document, one of them " + person.id.text());
  return breaches;
}

/// An alias leads to a person, not round in a circle.
std::vector<std::string> aliases_end(const Tables& tables) {
  std::map<PersonId, PersonId> into;
  for (const Person& person : tables.all<Person>())
    if (person.merged_into) into[person.id] = *person.merged_into;
  std::vector<std::string> breaches;
  for (const auto& [person, next] : into) {
    PersonId at = next;
    for (std::size_t hops = 0; into.contains(at); ++hops) {
      if (hops > into.size()) {
        breaches.push_back("the alias " + person.text() + " leads round in a circle");
        break;
      }
      at = into.at(at);
    }
  }
  return breaches;
}

/// An entry stands among the aliases of exactly the one it was merged into.
std::vector<std::string> aliases_are_listed(const Tables& tables) {
  std::map<PersonId, PersonId> into;
  for (const Person& person : tables.all<Person>())
    if (person.merged_into) into[person.id] = *person.merged_into;
  std::size_t listed = 0;
  std::vector<std::string> breaches;
  for (const Aliases& row : tables.all<Aliases>())
    for (const PersonId entry : row.entries) {
      const auto at = into.find(entry);
      if (at != into.end() && at->second == row.id)
        ++listed;
      else
        breaches.push_back(entry.text() + " is listed as an alias and is none");
    }
  if (breaches.empty() && listed != into.size()) breaches.emplace_back("an alias is listed nowhere");
  return breaches;
}

}  // namespace

void add_laws(Desk& desk) {
  desk.law("P: one live person per document", one_person_a_document);
  desk.law("P: aliases end at a person", aliases_end);
  desk.law("P: aliases are listed", aliases_are_listed);
}

}  // namespace fx::people
