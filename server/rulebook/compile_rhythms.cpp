// Rhythms and watches.
#include <fmt/format.h>

#include <algorithm>

#include "base/text.hpp"
#include "rulebook/compile_parts.hpp"
#include "rulebook/vocabulary.hpp"

namespace fx::rulebook {

std::optional<Every> parse_every(std::string_view text) {
  Every every;
  const auto clocks = [&](std::string_view list) {
    for (const std::string_view one : split(list, ',')) {
      const auto minutes = parse_clock(trim(one));
      if (!minutes) return false;
      every.clocks.push_back(*minutes);
    }
    std::ranges::sort(every.clocks);
    return true;
  };
  if (text == "daily") {
    every.clocks = {24 * 60};
    return every;
  }
  if (text.starts_with("daily by ") && clocks(text.substr(9)) && every.clocks.size() == 1) return every;
  every.clocks.clear();
  if (text.starts_with("daily at ") && clocks(text.substr(9))) {
    every.kind = Every::Kind::daily_at;
    return every;
  }
  if (!text.starts_with("weekly on ")) return std::nullopt;
  every.kind = Every::Kind::weekly;
  every.clocks = {24 * 60};
  std::string_view day = text.substr(10);
  if (const std::size_t by = day.find(" by "); by != std::string_view::npos) {
    every.clocks.clear();
    if (!clocks(day.substr(by + 4)) || every.clocks.size() != 1) return std::nullopt;
    day = day.substr(0, by);
  }
  every.weekday = weekday_of(day);
  if (every.weekday == 0) return std::nullopt;
  return every;
}

void Compiler::watch(const Entry& entry) {
  boost::json::object own = entry.body();
  auto made = common(entry, own);
  if (!made) return;
  const auto read = entry.decode<WatchEntry>(own, problems_);
  const Reading reading{entry, registry_, into_.values, problems_};
  Rule& rule = *into_.rules.emplace_back(std::move(made));
  if (read.duty) rule.id = *read.duty;
  rule.urgent = read.urgent.value_or(false);
  rule.notify = read.notify.value_or(true);
  rule.about = read.measure;
  rule.owed_by = join(read.owed_by.items, ", ");
  rule.owed_to = join(read.owed_to.items, ", ");
  rule.within = read.within;
  rule.counted_from = "event.occurred_at";
  rule.meets.push_back(read.measure);
  find_ladder(reading, rule, read.ladder);
  WatchRule out;
  out.rule = &rule;
  out.measure = registry_.measure(read.measure);
  if (out.measure == nullptr) {
    const Words near = did_you_mean(read.measure, measure_names(registry_));
    return reading.error("/measure", fmt::format("没有指标“{}”{}", read.measure, near.zh),
                         fmt::format("unknown measure \"{}\"{}", read.measure, near.en));
  }
  if (read.below.has_value() == read.above.has_value())
    return reading.error("", "须且只须写below或above", "exactly one of below and above must stand here");
  if (read.below ? read.clears_below.has_value() : read.clears_above.has_value())
    return reading.error("", "below配clears_above，above配clears_below",
                         "below goes with clears_above, above with clears_below");
  out.below = read.below.has_value();
  const TypeInfo& row = *out.measure->table->info;
  auto limit = read_limit(reading, out.below ? "/below" : "/above",
                          out.below ? read.below->json : read.above->json, &row);
  const auto& clears = out.below ? read.clears_above : read.clears_below;
  auto clear =
      clears ? read_limit(reading, out.below ? "/clears_above" : "/clears_below", clears->json, &row) : limit;
  out.opening.rule = &rule;
  out.opening.about_kind = kind_of(row.fields.front());
  if (out.opening.about_kind == "id") out.opening.about_kind = out.measure->table->name;
  // `unit` is the field the measure names as the unit concerned.
  const auto routes = [&](const std::string& path, std::vector<std::string> texts) {
    for (std::string& text : texts)
      if ((text == "unit" || text.starts_with("unit.") || text.starts_with("unit:")) &&
          row.find("unit") == nullptr)
        text = out.measure->unit_field + text.substr(4);
    return read_routes(reading, path, texts, &row);
  };
  out.opening.owed_by = routes("/owed_by", read.owed_by.items);
  out.opening.owed_to = routes("/owed_to", read.owed_to.items);
  if (read.informs) out.opening.informs = routes("/informs", read.informs->items);
  auto within = read_within(reading, "/within", read.within, &row);
  if (!limit || !clear || !within) return;
  out.limit = std::move(*limit);
  out.clears = std::move(*clear);
  out.opening.within = std::move(*within);
  refer(out.opening.within.ref);
  refer(out.limit.ref);
  refer(out.clears.ref);
  into_.watches[out.measure->table].push_back(std::move(out));
}

void Compiler::rhythm(const Entry& entry) {
  boost::json::object own = entry.body();
  auto made = common(entry, own);
  if (!made) return;
  const auto read = entry.decode<RhythmEntry>(own, problems_);
  const Reading reading{entry, registry_, into_.values, problems_};
  Rule& rule = *into_.rules.emplace_back(std::move(made));
  rule.urgent = read.urgent.value_or(false);
  rule.about = "member";
  const std::vector<std::string> owed_by =
      read.owed_by ? read.owed_by->items : std::vector<std::string>{"member"};
  rule.owed_by = join(owed_by, ", ");
  rule.owed_to = join(read.owed_to.items, ", ");
  rule.within = read.every;
  rule.counted_from = "period";
  find_ladder(reading, rule, read.ladder);
  RhythmRule out;
  out.rule = &rule;
  out.population = registry_.population(read.population);
  if (out.population == nullptr) {
    const Words near = did_you_mean(read.population, population_names(registry_));
    reading.error("/population", fmt::format("没有人群（岗位集合）“{}”{}", read.population, near.zh),
                  fmt::format("unknown population \"{}\"{}", read.population, near.en));
  }
  for (const std::string& name : read.roles) {
    const auto role = enum_from<Role>(name);
    if (role)
      out.roles.push_back(*role);
    else
      reading.error("/roles", fmt::format("没有角色“{}”", name), fmt::format("unknown role \"{}\"", name));
  }
  every(reading, read, out);
  if (read.grace) out.grace = read_value_ref(reading, "/grace", *read.grace, nullptr);
  if (read.lead) out.lead = read_value_ref(reading, "/lead", *read.lead, nullptr);
  refer(out.grace);
  refer(out.lead);
  out.owed_by = read_routes(reading, "/owed_by", owed_by, nullptr);
  out.owed_to = read_routes(reading, "/owed_to", read.owed_to.items, nullptr);
  if (read.met_by)
    for (std::size_t i = 0; i < read.met_by->items.size(); ++i) {
      rule.meets.push_back(read.met_by->items[i].event);
      closing(reading, "/met_by/" + std::to_string(i), rule, read.met_by->items[i]);
    }
  else
    entry.warn(problems_, "", "没有met_by：这项义务尚无法完成", "no met_by: nothing can meet this duty yet");
  if (read.void_by)
    for (std::size_t i = 0; i < read.void_by->items.size(); ++i)
      closing(reading, "/void_by/" + std::to_string(i), rule, read.void_by->items[i]);
  if (read.on_overdue) overdue_bar(reading, rule, *read.on_overdue);
  if (out.population != nullptr) into_.rhythms.push_back(std::move(out));
}

void Compiler::every(const Reading& reading, const RhythmEntry& read, RhythmRule& out) {
  static constexpr std::string_view daily_by = "daily by ";
  const std::string_view text = read.every;
  if (text.starts_with('@')) {
    out.every_ref = read_value_ref(reading, "/every", text, nullptr);
    if (!out.every_ref) return;
    refer(out.every_ref);
    for (const Pathogen& pathogen : into_.values.pathogens()) {
      const auto meta = pathogen.values.find(out.every_ref->id);
      if (meta == pathogen.values.end()) continue;
      for (const auto& row : meta->second->by_profile)
        if (row && row->state == RuleValue::State::value && !parse_every(value_text(*row)))
          reading.error("/every", fmt::format("取值“{}”不是可用的节律", value_text(*row)),
                        fmt::format("value \"{}\" is no rhythm: daily, daily by, daily at, weekly on",
                                    value_text(*row)));
    }
  } else if (text.starts_with("daily by @")) {
    out.clock_ref = read_value_ref(reading, "/every", text.substr(daily_by.size()), nullptr);
    refer(out.clock_ref);
  } else {
    out.every = parse_every(text);
    if (!out.every)
      reading.error(
          "/every", "节律应为daily、daily by HH:MM、daily at HH:MM、weekly on Friday [by HH:MM]或取值",
          "expected daily, daily by HH:MM, daily at HH:MM, weekly on Friday [by HH:MM], or a value");
  }
}

}  // namespace fx::rulebook
