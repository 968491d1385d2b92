#include "rulebook/frozen.hpp"

#include <fmt/format.h>

namespace fx::rulebook {
namespace {

std::uint64_t mixed(std::uint64_t seed, std::string_view text) {  // FNV-1a
  for (const char c : text) seed = (seed ^ static_cast<unsigned char>(c)) * 0x100000001B3ULL;
  return seed;
}

FrozenValue frozen_value(const Found& found) {
  const Row& row = *found.row;
  return {found.meta->id, value_text(row), row.meta->unit, row.profile, row.jurisdiction, found.inherited(), row.source,
          row.evidence, {found.meta->meaning.zh, found.meta->meaning.en}};
}

}  // namespace

Frozen freeze(const Compiled& book, const Rule& rule, std::string_view opened_by, const Found& found, const Asked& when) {
  FrozenText text;
  text.ladder = freeze_ladder(rule.ladder, book.values, when, rule.urgent);
  const Profile* profile = book.values.profile_at(when.at, when.pathogen);
  text.profile = profile != nullptr ? profile->id : "";
  if (found.meta != nullptr) text.pathogen = book.values.pathogens()[found.meta->pathogen].name;
  // All that the text depends on besides the rule and the version of the whole rulebook.
  const std::size_t row = found.row != nullptr ? found.row->number + 1 : 0;
  const std::string parts = fmt::format("{}|{}|{}|{}|{}|{}", row, found.meta != nullptr ? found.meta->id : "", text.profile,
                                        text.pathogen, opened_by, text.ladder);
  Frozen out;
  out.key = fmt::format("{}@{}.{:016x}", rule.id, book.version, mixed(0xCBF29CE484222325ULL, parts));
  text.rule = rule.id;
  text.kind = rule.kind;
  text.name = {rule.name.zh, rule.name.en};
  text.source = rule.source;
  text.evidence = rule.evidence;
  text.version = book.version;
  text.opened_by = opened_by;
  text.about = rule.about;
  text.owed_by = rule.owed_by;
  text.owed_to = rule.owed_to;
  text.within = rule.within;
  text.counted_from = rule.counted_from;
  text.met_by = rule.meets;
  text.urgent = rule.urgent;
  text.ladder_id = rule.ladder_id;
  if (found.row != nullptr) text.value = frozen_value(found);
  out.json = to_json(text);
  return out;
}

}  // namespace fx::rulebook
