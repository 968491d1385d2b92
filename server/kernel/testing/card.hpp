#pragma once

#include <fmt/format.h>

#include "base/text.hpp"
#include "kernel/desk.hpp"

namespace fx::testing {

/// What is wrong with a desk's card: columns no table has, titles said in one language only.
class CardCheck {
 public:
  explicit CardCheck(const Desk& desk) {
    for (const Operation& operation : desk.operations()) title(operation.full_name(), operation.title);
    for (const auto& [code, say] : desk.refusals()) title(code, say);
    for (const Desk::Table& table : desk.tables())
      for (const std::string& index : table.options.indexes)
        for (const auto part : split(index, ',')) column(*table.type, trim(part));
    for (const List& list : desk.lists()) judge(list);
    for (const Measure& measure : desk.measures()) column(*measure.table, measure.unit_field);
  }
  [[nodiscard]] const std::vector<std::string>& faults() const { return faults_; }

 private:
  void judge(const List& list) {
    title(list.name, list.title);
    column(*list.table, list.order_by);
    for (const auto& filter : list.filters) column(*list.table, filter);
    for (const auto& unit : list.unit_fields) column(*list.table, unit);
  }
  void title(std::string_view of, const Words& words) {
    if (words.zh.empty() || words.en.empty())
      faults_.push_back(fmt::format("{} has no title in both languages", of));
  }
  void column(const TableType& table, std::string_view name) {
    if (table.info->find(name) == nullptr)
      faults_.push_back(fmt::format("{} has no column {}", table.name, name));
  }
  std::vector<std::string> faults_;
};

inline std::vector<std::string> card_faults(const Desk& desk) { return CardCheck(desk).faults(); }

}  // namespace fx::testing
