#include "desks/people/operations.hpp"

namespace fx::people {
namespace {

std::string_view opened(const std::optional<Sensitive<std::string>>& field) {
  return field ? std::string_view(field->open_for("registering a person")) : std::string_view();
}

void seal(RegisterPerson& c, const Context&, Sealer& sealer) {
  const auto sealed = seal_person(c.person,
                                  {c.name.open_for("sealing"), c.document_type, opened(c.document_number),
                                   opened(c.phone), opened(c.address)},
                                  sealer);
  c.identity_hash = sealed.hash;
  c.document_claim = sealed.document_claim;
}

bool has_document(const RegisterPerson& c) { return c.document_type && !opened(c.document_number).empty(); }

/// A claim whose holder is somebody else: refused with a proposal to merge.
bool held_by_another(const View& view, const RawId& claim_id, PersonId person) {
  const Claim* claim = claim_id.is_nil() ? nullptr : view.find<Claim>(claim_id);
  return claim != nullptr && !claim->holder.is_nil() && claim->holder != person.raw;
}

Result<Decision> register_person(const RegisterPerson& c, const View& view, const Context& context) {
  const Day today = day_of(context.now);
  const bool document = has_document(c);
  const auto reading =
      document ? read_document(*c.document_type, opened(c.document_number), today) : std::nullopt;
  const bool reason = c.reason && !c.reason->empty();
  Refusals no;
  if (view.find<Person>(c.person) != nullptr) no.add("R-PER-5", "/person");
  if (c.name.open_for("judging").empty() && !c.guardian) no.add(missing("/name"));
  if (c.document_type.has_value() != !opened(c.document_number).empty())
    no.add(missing(c.document_type ? "/document_number" : "/document_type"));
  if (c.guardian && (*c.guardian == c.person || view.find<Person>(*c.guardian) == nullptr))
    no.add(unknown("/guardian"));
  if (!document && !c.guardian && !reason) no.add("R-PER-1", "/reason");
  if (document && !reading) no.add("R-PER-2", "/document_number");
  if (c.birth_day && *c.birth_day > today) no.add("R-PER-2", "/birth_day");
  if (held_by_another(view, c.document_claim, c.person)) no.add("R-PER-3", "/document_number");
  if (!no.empty()) return no;
  PersonRegistered event{c.person,
                         context.actor.unit,
                         document ? PersonState::identified : PersonState::provisional,
                         c.identity_hash,
                         {},
                         {},
                         c.sex.value_or(Sex::unknown),
                         c.birth_day,
                         c.guardian,
                         {},
                         c.reason ? c.reason->ref : TextRef{}};
  if (reading) {
    event.document_type = c.document_type;
    event.document_claim = c.document_claim;
    event.sex = reading->sex.value_or(event.sex);
    if (reading->birth_day) event.birth_day = reading->birth_day;
    event.warnings = reading->warnings;
  }
  return Decision{{std::move(event)}};
}

}  // namespace

const std::vector<Role>& registrars() {
  static const std::vector<Role> roles{Role::NUR, Role::DOC, Role::SMP, Role::CDC, Role::INV, Role::GRID,
                                       Role::GK,  Role::QM,  Role::LAB, Role::VAC, Role::POL, Role::DO};
  return roles;
}

void add_register_person(Desk& desk) {
  desk.operation<RegisterPerson>("register_person", {"登记人员", "Register a person"})
      .by(registrars())
      .prepare(seal)
      .keys([](const RegisterPerson& c, const Context&, KeySet& keys) {
        keys.own<Person>(c.person);
        if (c.guardian) keys.read<Person>(*c.guardian);
        if (!c.document_claim.is_nil()) keys.own<Claim>(c.document_claim);
      })
      .decide(register_person);
}

}  // namespace fx::people
