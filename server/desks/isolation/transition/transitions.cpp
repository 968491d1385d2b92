// The part of the card that is about transition orders: what is refused, what is shown, what must hold.
#include <map>

#include "desks/isolation/facts.hpp"
#include "desks/isolation/transition/facts.hpp"

namespace fx::isolation {
namespace {

std::string of_order(const Transition& order) {
  const std::string name = "transition order " + order.id.text();
  if (order.approver && *order.approver == order.author) return name + " was approved by its author";
  if (order.changed > 0 && !order.approver) return name + " changed somebody without being approved";
  if (order.added > order.changed) return name + " counts wrongly whom it changed";
  return {};
}

/// Open stays by edition, as counted and as they are.
std::vector<std::string> open_stays_count(const Tables& tables) {
  std::map<std::pair<RawId, std::string>, std::int32_t> real;
  for (const Stay& stay : tables.all<Stay>())
    if (is_open(stay.state))
      ++real[{open_stays_of(stay.id.home(), stay.pathogen, stay.class_), stay.profile}];
  std::vector<std::string> breaches;
  std::size_t counted = 0;
  for (const OpenStays& row : tables.all<OpenStays>())
    for (const OpenStays::Of& of : row.by_profile) {
      ++counted;
      if (real[{row.id, of.profile}] != of.open)
        breaches.push_back("open stays of " + std::string(enum_text(row.class_)) + " under " + of.profile +
                           " are counted wrongly");
    }
  std::erase_if(real, [](const auto& entry) { return entry.second == 0; });
  if (counted != real.size()) breaches.push_back("open stays of an edition are not counted");
  return breaches;
}

void add_refusals(Desk& desk) {
  desk.refusal("R-TRO-1",
               {"起草人不能批准自己的衔接安排", "Whoever drafted a transition order does not approve it"})
      .refusal("R-TRO-2", {"预览未覆盖全部涉及人员", "The preview does not show everybody concerned"})
      .refusal("R-TRO-3", {"衔接安排尚未到执行时间", "The transition order has not taken effect yet"})
      .refusal("R-TRO-4", {"还有人未衔接", "Somebody still follows an earlier edition"})
      .refusal("R-TRO-5", {"已开始执行，不能撤回", "It is being carried out and cannot be withdrawn"});
}

void add_readings(Desk& desk) {
  const std::vector<Role> readers{Role::CDC, Role::CMD, Role::HA, Role::DO,
                                  Role::DL,  Role::QM,  Role::QD, Role::GRID};
  desk.list<Transition>({.desk = {},
                         .name = "transition_orders",
                         .title = {"衔接安排", "Transition orders"},
                         .table = nullptr,
                         .readers = readers,
                         .filters = {"state", "pathogen"},
                         .order_by = "effective_at",
                         .descending = true,
                         .unit_fields = {"issuer", "cdc"}});
  desk.list<TransitionLine>({.desk = {},
                             .name = "transition_lines",
                             .title = {"衔接人员", "Whom an order changes"},
                             .table = nullptr,
                             .readers = readers,
                             .filters = {"transition", "change", "class", "site", "person", "stay"},
                             .order_by = "former_end",
                             .descending = false,
                             .unit_fields = {"site"}});
}

}  // namespace

void add_transitions(Desk& desk) {
  add_transition_facts(desk);
  add_draft_transition(desk);
  add_apply_transition(desk);
  add_refusals(desk);
  add_readings(desk);
  desk.row_law<Transition>("RB 13: an order is approved by another before it changes anybody", of_order);
  desk.law("RB 13: open stays are counted by the edition they follow", open_stays_count);
}

}  // namespace fx::isolation
