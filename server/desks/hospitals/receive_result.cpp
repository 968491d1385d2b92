// What an authorised or amended result does to its patient, wherever he is by now. Both directions (settled.md 17, 18):
//   negative   AWAITING stays until a doctor clears · LEFT_EARLY, at home → CLOSED_NEG · ISOLATED → AWAITING, re-sample
//   positive   → ISOLATED, also in absence · left with leave → RECALLED and searched
//   no answer  AWAITING → IN_ROOM for a new sample; hold and room stay
#include "desks/hospitals/operations.hpp"

namespace fx::hospitals {
namespace {

using enum EncounterState;

/// The encounter as it will be once this result stands.
Encounter with_result(Encounter e, const ReceiveResult& c, const Context& context) {
  for (Sample& s : e.samples)
    if (s.tube == c.tube) {
      s.result = c.result;
      return e;
    }
  e.samples.push_back({c.tube, context.occurred_at, c.result, context.occurred_at, c.amended});
  return e;
}

ResultNoted noted(const Encounter& e, const ReceiveResult& c, EncounterState after) {
  return {.encounter = e.id,
          .tube = c.tube,
          .result = c.result,
          .amended = c.amended,
          .resample_due = e.resample_due,
          .person = e.person,
          .clinic = e.clinic,
          .hospital = e.hospital,
          .state = after};
}

SearchEnded search_ended(const Encounter& e) {
  return {e.id, SearchEnd::negative, e.clinic, e.hospital, e.county};
}

IsolationWithdrawn withdrawn(const Encounter& e, const ReceiveResult& c, EncounterState after) {
  return {.encounter = e.id,
          .person = e.person,
          .clinic = e.clinic,
          .hospital = e.hospital,
          .tube = c.tube,
          .case_id = e.case_id,
          .result = c.result,
          .state = after};
}

// ---- positive ----------------------------------------------------------------------------------------------------

PatientIsolated isolated_by(const Encounter& e, const ReceiveResult& c, const View& view,
                            const Context& context) {
  return {.encounter = e.id,
          .person = e.person,
          .clinic = e.clinic,
          .hospital = e.hospital,
          .county = e.county,
          .pathogen = e.pathogen,
          .onset_day = e.onset_day,
          .tube = c.tube,
          .case_id = c.case_id,
          .room = e.room,
          .at_home = e.at_home,
          .amended = c.amended,
          .state = is_one_of(e.state, {transferred, admitted, closed}) ? e.state : isolated,
          .co_present = company(e, context.occurred_at, view)};
}

PatientRecalled recalled_by(const Encounter& e, const ReceiveResult& c, const View& view,
                            const Context& context) {
  return {.encounter = e.id,
          .person = e.person,
          .clinic = e.clinic,
          .hospital = e.hospital,
          .county = e.county,
          .pathogen = e.pathogen,
          .onset_day = e.onset_day,
          .tube = c.tube,
          .case_id = c.case_id,
          .left_at = e.left_at,
          .co_present = company(e, context.occurred_at, view)};
}

Decision positive(const Encounter& e, const ReceiveResult& c, const View& view, const Context& context) {
  if (has_positive(e)) return {{noted(e, c, e.state)}};  // a second positive isolates nobody twice
  if (is_one_of(e.state, {left, closed_neg}))
    return {
        {recalled_by(e, c, view, context), SearchOpened{e.id, e.person, e.clinic, e.hospital, e.county, {}}}};
  return {{isolated_by(e, c, view, context)}};
}

// ---- negative ----------------------------------------------------------------------------------------------------

/// Waiting again, or still to be found; whoever was handed over stays where he is.
EncounterState after_withdrawal(const Encounter& e) {
  if (!is_one_of(e.state, {isolated, recalled})) return e.state;
  return e.missing ? left_early : awaiting;
}

/// Nothing positive, nothing pending, no new sample owed: the matter of somebody who is not here is over.
bool settles(const Encounter& after) { return clearing_negative(after).has_value(); }

Decision negative(const Encounter& e, const Encounter& after, const ReceiveResult& c) {
  const bool was_positive = has_positive(e) && !has_positive(after);
  if (was_positive && e.state == recalled) return {{noted(e, c, closed_neg), search_ended(e)}};
  if (was_positive) return {{withdrawn(e, c, after_withdrawal(e))}};
  if (e.state == left_early && settles(after)) return {{noted(e, c, closed_neg), search_ended(e)}};
  if (e.state == awaiting && e.at_home && settles(after)) return {{noted(e, c, closed_neg)}};
  // An invalid or grey result amended to negative: the re-sample it asked for is not owed any more.
  const Sample* before = sample_of(e, c.tube);
  if (before != nullptr && is_one_of(before->result, {SampleResult::grey, SampleResult::invalid})) {
    ResultNoted event = noted(e, c, e.state == in_room ? awaiting : e.state);
    event.resample_due = false;
    return {{event}};
  }
  return {{noted(e, c, e.state)}};
}

// ---- no answer ---------------------------------------------------------------------------------------------------

Decision no_answer(const Encounter& e, const Encounter& after, const ReceiveResult& c) {
  if (has_positive(after)) return {{noted(e, c, e.state)}};
  if (has_positive(e)) return {{withdrawn(e, c, after_withdrawal(e))}};
  const auto why = c.amended                        ? ResampleReason::amended
                   : c.result == SampleResult::grey ? ResampleReason::grey
                                                    : ResampleReason::invalid;
  return {{ResampleNeeded{e.id, c.tube, why, c.result, e.person, e.clinic, e.hospital, after_failure(e)}}};
}

Result<Decision> decide(const ReceiveResult& c, const View& view, const Context& context) {
  const Encounter* e = view.find<Encounter>(c.encounter);
  if (e == nullptr) return unknown("/encounter");
  switch (c.result) {
    case SampleResult::positive: return positive(*e, c, view, context);
    case SampleResult::negative: return negative(*e, with_result(*e, c, context), c);
    case SampleResult::grey:
    case SampleResult::invalid: return no_answer(*e, with_result(*e, c, context), c);
    default: return malformed("/result", "应为检测结果", "expected a test result");
  }
}

void more_keys(const ReceiveResult& c, const View& view, const Context& context, KeySet& keys) {
  const Encounter* e = view.find<Encounter>(c.encounter);
  if (e != nullptr && c.result == SampleResult::positive) read_company(*e, context.occurred_at, keys);
}

}  // namespace

void receive_result(Desk& desk) {
  desk.operation<ReceiveResult>("receive_result", {"接收检测结果", "Receive a result"})
      .internal()
      .keys([](const ReceiveResult& c, const Context&, KeySet& keys) {
        keys.own<Encounter>(c.encounter);
        if (c.case_id) keys.subject(c.case_id->raw);
      })
      .more_keys(more_keys)
      .decide(decide);
}

}  // namespace fx::hospitals
