// Without this, some order of steps nobody thought of could confirm what was excluded or lose a contact. The bench
// checks every law after every accepted command; what was refused must change nothing.
#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <set>

#include "desks/investigation/testing/county.hpp"
#include "kernel/guards.hpp"

namespace fx::investigation::testing {
namespace {

constexpr std::uint64_t cases = 3;
constexpr std::uint64_t contacts = 6;

std::uint64_t any(std::uint64_t most) { return *rc::gen::inRange<std::uint64_t>(1, most + 1); }

Answer any_case_step(County& c) {
  const std::uint64_t n = any(cases);
  switch (*rc::gen::inRange(0, 9)) {
    case 0: return c.open(n);
    case 1: return c.start(n);
    case 2: return c.core(n, *rc::gen::arbitrary<bool>() ? std::optional(day("2022-07-16")) : std::nullopt);
    case 3: return c.report(n);
    case 4: return c.exclude(n, *rc::gen::arbitrary<bool>());
    case 5: return c.propose(n);
    case 6: return c.keep(n);
    case 7:
      return c.as_doctor("change_severity", ChangeSeverity{case_id(n), Severity::severe, words("worse")});
    default:
      return c.classify(
          n, *rc::gen::element(CaseClass::suspected, CaseClass::asymptomatic, CaseClass::confirmed));
  }
}

Answer any_contact_step(County& c) {
  const std::uint64_t n = any(contacts);
  switch (*rc::gen::inRange(0, 8)) {
    case 0: return c.name(any(cases), {County::met(n, any(5))});
    case 1: return c.name_by_system(any(cases), {County::met(n, any(5)), County::met(any(contacts), any(5))});
    case 2: return c.verify(n);
    case 3:
      return c.judge(n, *rc::gen::element(ContactClass::close, ContactClass::coc, ContactClass::general,
                                          ContactClass::none));
    case 4: return c.notify(n);
    case 5: return c.locate(n);
    case 6:
      return c.order(n, 100 + n,
                     *rc::gen::arbitrary<bool>() ? std::optional(FoundBy::central) : std::nullopt);
    default: return c.take(n);
  }
}

std::string image(County& c) {
  std::string out;
  for (std::uint64_t n = 1; n <= cases; ++n)
    if (const Case* row = c.bench.find<Case>(case_id(n))) out += to_json(*row);
  for (std::uint64_t n = 1; n <= contacts; ++n)
    if (const Contact* row = c.bench.find<Contact>(contact(n))) out += to_json(*row);
  return out + std::to_string(c.county_count());
}

/// D1/D2 as the domain model draws it: what may stand after what. An exclusion of a classified case needs a proposal.
bool drawn(const Case& before, CaseState after) {
  using enum CaseState;
  if (before.state == after) return true;
  switch (before.state) {
    case screen_positive: return is_one_of(after, {excluded, asymptomatic, suspected, confirmed});
    case suspected: return is_one_of(after, {confirmed, excluded});
    case asymptomatic: return after == confirmed || (after == excluded && before.exclusion_proposed);
    case confirmed: return after == excluded && before.exclusion_proposed;
    case excluded: return after == screen_positive;
    default: return false;
  }
}

RC_GTEST_PROP(CaseMachine, KeepsToTheDrawingUnderAnySteps, ()) {
  County c;
  int accepted = 0;
  for (int i = *rc::gen::inRange(1, 60); i > 0; --i) {
    std::vector<std::optional<Case>> before;
    for (std::uint64_t n = 1; n <= cases; ++n) {
      const Case* row = c.bench.find<Case>(case_id(n));
      before.push_back(row != nullptr ? std::optional(*row) : std::nullopt);
    }
    const std::string unchanged = image(c);
    const Answer answer = *rc::gen::arbitrary<bool>() ? any_case_step(c) : any_contact_step(c);
    if (answer.refusals.empty())
      ++accepted;
    else
      RC_ASSERT(image(c) == unchanged);
    for (std::uint64_t n = 1; n <= cases; ++n)
      if (const auto& old = before[n - 1]) RC_ASSERT(drawn(*old, c.file(n).state));
  }
  RC_TAG(accepted > 5);
}

/// Nobody who was named is ever nowhere (D3): each is listed with the case and with the person.
RC_GTEST_PROP(ContactMachine, LosesNobody, ()) {
  County c;
  for (std::uint64_t n = 1; n <= cases; ++n) c.open(n);
  std::set<ContactId> named;
  for (int i = *rc::gen::inRange(1, 60); i > 0; --i) {
    const Answer answer = *rc::gen::arbitrary<bool>() ? any_case_step(c) : any_contact_step(c);
    for (const Event& event : answer.events)
      if (const auto* e = event.as<ContactNamed>()) named.insert(e->contact);
  }
  for (const ContactId id : named) {
    const Contact& row = c.bench.get<Contact>(id);
    for (const RawId& key : {contacts_of_case(row.case_id), contacts_of_person(row.person)}) {
      const auto& list = c.bench.get<ContactList>(key).contacts;
      RC_ASSERT(std::ranges::count(list, id) == 1);
    }
  }
}

/// From any point onwards a close contact can be brought into control: no state is a trap.
RC_GTEST_PROP(ContactMachine, AlwaysLeadsIntoControl, ()) {
  County c;
  c.open(1);
  c.name(1, {County::met(1, 11)});
  for (int i = *rc::gen::inRange(0, 12); i > 0; --i) {
    any_contact_step(c);
    if (c.row(1).class_ && c.row(1).class_ != ContactClass::close && c.row(1).class_ != ContactClass::coc)
      return;
  }
  c.judge(1, ContactClass::close);
  c.control(1);
  RC_ASSERT(c.row(1).state == ContactState::in_control);
}

}  // namespace
}  // namespace fx::investigation::testing
