// A new version of the external list is read against those who came before it; a single tube of somebody who came may be
// the test his class owes.

#include "desks/gates/landing/commands.hpp"
#include "desks/gates/regions/events.hpp"
#include "desks/screening/events.hpp"
#include "handoffs/handoffs.hpp"

namespace fx::handoffs {

std::vector<Arrow> arrivals_at_gates() {
  return {arrow<gates::ListInForce>(
              "list_to_arrivals", "gates.reread_arrivals",
              [](const gates::ListInForce& e, const Happened&) {
                std::vector<HandedOver> out;
                if (!e.graver.empty())
                  out.push_back(hand_over(
                      "gates.reread_arrivals",
                      gates::RereadArrivals{derive<gates::RereadTag>(e.external_list.raw, "reread"),
                                            e.external_list, e.number, e.county, e.owner, e.graver}));
                return out;
              }),
          arrow<screening::TubeSealed>("sealed_to_arrival", "gates.note_arrival_sample",
                                       [](const screening::TubeSealed& e, const Happened&) {
                                         std::vector<HandedOver> out;
                                         if (e.person)
                                           out.push_back(hand_over(
                                               "gates.note_arrival_sample",
                                               gates::NoteArrivalSample{*e.person, e.tube, e.sealed_at}));
                                         return out;
                                       })};
}

}  // namespace fx::handoffs
