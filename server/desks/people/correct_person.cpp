#include "desks/people/operations.hpp"

namespace fx::people {
namespace {

std::string_view opened(const std::optional<Sensitive<std::string>>& field) {
  return field ? std::string_view(field->open_for("correcting a person")) : std::string_view();
}

void seal(CorrectPerson& c, const Context&, Sealer& sealer) {
  const auto sealed = seal_person(c.person,
                                  {c.name.open_for("sealing"), c.document_type, opened(c.document_number),
                                   opened(c.phone), opened(c.address)},
                                  sealer);
  c.identity_hash = sealed.hash;
  c.document_claim = sealed.document_claim;
}

/// Name, telephone and address may be corrected; another document is another person until a merge says otherwise.
Result<Decision> correct_person(const CorrectPerson& c, const View& view, const Context&) {
  const Person* person = view.find<Person>(c.person);
  if (person == nullptr) return unknown("/person");
  Refusals no;
  if (person->state == PersonState::merged)
    no.add(wrong_state(person->state, {PersonState::provisional, PersonState::identified}));
  if (c.name.open_for("judging").empty()) no.add(missing("/name"));
  if (c.reason.empty()) no.add(missing("/reason"));
  if (person->document_claim && c.document_claim != *person->document_claim)
    no.add("R-PER-6", "/document_number");
  if (!person->document_claim && !c.document_claim.is_nil()) no.add("R-PER-6", "/document_number");
  if (!no.empty()) return no;
  return Decision{{PersonCorrected{c.person, c.identity_hash, c.reason.ref}}};
}

}  // namespace

void add_correct_person(Desk& desk) {
  desk.operation<CorrectPerson>("correct_person", {"更正人员信息", "Correct a person's data"})
      .by(registrars())
      .prepare(seal)
      .keys([](const CorrectPerson& c, const Context&, KeySet& keys) { keys.own<Person>(c.person); })
      .decide(correct_person);
}

}  // namespace fx::people
