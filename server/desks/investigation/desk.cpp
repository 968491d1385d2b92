#include "desks/investigation/desk.hpp"

#include "desks/investigation/area_list/facts.hpp"
#include "desks/investigation/classing/operations.hpp"
#include "desks/investigation/cooperation/facts.hpp"
#include "desks/investigation/onward/operations.hpp"
#include "desks/investigation/operations.hpp"
#include "desks/investigation/orders/facts.hpp"
#include "desks/investigation/reports/draft.hpp"
#include "desks/investigation/retrace/facts.hpp"
#include "desks/investigation/sources/operations.hpp"
#include "desks/investigation/trajectory/operations.hpp"
#include "desks/investigation/visits/facts.hpp"

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
      .refusal("R-CON-3", {"没有为此人下达的、仍有效的隔离决定，或未写明房间、居家条件",
                           "No order of a stay or a measure at home stands for this contact, or the room or "
                           "home is not said"})
      .refusal("R-CON-7", {"此人已登记为该病例的接触者", "This person is a contact of the case already"})
      .refusal("R-CON-8", {"病例本人不能登记为接触者", "A case is no contact of itself"})
      .refusal("R-CAS-9", {"传染期内的行程尚未逐点排查完", "Stops of the infectious window are still open"})
      .refusal("R-CAS-10", {"传染关系成环", "The link would make a circle"})
      .refusal("R-CAS-11", {"传染关系与时间不符：传染源在该时间之前尚无传染性",
                            "The link is against time: nobody infects before being infectious"})
      .refusal("R-CAS-12",
               {"来源和起源须写明，不明也须签认，且与传染关系一致",
                "Source and origin are to be stated, unknown being signed, and agree with the links"})
      .refusal("R-CAS-13",
               {"该病例已有传染来源，先撤销再登记", "The case has an infector; withdraw that link first"})
      .refusal("R-CAS-15", {"该流调队已解散", "The team is dissolved"})
      .refusal("R-CAS-16", {"不是本疾控中心的流调队", "The team belongs to another CDC"})
      .refusal("R-CAS-14", {"该行程点已登记接触者，不能写为不可能有接触", "Contacts were found at this stop"})
      .refusal("R-CON-5", {"管理期未满或检测未完成", "The period is not over, or a test is missing"})
      .refusal("R-CON-6", {"未开具公安协查，不能列为失联", "There is no open police request"})
      .refusal("R-CON-11", {"没有待决定的建议", "Nothing is proposed"})
      .refusal("R-CON-12", {"已有未结的公安协查", "The police are looking for this contact already"})
      .refusal("R-CON-13", {"只有管理期过后才发现的密接由疾控单独处置",
                            "Only a contact found after its period is decided on so"})
      .refusal("R-CON-9", {"只有密接和次密接需要管控",
                           "Only close contacts and contacts of contacts are taken into control"});
}

const std::vector<Role> readers{Role::CDC, Role::INV, Role::DOC, Role::NUR,
                                Role::DO,  Role::DL,  Role::CMD, Role::HA};
/// The police look for contacts, too [domain model §8]. A grid worker meets them as stays at home and as lines of an area list: no
/// contact names a village.
std::vector<Role> contact_readers() {
  std::vector<Role> out = readers;
  out.push_back(Role::POL);
  return out;
}
const std::vector<Role> investigators{Role::CDC, Role::INV};

template <class T>
void add_list(Desk& desk, const std::string& name, const Words& title,
              const std::vector<std::string>& filters, const std::string& order_by, bool descending = false,
              const std::vector<Role>& who = investigators) {
  desk.list<T>({.desk = {},
                .name = name,
                .title = title,
                .table = nullptr,
                .readers = who,
                .filters = filters,
                .order_by = order_by,
                .descending = descending,
                .unit_fields = {"cdc"}});
}

void add_trajectory_lists(Desk& desk) {
  add_list<Stop>(desk, "stops", {"行程", "Stops"}, {"case_id", "person", "in_window", "withdrawn", "outcome"},
                 "from");
  add_list<Gap>(desk, "gaps", {"轨迹空白", "Gaps"}, {"case_id", "stands", "answered"}, "from");
  add_list<ClassProposal>(desk, "class_proposals", {"类别调整建议", "Proposed classes"},
                          {"case_id", "contact", "state", "cdc"}, "proposed_at", true);
}

void add_source_lists(Desk& desk) {
  add_list<Cluster>(desk, "clusters", {"聚集性疫情", "Clusters"}, {"cdc", "setting"}, "recognised_at", true,
                    readers);
  add_list<ClusterPlace>(desk, "cluster_places", {"病例所属单位、小区、村", "Places of cases"}, {"setting"},
                         "place");
  add_list<Team>(desk, "teams", {"流调队", "Teams"}, {"cdc", "active", "tier"}, "title");
  add_list<Interview>(desk, "interviews", {"流调询问", "Interviews"}, {"case_id", "person"}, "last_at", true);
}

void add_lists(Desk& desk) {
  desk.list<Case>({.desk = {},
                   .name = "cases",
                   .title = {"病例", "Cases"},
                   .table = nullptr,
                   .readers = readers,
                   .filters = {"state", "person", "cdc", "hospital", "stage", "pathogen", "class", "chain",
                               "infector", "team", "in_ring", "source"},
                   .order_by = "opened_at",
                   .descending = true,
                   .unit_fields = {"cdc", "hospital", "clinic"}});
  desk.list<Contact>(
      {.desk = {},
       .name = "contacts",
       .title = {"接触者", "Contacts"},
       .table = nullptr,
       .readers = contact_readers(),
       .filters = {"case_id", "state", "class", "person", "cdc", "stop", "via", "police_request", "owed"},
       .order_by = "named_at",
       .descending = false,
       .unit_fields = {"cdc", "handed_to"}});
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
  add_search_contact(desk);
  add_note_order(desk);
  add_contact_report(desk);
  add_record_stop(desk);
  add_withdraw_stop(desk);
  add_settle_stop(desk);
  add_answer_gap(desk);
  add_record_exposure(desk);
  add_settle_class(desk);
  add_review_contacts(desk);
  add_review_onward(desk);
  add_link_infector(desk);
  add_infector_candidates(desk);
  add_conclude_source(desk);
  add_clusters(desk);
  add_ring(desk);
  add_teams(desk);
  add_record_interview(desk);
  add_visits(desk);
  add_retrace(desk);
  add_reports(desk);
  add_refusals(desk);
  add_lists(desk);
  add_trajectory_lists(desk);
  add_source_lists(desk);
  add_laws(desk);
  add_trajectory_laws(desk);
  add_classing_laws(desk);
  add_source_laws(desk);
  return desk;
}

}  // namespace fx::investigation
