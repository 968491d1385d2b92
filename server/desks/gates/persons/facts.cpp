#include "desks/gates/persons/facts.hpp"

namespace fx::gates {

void evolve_persons(Desk& desk) {
  desk.table<Returnee>({.indexes = {"state, village", "person"}});
  desk.table<KeyPerson>({.indexes = {"state, holder", "person"}});
  desk.event<ReturneeReported>().event<ReturneeFound>().event<ReturneeClassed>();
  desk.event<KeyPersonListed>().event<KeyPersonEnrolled>().event<KeyPersonChecked>();
  desk.event<KeyPersonSettled>();
  desk.evolves<ReturneeReported, Returnee>(&ReturneeReported::returnee,
                                           [](Returnee& row, const ReturneeReported& e, auto&) {
                                             row.id = e.returnee;
                                             row.person = e.person;
                                             row.village = e.village;
                                             row.from = e.from;
                                             row.reported = true;
                                             row.expected_day = e.expected_day;
                                           })
      .evolves<ReturneeFound, Returnee>(&ReturneeFound::returnee,
                                        [](Returnee& row, const ReturneeFound& e, const Stamp& at) {
                                          row.id = e.returnee;
                                          row.person = e.person;
                                          row.village = e.village;
                                          row.from = e.from;
                                          row.state = ReturneeState::back;
                                          row.left_day = e.left_day;
                                          row.found_at = at.occurred_at;
                                        })
      .evolves<ReturneeClassed, Returnee>(&ReturneeClassed::returnee,
                                          [](Returnee& row, const ReturneeClassed& e, auto&) {
                                            row.state = ReturneeState::classed;
                                            row.class_ = e.class_;
                                            row.list_version = e.list_version;
                                            row.owes_order = e.owes_order;
                                          })
      .evolves<KeyPersonListed, KeyPerson>(&KeyPersonListed::key_person,
                                           [](KeyPerson& row, const KeyPersonListed& e, const Stamp& at) {
                                             row.id = e.key_person;
                                             row.person = e.person;
                                             row.class_ = e.class_;
                                             row.holder = e.holder;
                                             row.source = e.source;
                                             row.listed_at = at.occurred_at;
                                           })
      .evolves<KeyPersonEnrolled, KeyPerson>(&KeyPersonEnrolled::key_person,
                                             [](KeyPerson& row, const KeyPersonEnrolled& e, const Stamp& at) {
                                               row.state = KeyState::enrolled;
                                               row.enrolled_at = at.occurred_at;
                                               row.next_due = e.next_due;
                                             })
      .evolves<KeyPersonChecked, KeyPerson>(&KeyPersonChecked::key_person,
                                            [](KeyPerson& row, const KeyPersonChecked& e, const Stamp& at) {
                                              row.state = KeyState::in_control;
                                              row.checked_at = at.occurred_at;
                                              row.next_due = e.next_due;
                                            })
      .evolves<KeyPersonSettled, KeyPerson>(&KeyPersonSettled::key_person,
                                            [](KeyPerson& row, const KeyPersonSettled& e, auto&) {
                                              row.state = e.state;
                                              row.next_due.reset();
                                            });
}

}  // namespace fx::gates
