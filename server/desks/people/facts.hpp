#pragma once

#include "desks/people/events.hpp"
#include "kernel/desk.hpp"

namespace fx::people {

/// A person without a name: what the ledger may know. The rest is identity.
struct Person {
  static constexpr std::string_view table = "person";
  PersonId id;
  PersonState state = PersonState::provisional;
  std::optional<PersonId> merged_into;
  std::optional<PersonId> guardian;
  bool deceased = false;
  Sex sex = Sex::unknown;
  std::optional<Day> birth_day;
  std::optional<DocumentType> document_type;
  std::optional<RawId> document_claim;
  std::string identity_hash;
  UnitId unit;  ///< who registered
  Instant registered_at;
  std::vector<std::string> warnings;
};
BOOST_DESCRIBE_STRUCT(Person, (),
                      (id, state, merged_into, guardian, deceased, sex, birth_day, document_type,
                       document_claim, identity_hash, unit, registered_at, warnings))

void add_facts(Desk& desk);

}  // namespace fx::people
