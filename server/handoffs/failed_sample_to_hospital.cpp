// A rejected or lost tube gives no answer: its patient needs a new sample and stays held.

#include "desks/hospitals/commands.hpp"
#include "desks/screening/events.hpp"
#include "handoffs/handoffs.hpp"

namespace fx::handoffs {
namespace {

template <class E>
Arrow failed(std::string name, hospitals::ResampleReason why) {
  return arrow<E>(std::move(name), "hospitals.note_failed_sample", [why](const E& e, const Happened&) {
    std::vector<HandedOver> out;
    if (e.encounter)
      out.push_back(
          hand_over("hospitals.note_failed_sample", hospitals::NoteFailedSample{*e.encounter, e.tube, why}));
    return out;
  });
}

}  // namespace

std::vector<Arrow> failed_sample_to_hospital() {
  return {failed<screening::TubeRejected>("rejected_to_hospital", hospitals::ResampleReason::rejected),
          failed<screening::TubeLost>("lost_to_hospital", hospitals::ResampleReason::lost)};
}

}  // namespace fx::handoffs
