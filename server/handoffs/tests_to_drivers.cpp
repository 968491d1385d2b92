// A driver's tubes, wherever they are taken; and whoever was near a driver who turns out positive is named at once.

#include "desks/gates/trucks/commands.hpp"
#include "desks/investigation/commands.hpp"
#include "desks/screening/events.hpp"
#include "handoffs/handoffs.hpp"

namespace fx::handoffs {
namespace {

gates::DriverResult of(screening::TestResult result) {
  switch (result) {
    case screening::TestResult::negative: return gates::DriverResult::negative;
    case screening::TestResult::positive: return gates::DriverResult::positive;
    default: return gates::DriverResult::no_answer;
  }
}

std::vector<HandedOver> result(const std::optional<PersonId>& person, TubeId tube, gates::DriverResult r,
                               std::optional<CaseId> case_id) {
  std::vector<HandedOver> out;
  if (person)
    out.push_back(hand_over("gates.note_driver_result", gates::NoteDriverResult{*person, tube, r, case_id}));
  return out;
}

template <class E>
Arrow unanswered(std::string name) {
  return arrow<E>(std::move(name), "gates.note_driver_result", [](const E& e, const Happened&) {
    return result(e.person, e.tube, gates::DriverResult::no_answer, {});
  });
}

investigation::ContactKind kind_of(gates::NearDriver as) {
  switch (as) {
    case gates::NearDriver::gatekeeper: return investigation::ContactKind::staff;
    case gates::NearDriver::loader: return investigation::ContactKind::colleague;
    case gates::NearDriver::companion: return investigation::ContactKind::companion;
    case gates::NearDriver::other: break;
  }
  return investigation::ContactKind::other;
}

std::vector<HandedOver> name_them(CaseId case_id, const std::vector<gates::Near>& near) {
  if (near.empty()) return {};
  investigation::NameContacts command{case_id, {}, {}};
  for (const gates::Near& one : near)
    command.contacts.push_back({derive<ContactTag>(case_id.raw, one.person.text()), one.person,
                                kind_of(one.as), one.from, one.until, "truck", one.is_protected});
  return {hand_over("investigation.name_contacts", std::move(command))};
}

}  // namespace

std::vector<Arrow> tests_to_drivers() {
  return {arrow<screening::TubeSealed>("sealed_to_driver", "gates.note_driver_sample",
                                       [](const screening::TubeSealed& e, const Happened&) {
                                         std::vector<HandedOver> out;
                                         if (e.person)
                                           out.push_back(hand_over(
                                               "gates.note_driver_sample",
                                               gates::NoteDriverSample{*e.person, e.tube, e.sealed_at}));
                                         return out;
                                       }),
          arrow<screening::ResultAuthorised>("result_to_driver", "gates.note_driver_result",
                                             [](const screening::ResultAuthorised& e, const Happened&) {
                                               return result(e.person, e.tube, of(e.result), e.case_id);
                                             }),
          arrow<screening::ResultAmended>("amended_to_driver", "gates.note_driver_result",
                                          [](const screening::ResultAmended& e, const Happened&) {
                                            return result(e.person, e.tube, of(e.to), e.case_id);
                                          }),
          unanswered<screening::TubeRejected>("rejected_to_driver"),
          unanswered<screening::TubeLost>("lost_to_driver")};
}

std::vector<Arrow> driver_to_contacts() {
  return {arrow<gates::DriverStopped>(
              "driver_to_contacts", "investigation.name_contacts",
              [](const gates::DriverStopped& e, const Happened&) { return name_them(e.case_id, e.near); }),
          arrow<gates::PresenceRecorded>("presence_to_contacts", "investigation.name_contacts",
                                         [](const gates::PresenceRecorded& e, const Happened&) {
                                           return e.case_id ? name_them(*e.case_id, e.near)
                                                            : std::vector<HandedOver>{};
                                         })};
}

}  // namespace fx::handoffs
