// The control list and what the code service says. Other desks bring their reasons by arrows; nothing is typed here.
#include "desks/gates/operations.hpp"

namespace fx::gates {
namespace {

Result<Decision> record_code_answer(const RecordCodeAnswer& c, const View&, const Context& context) {
  Refusals no;
  if (c.service.empty()) no.add(missing("/service"));
  if (!c.health && !c.travel) no.add(missing("/health"));
  if (!no.empty()) return no;
  return Decision{{CodeAnswered{c.person, c.service, c.health, c.travel, context.occurred_at}}};
}

Result<Decision> note_control(const NoteControl& c, const View& view, const Context&) {
  const ControlSource* source = view.find<ControlSource>(c.source);
  const bool stood = source != nullptr && source->stands;
  if (!c.stands && !stood) return Decision{};
  if (c.stands && stood && (!c.person || source->person == *c.person)) return Decision{};
  if (c.stands && !c.person) return missing("/person");
  const PersonId person = source != nullptr && !c.stands ? source->person : *c.person;
  const ControlKind kind = source != nullptr ? source->kind : c.kind;
  Decision decision;
  // It was somebody else: the former is looked for no longer.
  if (c.stands && stood) decision.events.emplace_back(ControlNoted{c.source, source->person, kind, false});
  decision.events.emplace_back(ControlNoted{c.source, person, kind, c.stands});
  return decision;
}

template <class C>
void own_person_of_source(const C& c, const View& view, const Context&, KeySet& keys) {
  if (const ControlSource* source = view.find<ControlSource>(c.source))
    keys.own<Controlled>(source->person).subject(source->person.raw);
}

Result<Decision> settle_control(const SettleControl& c, const View& view, const Context& context) {
  const ControlSource* source = view.find<ControlSource>(c.source);
  if (source == nullptr) return unknown("/source");
  Refusals no;
  if (!source->stands) no.add(wrong_state("settled", {"standing"}, "/source"));
  if (c.reason.empty()) no.add(missing("/reason"));
  if (!no.empty()) return no;
  return Decision{{ControlSettled{c.source, source->person, context.actor.account, c.reason.ref}}};
}

/// The CDC of the person's county decides.
std::optional<UnitId> cdc_of_source(const SettleControl& c, const View& view, const Context& context) {
  const ControlSource* source = view.find<ControlSource>(c.source);
  if (source == nullptr) return std::nullopt;
  return desks::unit_at(context.reference, UnitKind::cdc, source->person.home()).value_or(context.actor.unit);
}

}  // namespace

void add_codes(Desk& desk) {
  desk.operation<RecordCodeAnswer>("record_code_answer",
                                   {"记录赋码结果", "Record what the code service says"})
      .by({Role::TEL})
      .deed()
      .keys([](const RecordCodeAnswer& c, const Context&, KeySet& keys) {
        keys.own<CodeNow>(c.person).subject(c.person.raw);
      })
      .decide(record_code_answer);
}

void add_control(Desk& desk) {
  desk.operation<NoteControl>("note_control", {"记录布控", "Note whom gates look for"})
      .internal()
      .keys([](const NoteControl& c, const Context&, KeySet& keys) {
        keys.own<ControlSource>(c.source);
        if (c.person) keys.own<Controlled>(*c.person).subject(c.person->raw);
      })
      .more_keys(own_person_of_source<NoteControl>)
      .decide(note_control);
  desk.operation<SettleControl>("settle_control", {"解除布控", "Take a reason off the control list"})
      .by({Role::CDC})
      .keys([](const SettleControl& c, const Context&, KeySet& keys) { keys.own<ControlSource>(c.source); })
      .more_keys(own_person_of_source<SettleControl>)
      .place(cdc_of_source)
      .decide(settle_control);
}

}  // namespace fx::gates
