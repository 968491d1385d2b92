#include "base/text.hpp"
#include "desks/people/operations.hpp"

namespace fx::people {
namespace {

void add_field(std::string& json, std::string_view key, std::string_view value) {
  if (value.empty()) return;
  if (json.size() > 1) json += ',';
  ((json += '"') += key) += "\":";
  write_json_string(json, value);
}

/// The number in the form in which it is claimed and searched; as typed when no document can bear it: decide refuses it
/// then. Sealing needs the form only, decide judges the birth date.
DocumentReading normal(const IdentityFields& fields) {
  constexpr Day far_future{1'000'000};
  const auto reading =
      fields.document_type ? read_document(*fields.document_type, fields.number, far_future) : std::nullopt;
  if (reading) return *reading;
  DocumentReading as_typed;
  as_typed.number = std::string(trim(fields.number));
  return as_typed;
}

}  // namespace

SealedPerson seal_person(PersonId person, const IdentityFields& fields, Sealer& sealer) {
  const DocumentReading document = normal(fields);
  std::string json = "{";
  add_field(json, "name", fields.name);
  if (fields.document_type) add_field(json, "document_type", enum_text(*fields.document_type));
  add_field(json, "document_number", document.number);
  add_field(json, "document_alias", document.alias.value_or(""));
  add_field(json, "phone", fields.phone);
  add_field(json, "address", fields.address);
  SealedPerson out;
  out.hash = sealer.seal_identity(person.raw, "person", json + "}");
  if (!fields.name.empty()) {
    (void)sealer.token("name", fields.name, person.raw);
    for (const std::string& initials : sealer.initials(fields.name))
      (void)sealer.token("initials", initials, person.raw);
  }
  if (!fields.phone.empty()) (void)sealer.token("phone_tail", fields.phone, person.raw);
  if (document.number.empty()) return out;
  const std::string token = sealer.token("document", document.number, person.raw);
  (void)sealer.token("document_tail", document.number, person.raw);
  out.document_claim = named_id(
      "document", std::string(fields.document_type ? enum_text(*fields.document_type) : "") + hex(token));
  return out;
}

}  // namespace fx::people
