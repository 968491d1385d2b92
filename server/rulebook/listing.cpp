#include <fmt/format.h>

#include <algorithm>

#include "rulebook/compile.hpp"
#include "rulebook/rulebook.hpp"

namespace fx::rulebook {
namespace {

std::string shown(const Row& row) { return row.as.empty() ? value_text(row) : row.as; }

/// Values of one pathogen by id.
std::vector<const ValueMeta*> sorted(const Pathogen& pathogen) {
  std::vector<const ValueMeta*> out;
  for (const auto& [id, meta] : pathogen.values) out.push_back(meta.get());
  std::ranges::sort(out, {}, [](const ValueMeta* m) { return std::string_view(m->id); });
  return out;
}

std::string day_text(Instant at) {
  if (at == for_ever || at.ms == INT64_MIN || at.ms == 0) return {};
  return at == start_of(day_of(at)) ? format(day_of(at)) : format(at);
}

void csv_field(std::string& out, std::string_view text) {
  if (!out.empty() && out.back() != '\n') out += ',';
  if (text.find_first_of(",\"\r\n") == std::string_view::npos) {
    // An empty first field would not be seen as one without the quotes.
    out += text.empty() && (out.empty() || out.back() == '\n') ? "\"\"" : text;
    return;
  }
  out += '"';
  for (const char c : text) out += c == '"' ? std::string("\"\"") : std::string(1, c);
  out += '"';
}

void csv_line(std::string& out, std::initializer_list<std::string_view> fields) {
  std::string line;
  bool first = true;
  for (const std::string_view field : fields) {
    if (!first && line.empty()) line = "\"\"";
    csv_field(line, field);
    first = false;
  }
  out += line + "\r\n";
}

void csv_row(std::string& out, const Pathogen& pathogen, const ValueMeta& meta, const Row& row,
             bool overlay) {
  csv_line(out, {overlay ? "overlay" : "value", meta.id, pathogen.name, row.profile,
                 std::to_string(row.jurisdiction), state_text(row), shown(row), meta.unit,
                 enum_text(meta.stricter), row.source, row.evidence, overlay ? day_text(row.from) : "",
                 overlay ? day_text(row.until) : "", row.approved_by, meta.meaning.zh, meta.meaning.en,
                 fmt::format("{}:{}", row.file, row.line)});
}

}  // namespace

std::string export_csv(const Rulebook& rulebook) {
  const Compiled& book = rulebook.compiled();
  std::string out;
  csv_line(out, {"kind", "id", "pathogen", "profile", "jurisdiction", "state", "value", "unit", "stricter",
                 "source", "evidence", "from", "until", "approved_by", "zh", "en", "where"});
  for (const Pathogen& pathogen : book.values.pathogens())
    for (const ValueMeta* meta : sorted(pathogen)) {
      for (const auto& row : meta->by_profile)
        if (row) csv_row(out, pathogen, *meta, *row, false);
      for (const auto& row : meta->overlays) csv_row(out, pathogen, *meta, *row, true);
    }
  for (const auto& rule : book.rules) {
    const std::string_view pathogen =
        rule->pathogen >= 0
            ? std::string_view(book.values.pathogens()[static_cast<std::size_t>(rule->pathogen)].name)
            : "";
    std::string profiles;
    for (const std::string& profile : rule->profiles) (profiles += profiles.empty() ? "" : " ") += profile;
    csv_line(out,
             {rule->kind, rule->id, pathogen, profiles, std::to_string(rule->jurisdiction), "rule",
              rule->within, "", "", rule->source, rule->evidence, day_text(rule->from), day_text(rule->until),
              "", rule->name.zh, rule->name.en, fmt::format("{}:{}", rule->file, rule->line)});
  }
  for (const Unused& entry : book.pending)
    csv_line(out, {entry.kind, entry.id, "", "", "", "pending", "", "", "", "", "", "", "", "", entry.name.zh,
                   entry.name.en, fmt::format("{}:{}", entry.file, entry.line)});
  return out;
}

std::string export_document(const Rulebook& rulebook, bool zh) {
  const Compiled& book = rulebook.compiled();
  const auto say = [&](const Words& words) { return zh ? words.zh : words.en; };
  const auto cell = [](std::string text) {
    for (std::size_t at = 0; (at = text.find('|', at)) != std::string::npos; at += 2) text.insert(at, "\\");
    return text;
  };
  std::string out =
      zh ? fmt::format("# 规则库 {}\n", book.version) : fmt::format("# Rulebook {}\n", book.version);
  for (const Pathogen& pathogen : book.values.pathogens()) {
    out += fmt::format("\n## {}\n\n| {} | {} |", pathogen.name, zh ? "编号" : "id", zh ? "含义" : "meaning");
    for (const Profile& profile : pathogen.profiles) out += fmt::format(" {} |", say(profile.name));
    out += "\n|---|---|";
    for (std::size_t i = 0; i < pathogen.profiles.size(); ++i) out += "---|";
    out += "\n";
    for (const ValueMeta* meta : sorted(pathogen)) {
      out += fmt::format("| {} | {} ({}) |", meta->id, cell(say(meta->meaning)), meta->unit);
      for (const auto& row : meta->by_profile) {
        if (!row)
          out += " ″ |";
        else
          out += fmt::format(
              " {} [{} {}] |",
              cell(row->state == RuleValue::State::value || !row->as.empty() ? shown(*row)
                                                                             : std::string(state_text(*row))),
              row->source, row->evidence);
      }
      out += "\n";
      for (const auto& row : meta->overlays)
        out += fmt::format("| | {} {:06} {} – {}: {} [{} {}] |\n", zh ? "属地" : "overlay", row->jurisdiction,
                           day_text(row->from), day_text(row->until), cell(shown(*row)), row->source,
                           row->evidence);
    }
  }
  out += zh ? "\n## 规则\n\n| 类别 | 编号 | 名称 | 责任岗位 | 对 | 时限 | 出处 "
              "|\n|---|---|---|---|---|---|---|\n"
            : "\n## Rules\n\n| kind | id | name | owed by | owed to | within | source "
              "|\n|---|---|---|---|---|---|---|\n";
  for (const auto& rule : book.rules)
    out +=
        fmt::format("| {} | {} | {} | {} | {} | {} | {} {} |\n", rule->kind, rule->id, cell(say(rule->name)),
                    rule->owed_by, rule->owed_to, rule->within, rule->source, rule->evidence);
  out += zh ? "\n## 出处\n\n" : "\n## Sources\n\n";
  for (const auto& [id, source] : book.values.sources())
    out += fmt::format("- {}: {} ({})\n", id, zh ? source.title.zh : source.title.en, source.date);
  return out;
}

std::string unused(const Rulebook& rulebook, std::span<const std::string> code_ids) {
  const Compiled& book = rulebook.compiled();
  std::string out;
  for (const Unused& entry : book.pending)
    out += fmt::format("pending {} {} ({}:{}): {} / {} — {}\n", entry.kind, entry.id, entry.file, entry.line,
                       entry.name.zh, entry.name.en, entry.why.en);
  const auto named = [&](const std::string& id) {
    if (id == book.late_entry || book.referenced.contains(id)) return true;
    const auto covers = [&](const std::string& pattern) {
      if (!pattern.ends_with('*')) return pattern == id;
      const std::string_view head = std::string_view(pattern).substr(0, pattern.size() - 1);
      return id.starts_with(head) || id + "." == head;
    };
    return std::ranges::any_of(book.referenced, covers) || std::ranges::any_of(code_ids, covers);
  };
  for (const std::string& id : book.values.ids())
    if (!named(id))
      out += fmt::format("value {} ({}:{}): no rule and no desk asks for it\n", id,
                         book.values.meta(id)->file, book.values.meta(id)->line);
  return out;
}

namespace {

using Lines = std::map<std::string, std::string>;  ///< what it is called → what it says

Lines value_lines(const Compiled& book) {
  Lines out;
  for (const Pathogen& pathogen : book.values.pathogens()) {
    for (const Profile& profile : pathogen.profiles)
      out[fmt::format("profile {} {}", pathogen.name, profile.id)] =
          fmt::format("{} – {}", day_text(profile.from), day_text(profile.until));
    for (const ValueMeta* meta : sorted(pathogen)) {
      for (const auto& row : meta->by_profile)
        if (row)
          out[fmt::format("value {} {} {}", pathogen.name, meta->id, row->profile)] = fmt::format(
              "{} {} {} [{} {}]", state_text(*row), shown(*row), meta->unit, row->source, row->evidence);
      for (const auto& row : meta->overlays)
        out[fmt::format("overlay {} {} {:06} {}", pathogen.name, meta->id, row->jurisdiction,
                        day_text(row->from))] =
            fmt::format("{} {} {} {}–{} [{} {}] {}", state_text(*row), shown(*row), meta->unit, row->profile,
                        day_text(row->until), row->source, row->evidence, row->approved_by);
    }
  }
  return out;
}

Lines rule_lines(const Compiled& book) {
  Lines out;
  for (const auto& rule : book.rules) {
    std::string name = fmt::format("{} {}", rule->kind, rule->id);
    if (rule->jurisdiction != 0) name += fmt::format(" {:06}", rule->jurisdiction);
    while (out.contains(name)) name += '\'';
    out[name] = rule->text;
  }
  for (const auto& ladder : book.ladders) {
    std::string text;
    for (const Ladder::Step& step : ladder->steps) {
      text += step.when == Ladder::Step::When::due ? "due" : step.ref ? step.ref->written : "?";
      for (const std::string& to : step.tell) text += " " + to;
      text += step.urgent ? "!; " : "; ";
    }
    out["ladder " + ladder->id] = text;
  }
  return out;
}

std::string compared(const Lines& a, const Lines& b, std::string_view gone) {
  std::string out;
  for (const auto& [name, text] : a) {
    const auto other = b.find(name);
    if (other == b.end())
      out += fmt::format("- {}: {}{}\n", name, text, gone);
    else if (other->second != text)
      out += fmt::format("~ {}: {}\n    -> {}\n", name, text, other->second);
  }
  for (const auto& [name, text] : b)
    if (!a.contains(name)) out += fmt::format("+ {}: {}\n", name, text);
  return out;
}

}  // namespace

std::string diff(const Rulebook& a, const Rulebook& b) {
  return compared(value_lines(a.compiled()), value_lines(b.compiled()), "") +
         compared(rule_lines(a.compiled()), rule_lines(b.compiled()),
                  "\n    its open duties could no longer be met: give it `until` instead");
}

namespace {

boost::json::object words(const Words& said) { return {{"zh", said.zh}, {"en", said.en}}; }

boost::json::object cell_json(const Row& row) {
  boost::json::object out{{"state", state_text(row)},
                          {"source", row.source},
                          {"evidence", row.evidence},
                          {"where", fmt::format("{}:{}", row.file, row.line)}};
  if (!row.as.empty())
    out["as"] = row.as;
  else if (const auto n = row.as_number())
    out["value"] = *n;
  else if (const auto* flag = std::get_if<bool>(&row.value))
    out["value"] = *flag;
  else if (row.state == RuleValue::State::value)
    out["value"] =
        row.meta->unit == "table" ? parse_own_json(value_text(row)) : boost::json::value(value_text(row));
  if (!row.widen) out["widen"] = false;
  if (!row.note.empty()) out["note"] = row.note;
  return out;
}

boost::json::object value_json(const Pathogen& pathogen, const ValueMeta& meta) {
  boost::json::object out{{"id", meta.id},
                          {"unit", meta.unit},
                          {"meaning", words(meta.meaning)},
                          {"stricter", enum_text(meta.stricter)},
                          {"where", fmt::format("{}:{}", meta.file, meta.line)}};
  if (meta.bounds) {
    boost::json::object bounds;
    if (meta.bounds->lax) bounds["lax"] = *meta.bounds->lax;
    if (meta.bounds->strict) bounds["strict"] = *meta.bounds->strict;
    out["bounds"] = std::move(bounds);
  }
  boost::json::array history;
  const Row* last = nullptr;
  for (std::size_t i = 0; i < pathogen.profiles.size(); ++i) {
    const Row* row = meta.by_profile[i].get();
    if (row == nullptr && last == nullptr) continue;
    boost::json::object cell = cell_json(row != nullptr ? *row : *last);
    cell["profile"] = pathogen.profiles[i].id;
    cell["inherited"] = row == nullptr;
    history.push_back(std::move(cell));
    if (row != nullptr) last = row;
  }
  out["history"] = std::move(history);
  boost::json::array overlays;
  for (const auto& row : meta.overlays) {
    boost::json::object cell = cell_json(*row);
    cell["jurisdiction"] = row->jurisdiction;
    cell["profile"] = row->profile;
    cell["from"] = day_text(row->from);
    cell["until"] = day_text(row->until);
    cell["approved_by"] = row->approved_by;
    overlays.push_back(std::move(cell));
  }
  out["overlays"] = std::move(overlays);
  return out;
}

}  // namespace

std::string document_json(const Rulebook& rulebook) {
  const Compiled& book = rulebook.compiled();
  boost::json::object out{{"version", book.version}};
  boost::json::array pathogens;
  for (const Pathogen& pathogen : book.values.pathogens()) {
    boost::json::array profiles;
    for (const Profile& profile : pathogen.profiles)
      profiles.push_back(boost::json::object{{"id", profile.id},
                                             {"name", words(profile.name)},
                                             {"from", day_text(profile.from)},
                                             {"until", day_text(profile.until)}});
    boost::json::array values;
    for (const ValueMeta* meta : sorted(pathogen)) values.push_back(value_json(pathogen, *meta));
    pathogens.push_back(boost::json::object{
        {"id", pathogen.name}, {"profiles", std::move(profiles)}, {"values", std::move(values)}});
  }
  out["pathogens"] = std::move(pathogens);
  boost::json::array rules;
  for (const auto& rule : book.rules)
    rules.push_back(boost::json::object{{"kind", rule->kind},
                                        {"id", rule->id},
                                        {"name", words(rule->name)},
                                        {"source", rule->source},
                                        {"evidence", rule->evidence},
                                        {"where", fmt::format("{}:{}", rule->file, rule->line)},
                                        {"ladder", rule->ladder_id},
                                        {"text", parse_own_json(rule->text)}});
  out["rules"] = std::move(rules);
  boost::json::array pending;
  for (const Unused& entry : book.pending)
    pending.push_back(boost::json::object{{"kind", entry.kind},
                                          {"id", entry.id},
                                          {"name", words(entry.name)},
                                          {"where", fmt::format("{}:{}", entry.file, entry.line)},
                                          {"why", words(entry.why)}});
  out["pending"] = std::move(pending);
  boost::json::array sources;
  for (const auto& [id, source] : book.values.sources())
    sources.push_back(boost::json::object{{"id", id},
                                          {"title", words({source.title.zh, source.title.en})},
                                          {"date", source.date},
                                          {"kind", source.kind}});
  out["sources"] = std::move(sources);
  return boost::json::serialize(out);
}

}  // namespace fx::rulebook
