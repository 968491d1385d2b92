// A judgement of the investigation asks for control, or no longer does. Asking orders nothing: an officer does.
#include "desks/isolation/operations.hpp"

namespace fx::isolation {
namespace {

Result<Decision> ask_control(const AskControl& c, const View& view, const Context&) {
  const Asked* asked = view.find<Asked>(c.contact);
  if (!c.class_ || !c.day0) {
    if (asked == nullptr || !asked->stands) return Decision{};
    return Decision{{ControlNotAsked{c.contact}}};
  }
  return Decision{{ControlAsked{c.contact, c.person, *c.class_, c.case_id, *c.day0, c.cdc}}};
}

}  // namespace

void add_ask_control(Desk& desk) {
  desk.operation<AskControl>("ask_control", {"提请管控", "Ask for control"})
      .internal()
      .keys([](const AskControl& c, const Context&, KeySet& keys) { keys.own<Asked>(c.contact); })
      .decide(ask_control);
}

}  // namespace fx::isolation
