// Whoever was in the clinic while the positive patient was is named as a contact at once.

#include "desks/hospitals/events.hpp"
#include "desks/investigation/commands.hpp"
#include "handoffs/handoffs.hpp"

namespace fx::handoffs {
namespace {

template <class E>
std::vector<HandedOver> name_them(const E& e) {
  std::vector<HandedOver> out;
  if (!e.case_id) return out;
  investigation::NameContacts command{*e.case_id, e.onset_day, {}};
  for (const hospitals::CoPresent& other : e.co_present)
    command.contacts.push_back(
        {derive<ContactTag>(e.case_id->raw, other.person.text()), other.person,
         other.kind == hospitals::PresenceKind::staff ? investigation::ContactKind::staff
                                                      : investigation::ContactKind::patient,
         other.from, other.until, "fever_clinic", std::nullopt, investigation::Setting::medical});
  out.push_back(hand_over("investigation.name_contacts", std::move(command)));
  return out;
}

}  // namespace

std::vector<Arrow> isolated_to_contacts() {
  return {arrow<hospitals::PatientIsolated>(
              "isolated_to_contacts", "investigation.name_contacts",
              [](const hospitals::PatientIsolated& e, const Happened&) { return name_them(e); }),
          arrow<hospitals::PatientRecalled>(
              "recalled_to_contacts", "investigation.name_contacts",
              [](const hospitals::PatientRecalled& e, const Happened&) { return name_them(e); })};
}

}  // namespace fx::handoffs
