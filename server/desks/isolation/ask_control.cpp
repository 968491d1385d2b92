// A judgement of the investigation asks for control, or no longer does. Asking orders nothing: an officer does.
#include "desks/isolation/evidence/facts.hpp"
#include "desks/isolation/operations.hpp"
#include "desks/isolation/redating/redating.hpp"

namespace fx::isolation {
namespace {

/// The stay that answers an asking.
const Stay* answered_by(const Asked* asked, const View& view) {
  return asked != nullptr && asked->stay ? view.find<Stay>(*asked->stay) : nullptr;
}

Result<Decision> ask_control(const AskControl& c, const View& view, const Context& context) {
  const Asked* asked = view.find<Asked>(c.contact);
  if (!c.class_ || !c.day0) {
    if (asked == nullptr || !asked->stands) return Decision{};
    Decision decision{{ControlNotAsked{c.contact}}};
    propose_redating(answered_by(asked, view), asked->class_, {}, context, decision);
    return decision;
  }
  const UnitId cdc =
      c.cdc.raw.is_nil()
          ? desks::unit_at(context.reference, UnitKind::cdc, c.contact.home()).value_or(UnitId{})
          : c.cdc;
  Decision decision{{ControlAsked{c.contact, c.person, *c.class_, c.case_id, *c.day0, cdc}}};
  propose_redating(answered_by(asked, view), *c.class_, c.day0, context, decision);
  return decision;
}

}  // namespace

void add_ask_control(Desk& desk) {
  desk.operation<AskControl>("ask_control", {"提请管控", "Ask for control"})
      .internal()
      .keys([](const AskControl& c, const Context&, KeySet& keys) {
        keys.own<Asked>(c.contact);
        if (c.class_ == ControlClass::close_contact) keys.own<FirstTests>(c.person);
      })
      .more_keys([](const AskControl& c, const View& view, const Context&, KeySet& keys) {
        const Asked* asked = view.find<Asked>(c.contact);
        if (asked == nullptr || !asked->stay) return;
        keys.own<Stay>(*asked->stay).subject(asked->person.raw);
      })
      .decide(ask_control);
}

}  // namespace fx::isolation
