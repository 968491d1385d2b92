#include <fmt/format.h>

#include <algorithm>

#include "rulebook/frozen.hpp"
#include "rulebook/rulebook.hpp"

namespace fx::rulebook {
namespace {

std::string cell_text(const Row& row) {
  if (!row.as.empty()) return "as " + row.as;
  switch (row.state) {
    case RuleValue::State::value: return fmt::format("{} {}", value_text(row), row.meta->unit);
    case RuleValue::State::not_allowed: return "not allowed";
    case RuleValue::State::off: return "off";
    case RuleValue::State::local: return "local";
    case RuleValue::State::assessed: return "assessed";
    case RuleValue::State::absent: return "absent";
  }
  return {};
}

std::string place_text(std::int32_t code) { return code == 0 ? "nation" : fmt::format("{:06}", code); }

std::string cited(const Row& row) {
  return fmt::format("source {} ({}), {}:{}", row.source, row.evidence, row.file, row.line);
}

std::string interval(Instant from, Instant until) {
  return fmt::format("{} – {}", format(day_of(from)), until == for_ever ? "…" : format(day_of(until)));
}

/// One pathogen's chain: profile, overlays from the county up, then the profiles downwards to the one that states it.
std::string chain(const Values& values, const Pathogen& pathogen, const ValueMeta& meta, Instant at,
                  std::int32_t place) {
  const int in_force = pathogen.profile_at(at);
  if (in_force < 0) return fmt::format("{}: no profile in force at {}\n", pathogen.name, format_short(at));
  const Profile& profile = pathogen.profiles[static_cast<std::size_t>(in_force)];
  const Found found = values.resolve(meta, at, place);
  std::string out = fmt::format("{}: profile {} ({} / {}), in force {}\n", pathogen.name, profile.id,
                                profile.name.zh, profile.name.en, interval(profile.from, profile.until));
  std::int32_t asked = -1;
  for (const std::int32_t scope : {place, city_of(place), province_of(place), 0}) {
    if (scope == asked) continue;
    asked = scope;
    bool any = false;
    for (const auto& overlay : meta.overlays) {
      if (overlay->jurisdiction != scope) continue;
      any = true;
      const bool holds = overlay->from <= at && at < overlay->until &&
                         (overlay->profile.empty() || overlay->profile == profile.id);
      out += fmt::format(
          "  {} {}: overlay {}{}, {}{}{}, {}\n", overlay.get() == found.row ? "->" : "  ", place_text(scope),
          cell_text(*overlay), overlay->profile.empty() ? "" : " for " + overlay->profile,
          interval(overlay->from, overlay->until), holds ? "" : ", not in force then",
          overlay->approved_by.empty() ? "" : ", approved by " + overlay->approved_by, cited(*overlay));
    }
    if (!any && scope != 0) out += fmt::format("     {}: no overlay\n", place_text(scope));
  }
  for (int i = in_force; i >= 0; --i) {
    const Row* row = meta.by_profile[static_cast<std::size_t>(i)].get();
    const std::string& name = pathogen.profiles[static_cast<std::size_t>(i)].id;
    if (row == nullptr) {
      out += fmt::format("     nation, {}: not restated, inherited\n", name);
      continue;
    }
    out += fmt::format("  {} nation, {}: {}, {}\n", row == found.row ? "->" : "  ", name, cell_text(*row),
                       cited(*row));
    break;
  }
  if (found.row != nullptr && found.row->meta != &meta)
    out += fmt::format("  -> has the value of {}: {}, {}\n", found.row->meta->id, cell_text(*found.row),
                       cited(*found.row));
  return out;
}

}  // namespace

std::string why(const Rulebook& rulebook, std::string_view id, Instant at, std::int32_t jurisdiction) {
  const Compiled& book = rulebook.compiled();
  std::string out = fmt::format("{} at {} in {}, rulebook {}\n", id, format_short(at),
                                place_text(jurisdiction), book.version);
  bool known = false;
  for (const Pathogen& pathogen : book.values.pathogens()) {
    const auto found = pathogen.values.find(id);
    if (found == pathogen.values.end()) continue;
    const ValueMeta& meta = *found->second;
    if (!known) out += fmt::format("{} / {}\n", meta.meaning.zh, meta.meaning.en);
    known = true;
    out += chain(book.values, pathogen, meta, at, jurisdiction);
  }
  if (const Rule* rule = book.rule(id)) {
    known = true;
    out += fmt::format("{} {}: {} / {}, source {} ({}), {}:{}\n{}\n", rule->kind, rule->id, rule->name.zh,
                       rule->name.en, rule->source, rule->evidence, rule->file, rule->line, rule->text);
  }
  if (!known) return out + "unknown id\n";
  const RuleValue value = rulebook.value(id, at, jurisdiction);
  if (value.state != RuleValue::State::absent || book.values.meta(id) != nullptr) {
    const Found found = book.values.find(id, at, jurisdiction);
    out += fmt::format("= {}\n", found.row != nullptr ? cell_text(*found.row) : "absent: the feature is off");
  }
  return out;
}

namespace {

Words unit_words(const std::string& unit) {
  if (unit == "hour") return {"小时", "h"};
  if (unit == "minute") return {"分钟", "min"};
  if (unit == "day") return {"天", "d"};
  return {unit, unit};
}

Words arithmetic(const FrozenText& text, const Duty& duty) {
  const std::string from = format_short(duty.counted_from);
  const std::string due = format_short(duty.due_at);
  if (!text.value)
    return {fmt::format("{} → {} = {}", from, text.within, due),
            fmt::format("{} → {} = {}", from, text.within, due)};
  const FrozenValue& value = *text.value;
  if (unit_ms(value.unit) && text.within.starts_with('@')) {
    const Words unit = unit_words(value.unit);
    return {fmt::format("{} + {}{} = {}", from, value.value, unit.zh, due),
            fmt::format("{} + {} {} = {}", from, value.value, unit.en, due)};
  }
  if (value.unit == "day")
    return {
        fmt::format("第0日 = {}，第{}日24:00 = {}", format(day_of(duty.counted_from)), value.value, due),
        fmt::format("day 0 = {}, 24:00 of day {} = {}", format(day_of(duty.counted_from)), value.value, due)};
  return {fmt::format("{} → {}（{}）= {}", from, value.value, text.within, due),
          fmt::format("{} -> {} ({}) = {}", from, value.value, text.within, due)};
}

void add_ladder(const FrozenText& text, const Duty& duty, Words& out) {
  std::size_t index = 0;
  for (const FrozenStep& step : thaw_ladder(text.ladder)) {
    const Instant at = step_time(step, duty);
    std::string to;
    for (const std::string& route : step.tell) (to += to.empty() ? "" : ", ") += route;
    const bool done = index++ < static_cast<std::size_t>(duty.step);
    const std::string share = number_text(step.amount);
    const std::string after = number_text(step.amount / 60'000);
    out.zh += fmt::format("\n阶梯：{} {} → {}{}", format_short(at),
                          step.share ? "时限已过" + share + "%" : "到期后" + after + "分钟", to,
                          done ? "（已执行）" : "");
    out.en += fmt::format("\nladder: {} {} -> {}{}", format_short(at),
                          step.share ? share + "% of the time" : "due + " + after + " min", to,
                          done ? " (done)" : "");
  }
}

}  // namespace

Words why_duty(std::string_view frozen_json, const Duty& duty) {
  const auto text = from_own_json<FrozenText>(frozen_json);
  const Words sum = arithmetic(text, duty);
  Words out;
  out.zh = fmt::format("{} {}\n触发：{}，{}\n时限：{}\n", text.rule, text.name.zh, text.opened_by,
                       format_short(duty.counted_from), sum.zh);
  out.en = fmt::format("{} {}\nopened by: {}, {}\ntime: {}\n", text.rule, text.name.en, text.opened_by,
                       format_short(duty.counted_from), sum.en);
  if (text.value) {
    const FrozenValue& value = *text.value;
    const Words unit = unit_words(value.unit);
    const bool national = value.jurisdiction == 0;
    out.zh += fmt::format("取值：{} = {}{}（{}，{}{}{}），出处 {}（{}）\n", value.id, value.value, unit.zh,
                          value.meaning.zh,
                          national ? "全国" : fmt::format("属地{}", place_text(value.jurisdiction)),
                          value.profile.empty() ? "" : "，" + value.profile, value.inherited ? "，沿用" : "",
                          value.source, value.evidence);
    out.en += fmt::format("value: {} = {} {} ({}; {}{}{}), source {} ({})\n", value.id, value.value, unit.en,
                          value.meaning.en, place_text(value.jurisdiction),
                          value.profile.empty() ? "" : ", " + value.profile,
                          value.inherited ? ", inherited" : "", value.source, value.evidence);
  }
  out.zh += fmt::format("规则：{} 版本 {}，出处 {}（{}），方案 {}\n责任岗位：{}（{}），对：{}", text.rule,
                        text.version, text.source, text.evidence, text.profile, enum_text(duty.debtor_role),
                        text.owed_by, text.owed_to);
  out.en += fmt::format("rule: {} version {}, source {} ({}), profile {}\nowed by: {} ({}), to: {}",
                        text.rule, text.version, text.source, text.evidence, text.profile,
                        enum_text(duty.debtor_role), text.owed_by, text.owed_to);
  if (duty.met_at) {
    const auto minutes = (*duty.met_at - duty.due_at).count() / 60'000;
    const std::string_view claim_zh = duty.by_claim ? "（按申报时间）" : "";
    const std::string_view claim_en = duty.by_claim ? " (by claim)" : "";
    const bool late = duty.state == DutyState::discharged_late;
    out.zh += fmt::format("\n完成：{}，{}{}分钟{}", format_short(*duty.met_at), late ? "超时" : "提前",
                          std::abs(minutes), claim_zh);
    out.en += fmt::format("\nmet: {}, {} min {}{}", format_short(*duty.met_at), std::abs(minutes),
                          late ? "late" : "early", claim_en);
  }
  add_ladder(text, duty, out);
  return out;
}

std::string vocabulary(const Registry& registry) {
  std::string out;
  const auto fields = [&](const TypeInfo& type) {
    for (const FieldInfo& field : type.fields) {
      std::string kind(enum_text(field.kind));
      if (field.kind == FieldKind::list) kind += fmt::format(" of {}", enum_text(field.item));
      if (!field.tag.empty()) kind += " " + field.tag;
      std::string choices;
      for (const std::string& choice : field.choices) (choices += choices.empty() ? ": " : " | ") += choice;
      out += fmt::format("    {}{}: {}{}\n", field.name, field.required ? "" : "?", kind, choices);
    }
  };
  out += "events\n";
  for (const Desk& desk : registry.desks())
    for (const EventType* event : desk.events()) {
      out += fmt::format("  {}\n", event->name);
      fields(*event->info);
    }
  out += "operations\n";
  for (const Operation* operation : registry.operations()) {
    out += fmt::format("  {}{}\n", operation->full_name(),
                       operation->life_saving ? "  (life-saving: never barred)" : "");
    fields(*operation->body);
  }
  out += "tables (facts of bars)\n";
  for (const Desk::Table& table : registry.tables()) {
    out += fmt::format("  {}\n", table.type->name);
    fields(*table.type->info);
  }
  out += "measures\n";
  for (const Desk& desk : registry.desks())
    for (const Measure& measure : desk.measures())
      out += fmt::format("  {} ({}), of table {}, unit {}\n", measure.name, measure.unit, measure.table->name,
                         measure.unit_field);
  out += "populations\n";
  for (const Desk& desk : registry.desks())
    for (const Population& population : desk.populations()) out += fmt::format("  {}\n", population.name);
  out +=
      "routes\n  start: a field naming a unit | place | debtor | creditor | member\n"
      "  hops: parent | county | city | province | nation | frp | cmd | cdc | ha | gov";
  for (const std::string& kind : enum_choices<UnitKind>()) out += " | " + kind;
  out += "\nroles\n ";
  for (const std::string& role : enum_choices<Role>()) out += " " + role;
  return out + "\n";
}

}  // namespace fx::rulebook
