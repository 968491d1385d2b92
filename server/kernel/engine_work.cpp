#include "kernel/engine_work.hpp"

namespace fx {

BOOST_DESCRIBE_STRUCT(Words, (), (zh, en))
BOOST_DESCRIBE_STRUCT(Refusal, (), (code, say, rule, source, path, lifts))

std::vector<EventRow> Engine::Work::events(No first, std::int32_t count) const {
  std::vector<EventRow> out;
  for (const EventRow& row : batch.events)
    if (row.no >= first && out.size() < static_cast<std::size_t>(count)) out.push_back(row);
  return out;
}

void Engine::Work::answer(const Command& command, const Outcome& outcome) {
  AnswerRow row;
  row.key = {command.account, command.id};
  row.body_hash = command.body_hash;
  row.first = outcome.events.empty() ? 0 : outcome.events.front().no;
  row.count = static_cast<std::int32_t>(outcome.events.size());
  if (outcome.kind == Outcome::Kind::refused) row.refusals = refusals_to_json(outcome.refusals);
  row.decided_at = now;
  answers.emplace(row.key, row);
  batch.answers.push_back(std::move(row));
}

void Engine::Work::freeze(const std::map<std::string, std::string>& stored, Frozen text) {
  const auto same = [&](const Frozen& other) { return other.key == text.key; };
  if (!stored.contains(text.key) && std::ranges::none_of(batch.frozen, same))
    batch.frozen.push_back(std::move(text));
}

std::string refusals_to_json(const Refusals& refusals) { return to_json(refusals.list()); }

Refusals refusals_from_json(const std::string& text) {
  Refusals out;
  for (Refusal& refusal : from_own_json<std::vector<Refusal>>(text)) out.add(std::move(refusal));
  return out;
}

std::string refusal_detail(const Refusals& refusals, const Context& context) {
  std::string out = R"({"occurred_at":)";
  write_json(out, context.occurred_at);
  out += R"(,"codes":[)";
  for (std::size_t i = 0; i < refusals.list().size(); ++i) {
    if (i > 0) out += ',';
    write_json_string(out, refusals.list()[i].code);
  }
  return out + "]}";
}

}  // namespace fx
