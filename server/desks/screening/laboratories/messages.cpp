// A message that came over an interface and how it was answered: the same message again hears the same answer, also after a
// restart, and the laboratory sees what its instruments said and what was refused.
#include "desks/screening/laboratories/operations.hpp"

namespace fx::screening {
namespace {

Result<Decision> decide(const NoteMessage& c, const View& view, const Context&) {
  const auto* known = view.find<InterfaceMessage>(c.message);
  if (known == nullptr)
    return Decision{{MessageAnswered{c.message, c.unit, c.account, c.application, c.facility, c.control_id,
                                     c.content, c.verdict, c.answer.ref}}};
  if (known->content == c.content && known->verdict == c.verdict) return Decision{};
  return wrong_state(known->verdict, {c.verdict});
}

}  // namespace

void note_message(Desk& desk) {
  desk.operation<NoteMessage>("note_message", {"登记接口消息", "Note an interface message"})
      .internal()
      .keys([](const NoteMessage& c, const Context&, KeySet& keys) { keys.own<InterfaceMessage>(c.message); })
      .decide(decide);
}

}  // namespace fx::screening
