// A list arrives, and its lines are loaded. Its clock runs from when it was received, however late it is loaded.
#include <set>

#include "desks/investigation/area_list/commands.hpp"
#include "desks/investigation/area_list/facts.hpp"
#include "desks/places.hpp"
#include "kernel/guards.hpp"

namespace fx::investigation {
namespace {

/// A command changes at most so many lines: one transaction stays short.
constexpr std::size_t most_lines = 1'000;

/// Until when somebody on a list has to be enrolled [rulebook F.key.enrol_h].
std::optional<Instant> enrol_by(const Context& context, Instant received, std::int32_t county) {
  const auto hours = context.number("F.key.enrol_h", county);
  if (!hours) return std::nullopt;
  return received + std::chrono::minutes(static_cast<std::int64_t>(*hours * 60));
}

Result<Decision> deliver_list(const DeliverList& c, const View& view, const Context& context) {
  const Unit* township = context.reference.unit(c.township);
  Refusals no;
  if (view.find<AreaList>(c.list) != nullptr) no.add("R-LST-1", "/list");
  if (c.source.empty()) no.add(missing("/source"));
  if (township == nullptr || township->kind != UnitKind::township) no.add(unknown("/township"));
  if (c.lines < 1) no.add(malformed("/lines", "名单至少一人", "a list has at least one line"));
  const Instant received = c.received_at.value_or(context.occurred_at);
  if (received > context.now) no.add("F-FUTURE", "/received_at");
  if (!no.empty()) return no;
  const std::int32_t county = township->jurisdiction;
  return Decision{
      {ListDelivered{c.list, c.kind, c.source, c.township,
                     desks::unit_at(context.reference, UnitKind::cdc, county).value_or(context.actor.unit),
                     c.lines, received, enrol_by(context, received, county)}}};
}

void judge_line(const NewLine& line, const std::string& path, const AreaList& list, Refusals& no) {
  if (line.number < 1 || line.number > list.lines)
    no.add(malformed(path + "/number", "行号须在名单行数之内",
                     "the number of a line lies between one and the lines of the list"));
  if (!line.person && (!line.who || line.who->empty())) no.add("R-LST-2", path + "/who");
}

Result<Decision> load_lines(const LoadLines& c, const View& view, const Context&) {
  const AreaList* list = view.find<AreaList>(c.list);
  if (list == nullptr) return unknown("/list");
  if (list->state != ListState::open) return wrong_state(list->state, {ListState::open});
  Refusals no;
  if (c.lines.empty()) no.add(missing("/lines"));
  if (c.lines.size() > most_lines)
    no.add(malformed("/lines", "一次最多登记1000行", "at most 1,000 lines at once"));
  if (!no.empty()) return no;
  Decision decision;
  std::set<std::int32_t> numbers;
  for (std::size_t i = 0; i < c.lines.size(); ++i) {
    const NewLine& line = c.lines[i];
    const std::string path = "/lines/" + std::to_string(i);
    judge_line(line, path, *list, no);
    const Claim* claim = view.find<Claim>(number_of_line(c.list, line.number));
    const bool taken = (claim != nullptr && !claim->holder.is_nil()) || !numbers.insert(line.number).second;
    if (taken || view.find<ListLine>(line.line) != nullptr) no.add("R-LST-3", path + "/number");
    decision.events.emplace_back(LineLoaded{line.line, c.list, line.number, line.person,
                                            line.who ? line.who->ref : TextRef{}, list->township,
                                            list->enrol_by});
  }
  if (!no.empty()) return no;
  return decision;
}

/// Names and telephones of single lines are sealed like every other text.
void seal(LoadLines& c, const Context& context, Sealer& sealer) {
  for (NewLine& line : c.lines)
    if (line.who && !line.who->empty())
      line.who->ref = sealer.seal(context.new_id<TextTag>("who:" + line.line.text()),
                                  line.who->words.open_for("sealing before the ledger"));
}

}  // namespace

void add_deliver_list(Desk& desk) {
  const std::vector<Role> senders{Role::CMD, Role::DO, Role::CDC, Role::INV, Role::TEL, Role::POL};
  desk.operation<DeliverList>("deliver_list", {"下发核查名单", "Deliver a screening list"})
      .by(senders)
      .keys([](const DeliverList& c, const Context&, KeySet& keys) { keys.own<AreaList>(c.list); })
      .place([](const DeliverList& c, const View&, const Context&) { return std::optional(c.township); })
      .decide(deliver_list);
  desk.operation<LoadLines>("load_lines", {"登记名单人员", "Load lines of a list"})
      .by(senders)
      .prepare(seal)
      .keys([](const LoadLines& c, const Context&, KeySet& keys) {
        keys.own<AreaList>(c.list);
        for (const NewLine& line : c.lines)
          keys.own<ListLine>(line.line).own<Claim>(number_of_line(c.list, line.number));
      })
      .place([](const LoadLines& c, const View& view, const Context&) -> std::optional<UnitId> {
        const AreaList* list = view.find<AreaList>(c.list);
        return list != nullptr ? std::optional(list->township) : std::nullopt;
      })
      .decide(load_lines);
}

}  // namespace fx::investigation
