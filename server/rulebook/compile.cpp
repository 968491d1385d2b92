#include "rulebook/compile.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "base/text.hpp"
#include "rulebook/cells.hpp"
#include "rulebook/compile_parts.hpp"
#include "rulebook/vocabulary.hpp"

namespace fx::rulebook {

const Ladder* Compiled::ladder(std::string_view id) const {
  for (const auto& ladder : ladders)
    if (ladder->id == id) return ladder.get();
  return nullptr;
}

const Rule* Compiled::rule(std::string_view id) const {
  for (const auto& rule : rules)
    if (rule->id == id) return rule.get();
  return nullptr;
}

bool Rule::speaks(const Asked& when, const Values& values) const {
  if (when.at < from || when.at >= until) return false;
  if (pathogen != any_pathogen && when.pathogen != any_pathogen && when.pathogen != pathogen) return false;
  if (jurisdiction != 0 && !fx::within(jurisdiction, when.jurisdiction)) return false;
  if (profiles.empty()) return true;
  const Profile* profile =
      values.profile_at(when.at, when.pathogen != any_pathogen ? when.pathogen : pathogen);
  return profile != nullptr && std::ranges::find(profiles, profile->id) != profiles.end();
}

Compiler::Compiler(Compiled& into, const Registry& registry, Problems& problems)
    : into_(into), registry_(registry), problems_(problems) {}

/// The keys all rules share come out of the body; what is left is the kind's own. In a bar `until` is a condition.
std::unique_ptr<Rule> Compiler::common(const Entry& entry, boost::json::object& own) {
  boost::json::object shared;
  for (const FieldInfo& field : type_info<Common>().fields) {
    const auto* value = own.if_contains(field.name);
    if (value == nullptr || (entry.kind() == "bar" && field.name == "until" && !value->is_string())) continue;
    shared[field.name] = *value;
  }
  for (const auto& [key, value] : shared) own.erase(key);
  const auto read = entry.decode<Common>(shared, problems_);
  auto rule = std::make_unique<Rule>();
  rule->kind = entry.kind();
  rule->id = read.id;
  rule->name = {read.name.zh, read.name.en};
  rule->source = read.source;
  rule->evidence = read.evidence;
  rule->file = entry.file();
  rule->line = entry.line();
  rule->note = read.note.value_or("");
  rule->text = boost::json::serialize(entry.body());
  rule->pathogen = into_.values.pathogen_index(entry.pathogen());
  rule->profiles = read.profiles.value_or(std::vector<std::string>());
  rule->jurisdiction = read.jurisdiction.value_or(0);
  if (read.from) rule->from = read.from->at;
  if (read.until) rule->until = read.until->at;
  for (const std::string& profile : rule->profiles)
    if (!into_.values.profile_ids().contains(profile))
      entry.error(problems_, "/profiles", fmt::format("没有版本“{}”", profile),
                  fmt::format("unknown profile \"{}\"", profile));
  if (rule->until <= rule->from)
    entry.error(problems_, "/until", "止期不晚于起期", "the rule ends before it begins");
  check_jurisdiction(entry, rule->jurisdiction, problems_);
  check_cited(entry, "", read.source, read.evidence, into_.values.sources(), problems_);
  if (read.pending.value_or(false)) {
    into_.pending.push_back({entry.kind(),
                             read.id,
                             rule->name,
                             entry.file(),
                             entry.line(),
                             {"所用词汇尚无业务台提供", "no desk speaks its words yet"}});
    return nullptr;
  }
  check_twice(entry, *rule);
  return rule;
}

void Compiler::check_twice(const Entry& entry, const Rule& rule) {
  for (const auto& other : into_.rules) {
    if (other->id != rule.id || other->pathogen != rule.pathogen || other->jurisdiction != rule.jurisdiction)
      continue;
    if (other->from >= rule.until || rule.from >= other->until) continue;
    const bool apart = !other->profiles.empty() && !rule.profiles.empty() &&
                       std::ranges::none_of(rule.profiles, [&](const std::string& p) {
                         return std::ranges::find(other->profiles, p) != other->profiles.end();
                       });
    if (!apart)
      entry.error(problems_, "/id", fmt::format("同一编号同时有效两条：{}:{}", other->file, other->line),
                  fmt::format("two entries in force for one id and place: {}:{}", other->file, other->line));
  }
}

/// Local rules may serve a pathogen this realm does not: then they are not read further.
bool Compiler::concerns(const Entry& entry) const {
  return entry.pathogen().empty() || into_.values.pathogen_index(entry.pathogen()) >= 0;
}

void Compiler::refer(const std::optional<ValueRef>& ref) {
  if (ref) into_.referenced.insert(ref->field ? ref->id + "*" : ref->id);
}

const EventType* Compiler::event(const Reading& reading, const std::string& path, const std::string& name) {
  const EventType* type = registry_.event(name);
  if (type != nullptr) return type;
  const Words near = did_you_mean(name, event_names(registry_));
  reading.error(path, fmt::format("没有事件“{}”{}", name, near.zh),
                fmt::format("unknown event \"{}\"{}", name, near.en));
  return nullptr;
}

std::optional<std::size_t> Compiler::subject(const Reading& reading, const std::string& path,
                                             const TypeInfo& type, const std::string& word) {
  if (const FieldInfo* field = id_field(type, word))
    return static_cast<std::size_t>(field - type.fields.data());
  const Words near = did_you_mean(word, field_names(type));
  reading.error(path, fmt::format("{}没有编号字段“{}”{}", type.name, word, near.zh),
                fmt::format("{} has no field with the id of \"{}\"{}", type.name, word, near.en));
  return std::nullopt;
}

void Compiler::find_ladder(const Reading& reading, Rule& rule, const std::optional<std::string>& id) {
  if (!id) return;
  rule.ladder_id = *id;
  rule.ladder = into_.ladder(*id);
  if (rule.ladder != nullptr) return;
  std::vector<std::string> names;
  for (const auto& ladder : into_.ladders) names.push_back(ladder->id);
  const Words near = did_you_mean(*id, names);
  reading.error("/ladder", fmt::format("没有阶梯“{}”{}", *id, near.zh),
                fmt::format("unknown ladder \"{}\"{}", *id, near.en));
}

void Compiler::closing(const Reading& reading, const std::string& path, const Rule& rule, const Meets& read) {
  Closing out;
  out.rule = &rule;
  out.event = event(reading, path + "/event", read.event);
  if (out.event == nullptr) return;
  const TypeInfo& type = *out.event->info;
  const auto same = subject(reading, path + "/same", type, read.same);
  if (read.where) out.where = read_where(reading, path + "/where", read.where->json, type);
  const auto field = [&](std::string_view name) -> std::optional<std::size_t> {
    const FieldInfo* found = type.find(name);
    if (found == nullptr) return std::nullopt;
    return static_cast<std::size_t>(found - type.fields.data());
  };
  if (read.this_duty.value_or(false)) {
    out.duty_field = field("duty");
    if (!out.duty_field)
      reading.error(path + "/this_duty", fmt::format("{}没有字段duty", type.name),
                    fmt::format("{} has no field duty", type.name));
  }
  if (read.by) out.by = read_routes(reading, path + "/by", read.by->items, nullptr);
  if (read.not_by) out.not_by = read_routes(reading, path + "/not_by", read.not_by->items, nullptr);
  if (!out.by.empty() || !out.not_by.empty()) {
    out.unit_field = field("unit");
    out.role_field = field("role");
    if (!out.unit_field)
      reading.error(path, fmt::format("{}没有字段unit，不能用by", type.name),
                    fmt::format("{} has no field unit, so by and not_by cannot be asked", type.name));
  }
  if (!same) return;
  out.same = *same;
  into_.by_event[out.event].closes.push_back(std::move(out));
}

namespace {
std::string reason_of(const Rule& rule, const std::optional<Said>& because, std::string_view event) {
  if (because) return because->zh + " / " + because->en;
  return fmt::format("{}: {}", rule.id, event);
}
}  // namespace

void Compiler::closing(const Reading& reading, const std::string& path, const Rule& rule, const Voids& read) {
  Closing out;
  out.kind = Closing::Kind::end;
  out.rule = &rule;
  out.event = event(reading, path + "/event", read.event);
  if (out.event == nullptr) return;
  const auto same = subject(reading, path + "/same", *out.event->info, read.same);
  if (read.where) out.where = read_where(reading, path + "/where", read.where->json, *out.event->info);
  out.superseded = read.superseded.value_or(false);
  out.because = reason_of(rule, read.because, read.event);
  if (!same) return;
  out.same = *same;
  into_.by_event[out.event].closes.push_back(std::move(out));
}

void Compiler::closing(const Reading& reading, const std::string& path, const Rule& rule,
                       const Reopens& read) {
  Closing out;
  out.kind = Closing::Kind::reopen;
  out.rule = &rule;
  out.event = event(reading, path + "/event", read.event);
  if (out.event == nullptr) return;
  const TypeInfo& type = *out.event->info;
  const FieldInfo* field = type.find(read.duties);
  if (field == nullptr || field->kind != FieldKind::list)
    return reading.error(path + "/duties", fmt::format("{}没有列表字段“{}”", type.name, read.duties),
                         fmt::format("{} has no list \"{}\"", type.name, read.duties));
  if (read.where) out.where = read_where(reading, path + "/where", read.where->json, type);
  out.same = static_cast<std::size_t>(field - type.fields.data());
  out.because = reason_of(rule, read.because, read.event);
  into_.by_event[out.event].closes.push_back(std::move(out));
}

void Compiler::duty(const Entry& entry) {
  boost::json::object own = entry.body();
  auto made = common(entry, own);
  if (!made) return;
  const auto read = entry.decode<DutyEntry>(own, problems_);
  const Reading reading{entry, registry_, into_.values, problems_};
  Rule& rule = *into_.rules.emplace_back(std::move(made));
  rule.urgent = read.urgent.value_or(false);
  rule.notify = read.notify.value_or(true);
  rule.once = read.once.value_or(false);
  rule.about = read.about;
  rule.owed_by = join(read.owed_by.items, ", ");
  rule.owed_to = join(read.owed_to.items, ", ");
  rule.within = read.within;
  rule.counted_from = read.counted_from.value_or("event.occurred_at");
  find_ladder(reading, rule, read.ladder);
  if (read.opens.items.empty()) reading.error("/opens", "没有触发事件", "nothing opens it");
  for (std::size_t i = 0; i < read.opens.items.size(); ++i)
    opening(reading, "/opens/" + std::to_string(i), rule, read, read.opens.items[i]);
  if (read.lost_control) lost_control(reading, rule, *read.lost_control, read);
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
  if (read.reopened_by)
    for (std::size_t i = 0; i < read.reopened_by->items.size(); ++i)
      closing(reading, "/reopened_by/" + std::to_string(i), rule, read.reopened_by->items[i]);
}

void Compiler::opening(const Reading& reading, std::string path, const Rule& rule, const DutyEntry& read,
                       const Trigger& trigger) {
  if (reading.entry.body().at("opens").is_object()) path = "/opens";
  Opening out;
  out.rule = &rule;
  out.event = event(reading, path + "/event", trigger.event);
  if (out.event == nullptr) return;
  const TypeInfo& type = *out.event->info;
  if (trigger.where) out.where = read_where(reading, path + "/where", trigger.where->json, type);
  const auto about = subject(reading, "/about", type, read.about);
  out.owed_by = read_routes(reading, "/owed_by", read.owed_by.items, &type);
  out.owed_to = read_routes(reading, "/owed_to", read.owed_to.items, &type);
  if (read.informs) out.informs = read_routes(reading, "/informs", read.informs->items, &type);
  auto within = read_within(reading, "/within", read.within, &type);
  if (rule.counted_from != "event.occurred_at") {
    const std::string_view name = std::string_view(rule.counted_from).starts_with("event.")
                                      ? std::string_view(rule.counted_from).substr(6)
                                      : std::string_view(rule.counted_from);
    const FieldInfo* field = type.find(name);
    if (field == nullptr || field->kind != FieldKind::instant)
      reading.error("/counted_from", fmt::format("{}没有时间字段“{}”", type.name, name),
                    fmt::format("{} has no instant \"{}\"", type.name, name));
    else
      out.counted_from = static_cast<std::size_t>(field - type.fields.data());
  }
  if (!about || !within) return;
  out.about = *about;
  out.about_kind = kind_of(type.fields[*about]);
  out.within = std::move(*within);
  refer(out.within.ref);
  if (read.already) already(reading, *read.already, out);
  into_.by_event[out.event].opens.push_back(std::move(out));
}

/// Who is lost: the person the duty is about, or of the row it is about. A list of people names nobody by itself.
void Compiler::lost_control(const Reading& reading, Rule& rule, const LostEntry& read,
                            const DutyEntry& duty) {
  LostControl out{.loss = read.loss,
                  .reason = read.reason,
                  .at_once = read.at_once.value_or(false),
                  .per_day = {},
                  .again = read.again};
  const EventType* opened = duty.opens.items.empty() ? nullptr : registry_.event(duty.opens.items[0].event);
  const FieldInfo* about = opened != nullptr ? id_field(*opened->info, duty.about) : nullptr;
  if (about == nullptr) return;  // said already
  if (about->tag == "person") {
    out.itself = true;
  } else if (const TableType* table = table_of(registry_, *about)) {
    if (const FieldInfo* person = table->info->find("person"); person != nullptr && person->tag == "person") {
      out.row = table;
      out.person = static_cast<std::size_t>(person - table->info->fields.data());
    }
  }
  if (out.row == nullptr && !out.itself && out.reason != LossReason::list_open)
    reading.error("/lost_control", fmt::format("“{}”不指向任何人", duty.about),
                  fmt::format("\"{}\" leads to no person", duty.about));
  if (read.per_day) {
    const auto ref = read_value_ref(reading, "/lost_control/per_day", *read.per_day, nullptr);
    if (ref) out.per_day = ref->id;
    refer(ref);
  }
  if (read.again.has_value() != read.per_day.has_value())
    reading.error("/lost_control", "again与per_day须同时填写", "`again` and `per_day` go together");
  rule.lost_control = std::move(out);
}

void Compiler::already(const Reading& reading, const Already& read, Opening& out) {
  const TableType* table = registry_.table(read.row);
  if (table == nullptr)
    return reading.error("/already/row", fmt::format("没有表“{}”", read.row),
                         fmt::format("unknown table \"{}\"", read.row));
  const FieldInfo* field = table->info->find(read.at);
  if (field == nullptr || field->kind != FieldKind::instant) {
    const Words near = did_you_mean(read.at, field_names(*table->info));
    return reading.error("/already/at", fmt::format("{}没有时间字段“{}”{}", read.row, read.at, near.zh),
                         fmt::format("{} has no instant \"{}\"{}", read.row, read.at, near.en));
  }
  out.already_row = table;
  out.already_at = static_cast<std::size_t>(field - table->info->fields.data());
}

void Compiler::run(const std::vector<Entry>& entries) {
  for (const Entry& entry : entries) {
    if (entry.kind() != "ladder") continue;
    const auto read = entry.decode<LadderEntry>(entry.body(), problems_);
    if (into_.ladder(read.id) != nullptr)
      entry.error(problems_, "/id", "阶梯编号重复", "two ladders have this id");
    auto ladder = read_ladder({entry, registry_, into_.values, problems_}, read);
    for (const Ladder::Step& step : ladder.steps) refer(step.ref);
    into_.ladders.push_back(std::make_unique<Ladder>(std::move(ladder)));
  }
  static const std::set<std::string, std::less<>> other = {"profile", "source", "value",
                                                           "overlay", "ladder", "bar"};
  for (const Entry& entry : entries) {
    if (other.contains(entry.kind()) || !concerns(entry)) continue;
    if (entry.kind() == "duty")
      duty(entry);
    else if (entry.kind() == "rhythm")
      rhythm(entry);
    else if (entry.kind() == "watch")
      watch(entry);
    else
      entry.error(problems_, "", fmt::format("不认识的条目[[{}]]", entry.kind()),
                  fmt::format("unknown kind of entry [[{}]]", entry.kind()));
  }
  for (const Entry& entry : entries)  // last: a bar may ask for any duty
    if (entry.kind() == "bar" && concerns(entry)) bar(entry);
  for (auto& [type, rules] : into_.by_event)
    std::ranges::stable_sort(rules.closes, [](const Closing& a, const Closing& b) {
      return std::pair(a.kind == Closing::Kind::reopen, a.same) <
             std::pair(b.kind == Closing::Kind::reopen, b.same);
    });
}

void compile_rules(Compiled& into, const std::vector<Entry>& entries, const Registry& registry,
                   Problems& problems) {
  Compiler(into, registry, problems).run(entries);
}

}  // namespace fx::rulebook
