#include "importing/command_sink.hpp"
#include "kernel/derive.hpp"

namespace fx::importing {
namespace {

std::string words_of(const LinkRow& row) {
  std::string out;
  for (const std::string* one : {&row.setting, &row.context, &row.notes})
    if (!one->empty()) out += (out.empty() ? "" : "; ") + *one;
  if (row.contact_day) out += (out.empty() ? "" : "; ") + format(*row.contact_day);
  return out;
}

void unknown(ItemPlan& plan, const ImportItem& item, const char* field, const std::string& id) {
  plan.faults.push_back({item.row,
                         {},
                         field,
                         "F-REF",
                         {"没有这个编号的病例或接触者：" + id, "no case or contact has this number: " + id}});
}

}  // namespace

namespace {

/// Beside each link stands who was named at all: where a source names several infectors of one case, the first of them is
/// the link and the others stay candidates, for an investigator to decide.
PlannedCommand candidate_command(const PlannedCommand& link, const RawId& infected, const RawId& infector) {
  PlannedCommand out{"investigation.name_infector_candidate",
                     link.fields,
                     import_key({"command", infected.text(), infector.text(), "candidate"}),
                     {},
                     "infector_candidate",
                     derive_id(infected, "infector candidate " + infector.text()),
                     {}};
  out.fields.erase("strength");
  return out;
}

}  // namespace

PlannedCommand link_command(const ImportItem& item, const RawId& infected, const RawId& infector,
                            const std::string& words) {
  boost::json::object fields{{"case_id", infected.text()},
                             {"infector", infector.text()},
                             {"strength", "presumed"},
                             {"evidence", words.empty() ? "list " + item.label : words}};
  return {"investigation.link_infector",
          std::move(fields),
          import_key({"command", infected.text(), infector.text(), "link"}),
          {},
          {},
          {},
          {}};
}

PlannedCommand contact_command(const ImportItem& item, const RawId& of, const RawId& contact,
                               const RawId& person, const ListedExposure& exposure) {
  boost::json::object one{{"contact", contact.text()},
                          {"person", person.text()},
                          {"kind", exposure.kind.empty() ? "other" : exposure.kind}};
  if (exposure.from) one["exposure_from"] = format(start_of(*exposure.from));
  if (exposure.until)
    one["exposure_until"] =
        format(start_of(*exposure.until) + std::chrono::hours(24) - std::chrono::minutes(1));
  if (!exposure.place.empty()) one["place"] = exposure.place;
  boost::json::object fields{{"case_id", of.text()}, {"contacts", boost::json::array{std::move(one)}}};
  return {"investigation.name_contacts",
          std::move(fields),
          import_key({"command", item.key.text(), item.content.text(), "contact"}),
          {},
          "contact",
          contact,
          "R-CON-7"};
}

ItemPlan plan_link(const ImportItem& item, const LinkRow& row, const PlanContext& context) {
  const std::int32_t home = context.place.jurisdiction;
  const RawId from = listed_id(case_key(item.name_space, row.from), "case", home);
  const RawId as_case = listed_id(case_key(item.name_space, row.to), "case", home);
  const RawId as_contact = contact_key(item.name_space, row.to);
  ItemPlan plan;
  if (!context.known("case_file", from)) unknown(plan, item, "from", row.from);
  const bool is_case = context.known("case_file", as_case);
  const RawId person = listed_id(as_contact, "person", home);
  if (!is_case && !context.known("person", person)) unknown(plan, item, "to", row.to);
  if (!plan.faults.empty()) return plan;
  if (is_case) {
    PlannedCommand link = link_command(item, as_case, from, words_of(row));
    PlannedCommand candidate = candidate_command(link, as_case, from);
    // A second infector of the same case is no fault of the row: it is kept as a candidate.
    link.makes_table = candidate.makes_table;
    link.makes = candidate.makes;
    link.exists_code = "R-CAS-13";
    plan.commands.push_back(std::move(link));
    plan.commands.push_back(std::move(candidate));
  } else {
    plan.commands.push_back(contact_command(
        item, from, listed_id(item.key, "contact", home), person,
        {.kind = {}, .from = row.contact_day, .until = row.contact_day, .place = row.setting}));
  }
  return plan;
}

ItemPlan plan_contact(const ImportItem& item, const ContactRow& row, const PlanContext& context) {
  const std::int32_t home = context.place.jurisdiction;
  const RawId of = listed_id(case_key(item.name_space, row.case_id), "case", home);
  ItemPlan plan;
  if (!row.case_id.empty() && !context.known("case_file", of)) {
    unknown(plan, item, "case_id", row.case_id);
    return plan;
  }
  const RawId person = plan_person(plan,
                                   {.key = item.key,
                                    .name = row.name.empty() ? row.contact_id : row.name,
                                    .document_type = row.document_type,
                                    .document_number = row.document_number,
                                    .sex = row.sex,
                                    .birth_day = row.birth_day,
                                    .phone = row.phone,
                                    .address = row.address,
                                    .reason = "list of contacts " + item.label},
                                   item.content, {}, context);
  if (row.case_id.empty()) {
    plan.note = "contact without a case: links say whose";
    return plan;
  }
  const auto from = row.first_contact_day ? row.first_contact_day : row.last_contact_day;
  plan.commands.push_back(contact_command(
      item, of, listed_id(item.key, "contact", home), person,
      {.kind = row.contact_kind, .from = from, .until = row.last_contact_day, .place = row.place}));
  return plan;
}

}  // namespace fx::importing
