#include "desks/people/operations.hpp"

namespace fx::people {
namespace {

std::string_view opened(const std::optional<Sensitive<std::string>>& field) {
  return field ? std::string_view(field->open_for("identifying a person")) : std::string_view();
}

void seal(IdentifyPerson& c, const Context&, Sealer& sealer) {
  const auto sealed = seal_person(c.person,
                                  {c.name.open_for("sealing"), c.document_type,
                                   c.document_number.open_for("sealing"), opened(c.phone), opened(c.address)},
                                  sealer);
  c.identity_hash = sealed.hash;
  c.document_claim = sealed.document_claim;
}

Result<Decision> identify_person(const IdentifyPerson& c, const View& view, const Context& context) {
  const Person* person = view.find<Person>(c.person);
  if (person == nullptr) return unknown("/person");
  const auto reading =
      read_document(c.document_type, c.document_number.open_for("judging"), day_of(context.now));
  const Claim* claim = c.document_claim.is_nil() ? nullptr : view.find<Claim>(c.document_claim);
  Refusals no;
  if (person->state != PersonState::provisional)
    no.add(wrong_state(person->state, {PersonState::provisional}));
  if (c.name.open_for("judging").empty()) no.add(missing("/name"));
  if (!reading) no.add("R-PER-2", "/document_number");
  if (claim != nullptr && !claim->holder.is_nil() && claim->holder != c.person.raw)
    no.add("R-PER-3", "/document_number");
  if (!no.empty()) return no;
  return Decision{{PersonIdentified{
      c.person, c.identity_hash, c.document_type, c.document_claim, reading->sex.value_or(person->sex),
      reading->birth_day ? reading->birth_day : person->birth_day, reading->warnings}}};
}

}  // namespace

void add_identify_person(Desk& desk) {
  desk.operation<IdentifyPerson>("identify_person", {"核实身份证件", "Identify a person"})
      .by(registrars())
      .prepare(seal)
      .keys([](const IdentifyPerson& c, const Context&, KeySet& keys) {
        keys.own<Person>(c.person);
        if (!c.document_claim.is_nil()) keys.own<Claim>(c.document_claim);
      })
      .decide(identify_person);
}

}  // namespace fx::people
