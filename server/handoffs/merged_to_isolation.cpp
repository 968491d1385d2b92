// Two entries turned out to be one person, or two after all: the isolation desk looks whether they are held twice.

#include "desks/isolation/merge/commands.hpp"
#include "desks/people/events.hpp"
#include "handoffs/handoffs.hpp"

namespace fx::handoffs {

std::vector<Arrow> merged_to_isolation() {
  return {arrow<people::PersonsMerged>("merged_to_isolation", "isolation.note_same_person",
                                       [](const people::PersonsMerged& e, const Happened&) {
                                         return std::vector{
                                             hand_over("isolation.note_same_person",
                                                       isolation::NoteSamePerson{e.person, e.into, true})};
                                       }),
          arrow<people::PersonUnmerged>("unmerged_to_isolation", "isolation.note_same_person",
                                        [](const people::PersonUnmerged& e, const Happened&) {
                                          return std::vector{
                                              hand_over("isolation.note_same_person",
                                                        isolation::NoteSamePerson{e.person, e.from, false})};
                                        })};
}

}  // namespace fx::handoffs
