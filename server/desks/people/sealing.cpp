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

}  // namespace

std::string normal_number(std::optional<DocumentType> type, std::string_view number) {
  constexpr Day far_future{1'000'000};  // sealing only needs the form; decide judges the birth date
  const auto reading = type ? read_document(*type, number, far_future) : std::nullopt;
  return reading ? reading->number : std::string(trim(number));
}

SealedPerson seal_person(PersonId person, const IdentityFields& fields, Sealer& sealer) {
  std::string json = "{";
  add_field(json, "name", fields.name);
  if (fields.document_type) add_field(json, "document_type", enum_text(*fields.document_type));
  add_field(json, "document_number", fields.number);
  add_field(json, "phone", fields.phone);
  add_field(json, "address", fields.address);
  SealedPerson out;
  out.hash = sealer.seal_identity(person.raw, "person", json + "}");
  if (!fields.name.empty()) {
    (void)sealer.token("name", fields.name, person.raw);
    for (const std::string& initials : sealer.initials(fields.name)) (void)sealer.token("initials", initials, person.raw);
  }
  if (!fields.phone.empty()) (void)sealer.token("phone_tail", fields.phone, person.raw);
  if (fields.number.empty()) return out;
  const std::string token = sealer.token("document", fields.number, person.raw);
  (void)sealer.token("document_tail", fields.number, person.raw);
  out.document_claim = named_id("document", std::string(fields.document_type ? enum_text(*fields.document_type) : "") + hex(token));
  return out;
}

}  // namespace fx::people
