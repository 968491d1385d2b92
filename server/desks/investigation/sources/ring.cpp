// Was the case under an order when it was found? One that was not is reviewed: which link was missed.

#include "desks/investigation/sources/operations.hpp"

namespace fx::investigation {
namespace {

Result<Decision> record_detection(const RecordDetection& c, const View& view, const Context& context) {
  const Case* file = view.find<Case>(c.case_id);
  if (file == nullptr) return unknown("/case_id");
  if (!is_open_case(file->state)) return not_open(*file);
  return Decision{{DetectionRecorded{c.case_id, c.found_by, c.in_ring, file->cdc, context.actor.account}}};
}

Result<Decision> sign_ring_review(const SignRingReview& c, const View& view, const Context& context) {
  const Case* file = view.find<Case>(c.case_id);
  if (file == nullptr) return unknown("/case_id");
  Refusals no;
  if (file->in_ring) no.add(wrong_state("in_ring", {"outside_ring"}));
  if (c.review.empty()) no.add(missing("/review"));
  if (!no.empty()) return no;
  return Decision{{RingReviewSigned{c.case_id, c.link_missed, context.actor.account, c.review.ref}}};
}

}  // namespace

void add_ring(Desk& desk) {
  desk.operation<RecordDetection>("record_detection", {"登记发现途径", "Record how a case was found"})
      .by({Role::INV, Role::CDC})
      .keys(own_case<RecordDetection>)
      .place(cdc_of_case<RecordDetection>)
      .decide(record_detection);
  desk.operation<SignRingReview>("sign_ring_review",
                                 {"圈外病例复盘", "Sign the review of a case outside the ring"})
      .by({Role::CDC})
      .keys(own_case<SignRingReview>)
      .place(cdc_of_case<SignRingReview>)
      .decide(sign_ring_review);
}

}  // namespace fx::investigation
