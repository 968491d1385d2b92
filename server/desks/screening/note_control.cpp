// Handed over from isolation and investigation: who is under a measure is tested singly, wherever they come to be swabbed.
#include "desks/screening/lookups.hpp"
#include "desks/screening/operations.hpp"

namespace fx::screening {
namespace {

Result<Decision> decide(const NoteControl& c, const View& view, const Context&) {
  const auto* person = view.find<TestedPerson>(c.person);
  const bool known = person != nullptr && std::ranges::any_of(person->controls, [&](const Control& control) {
                       return control.source == c.source && control.class_ == c.class_;
                     });
  const bool there = person != nullptr && std::ranges::find(person->controls, c.source, &Control::source) !=
                                              person->controls.end();
  if (c.class_ ? known : !there) return Decision{};
  return Decision{{ControlNoted{c.person, c.source, c.class_}}};
}

}  // namespace

void note_control(Desk& desk) {
  desk.operation<NoteControl>("note_control", {"登记管控人员", "Note a person under control"})
      .internal()
      .keys([](const NoteControl& c, const Context&, KeySet& keys) { keys.own<TestedPerson>(c.person); })
      .decide(decide);
}

}  // namespace fx::screening
