#include "desks/investigation/desk.hpp"

#include "desks/investigation/area_list/facts.hpp"
#include "desks/investigation/cooperation/facts.hpp"
#include "desks/investigation/operations.hpp"

namespace fx::investigation {
namespace {

void add_refusals(Desk& desk) {
  desk.refusal("R-CAS-1", {"病例只能由个人标本产生，混采阳性不能立案",
                           "A case comes from an individual specimen; a positive pool names nobody"})
      .refusal("R-CAS-2", {"排除需要另一试剂或另一实验室的阴性结果",
                           "Excluding needs a negative by another reagent or laboratory"})
      .refusal("R-CAS-3", {"须附专家组意见", "The expert group's decision note is required"})
      .refusal("R-CAS-5", {"该病例已立案", "The case is open already"})
      .refusal("R-CAS-6", {"只有确诊病例有临床分型", "Only confirmed cases have a severity"})
      .refusal("R-CAS-7", {"分型没有变化", "The severity is the same"})
      .refusal("R-CAS-8", {"没有待决定的排除提请", "No exclusion is proposed"})
      .refusal("R-CON-2", {"现行防控方案没有这一类接触者",
                           "This class of contact does not exist under the profile in force"})
      .refusal("R-CON-3", {"须写明已落实的隔离点房间或居家条件", "Say which room or home set-up exists"})
      .refusal("R-CON-7", {"此人已登记为该病例的接触者", "This person is a contact of the case already"})
      .refusal("R-CON-8", {"病例本人不能登记为接触者", "A case is no contact of itself"})
      .refusal("R-CON-9", {"只有密接和次密接需要管控",
                           "Only close contacts and contacts of contacts are taken into control"});
}

void add_lists(Desk& desk) {
  const std::vector<Role> readers{Role::CDC, Role::INV, Role::DOC, Role::NUR,
                                  Role::DO,  Role::DL,  Role::CMD, Role::HA};
  desk.list<Case>({.desk = {},
                   .name = "cases",
                   .title = {"病例", "Cases"},
                   .table = nullptr,
                   .readers = readers,
                   .filters = {"state", "person", "cdc", "hospital", "stage", "pathogen"},
                   .order_by = "opened_at",
                   .descending = true,
                   .unit_fields = {"cdc", "hospital", "clinic"}});
  desk.list<Contact>({.desk = {},
                      .name = "contacts",
                      .title = {"接触者", "Contacts"},
                      .table = nullptr,
                      .readers = readers,
                      .filters = {"case_id", "state", "class", "person", "cdc"},
                      .order_by = "named_at",
                      .descending = false,
                      .unit_fields = {"cdc"}});
}

}  // namespace

Desk desk() {
  Desk desk("investigation", {"流行病学调查", "Investigation"});
  add_facts(desk);
  add_open_case(desk);
  add_record_historic_case(desk);
  add_start_investigation(desk);
  add_record_core_facts(desk);
  add_submit_first_report(desk);
  add_classify_case(desk);
  add_change_severity(desk);
  add_exclude_case(desk);
  add_propose_exclusion(desk);
  add_keep_case(desk);
  add_name_contacts(desk);
  add_judge_contact(desk);
  add_contact_steps(desk);
  add_area_lists(desk);
  add_cooperation(desk);
  add_refusals(desk);
  add_lists(desk);
  add_laws(desk);
  return desk;
}

}  // namespace fx::investigation
