#include "bin/unit_list.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <set>

#include "base/text.hpp"
#include "bin/division.hpp"
#include "bin/realm.hpp"
#include "importing/csv.hpp"
#include "importing/text_encoding.hpp"
#include "kernel/reference.hpp"

namespace fx::bin {
namespace {

enum Column { code, name_zh, name_en, kind, jurisdiction, parent, columns };

/// Reads the rows one after another, each against those above it.
class Judge {
 public:
  Judge(std::int32_t realm, const std::vector<std::string>& taken)
      : realm_(realm), codes_(taken.begin(), taken.end()) {}

  void header(const importing::CsvRow& row) {
    if (row.fields.size() > jurisdiction && parse_division(trim(row.fields[jurisdiction])))
      fault(row.row, "the first row names the columns: code, name_zh, name_en, kind, jurisdiction, parent");
  }

  void unit(const importing::CsvRow& row) {
    std::vector<std::string> fields;
    for (const std::string& field : row.fields) fields.emplace_back(trim(field));
    fields.resize(std::max<std::size_t>(fields.size(), columns));
    ListedUnit unit{.row = row.row,
                    .code = fields[code],
                    .name_zh = fields[name_zh],
                    .name_en = fields[name_en],
                    .kind = UnitKind::other,
                    .jurisdiction = place(row.row, fields[jurisdiction]),
                    .parent = fields[parent]};
    if (unit.name_zh.empty()) fault(row.row, "name_zh is empty");
    if (const auto known = enum_from<UnitKind>(fields[kind]))
      unit.kind = *known;
    else
      fault(row.row, fmt::format("no kind of unit is called '{}'; kinds: {}", fields[kind],
                                 join(enum_choices<UnitKind>(), " ")));
    if (!unit.parent.empty() && !codes_.contains(unit.parent))
      fault(row.row, fmt::format("parent {} comes later or never", unit.parent));
    if (unit.code.empty())
      fault(row.row, "code is empty");
    else if (!codes_.insert(unit.code).second)
      fault(row.row, fmt::format("code {} is used already", unit.code));
    list_.units.push_back(std::move(unit));
  }

  void fault(std::size_t row, const std::string& say) {
    list_.faults.push_back(fmt::format("row {}: {}", row, say));
  }

  UnitList done() { return std::move(list_); }

 private:
  std::int32_t place(std::size_t row, const std::string& text) {
    const auto found = parse_division(text);
    if (!found)
      fault(row, fmt::format("jurisdiction '{}' is no division code of GB/T 2260", text));
    else if (!fits_realm(api::Realm::live, *found))
      fault(row, "prefix 99 is for demonstrations");
    else if (realm_ != 0 && province_of(*found) != province_of(realm_))
      fault(row, fmt::format("{} lies outside the realm's province {}", *found, province_of(realm_)));
    return found.value_or(0);
  }

  std::int32_t realm_;
  std::set<std::string> codes_;
  UnitList list_;
};

}  // namespace

UnitList read_unit_list(std::string_view bytes, std::int32_t realm, const std::vector<std::string>& taken) {
  Judge judge(realm, taken);
  const auto text = importing::decode_text(bytes);
  if (!text) return {{}, {text.error().list().front().say.en}};
  importing::CsvReader reader(text->utf8);
  bool header = true;
  while (const auto row = reader.next()) {
    if (!*row)
      judge.fault(row->error().row, row->error().reason.en);
    else if (std::exchange(header, false))
      judge.header(**row);
    else
      judge.unit(**row);
  }
  return judge.done();
}

}  // namespace fx::bin
