// Key persons (F4): a line of a source list becomes somebody with a holder and a next check, or is settled as not
// concerned. 漏管: not enrolled in time. 失管: a check missed. Both are computed by their duties, never typed.
#include "desks/gates/operations.hpp"
#include "desks/gates/persons/commands.hpp"
#include "desks/gates/persons/facts.hpp"

namespace fx::gates {
namespace {

using enum KeyState;

Result<Decision> list_person(const ListKeyPerson& c, const View& view, const Context& context) {
  Refusals no;
  if (view.find<KeyPerson>(c.key_person) != nullptr) no.add(wrong_state("listed", {"new"}, "/key_person"));
  if (context.reference.unit(c.holder) == nullptr) no.add(unknown("/holder"));
  if (c.source.empty()) no.add(missing("/source"));
  if (!no.empty()) return no;
  return Decision{{KeyPersonListed{c.key_person, c.person, c.class_, c.holder, c.source}}};
}

Result<Decision> enrol(const EnrolKeyPerson& c, const View& view, const Context& context) {
  const KeyPerson* row = view.find<KeyPerson>(c.key_person);
  if (row == nullptr) return unknown("/key_person");
  Refusals no;
  if (row->state != listed) no.add(wrong_state(row->state, {listed}, "/key_person"));
  if (c.next_due < context.occurred_at) no.add(malformed("/next_due", "应晚于现在", "it lies in the past"));
  if (!no.empty()) return no;
  return Decision{{KeyPersonEnrolled{row->id, row->person, row->holder, c.next_due}}};
}

Result<Decision> check(const CheckKeyPerson& c, const View& view, const Context& context) {
  const KeyPerson* row = view.find<KeyPerson>(c.key_person);
  if (row == nullptr) return unknown("/key_person");
  Refusals no;
  if (!is_one_of(row->state, {enrolled, in_control}))
    no.add(wrong_state(row->state, {enrolled, in_control}, "/key_person"));
  if (c.next_due && *c.next_due < context.occurred_at)
    no.add(malformed("/next_due", "应晚于现在", "it lies in the past"));
  if (!no.empty()) return no;
  return Decision{{KeyPersonChecked{row->id, row->person, row->holder, c.next_due}}};
}

Result<Decision> settle(const SettleKeyPerson& c, const View& view, const Context&) {
  const KeyPerson* row = view.find<KeyPerson>(c.key_person);
  if (row == nullptr) return unknown("/key_person");
  Refusals no;
  if (!is_one_of(row->state, {listed, enrolled, in_control}))
    no.add(wrong_state(row->state, {listed, enrolled, in_control}, "/key_person"));
  if (c.reason.empty()) no.add(missing("/reason"));
  if (!no.empty()) return no;
  return Decision{
      {KeyPersonSettled{row->id, row->person, row->state == listed ? not_concerned : ended, c.reason.ref}}};
}

template <class C>
void own_key_person(const C& c, const Context&, KeySet& keys) {
  keys.own<KeyPerson>(c.key_person);
}
template <class C>
std::optional<UnitId> holder_of(const C& c, const View& view, const Context&) {
  const KeyPerson* row = view.find<KeyPerson>(c.key_person);
  return row != nullptr ? std::optional(row->holder) : std::nullopt;
}

const std::vector<Role> holders{Role::GRID, Role::FRP, Role::CDC, Role::INV, Role::DO};

template <class C, class F>
void add(Desk& desk, std::string_view name, Words title, F decide) {
  desk.operation<C>(name, std::move(title))
      .by(holders)
      .keys(own_key_person<C>)
      .place(holder_of<C>)
      .decide(decide);
}

}  // namespace

void add_key_persons(Desk& desk) {
  desk.operation<ListKeyPerson>("list_key_person", {"列入重点人员", "List a key person"})
      .by({Role::CDC, Role::DO, Role::POL, Role::CUS, Role::HA, Role::GK})
      .keys(own_key_person<ListKeyPerson>)
      .place([](const ListKeyPerson& c, const View&, const Context&) { return std::optional(c.holder); })
      .decide(list_person);
  add<EnrolKeyPerson>(desk, "enrol_key_person", {"纳入管理", "Enrol a key person"}, enrol);
  add<CheckKeyPerson>(desk, "check_key_person", {"登记核查", "Record a check of a key person"}, check);
  add<SettleKeyPerson>(desk, "settle_key_person", {"解除重点人员", "Settle a key person"}, settle);
}

}  // namespace fx::gates
