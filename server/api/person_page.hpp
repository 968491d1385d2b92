#pragma once

#include "api/house.hpp"

namespace fx::api {

/// The lists in which a person can appear, with the column that names them.
struct PersonList {
  const List* list;
  std::string column;
};
std::vector<PersonList> person_lists(const Registry& registry);

/// May the visitor open this person's page: registered in scope, in a row of a list in scope, or found by a search of
/// this session. Else the person does not exist for them.
bool reaches_person(const Exchange& exchange, journal::Reader& reader, const RawId& person);

}  // namespace fx::api
