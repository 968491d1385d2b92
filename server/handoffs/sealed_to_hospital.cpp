// The single tube of an encounter is sealed: the patient is held until its result.

#include "desks/hospitals/commands.hpp"
#include "desks/screening/events.hpp"
#include "handoffs/handoffs.hpp"

namespace fx::handoffs {

std::vector<Arrow> sealed_to_hospital() {
  return {arrow<screening::TubeSealed>(
      "sealed_to_hospital", "hospitals.note_sample", [](const screening::TubeSealed& e, const Happened&) {
        std::vector<HandedOver> out;
        if (e.encounter)
          out.push_back(hand_over("hospitals.note_sample",
                                  hospitals::NoteSample{*e.encounter, e.tube, e.sealed_at, e.pathogen}));
        return out;
      })};
}

}  // namespace fx::handoffs
