#include "api/imports/lookups.hpp"

#include "base/described.hpp"

namespace fx::api {
namespace {

/// An import asks one row after the other; each asks for a moment only.
constexpr std::chrono::seconds patience{5};

std::optional<RawId> person_with(const ImportLedger& ledger, std::string_view type, std::string_view number) {
  const std::string token = ledger.opener.token("document", number);
  if (token.empty()) return std::nullopt;
  auto reader = ledger.readers.open(patience);
  const TableType* persons = ledger.registry.table("person");
  const FieldInfo* field = persons != nullptr ? persons->info->find("document_type") : nullptr;
  for (const RawId& person : reader.subjects_of("document", token, 10)) {
    const RowPtr row = field != nullptr ? reader.row(*persons, person) : nullptr;
    if (!row) continue;
    const FieldValue has = field->get(row.get());
    const auto* text = std::get_if<std::string>(&has);
    if (text != nullptr && *text == type) return person;
  }
  return std::nullopt;
}

using Where = std::vector<std::pair<std::string, FieldValue>>;

std::vector<RowPtr> rows(const ImportLedger& ledger, std::string_view table, const Where& where) {
  journal::ListQuery query;
  query.table = ledger.registry.table(table);
  if (query.table == nullptr) return {};
  query.scope.places = {journal::places_of(0)};
  for (const auto& [column, value] : where) query.filters.push_back({column, {value}});
  auto reader = ledger.readers.open(patience);
  return reader.list(query).rows;
}

}  // namespace

importing::ImportLookups lookups_of(const ImportLedger& ledger) {
  return {
      .in_force =
          [ledger](Instant at, const std::string& pathogen) {
            return ledger.rules->value("C.case.report_h", at, ledger.jurisdiction, pathogen).state ==
                   RuleValue::State::value;
          },
      .exists =
          [ledger](std::string_view table, const RawId& id) {
            const TableType* type = ledger.registry.table(table);
            if (type == nullptr) return false;
            auto reader = ledger.readers.open(patience);
            return reader.row(*type, id) != nullptr;
          },
      .can = [ledger](std::string_view operation) { return ledger.registry.operation(operation) != nullptr; },
      .person_with = [ledger](std::string_view type,
                              std::string_view number) { return person_with(ledger, type, number); },
      .row = [ledger](std::string_view table, const RawId& id) -> RowPtr {
        const TableType* type = ledger.registry.table(table);
        if (type == nullptr) return nullptr;
        auto reader = ledger.readers.open(patience);
        return reader.row(*type, id);
      },
      .rows = [ledger](std::string_view table, const Where& where) { return rows(ledger, table, where); },
      .number = [ledger](std::string_view rule, Instant at,
                         const std::string& pathogen) -> std::optional<double> {
        const RuleValue value = ledger.rules->value(rule, at, ledger.jurisdiction, pathogen);
        if (value.state != RuleValue::State::value) return std::nullopt;
        return value.number();
      }};
}

}  // namespace fx::api
