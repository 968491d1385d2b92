// A merge reveals that one person is under two measures; an un-merge that they were two. Truth is not refused: it is
// recorded, and an officer settles it [kernel-notes §8].
#include "desks/isolation/merge/commands.hpp"
#include "desks/isolation/merge/facts.hpp"
#include "desks/isolation/operations.hpp"

namespace fx::isolation {
namespace {

void evolve_merges(Desk& desk) {
  desk.table<SamePerson>().table<MeasureConflict>({.indexes = {"person", "cdc, open"}});
  desk.event<SamePersonNoted>().event<MeasureConflictFound>().event<MeasureConflictSettled>();
  const auto link = [](SamePerson& row, PersonId self, PersonId other, bool same) {
    row.id = self;
    std::erase(row.others, other);
    if (same) row.others.push_back(other);
  };
  desk.evolves<SamePersonNoted, SamePerson>(
          &SamePersonNoted::person,
          [link](SamePerson& row, const SamePersonNoted& e, auto&) { link(row, e.person, e.other, e.same); })
      .evolves<SamePersonNoted, SamePerson>(
          &SamePersonNoted::other,
          [link](SamePerson& row, const SamePersonNoted& e, auto&) { link(row, e.other, e.person, e.same); });
  desk.evolves<MeasureConflictFound, MeasureConflict>(
          &MeasureConflictFound::conflict,
          [](MeasureConflict& row, const MeasureConflictFound& e, const Stamp& at) {
            row = {e.conflict, e.person, e.other, e.stay,         e.other_stay,
                   e.cdc,      true,     false,   at.occurred_at, {}};
          })
      .evolves<MeasureConflictSettled, MeasureConflict>(
          &MeasureConflictSettled::conflict,
          [](MeasureConflict& row, const MeasureConflictSettled& e, const Stamp& at) {
            row.open = false;
            row.unmerged = e.unmerged;
            row.settled_at = at.occurred_at;
          });
}

const Stay* held(PersonId person, const View& view) {
  const Claim* claim = view.find<Claim>(control_of_person(person));
  const Stay* stay = claim != nullptr && !claim->holder.is_nil() ? view.find<Stay>(claim->holder) : nullptr;
  return stay != nullptr && is_open(stay->state) ? stay : nullptr;
}

bool is_open(const MeasureConflict* conflict) { return conflict != nullptr && conflict->open; }

Result<Decision> note_same(const NoteSamePerson& c, const View& view, const Context&) {
  Decision decision{{SamePersonNoted{c.person, c.other, c.same}}};
  const MeasureConflictId id = conflict_of(c.person, c.other);
  const MeasureConflict* known = view.find<MeasureConflict>(id);
  if (!c.same) {
    if (is_open(known)) decision.events.emplace_back(MeasureConflictSettled{id, true, {}, {}});
    return decision;
  }
  const Stay* stay = held(c.person, view);
  const Stay* other = held(c.other, view);
  if (stay != nullptr && other != nullptr && !is_open(known))
    decision.events.emplace_back(
        MeasureConflictFound{id, c.person, c.other, stay->id, other->id, other->cdc});
  return decision;
}

Result<Decision> settle(const SettleConflict& c, const View& view, const Context& context) {
  const MeasureConflict* conflict = view.find<MeasureConflict>(c.conflict);
  if (conflict == nullptr) return unknown("/conflict");
  Refusals no;
  if (!conflict->open) no.add(wrong_state("settled", {"open"}, "/conflict"));
  const bool both = isolation::is_open(view.get<Stay>(conflict->stay).state) &&
                    isolation::is_open(view.get<Stay>(conflict->other_stay).state);
  if (both) no.add("R-STY-19", "/conflict");
  if (c.reason.empty()) no.add(missing("/reason"));
  if (!no.empty()) return no;
  return Decision{{MeasureConflictSettled{c.conflict, false, context.actor.account, c.reason.ref}}};
}

void keys(const NoteSamePerson& c, const Context&, KeySet& keys) {
  keys.own<SamePerson>(c.person).own<SamePerson>(c.other);
  keys.own<MeasureConflict>(conflict_of(c.person, c.other));
  keys.read<Claim>(control_of_person(c.person)).read<Claim>(control_of_person(c.other));
  keys.subject(c.person.raw);
}

void held_stays(const NoteSamePerson& c, const View& view, const Context&, KeySet& keys) {
  for (const PersonId person : {c.person, c.other}) {
    const Claim* claim = view.find<Claim>(control_of_person(person));
    if (claim != nullptr && !claim->holder.is_nil()) keys.read<Stay>(claim->holder);
  }
}

void two_stays(const SettleConflict& c, const View& view, const Context&, KeySet& keys) {
  const MeasureConflict* conflict = view.find<MeasureConflict>(c.conflict);
  if (conflict != nullptr) keys.read<Stay>(conflict->stay).read<Stay>(conflict->other_stay);
}

}  // namespace

MeasureConflictId conflict_of(PersonId person, PersonId other) {
  return derive<MeasureConflictTag>(person.raw, "conflict:" + other.text());
}

void add_merges(Desk& desk) {
  evolve_merges(desk);
  desk.operation<NoteSamePerson>("note_same_person", {"记录人员合并", "Note a merge of persons"})
      .internal()
      .keys(keys)
      .more_keys(held_stays)
      .decide(note_same);
  desk.operation<SettleConflict>("settle_conflict", {"处置重复管控", "Settle a double measure"})
      .by({Role::CDC})
      .keys([](const SettleConflict& c, const Context&, KeySet& keys) {
        keys.own<MeasureConflict>(c.conflict);
      })
      .more_keys(two_stays)
      .place([](const SettleConflict& c, const View& view, const Context&) -> std::optional<UnitId> {
        const MeasureConflict* conflict = view.find<MeasureConflict>(c.conflict);
        return conflict != nullptr ? std::optional(conflict->cdc) : std::nullopt;
      })
      .decide(settle);
  desk.refusal("R-STY-19", {"两项管控仍同时有效：先撤销或解除其中一项",
                            "Both measures still run: withdraw or release one of them first"});
  desk.list<MeasureConflict>({.desk = {},
                              .name = "measure_conflicts",
                              .title = {"重复管控", "Double measures"},
                              .table = nullptr,
                              .readers = {Role::CDC, Role::CMD, Role::DO, Role::DL, Role::HA},
                              .filters = {"open", "person", "cdc"},
                              .order_by = "found_at",
                              .descending = true,
                              .unit_fields = {"cdc"}});
}

}  // namespace fx::isolation
