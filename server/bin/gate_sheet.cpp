#include "bin/gate_sheet.hpp"

#include <algorithm>

#include "desks/gates/snapshot.hpp"

namespace fx::bin {
namespace {

/// Everybody on the control list of this cell: a person is looked for at every gate, not only at home.
void add_stopped(journal::Reader& reader, api::GateSheet& sheet) {
  journal::ListQuery query;
  query.table = &table_type<gates::Controlled>();
  query.scope.places = {journal::places_of(0)};
  query.filters = {{"stopped", {FieldValue(true)}}};
  query.limit = journal::longest_page;
  do {
    const auto page = reader.list(query);
    for (const RowPtr& row : page.rows) {
      const auto& person = *static_cast<const gates::Controlled*>(row.get());
      const bool listed = std::ranges::any_of(person.grounds, [](const gates::Ground& ground) {
        return ground.kind != gates::ControlKind::unclassed_arrival;
      });
      (listed ? sheet.stopped : sheet.unclassed).push_back(person.id.raw);
    }
    query.cursor = page.next;
  } while (!query.cursor.empty());
}

}  // namespace

std::optional<api::GateSheet> gate_sheet(journal::Reader& reader, UnitId gate, std::int32_t county,
                                         Instant now, const Rules& rules) {
  const auto row =
      std::static_pointer_cast<const gates::Gate>(reader.row(table_type<gates::Gate>(), gate.raw));
  if (row == nullptr || !row->open) return std::nullopt;
  const auto list = std::static_pointer_cast<const gates::ListNow>(
      reader.row(table_type<gates::ListNow>(), gates::list_now(county)));
  api::GateSheet sheet;
  sheet.json = to_json(gates::snapshot_of(*row, list.get(), rules, now, county));
  add_stopped(reader, sheet);
  return sheet;
}

}  // namespace fx::bin
