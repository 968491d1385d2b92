// One line after the other: reached and classed, not here with proof, wrong data settled by somebody, or refused: who
// refuses stays open. Who was somewhere longer than the rulebook allows without being enrolled is 漏管: computed.
#include "desks/investigation/area_list/commands.hpp"
#include "desks/investigation/area_list/facts.hpp"
#include "kernel/guards.hpp"

namespace fx::investigation {
namespace {

const std::vector<Role> checkers{Role::GRID, Role::FRP, Role::INV, Role::CDC, Role::POL};

bool proves(const std::optional<FreeText>& proof) { return proof && !proof->empty(); }

/// The last line that was open: the list is settled by the same event.
void settle_list(Decision& decision, const AreaList& list, LineState from, LineState to) {
  const std::int32_t left = list.left - (is_done(to) && !is_done(from) ? 1 : 0);
  if (left == 0 && list.state == ListState::open) decision.events.emplace_back(ListSettled{list.id});
}

void judge_village(const std::optional<UnitId>& village, const Context& context, Refusals& no) {
  if (!village) return;
  const Unit* unit = context.reference.unit(*village);
  if (unit == nullptr || unit->kind != UnitKind::village) no.add(unknown("/village"));
}

/// There longer than F.key.enrol_h, or on a list longer than that, and only now under control.
bool escaped(LineClass as, std::optional<Instant> arrived, const ListLine& line, const Context& context) {
  if (as == LineClass::not_concerned) return false;
  if (line.enrol_by && context.occurred_at > *line.enrol_by) return true;
  const auto hours = context.number("F.key.enrol_h", line.id.home());
  return arrived && hours &&
         context.occurred_at > *arrived + std::chrono::minutes(static_cast<std::int64_t>(*hours * 60));
}

struct Settling {
  LineClass class_;
  LineState former;
  std::optional<PersonId> person;
  std::optional<UnitId> village;
  std::optional<Instant> arrived_at;
};

LineSettled settled_as(const Settling& as, const ListLine& line, const Context& context) {
  return {line.id,       line.list,
          as.former,     as.class_,
          as.person,     line.township,
          as.village,    context.actor.account,
          as.arrived_at, escaped(as.class_, as.arrived_at, line, context)};
}

void judge_arrival(const std::optional<Instant>& arrived, const Context& context, Refusals& no) {
  if (arrived && *arrived > context.now) no.add("F-FUTURE", "/arrived_at");
}

void judge_answer(const AnswerLine& c, const ListLine& line, Refusals& no) {
  using enum LineState;
  if (c.outcome == to_check || c.outcome == settled)
    no.add(malformed("/outcome", "填写核查结果", "say what became of the line"));
  if (c.outcome == reached && !c.person && !line.person) no.add("R-LST-4", "/person");
  if (is_one_of(c.outcome, {not_here, wrong_data, refused}) && !proves(c.proof)) no.add("R-LST-5", "/proof");
  if (c.class_ && c.outcome != reached)
    no.add(malformed("/class", "只有已见到的人可以分类", "only who was reached is classed"));
}

Result<Decision> answer_line(const AnswerLine& c, const View& view, const Context& context) {
  using enum LineState;
  const ListLine* line = view.find<ListLine>(c.line);
  if (line == nullptr) return unknown("/line");
  const AreaList& list = view.get<AreaList>(line->list);
  Refusals no;
  if (line->state == settled)
    no.add(wrong_state(line->state, {to_check, reached, not_here, wrong_data, refused}));
  // What was answered may be found wrong, but not after the list was called settled.
  else if (list.state != ListState::open)
    no.add(wrong_state(list.state, {ListState::open}));
  judge_answer(c, *line, no);
  judge_arrival(c.arrived_at, context, no);
  judge_village(c.village, context, no);
  if (!no.empty()) return no;
  const auto person = c.person ? c.person : line->person;
  const auto village = c.village ? c.village : line->village;
  Decision decision{
      {LineAnswered{line->id, list.id, list.kind, line->state, c.outcome, person, village, line->township,
                    context.actor.account, c.proof ? c.proof->ref : TextRef{}}}};
  if (c.class_)
    decision.events.emplace_back(
        settled_as({*c.class_, c.outcome, person, village, c.arrived_at}, *line, context));
  settle_list(decision, list, line->state, c.class_ ? settled : c.outcome);
  return decision;
}

Result<Decision> settle_line(const SettleLine& c, const View& view, const Context& context) {
  using enum LineState;
  const ListLine* line = view.find<ListLine>(c.line);
  if (line == nullptr) return unknown("/line");
  const AreaList& list = view.get<AreaList>(line->list);
  Refusals no;
  if (!is_one_of(line->state, {reached, not_here, wrong_data}))
    no.add(wrong_state(line->state, {reached, not_here, wrong_data}));
  else if (list.state == ListState::closed)
    no.add(wrong_state(list.state, {ListState::open, ListState::settled}));
  if (!line->person && c.class_ != LineClass::not_concerned) no.add("R-LST-4", "/line");
  judge_arrival(c.arrived_at, context, no);
  judge_village(c.village, context, no);
  if (!no.empty()) return no;
  const auto village = c.village ? c.village : line->village;
  Decision decision{
      {settled_as({c.class_, line->state, line->person, village, c.arrived_at}, *line, context)}};
  settle_list(decision, list, line->state, settled);
  return decision;
}

template <class C>
void own_line(const C& c, const Context&, KeySet& keys) {
  keys.own<ListLine>(c.line);
}
template <class C>
void own_list_of(const C& c, const View& view, const Context&, KeySet& keys) {
  const ListLine* line = view.find<ListLine>(c.line);
  if (line == nullptr) return;
  keys.own<AreaList>(line->list);
  if (line->person) keys.subject(line->person->raw);
  if constexpr (requires { c.person; })
    if (c.person) keys.subject(c.person->raw);
}
template <class C>
std::optional<UnitId> township_of(const C& c, const View& view, const Context&) {
  const ListLine* line = view.find<ListLine>(c.line);
  return line != nullptr ? std::optional(line->township) : std::nullopt;
}

}  // namespace

void add_list_lines(Desk& desk) {
  desk.operation<AnswerLine>("answer_line", {"登记核查结果", "Record what became of a line"})
      .by(checkers)
      .keys(own_line<AnswerLine>)
      .more_keys(own_list_of<AnswerLine>)
      .place(township_of<AnswerLine>)
      .decide(answer_line);
  desk.operation<SettleLine>("settle_line", {"分类落位", "Settle a line with its class"})
      .by(checkers)
      .keys(own_line<SettleLine>)
      .more_keys(own_list_of<SettleLine>)
      .place(township_of<SettleLine>)
      .decide(settle_line);
}

}  // namespace fx::investigation
