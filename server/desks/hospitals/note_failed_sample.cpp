// AWAITING → IN_ROOM: the laboratory rejected the tube, or it was lost. The hold stays, the room too (settled.md 17).
#include "desks/hospitals/operations.hpp"

namespace fx::hospitals {
namespace {

Result<Decision> decide(const NoteFailedSample& c, const View& view, const Context&) {
  const Encounter* e = view.find<Encounter>(c.encounter);
  if (e == nullptr) return unknown("/encounter");
  const bool lost = c.why == ResampleReason::lost;
  if (!lost && c.why != ResampleReason::rejected)
    return malformed("/why", "应为 rejected 或 lost", "expected rejected or lost");
  const Sample* sample = sample_of(*e, c.tube);
  if (sample != nullptr && sample->result != SampleResult::pending)
    return wrong_state(sample->result, {SampleResult::pending}, "/tube");
  return Decision{{ResampleNeeded{.encounter = e->id,
                                  .tube = c.tube,
                                  .why = c.why,
                                  .result = lost ? SampleResult::lost : SampleResult::rejected,
                                  .person = e->person,
                                  .clinic = e->clinic,
                                  .hospital = e->hospital,
                                  .state = after_failure(*e)}}};
}

}  // namespace

void note_failed_sample(Desk& desk) {
  desk.operation<NoteFailedSample>("note_failed_sample", {"记录样本作废", "Note a failed sample"})
      .internal()
      .keys(own_encounter<NoteFailedSample>)
      .decide(decide);
}

}  // namespace fx::hospitals
