// Whoever stands on an area list and is not settled yet is looked for at gates, too; settled, or shown not to be here, no
// longer [domain model additions §1, R-GAT-5]. Who refuses stays on the list.

#include "desks/gates/commands.hpp"
#include "desks/investigation/area_list/events.hpp"
#include "handoffs/handoffs.hpp"

namespace fx::handoffs {
namespace {

using investigation::LineState;

constexpr const char* note = "gates.note_control";

std::vector<HandedOver> control(investigation::ListLineId line, std::optional<PersonId> person, bool stands) {
  std::vector<HandedOver> out;
  // A line that knows only a name and a number stops nobody.
  if (person || !stands)
    out.push_back(
        hand_over(note, gates::NoteControl{{line.raw}, person, gates::ControlKind::source_line, stands}));
  return out;
}

bool is_open(LineState state) {
  return state == LineState::to_check || state == LineState::reached || state == LineState::refused;
}

}  // namespace

std::vector<Arrow> lines_to_control_list() {
  return {arrow<investigation::LineLoaded>("line_to_control_list", note,
                                           [](const investigation::LineLoaded& e, const Happened&) {
                                             return control(e.line, e.person, true);
                                           }),
          arrow<investigation::LineAnswered>("line_answered_to_control_list", note,
                                             [](const investigation::LineAnswered& e, const Happened&) {
                                               return control(e.line, e.person, is_open(e.outcome));
                                             }),
          arrow<investigation::LineSettled>("line_settled_to_control_list", note,
                                            [](const investigation::LineSettled& e, const Happened&) {
                                              return control(e.line, {}, false);
                                            })};
}

}  // namespace fx::handoffs
