#include "importing/linelist.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <map>

#include "base/described.hpp"

namespace fx::importing {
namespace {

int shift_of(const std::vector<LineListRow>& rows, std::optional<Day> shift_to) {
  std::optional<Day> latest;
  for (const LineListRow& row : rows) {
    if (row.faults.empty() && row.value.confirmed_day)
      latest = std::max(latest.value_or(Day{-1'000'000}), *row.value.confirmed_day);
  }
  return shift_to && latest ? *shift_to - *latest : 0;
}

void doubt(LineListRow& row, const std::string& header, std::string zh, std::string en) {
  row.warnings.push_back({row.row, "", header, "F-SHAPE", {std::move(zh), std::move(en)}});
}

void check_order_of_days(LineListRow& row, const RowReader<CaseRow>& reader) {
  const CaseRow& c = row.value;
  if (c.onset_day && c.confirmed_day && *c.confirmed_day < *c.onset_day) {
    doubt(row, reader.header_of("onset_day"), "确诊早于发病", "confirmed before onset");
  }
  if (c.death_day && c.confirmed_day && *c.death_day < *c.confirmed_day) {
    doubt(row, reader.header_of("death_day"), "死亡早于确诊", "died before confirmation");
  }
  if (c.exposed_from_day && c.exposed_until_day && *c.exposed_until_day < *c.exposed_from_day) {
    doubt(row, reader.header_of("exposed_until_day"), "暴露结束早于开始",
          "the exposure ends before it begins");
  }
}

std::vector<LineListRow> read_rows(const Table& table, const RowReader<CaseRow>& reader) {
  std::vector<LineListRow> rows;
  std::map<std::string, std::size_t> seen;
  for (const TableLine& line : table.lines) {
    LineListRow row = reader.read(line);
    if (row.value.linked_cases.empty())
      row.value.linked_cases = table.profile->cases_named(row.value.infection_source, row.value.case_id);
    if (row.faults.empty()) {
      const auto [first, is_new] = seen.emplace(row.value.case_id, row.row);
      if (!is_new) {
        row.faults.push_back(
            {row.row,
             "",
             reader.header_of("case_id"),
             "F-SHAPE",
             {fmt::format("病例编号 {} 已在第 {} 行出现", row.value.case_id, first->second),
              fmt::format("case id {} stands in row {} already", row.value.case_id, first->second)}});
      }
    }
    rows.push_back(std::move(row));
  }
  return rows;
}

}  // namespace

LineList read_line_list(const Table& table, const LineListOptions& options) {
  const RowReader<CaseRow> reader(table, options.today);
  LineList list;
  list.rows = read_rows(table, reader);
  list.shifted_days = shift_of(list.rows, options.shift_to);
  for (LineListRow& row : list.rows) {
    for_each_day(row.value, [&](std::string_view field, Day& day) {
      if (field != "birth_day") day = day + list.shifted_days;
      if (day <= options.today) return;
      row.faults.push_back({row.row,
                            "",
                            reader.header_of(field),
                            "F-FUTURE",
                            {"日期在将来：" + format(day), "a day in the future: " + format(day)}});
    });
    check_order_of_days(row, reader);
  }
  list.unused_headers = table.unused_headers();
  return list;
}

}  // namespace fx::importing
