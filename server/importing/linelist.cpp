#include "importing/linelist.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <map>

#include "base/described.hpp"
#include "base/text.hpp"
#include "importing/csv.hpp"
#include "importing/import_item.hpp"
#include "importing/result_table.hpp"

namespace fx::importing {
namespace {

/// Fills one CaseRow from one line.
class RowReader {
 public:
  RowReader(const LineListProfile& profile, const std::vector<std::string>& headers)
      : profile_(profile), headers_(headers), places_(profile.match(headers)) {}

  LineListRow read(const CsvRow& csv) const {
    LineListRow out{.row = csv.row, .content = import_key({csv.fields.begin(), csv.fields.end()})};
    for_each_member<CaseRow>([&](std::string_view field, auto member) {
      if (const auto constant = profile_.constants().find(std::string(field));
          constant != profile_.constants().end()) {
        assign(out.value.*member, constant->second);
      }
    });
    for (std::size_t c = 0; c < places_.size(); ++c) {
      if (places_[c]) fill(out, profile_.columns()[c], headers_[*places_[c]], csv.fields.at(*places_[c]));
    }
    out.value.linked_cases = profile_.cases_named(out.value.infection_source, out.value.case_id);
    return out;
  }

 private:
  static bool assign(std::string& member, const std::string& code) {
    member = code == "unclassified" ? "" : code;
    return true;
  }
  static bool assign(Sex& member, const std::string& code) {
    member = enum_from<Sex>(code).value_or(Sex::unknown);
    return true;
  }
  template <class T>
  static bool assign(T&, const std::string&) {
    return false;
  }

  void fill(LineListRow& out, const LineListColumn& column, const std::string& header,
            const std::string& cell) const {
    const std::string text(trim(cell));
    if (profile_.is_missing(text)) {
      if (column.required) complain(out, header, "F-SHAPE", "必填栏为空", "a required column is empty");
      return;
    }
    for_each_member<CaseRow>([&](std::string_view field, auto member) {
      if (field != column.field) return;
      if (codes_of_field(field) != nullptr) return code(out, out.value.*member, column, header, text);
      value(out, out.value.*member, header, text);
    });
  }

  template <class T>
  static void code(LineListRow& out, T& member, const LineListColumn& column, const std::string& header,
                   const std::string& text) {
    const auto known = column.values.find(plain_words(text));
    const auto* codes = codes_of_field(column.field);
    if (known != column.values.end()) {
      assign(member, known->second);
    } else if (std::ranges::find(*codes, text) != codes->end()) {
      assign(member, text);
    } else {
      complain(out, header, "F-REF", "未知代码：" + text, "unknown code: " + text);
    }
  }

  void value(LineListRow&, std::string& member, const std::string&, const std::string& text) const {
    member = text;
  }
  void value(LineListRow& out, std::optional<Day>& member, const std::string& header,
             const std::string& text) const {
    member = profile_.day(text);
    if (member) return;
    const std::string forms = join(profile_.day_forms(), ", ");
    complain(out, header, "F-SHAPE", fmt::format("日期无法识别：{}（格式 {}）", text, forms),
             fmt::format("not a date: {} (forms {})", text, forms));
  }
  void value(LineListRow& out, std::optional<int>& member, const std::string& header,
             const std::string& text) const {
    member = read_age_months(text);
    if (!member) complain(out, header, "F-SHAPE", "年龄无法识别：" + text, "not an age: " + text);
  }
  template <class T>
  void value(LineListRow&, T&, const std::string&, const std::string&) const {}

  static void complain(LineListRow& out, const std::string& header, const char* code, std::string zh,
                       std::string en) {
    out.faults.push_back({out.row, "", header, code, {std::move(zh), std::move(en)}});
  }

