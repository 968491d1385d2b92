#pragma once

#include "desks/people/commands.hpp"
#include "desks/people/facts.hpp"
#include "kernel/guards.hpp"

namespace fx::people {

void add_register_person(Desk& desk);
void add_meet_person(Desk& desk);
void add_identify_person(Desk& desk);
void add_correct_person(Desk& desk);
void add_merge_persons(Desk& desk);
void add_record_death(Desk& desk);
void add_tell_birth_day(Desk& desk);
void add_laws(Desk& desk);

/// Who registers people: whoever meets them first.
const std::vector<Role>& registrars();

/// The identity fields of a command, sealed with their search tokens.
struct IdentityFields {
  std::string_view name;
  std::optional<DocumentType> document_type;
  std::string_view number;  ///< as typed
  std::string_view phone;
  std::string_view address;
};
struct SealedPerson {
  std::string hash;
  RawId document_claim;  ///< nil without a document
};
SealedPerson seal_person(PersonId person, const IdentityFields& fields, Sealer& sealer);

}  // namespace fx::people
