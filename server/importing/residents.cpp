// A population list: who lives where, to be sampled in a round.
#include "importing/listed_people.hpp"

namespace fx::importing {
namespace {

constexpr std::size_t township_digits = 9;

bool is_township(std::string_view code) {
  return code.size() == township_digits &&
         std::ranges::all_of(code, [](char c) { return '0' <= c && c <= '9'; });
}

void judge(ReadRow<ResidentRow>& row, const RowReader<ResidentRow>& reader, Day today) {
  judge_person(row, reader, today);
  const std::string& township = row.value.township;
  if (row.faults.empty() && !township.empty() && !is_township(township))
    row_fault(row, reader.header_of("township"), "F-SHAPE", "应为9位乡镇街道代码：" + township,
              "a township's code has nine digits: " + township);
}

}  // namespace

std::vector<ImportItem> resident_items(const Table& table, const TableItemOptions& options) {
  return people_items<ResidentRow>(table, options, ItemKind::resident, judge);
}

}  // namespace fx::importing