  const LineListProfile& profile_;
  const std::vector<std::string>& headers_;
  std::vector<std::optional<std::size_t>> places_;
};

/// Calls f(field, day) for each day of the case that is known.
template <class Case, class F>
void for_each_day(Case& value, F f) {
  for_each_member<CaseRow>([&](std::string_view field, auto member) {
    if constexpr (std::is_same_v<decltype(member), std::optional<Day> CaseRow::*>) {
      if (auto& day = value.*member) f(field, *day);
    }
  });
}

/// The header that filled a field, for messages.
std::string header_of(const LineListProfile& profile, const std::vector<std::string>& headers,
                      std::string_view field) {
  const auto places = profile.match(headers);
  for (std::size_t c = 0; c < places.size(); ++c) {
    if (profile.columns()[c].field == field && places[c]) return headers[*places[c]];
  }
  return std::string(field);
}

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

void check_order_of_days(LineListRow& row, const LineListProfile& profile,
                         const std::vector<std::string>& headers) {
  const CaseRow& c = row.value;
  if (c.onset_day && c.confirmed_day && *c.confirmed_day < *c.onset_day) {
    doubt(row, header_of(profile, headers, "onset_day"), "确诊早于发病", "confirmed before onset");
  }
  if (c.death_day && c.confirmed_day && *c.death_day < *c.confirmed_day) {
    doubt(row, header_of(profile, headers, "death_day"), "死亡早于确诊", "died before confirmation");
  }
  if (c.exposed_from_day && c.exposed_until_day && *c.exposed_until_day < *c.exposed_from_day) {
    doubt(row, header_of(profile, headers, "exposed_until_day"), "暴露结束早于开始",
          "the exposure ends before it begins");
  }
}

std::vector<LineListRow> read_rows(CsvReader& csv, const RowReader& reader, const std::string& id_header) {
  std::vector<LineListRow> rows;
  std::map<std::string, std::size_t> seen;
  while (auto next = csv.next()) {
    if (!*next) {
      rows.push_back({.row = next->error().row, .faults = {next->error()}});
      continue;
    }
    LineListRow row = reader.read(**next);
    if (row.faults.empty()) {
      const auto [first, is_new] = seen.emplace(row.value.case_id, row.row);
      if (!is_new) {
        row.faults.push_back(
            {row.row,
             "",
             id_header,
             "F-SHAPE",
             {fmt::format("病例编号 {} 已在第 {} 行出现", row.value.case_id, first->second),
              fmt::format("case id {} stands in row {} already", row.value.case_id, first->second)}});
      }
    }
    rows.push_back(std::move(row));
  }
  return rows;
}

Refusal no_header() {
  return {.code = "F-SHAPE", .say = {.zh = "文件没有表头", .en = "the file has no header"}, .path = "row 1"};
}

}  // namespace

Result<LineList> read_line_list(std::string_view text, const LineListProfile& profile,
                                const LineListOptions& options) {
  CsvReader csv(text);
  const auto header = csv.next();
  if (!header || !*header) return no_header();
  const std::vector<std::string>& headers = (*header)->fields;
  if (const auto lacking = profile.lacking(headers); !lacking.empty()) {
    const std::string names = join(lacking, ", ");
    return Refusal{.code = "F-SHAPE",
                   .say = {.zh = "缺少必需的栏：" + names, .en = "required columns are missing: " + names},
                   .path = "row 1"};
  }
  LineList list;
  list.rows = read_rows(csv, RowReader(profile, headers), header_of(profile, headers, "case_id"));
  list.shifted_days = shift_of(list.rows, options.shift_to);
  for (LineListRow& row : list.rows) {
    for_each_day(row.value, [&](std::string_view field, Day& day) {
      if (field != "birth_day") day = day + list.shifted_days;
      if (day <= options.today) return;
      row.faults.push_back({row.row,
                            "",
                            header_of(profile, headers, field),
                            "F-FUTURE",
                            {"日期在将来：" + format(day), "a day in the future: " + format(day)}});
    });
    check_order_of_days(row, profile, headers);
  }
  const auto places = profile.match(headers);
  for (std::size_t h = 0; h < headers.size(); ++h) {
    if (std::ranges::find(places, std::optional(h)) == places.end())
      list.unused_headers.push_back(headers[h]);
  }
  return list;
}

Result<const LineListProfile*> choose_profile(std::string_view text,
                                              std::span<const LineListProfile> profiles) {
  CsvReader csv(text);
  const auto header = csv.next();
  if (!header || !*header) return no_header();
  const LineListProfile* best = nullptr;
  std::ptrdiff_t most = 0;
  std::vector<std::string> known;
  for (const LineListProfile& profile : profiles) {
    known.push_back(profile.id());
    if (!profile.lacking((*header)->fields).empty()) continue;
    const auto found =
        std::ranges::count_if(profile.match((*header)->fields), [](const auto& h) { return h.has_value(); });
    if (found > most) {
      most = found;
      best = &profile;
    }
  }
  if (best != nullptr) return best;
  const std::string names = join(known, ", ");
  return Refusal{
      .code = "F-REF",
      .say = {.zh = "表头不符合任何已知模板：" + names, .en = "the header fits no known template: " + names},
      .path = "row 1"};
}

}  // namespace fx::importing
