// The sentences of the server for screens and forms: refusals, operations, lists, roles, units.
#include "api/handlers.hpp"
#include "api/role_words.hpp"
#include "api/row_json.hpp"

namespace fx::api {
namespace {

template <class E>
std::string words_of_all() {
  std::string out = "{";
  for (const std::string& name : enum_choices<E>())
    add_json(out, name, words_json(words_of(*enum_from<E>(name))));
  return out + "}";
}

std::string all_words(const Registry& registry) {
  std::map<std::string, Words> refusals = door_refusals();
  std::string operations = "{";
  std::string lists = "{";
  std::string desks = "{";
  for (const Desk& desk : registry.desks()) {
    add_json(desks, desk.name(), words_json(desk.title()));
    for (const auto& [code, say] : desk.refusals()) refusals.insert_or_assign(code, say);
    for (const Operation& operation : desk.operations())
      if (!operation.internal) add_json(operations, operation.full_name(), words_json(operation.title));
    for (const List& list : desk.lists())
      add_json(lists, desk.name() + "." + list.name, words_json(list.title));
  }
  std::string said = "{";
  for (const auto& [code, say] : refusals) add_json(said, code, words_json(say));
  std::string out = "{";
  add_json(out, "desks", desks + "}");
  add_json(out, "operations", operations + "}");
  add_json(out, "lists", lists + "}");
  add_json(out, "refusals", said + "}");
  add_json(out, "roles", words_of_all<Role>());
  add_json(out, "unit_kinds", words_of_all<UnitKind>());
  add_json(out, "levels", words_of_all<Level>());
  return out + "}";
}

}  // namespace

http::Response show_words(Exchange& exchange) {
  return http::json(200, all_words(exchange.house.parts.registry));
}

}  // namespace fx::api
