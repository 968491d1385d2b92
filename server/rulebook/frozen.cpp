#include "rulebook/frozen.hpp"

#include <fmt/format.h>

namespace fx::rulebook {
namespace {

std::uint64_t mixed(std::uint64_t seed, std::string_view text) {  // FNV-1a
  for (const char c : text) seed = (seed ^ static_cast<unsigned char>(c)) * 0x100000001B3ULL;
  return seed;
}

/// The members of a JSON object without its brackets.
template <class T>
std::string members(const T& object) {
  const std::string json = to_json(object);
  return json.substr(1, json.size() - 2);
}

struct RulePart {
  std::string rule;
  std::string kind;
  Said name;
  std::string source;
  std::string evidence;
  std::string version;
  std::string about;
  std::string owed_by;
  std::string owed_to;
  std::string within;
  std::string counted_from;
  std::vector<std::string> met_by;
  bool urgent = false;
  std::string ladder_id;
};
BOOST_DESCRIBE_STRUCT(RulePart, (),
                      (rule, kind, name, source, evidence, version, about, owed_by, owed_to, within,
                       counted_from, met_by, urgent, ladder_id))
struct MetaPart {
  std::string id;
  Said meaning;
};
BOOST_DESCRIBE_STRUCT(MetaPart, (), (id, meaning))
struct RowPart {
  std::string value;
  std::string unit;
  std::string profile;
  std::int32_t jurisdiction = 0;
  std::string source;
  std::string evidence;
};
BOOST_DESCRIBE_STRUCT(RowPart, (), (value, unit, profile, jurisdiction, source, evidence))

void add_text(std::string& out, std::string_view name, std::string_view text) {
  ((out += ",\"") += name) += "\":";
  write_json_string(out, text);
}

}  // namespace

void prepare_frozen(Compiled& book) {
  for (const auto& rule : book.rules)
    rule->frozen = members(RulePart{rule->id,
                                    rule->kind,
                                    {rule->name.zh, rule->name.en},
                                    rule->source,
                                    rule->evidence,
                                    book.version,
                                    rule->about,
                                    rule->owed_by,
                                    rule->owed_to,
                                    rule->within,
                                    rule->counted_from,
                                    rule->meets,
                                    rule->urgent,
                                    rule->ladder_id});
  const auto part = [](Row& row) {
    row.frozen = members(
        RowPart{value_text(row), row.meta->unit, row.profile, row.jurisdiction, row.source, row.evidence});
  };
  for (Pathogen& pathogen : book.values.pathogens())
    for (auto& [id, meta] : pathogen.values) {
      meta->frozen = members(MetaPart{meta->id, {meta->meaning.zh, meta->meaning.en}});
      for (auto& row : meta->by_profile)
        if (row) part(*row);
      for (auto& row : meta->overlays) part(*row);
    }
}

Frozen freeze(const Compiled& book, const Rule& rule, std::string_view opened_by, const Found& found,
              const Asked& when) {
  const std::string ladder = freeze_ladder(rule.ladder, book.values, when, rule.urgent);
  const Profile* profile = book.values.profile_at(when.at, when.pathogen);
  const std::string_view profile_id = profile != nullptr ? std::string_view(profile->id) : "";
  const std::string_view pathogen =
      found.meta != nullptr ? std::string_view(book.values.pathogens()[found.meta->pathogen].name) : "";
  Frozen out;
  out.json.reserve(ladder.size() + rule.frozen.size() + 600);
  ((out.json += R"({"ladder":")") += ladder) += '"';  // routes and numbers need no escapes
  add_text(out.json, "opened_by", opened_by);
  add_text(out.json, "pathogen", pathogen);
  add_text(out.json, "profile", profile_id);
  if (found.row != nullptr) {
    (((out.json += R"(,"value":{)") += found.meta->frozen) += ',') += found.row->frozen;
    out.json += found.inherited() ? R"(,"inherited":true})" : R"(,"inherited":false})";
  }
  ((out.json += ',') += rule.frozen) += '}';
  // All that the text depends on besides the rule and the version of the whole rulebook.
  std::uint64_t hash = mixed(0xCBF29CE484222325ULL, ladder);
  for (const std::string_view part :
       {opened_by, pathogen, profile_id,
        found.meta != nullptr ? std::string_view(found.meta->id) : std::string_view()})
    hash = mixed(mixed(hash, part), "|");
  hash = mixed(hash, std::to_string(found.row != nullptr ? found.row->number + 1 : 0));
  out.key = fmt::format("{}@{}.{:016x}", rule.id, book.version, hash);
  return out;
}

}  // namespace fx::rulebook
