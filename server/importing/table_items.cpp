#include "importing/table_items.hpp"

#include <map>

#include "importing/row_reader.hpp"

namespace fx::importing {
namespace {

/// The item of a read row; `key` is asked only when there are no faults.
template <class Row, class Key>
ImportItem item_of(const Table& table, ReadRow<Row>& row, ItemKind kind, std::string label, Key key) {
  ImportItem item{.row = row.row, .kind = kind};
  item.label = std::move(label);
  item.content = row.content;
  item.pathogen = table.profile->pathogen();
  item.faults = std::move(row.faults);
  item.warnings = std::move(row.warnings);
  if (item.faults.empty()) {
    item.key = key();
    item.body = std::move(row.value);
  }
  return item;
}

template <class Row>
void refuse_future(ReadRow<Row>& row, const RowReader<Row>& reader, Day today) {
  for_each_day(row.value, [&](std::string_view field, const Day& day) {
    // Observation may end later; everything else has happened.
    if (day <= today || field == "follow_up_until_day") return;
    row.faults.push_back({row.row,
                          {},
                          reader.header_of(field),
                          "F-FUTURE",
                          {"日期在将来：" + format(day), "a day in the future: " + format(day)}});
  });
}

/// The same number twice: the same words are no fault and change nothing, other words are refused.
class Numbers {
 public:
  void judge(ImportItem& item, const std::string& header) {
    if (!item.faults.empty()) return;
    const auto [first, is_new] = seen_.emplace(item.key, std::pair(item.row, item.content));
    if (is_new) return;
    if (first->second.second == item.content) {
      item.same_as = first->second.first;
      return;
    }
    const auto row = first->second.first;
    item.faults.push_back({item.row,
                           {},
                           header,
                           "F-SHAPE",
                           {"与第 " + std::to_string(row) + " 行编号相同而内容不同",
                            "the number of row " + std::to_string(row) + " with other content"}});
  }

 private:
  std::map<RawId, std::pair<std::size_t, RawId>> seen_;
};

const std::string& space_of(const Table& table, const TableItemOptions& options) {
  return options.name_space.empty() ? table.profile->name_space() : options.name_space;
}

/// Rows that bear a number of their own.
template <class Row, class Id, class Key>
std::vector<ImportItem> numbered(const Table& table, const TableItemOptions& options, ItemKind kind,
                                 std::string_view field, Id id, Key key) {
  const RowReader<Row> reader(table, options.today);
  Numbers numbers;
  std::vector<ImportItem> out;
  for (const TableLine& line : table.lines) {
    ReadRow<Row> row = reader.read(line);
    refuse_future(row, reader, options.today);
    std::string label = id(row.value);
    const RawId own = key(space_of(table, options), row.value);
    out.push_back(item_of(table, row, kind, std::move(label), [&] { return own; }));
    out.back().name_space = space_of(table, options);
    numbers.judge(out.back(), reader.header_of(field));
  }
  return out;
}

}  // namespace

/// Infectors before those they infected; else as in the file. Whoever stands in a circle keeps their place.
static std::vector<ImportItem> infectors_first(std::vector<ImportItem> items) {
  std::map<std::string, std::size_t> of;
  for (std::size_t i = 0; i < items.size(); ++i) of.emplace(items[i].label, i);
  std::vector<bool> seen(items.size());
  std::vector<ImportItem> out;
  out.reserve(items.size());
  std::vector<std::pair<std::size_t, bool>> todo;  // item, and are its infectors done
  for (std::size_t first = 0; first < items.size(); ++first) {
    todo.emplace_back(first, false);
    while (!todo.empty()) {
      const auto [i, ready] = todo.back();
      todo.pop_back();
      if (ready) {
        out.push_back(std::move(items[i]));
        continue;
      }
      if (seen[i]) continue;
      seen[i] = true;
      todo.emplace_back(i, true);
      if (const auto* row = std::get_if<CaseRow>(&items[i].body))
        for (const std::string& infector : row->infectors)
          if (const auto place = of.find(infector); place != of.end() && !seen[place->second])
            todo.emplace_back(place->second, false);
    }
  }
  return out;
}

std::vector<ImportItem> case_items(const Table& table, const TableItemOptions& options) {
  LineList list = read_line_list(table, {.today = options.today, .shift_to = options.shift_to});
  std::vector<ImportItem> out;
  for (LineListRow& row : list.rows) {
    std::string label = row.value.case_id;
    const RawId key = case_key(space_of(table, options), label);
    out.push_back(item_of(table, row, ItemKind::case_row, std::move(label), [&] { return key; }));
    out.back().name_space = space_of(table, options);
  }
  return infectors_first(std::move(out));
}

std::vector<ImportItem> contact_items(const Table& table, const TableItemOptions& options) {
  return numbered<ContactRow>(
      table, options, ItemKind::contact, "contact_id", [](const ContactRow& row) { return row.contact_id; },
      [](const std::string& space, const ContactRow& row) { return contact_key(space, row.contact_id); });
}

std::vector<ImportItem> link_items(const Table& table, const TableItemOptions& options) {
  return numbered<LinkRow>(
      table, options, ItemKind::link, "to", [](const LinkRow& row) { return row.from + " > " + row.to; },
      [](const std::string& space, const LinkRow& row) {
        return import_key({"link", space, row.from, row.to});
      });
}

std::vector<ImportItem> follow_up_items(const Table& table, const TableItemOptions& options) {
  return numbered<FollowUpRow>(
      table, options, ItemKind::follow_up, "follow_up_id",
      [](const FollowUpRow& row) { return row.follow_up_id; },
      [](const std::string& space, const FollowUpRow& row) {
        return import_key({"follow-up", space, row.follow_up_id});
      });
}

std::vector<ImportItem> lab_result_items(const Table& table, const TableItemOptions& options) {
  return numbered<LabRow>(
      table, options, ItemKind::lab_result, "result_id", [](const LabRow& row) { return row.result_id; },
      [](const std::string& space, const LabRow& row) {
        return import_key({"listed result", space, row.result_id});
      });
}

ImportFile items_of(const Table& table, const TableItemOptions& options) {
  using Reader = std::vector<ImportItem> (*)(const Table&, const TableItemOptions&);
  struct Kind {
    ItemKind item;
    Reader read;
  };
  static const std::map<TableKind, Kind> kinds = {
      {TableKind::cases, {ItemKind::case_row, case_items}},
      {TableKind::contacts, {ItemKind::contact, contact_items}},
      {TableKind::links, {ItemKind::link, link_items}},
      {TableKind::follow_ups, {ItemKind::follow_up, follow_up_items}},
      {TableKind::lab_results, {ItemKind::lab_result, lab_result_items}},
      {TableKind::returnees, {ItemKind::returnee, returnee_items}},
      {TableKind::residents, {ItemKind::resident, resident_items}},
      {TableKind::trajectories, {ItemKind::trajectory, trajectory_items}},
      {TableKind::instrument_readings, {ItemKind::instrument_reading, nullptr}}};
  const Kind& kind = kinds.at(table.profile->table_kind());
  ImportFile out{.kind = kind.item,
                 .profile = table.profile->id(),
                 .sheet = table.sheet,
                 .items = {},
                 .warnings = table.left_out};
  out.items = kind.read != nullptr ? kind.read(table, options) : reading_items(table, options, out.warnings);
  for (const std::string& header : table.unused_headers())
    out.warnings.push_back(
        {table.header_row, "", header, "F-REF", {"此栏未使用", "this column is not used"}});
  return out;
}

}  // namespace fx::importing
