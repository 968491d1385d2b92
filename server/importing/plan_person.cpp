#include "importing/command_sink.hpp"

namespace fx::importing {

RawId plan_person(ItemPlan& plan, const ListedPerson& who, const RawId& content, std::optional<Instant> at,
                  const PlanContext& context) {
  const bool document = !who.document_type.empty() && !who.document_number.empty();
  const RawId own = listed_id(who.key, "person", context.place.jurisdiction);
  if (document) {
    const auto known = context.ledger.person_with(who.document_type, who.document_number);
    if (known && *known != own) return *known;
  }
  boost::json::object fields{{"person", own.text()}, {"name", who.name}};
  if (document) {
    fields["document_type"] = who.document_type;
    fields["document_number"] = who.document_number;
  } else {
    fields["reason"] = who.reason;
  }
  if (who.sex != Sex::unknown) fields["sex"] = who.sex == Sex::male ? "male" : "female";
  if (who.birth_day) fields["birth_day"] = format(*who.birth_day);
  if (!who.phone.empty()) fields["phone"] = who.phone;
  if (!who.address.empty()) fields["address"] = who.address;
  plan.commands.push_back({"people.register_person", std::move(fields),
                           import_key({"command", own.text(), content.text(), "person"}), at, "person", own,
                           "R-PER-5"});
  return own;
}

}  // namespace fx::importing
