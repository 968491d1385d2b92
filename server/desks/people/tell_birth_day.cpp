// Tells another desk how old somebody is, as the papers say; nothing, when they do not.
#include "desks/people/operations.hpp"

namespace fx::people {
namespace {

Result<Decision> tell(const TellBirthDay& c, const View& view, const Context&) {
  const Person* person = view.find<Person>(c.person);
  if (person == nullptr || !person->birth_day) return Decision{};
  return Decision{{BirthDayTold{c.person, *person->birth_day}}};
}

}  // namespace

void add_tell_birth_day(Desk& desk) {
  desk.event<BirthDayTold>();
  desk.operation<TellBirthDay>("tell_birth_day", {"告知出生日期", "Tell the day of birth"})
      .internal()
      .keys([](const TellBirthDay& c, const Context&, KeySet& keys) { keys.own<Person>(c.person); })
      .decide(tell);
}

}  // namespace fx::people
