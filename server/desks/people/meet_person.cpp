// A person with a document, met by somebody who cannot ask whether they are known: nobody is turned away for that.
#include "desks/people/operations.hpp"

namespace fx::people {
namespace {

std::string_view opened(const std::optional<Sensitive<std::string>>& field) {
  return field ? std::string_view(field->open_for("meeting a person")) : std::string_view();
}

void seal(MeetPerson& c, const Context&, Sealer& sealer) {
  const auto sealed = seal_person(
      c.person, {opened(c.name), c.document_type, c.document_number.open_for("sealing"), opened(c.phone), {}},
      sealer);
  c.identity_hash = sealed.hash;
  c.document_claim = sealed.document_claim;
}

PersonId holder_of(const View& view, const RawId& claim_id) {
  const Claim* claim = claim_id.is_nil() ? nullptr : view.find<Claim>(claim_id);
  return claim != nullptr ? PersonId{claim->holder} : PersonId{};
}

Result<Decision> meet_person(const MeetPerson& c, const View& view, const Context& context) {
  const auto reading =
      read_document(c.document_type, c.document_number.open_for("judging"), day_of(context.now));
  if (!reading) return refuse("R-PER-2", "/document_number");
  const PersonId holder = holder_of(view, c.document_claim);
  const bool held = !holder.is_nil();
  if (const Person* known = view.find<Person>(c.person)) {
    const bool same = held && (holder == c.person || known->merged_into == holder);
    return same ? Result<Decision>(Decision{}) : Result<Decision>(refuse("R-PER-5", "/person"));
  }
  if (held) return Decision{{PersonRecognised{c.person, holder, context.actor.unit, c.identity_hash}}};
  PersonRegistered event{c.person,
                         context.actor.unit,
                         PersonState::identified,
                         c.identity_hash,
                         c.document_type,
                         c.document_claim,
                         reading->sex.value_or(Sex::unknown),
                         reading->birth_day};
  event.warnings = reading->warnings;
  return Decision{{std::move(event)}};
}

}  // namespace

void add_meet_person(Desk& desk) {
  desk.operation<MeetPerson>("meet_person", {"凭证件认人", "Meet a person with a document"})
      .by(registrars())
      .deed()
      .prepare(seal)
      .keys([](const MeetPerson& c, const Context&, KeySet& keys) {
        keys.own<Person>(c.person);
        if (!c.document_claim.is_nil()) keys.own<Claim>(c.document_claim);
      })
      .more_keys([](const MeetPerson& c, const View& view, const Context&, KeySet& keys) {
        const PersonId holder = holder_of(view, c.document_claim);
        if (!holder.is_nil() && holder != c.person) keys.own<Aliases>(holder);
      })
      .decide(meet_person);
}

}  // namespace fx::people
