#include "importing/table.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <map>

#include "base/text.hpp"
#include "importing/cleaning.hpp"
#include "importing/csv.hpp"
#include "importing/result_table.hpp"
#include "importing/text_encoding.hpp"

namespace fx::importing {
namespace {

/// A header stands among the first rows; what is above it is a title.
constexpr std::size_t rows_to_look_at = 64;  // instruments write some forty lines about themselves first

Refusal shape(std::string zh, std::string en, std::string path = "row 1") {
  return Refusal{.code = "F-SHAPE",
                 .say = {std::move(zh), std::move(en)},
                 .rule = {},
                 .source = {},
                 .path = std::move(path),
                 .lifts = {}};
}

bool is_empty(const TableLine& line) {
  return std::ranges::all_of(line.cells,
                             [](const std::string& cell) { return clean_text(cell).value.empty(); });
}

/// Trailing empty cells say nothing about how wide a table is.
std::vector<std::string> without_tail(std::vector<std::string> cells) {
  while (!cells.empty() && trim(cells.back()).empty()) cells.pop_back();
  return cells;
}

struct Header {
  const TableProfile* profile = nullptr;
  std::size_t index = 0;  ///< of its last row among the lines
  std::vector<std::string> names;
  std::size_t fits = 0;
};

/// Two rows of a header as one: a merged cell above names its group, or the whole column where nothing stands below.
std::vector<std::string> joined(const std::vector<std::string>& above,
                                const std::vector<std::string>& below) {
  std::map<std::string, int> times;
  for (const std::string& name : below) ++times[name];
  std::vector<std::string> out;
  std::string group;
  for (std::size_t i = 0; i < std::max(above.size(), below.size()); ++i) {
    const std::string up = i < above.size() ? clean_text(above[i]).value : "";
    const std::string down = i < below.size() ? clean_text(below[i]).value : "";
    if (!up.empty()) group = up;
    if (down.empty())
      out.push_back(up);
    else
      out.push_back(times[below[i]] > 1 ? group + down : down);
  }
  return without_tail(std::move(out));
}

void try_header(Header& best, std::span<const TableProfile* const> profiles, std::size_t index,
                const std::vector<std::string>& names) {
  for (const TableProfile* profile : profiles) {
    if (!profile->lacking(names).empty()) continue;
    const auto found = static_cast<std::size_t>(
        std::ranges::count_if(profile->match(names), [](const auto& h) { return h.has_value(); }));
    if (found > best.fits && found > 1) best = {profile, index, names, found};
  }
}

std::vector<const TableProfile*> wanted_of(std::span<const TableProfile> profiles, std::string_view wanted) {
  std::vector<const TableProfile*> out;
  for (const TableProfile& profile : profiles)
    if (wanted.empty() || profile.id() == wanted || profile.kind() == wanted) out.push_back(&profile);
  return out;
}

Header find_header(std::span<const TableLine> lines, std::span<const TableProfile* const> profiles) {
  Header best;
  for (std::size_t i = 0; i < std::min(lines.size(), rows_to_look_at); ++i) {
    const auto names = without_tail(lines[i].cells);
    if (names.empty()) continue;
    try_header(best, profiles, i, names);
    if (i > 0) try_header(best, profiles, i, joined(lines[i - 1].cells, names));
  }
  return best;
}

/// Why no row is a header: what the row nearest to one lacks.
Refusals no_header(std::span<const TableLine> lines, std::span<const TableProfile* const> profiles,
                   std::string_view wanted) {
  if (std::ranges::all_of(lines, is_empty)) return shape("文件没有表头", "the file has no header");
  if (wanted.empty()) {
    std::vector<std::string> known;
    for (const TableProfile* profile : profiles) known.push_back(profile->id());
    const std::string names = join(known, ", ");
    return Refusal{.code = "F-REF",
                   .say = {"表头不符合任何已知模板：" + names, "the header fits no known template: " + names},
                   .rule = {},
                   .source = {},
                   .path = "row 1",
                   .lifts = {}};
  }
  std::vector<std::string> fewest;
  std::size_t row = 1;
  for (std::size_t i = 0; i < std::min(lines.size(), rows_to_look_at); ++i)
    for (const TableProfile* profile : profiles) {
      auto lacking = profile->lacking(lines[i].cells);
      if (!fewest.empty() && lacking.size() >= fewest.size()) continue;
      fewest = std::move(lacking);
      row = lines[i].row;
    }
  if (fewest.empty())
    return shape("表头至少要有两栏可以识别", "at least two columns of the header must be known",
                 fmt::format("row {}", row));
  const std::string names = join(fewest, ", ");
  return shape("缺少必需的栏：" + names, "required columns are missing: " + names,
               fmt::format("row {}", row));
}

Refusal unknown_profile(std::string_view wanted) {
  return Refusal{.code = "F-REF",
                 .say = {"未知模板：" + std::string(wanted), "unknown template: " + std::string(wanted)},
                 .rule = {},
                 .source = {},
                 .path = "profile",
                 .lifts = {}};
}

bool begins_with_any(std::string_view text, std::initializer_list<std::string_view> words) {
  return std::ranges::any_of(words, [&](std::string_view word) { return text.starts_with(word); });
}

/// What stands in a list and is no row of it; nothing for a row.
std::optional<Words> no_row(const TableLine& line, const std::vector<std::string>& headers) {
  std::vector<std::string> said;
  for (const std::string& cell : line.cells)
    if (std::string text = plain_words(clean_text(cell).value); !text.empty())
      said.push_back(std::move(text));
  if (said.empty()) return std::nullopt;
  const std::string& first = said.front();
  const bool sparse = said.size() * 2 <= headers.size();
  if (sparse && length_utf8(first) <= 12 &&
      begins_with_any(first, {"合计", "总计", "共计", "小计", "合 计", "总 计", "total", "subtotal"}))
    return Words{"合计行，不是人员，略过", "a total, not a person: left out"};
  if (said.size() <= 3 && begins_with_any(first, {"备注:", "备注：", "注:", "注：", "说明:", "说明：", "填表",
                                                  "填报", "制表", "审核", "单位盖章", "note:", "notes:"}))
    return Words{"表下说明，略过", "a note below the table: left out"};
  std::size_t same = 0;
  for (std::size_t i = 0; i < std::min(headers.size(), line.cells.size()); ++i)
    if (!headers[i].empty() && header_words(line.cells[i]) == header_words(headers[i])) ++same;
  if (same >= 2 && same == said.size()) return Words{"表头重复，略过", "the header again: left out"};
  return std::nullopt;
}

void check_width(TableLine& line, std::size_t width, bool strict) {
  while (line.cells.size() > width && trim(line.cells.back()).empty()) line.cells.pop_back();
  if (line.cells.size() <= width && !strict) line.cells.resize(width);
  if (line.cells.size() == width) return;
  const std::size_t found = line.cells.size();
  line.broken = RowFault{line.row,
                         {},
                         {},
                         "F-SHAPE",
                         {fmt::format("应有 {} 栏，实有 {} 栏", width, found),
                          fmt::format("{} fields expected, {} found", width, found)}};
  line.cells.clear();
}

/// A line that explains the columns, marked as such: ##Country.
bool is_caption(const TableLine& line) {
  return !line.broken && !line.cells.empty() && line.cells.front().starts_with("##");
}

/// Where rows begin: a profile with captions has lines below its header that explain it.
std::size_t first_row(const Header& header, std::span<const TableLine> lines) {
  std::size_t i = header.index + 1;
  while (header.profile->captions() && i < lines.size() && is_caption(lines[i])) ++i;
  return i;
}

/// 7/5 is a day in July or in May: captions say which.
std::string day_form_of(const Header& header, std::span<const TableLine> lines) {
  for (std::size_t i = header.index + 1; i < first_row(header, lines); ++i)
    for (const std::string& cell : lines[i].cells) {
      if (cell.find("dd/MM/yyyy") != std::string::npos) return "d/m/Y";
      if (cell.find("M/d/yyyy") != std::string::npos) return "m/d/Y";
    }
  return {};
}

/// The table behind a header. `strict`: a line shorter than the header is broken.
Table table_below(Header header, std::vector<TableLine> lines, bool strict) {
  Table out{.profile = header.profile,
            .sheet = {},
            .headers = std::move(header.names),
            .header_row = lines[header.index].row,
            .day_form = day_form_of(header, lines),
            .mended = false,
            .lines = {},
            .left_out = {}};
  for (std::size_t i = first_row(header, lines); i < lines.size(); ++i) {
    TableLine& line = lines[i];
    if (!line.broken && is_empty(line)) continue;
    if (const auto why = line.broken ? std::nullopt : no_row(line, out.headers)) {
      out.left_out.push_back({line.row, {}, {}, "F-SHAPE", *why});
      continue;
    }
    if (!line.broken) check_width(line, out.headers.size(), strict);
    out.lines.push_back(std::move(line));
  }
  return out;
}

TableLine line_of(std::expected<CsvRow, RowFault> row) {
  if (!row) return {row.error().row, {}, std::move(row.error())};
  return {row->row, std::move(row->fields), {}};
}

/// The first rows of any width, to find the header; then the rest by its width, so that a stray quote costs one line.
Result<Table> read_text_table(std::string_view text, std::span<const TableProfile* const> profiles,
                              std::string_view wanted) {
  const char separator = guess_separator(text, rows_to_look_at);
  CsvReader look(text, separator);
  look.expect_width(0);
  std::vector<TableLine> lines;
  while (lines.size() < rows_to_look_at) {
    auto next = look.next();
    if (!next) break;
    lines.push_back(line_of(std::move(*next)));
  }
  Header header = find_header(lines, profiles);
  if (header.profile == nullptr) return no_header(lines, profiles, wanted);
  const std::size_t raw_width = std::max(header.names.size(), lines[header.index].cells.size());
  lines.clear();
  CsvReader csv(text, separator);
  csv.expect_width(0);
  std::size_t cells = 0;
  while (auto next = csv.next()) {
    lines.push_back(line_of(std::move(*next)));
    cells += lines.back().cells.size();
    if (cells > max_table_cells)
      return shape("表格过大，请拆分", "the table is too large; cut it into parts", "file");
    // A tab-separated paste leaves trailing empty cells out; a file of commas does not.
    if (lines.size() == header.index + 1 && separator != '\t') csv.expect_width(raw_width);
  }
  return table_below(std::move(header), std::move(lines), separator != '\t');
}

Result<Table> read_workbook_table(std::string_view bytes, std::span<const TableProfile* const> profiles,
                                  std::string_view wanted) {
  auto sheets = read_workbook(bytes);
  if (!sheets) return sheets.error();
  Refusals no;
  for (Sheet& sheet : *sheets) {
    Header header = find_header(sheet.lines, profiles);
    if (header.profile == nullptr) {
      if (no.empty()) no = no_header(sheet.lines, profiles, wanted);
      continue;
    }
    Table table = table_below(std::move(header), std::move(sheet.lines), false);
    table.sheet = std::move(sheet.name);
    return table;
  }
  if (no.empty()) no.add(shape("工作簿没有工作表", "the workbook has no sheet", "file"));
  return no;
}

/// A file with bytes that are no text is a table where its header can be read; else it is refused for those bytes.
Result<Table> read_mended_table(std::string_view bytes, std::span<const TableProfile* const> profiles,
                                std::string_view wanted, const Refusals& undecodable) {
  auto table = read_text_table(mend_text(bytes), profiles, wanted);
  if (!table) return undecodable;
  table->mended = true;
  return table;
}

}  // namespace

std::vector<std::string> Table::unused_headers() const {
  const auto places = profile->match(headers);
  std::vector<std::string> out;
  for (std::size_t h = 0; h < headers.size(); ++h)
    if (!headers[h].empty() && std::ranges::find(places, std::optional(h)) == places.end())
      out.push_back(headers[h]);
  return out;
}

Result<Table> read_table(std::string_view bytes, std::span<const TableProfile> profiles,
                         std::string_view wanted) {
  const auto fitting = wanted_of(profiles, wanted);
  if (fitting.empty()) return unknown_profile(wanted);
  if (is_workbook(bytes)) return read_workbook_table(bytes, fitting, wanted);
  auto text = decode_text(bytes);
  if (!text) return read_mended_table(bytes, fitting, wanted, text.error());
  auto table = read_text_table(text->utf8, fitting, wanted);
  // Bytes of Western Europe often make characters of GB18030, too: the header tells which of the two it is.
  if (table || text->encoding != Encoding::gb18030) return table;
  auto western = read_text_table(from_windows_1252(bytes), fitting, wanted);
  return western ? western : table;
}

}  // namespace fx::importing
