// A list of people who came back from elsewhere, as it is pasted: who they are is judged here as far as a row can tell.
#include "importing/listed_people.hpp"

namespace fx::importing {
namespace {

void judge(ReadRow<ReturneeRow>& row, const RowReader<ReturneeRow>& reader, Day today) {
  if (!row.faults.empty()) return;
  judge_person(row, reader, today);
  for_each_day(row.value, [&](std::string_view field, const Day& day) {
    if (day > today)
      row_fault(row, reader.header_of(field), "F-FUTURE", "日期在将来：" + format(day),
                "a day in the future: " + format(day));
  });
  const ReturneeRow& who = row.value;
  if (who.left_day && who.arrived_day && *who.arrived_day < *who.left_day)
    row_warning(row, reader.header_of("arrived_day"), "F-SHAPE", "抵达早于离开", "arrived before leaving");
}

}  // namespace

std::vector<ImportItem> returnee_items(const Table& table, const TableItemOptions& options) {
  return people_items<ReturneeRow>(table, options, ItemKind::returnee, judge);
}

}  // namespace fx::importing
