#pragma once

#include <fmt/format.h>

#include "rulebook/values.hpp"

namespace fx::rulebook {

/// The parts a profile's cell and an overlay share. `at`: JSON pointer of the cell.
template <class C>
void fill_row(const Entry& entry, const std::string& at, const C& cell, std::string_view as, Row& row,
              Problems& problems) {
  int said = as.empty() ? 0 : 1;
  const auto state = [&](const std::optional<bool>& flag, RuleValue::State means, std::string_view name) {
    if (!flag) return;
    ++said;
    row.state = means;
    if (!*flag)
      entry.error(problems, at, fmt::format("{}只能为true", name), fmt::format("{} can only be true", name));
  };
  state(cell.not_allowed, RuleValue::State::not_allowed, "not_allowed");
  state(cell.local, RuleValue::State::local, "local");
  state(cell.assessed, RuleValue::State::assessed, "assessed");
  state(cell.off, RuleValue::State::off, "off");
  if (cell.value) {
    ++said;
    row.state = RuleValue::State::value;
    Words why;
    if (auto value = cell_value(cell.value->json, row.meta->unit, why))
      row.value = std::move(*value);
    else
      entry.error(problems, at, why.zh, why.en);
  }
  if (said != 1)
    entry.error(problems, at, "须且只须写value、not_allowed、local、assessed、off、as之一",
                "exactly one of value, not_allowed, local, assessed, off, as must stand here");
  row.source = cell.source;
  row.evidence = cell.evidence;
  row.note = cell.note.value_or("");
  row.file = entry.file();
  row.line = entry.line(at);
}

/// Where it is written and how sure that is. `at`: JSON pointer of what holds `source` and `evidence`; that they stand
/// there at all is the decoder's to say.
void check_cited(const Entry& entry, const std::string& at, const std::string& source,
                 const std::string& evidence, const std::map<std::string, SourceEntry>& sources,
                 Problems& problems);

/// 0 is the nation; else a code of GB/T 2260, PPCCDD.
void check_jurisdiction(const Entry& entry, std::int32_t code, Problems& problems);

}  // namespace fx::rulebook
