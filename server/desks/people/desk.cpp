#include "desks/people/desk.hpp"

#include "desks/people/operations.hpp"

namespace fx::people {

Desk desk() {
  Desk desk("people", {"人员", "People"});
  add_facts(desk);
  add_register_person(desk);
  add_meet_person(desk);
  add_identify_person(desk);
  add_correct_person(desk);
  add_merge_persons(desk);
  add_record_death(desk);
  add_tell_birth_day(desk);
  add_laws(desk);
  desk.refusal("R-PER-1",
               {"没有证件时须写明原因或监护人", "Without a document a reason or a guardian is needed"})
      .refusal("R-PER-2",
               {"证件号码或出生日期不成立", "The document number or the birth date cannot be right"})
      .refusal("R-PER-3", {"该证件已登记在另一人名下，请提请合并",
                           "Another person is registered with this document: propose a merge"})
      .refusal("R-PER-4", {"合并须由另一位疾控人员复核", "A merge needs a second reader of the CDC"})
      .refusal("R-PER-5", {"此人已登记", "The person is registered already"})
      .refusal("R-PER-6", {"更正不能更换证件；请登记后合并",
                           "A correction cannot change the document: register and merge"})
      .refusal("R-PER-7", {"不能与自己合并", "Nobody is merged with themselves"})
      .refusal("R-PER-9", {"只能认定给误合并的两人之一", "A record is one of the two persons'"})
      .refusal("R-PER-8", {"应将未核实的一条并入已核实的一条",
                           "Merge the entry without a document into the one that has it"});
  desk.list<Person>({.desk = {},
                     .name = "persons",
                     .title = {"人员", "People"},
                     .table = nullptr,
                     .readers = {},
                     .filters = {"state", "sex", "document_type"},
                     .order_by = "registered_at",
                     .descending = true,
                     .unit_fields = {"unit"}});
  desk.list<MergeReview>({.desk = {},
                          .name = "merge_reviews",
                          .title = {"误合并核对", "Reviews of un-merged persons"},
                          .table = nullptr,
                          .readers = {Role::CDC},
                          .filters = {"open", "person", "other"},
                          .order_by = "until",
                          .descending = true,
                          .unit_fields = {"cdc"}});
  desk.list<AssignedRecord>({.desk = {},
                             .name = "assigned_records",
                             .title = {"已认定归属的记录", "Records said to be whose"},
                             .table = nullptr,
                             .readers = {Role::CDC},
                             .filters = {"review", "person"},
                             .order_by = "assigned_at",
                             .descending = true,
                             .unit_fields = {}});
  return desk;
}

}  // namespace fx::people
