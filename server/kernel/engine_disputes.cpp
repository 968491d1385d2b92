// The engine's disputes: a deed that was done while nobody could say no, and is refused when its record arrives.
#include <array>

#include "kernel/engine.hpp"
#include "kernel/engine_work.hpp"
#include "kernel/runtime_events.hpp"

namespace fx {

bool Engine::is_disputed(const Command& command, const Refusals& refusals) {
  // Who may not do it here has done nothing that could be settled; what cannot be read says nothing.
  constexpr std::array<std::string_view, 6> never{"R-ROLE", "R-SCOPE", "F-SHAPE",
                                                  "F-KEY",  "F-OLD",   "F-DEFECT"};
  return command.queued && command.operation->kind == OperationKind::deed && !command.system &&
         std::ranges::none_of(refusals.list(), [&](const Refusal& refusal) {
           return std::ranges::find(never, refusal.code) != never.end();
         });
}

Event Engine::disputed(Work& work, const Command& command, const Context& context,
                       std::vector<std::string> codes, bool applied) {
  DeedDisputed event{.about = derive_id(command.id, "dispute", context.actor.jurisdiction),
                     .unit = command.unit,
                     .operation = command.operation->full_name(),
                     .codes = std::move(codes),
                     .applied = applied};
  for (const FieldInfo& field : command.operation->body->fields) {
    const auto value = field.get(command.body.get());
    if (const auto* id = std::get_if<RawId>(&value); id != nullptr && !id->is_nil())
      event.ids.push_back({std::string(field.name), *id});
  }
  KeySet keys;
  keys.own<Dispute>(event.about).subject(event.about);
  if (shared_ != nullptr) shared_->lock(keys, {});
  work.overlay.load(keys);
  work.overlay.also(keys);  // besides what the deed itself concerns
  return {std::move(event)};
}

void Engine::dispute(Work& work, const Command& command, const Context& context, const Refusals& refusals) {
  std::vector<std::string> codes;
  for (const Refusal& refusal : refusals.list()) codes.push_back(refusal.code);
  Outcome recorded;  // the device hears the refusal; what is recorded of it is the officer's
  Decision decision;
  decision.events.push_back(disputed(work, command, context, std::move(codes), false));
  accept(work, command, context, decision, recorded);
}

}  // namespace fx
