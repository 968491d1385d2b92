#include "desks/people/operations.hpp"

namespace fx::people {
namespace {

Result<Decision> record_death(const RecordDeath& c, const View& view, const Context& context) {
  const Person* person = view.find<Person>(c.person);
  if (person == nullptr) return unknown("/person");
  Refusals no;
  if (person->deceased) no.add(wrong_state("deceased", {"living"}));
  if (c.day > day_of(context.now)) no.add("F-FUTURE", "/day");
  if (!no.empty()) return no;
  return Decision{{PersonDied{c.person, c.day}}};
}

}  // namespace

void add_record_death(Desk& desk) {
  desk.operation<RecordDeath>("record_death", {"登记死亡", "Record a death"})
      .by({Role::DOC, Role::CDC})
      .keys([](const RecordDeath& c, const Context&, KeySet& keys) { keys.own<Person>(c.person); })
      .decide(record_death);
}

}  // namespace fx::people
