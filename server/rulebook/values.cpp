#include "rulebook/values.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace fx::rulebook {

int Pathogen::profile_at(Instant at) const {
  for (std::size_t i = profiles.size(); i-- > 0;)
    if (profiles[i].at(at)) return static_cast<int>(i);
  return -1;
}

std::optional<std::int64_t> unit_ms(std::string_view unit) {
  if (unit == "second") return 1000;
  if (unit == "minute") return 60'000;
  if (unit == "hour") return 3'600'000;
  return std::nullopt;
}

std::string value_text(const Row& row) {
  struct Visitor {
    std::string operator()(std::monostate) const { return {}; }
    std::string operator()(double v) const { return number_text(v); }
    std::string operator()(bool v) const { return v ? "true" : "false"; }
    std::string operator()(const std::string& v) const { return v; }
  };
  return std::visit(Visitor{}, row.value);
}

// ---- resolution --------------------------------------------------------------------------------------------------

const Row* Values::stated(const ValueMeta& meta, int profile, Instant at, std::int32_t jurisdiction) const {
  const std::string& name = pathogens_[meta.pathogen].profiles[static_cast<std::size_t>(profile)].id;
  if (!meta.overlays.empty()) {
    const std::int32_t scopes[] = {jurisdiction, city_of(jurisdiction), province_of(jurisdiction), 0};
    std::int32_t asked = -1;
    for (const std::int32_t scope : scopes) {
      if (scope == asked) continue;
      asked = scope;
      for (const auto& overlay : meta.overlays)
        if (overlay->jurisdiction == scope && overlay->from <= at && at < overlay->until &&
            (overlay->profile.empty() || overlay->profile == name))
          return overlay.get();
    }
  }
  for (std::size_t i = static_cast<std::size_t>(profile) + 1; i-- > 0;)
    if (meta.by_profile[i]) return meta.by_profile[i].get();
  return nullptr;
}

Found Values::resolve(const ValueMeta& meta, Instant at, std::int32_t jurisdiction) const {
  const Pathogen& pathogen = pathogens_[meta.pathogen];
  const int profile = pathogen.profile_at(at);
  if (profile < 0) return {&meta, nullptr, nullptr};
  const Row* row = stated(meta, profile, at, jurisdiction);
  const Profile* in_force = &pathogen.profiles[static_cast<std::size_t>(profile)];
  for (int hops = 0; row != nullptr && !row->as.empty(); ++hops) {
    const auto other = pathogen.values.find(row->as);
    if (other == pathogen.values.end() || hops == 8) return {&meta, nullptr, in_force};
    row = stated(*other->second, profile, at, jurisdiction);
  }
  return {&meta, row, in_force};
}

Found Values::find(std::string_view id, Instant at, std::int32_t jurisdiction, int pathogen) const {
  Found nothing;
  for (std::size_t i = 0; i < pathogens_.size(); ++i) {
    if (pathogen != any_pathogen && pathogen != static_cast<int>(i)) continue;
    const auto found = pathogens_[i].values.find(id);
    if (found == pathogens_[i].values.end()) continue;
    const Found resolved = resolve(*found->second, at, jurisdiction);
    if (resolved.row != nullptr) return resolved;
    nothing = resolved;
  }
  return nothing;
}

RuleValue Values::rule_value(std::string_view id, const Found& found, const std::string& version) const {
  RuleValue out;
  out.id = id;
  out.version = version;
  if (found.meta != nullptr) {
    out.unit = found.meta->unit;
    out.meaning = found.meta->meaning;
  }
  if (found.row == nullptr) return out;
  out.state = found.row->state;
  out.value = found.row->value;
  out.profile = found.row->profile;
  out.jurisdiction = found.row->jurisdiction;
  out.source = found.row->source;
  out.evidence = found.row->evidence;
  return out;
}

const ValueMeta* Values::meta(std::string_view id) const {
  for (const Pathogen& pathogen : pathogens_)
    if (const auto found = pathogen.values.find(id); found != pathogen.values.end()) return found->second.get();
  return nullptr;
}

bool Values::any_with_prefix(std::string_view prefix) const {
  for (const Pathogen& pathogen : pathogens_)
    for (const auto& [id, meta] : pathogen.values)
      if (id.starts_with(prefix)) return true;
  return false;
}

std::vector<std::string> Values::ids() const {
  std::set<std::string> all;
  for (const Pathogen& pathogen : pathogens_)
    for (const auto& [id, meta] : pathogen.values) all.insert(id);
  return {all.begin(), all.end()};
}

const Profile* Values::profile_at(Instant at, int pathogen) const {
  for (std::size_t i = 0; i < pathogens_.size(); ++i) {
    if (pathogen != any_pathogen && pathogen != static_cast<int>(i)) continue;
    const int profile = pathogens_[i].profile_at(at);
    if (profile >= 0) return &pathogens_[i].profiles[static_cast<std::size_t>(profile)];
  }
  return nullptr;
}

int Values::pathogen_index(std::string_view name) const {
  if (name.empty()) return any_pathogen;
  for (std::size_t i = 0; i < pathogens_.size(); ++i)
    if (pathogens_[i].name == name) return static_cast<int>(i);
  return unknown_pathogen;
}

// ---- loading -----------------------------------------------------------------------------------------------------

std::optional<std::variant<std::monostate, double, bool, std::string>> cell_value(const boost::json::value& json,
                                                                                    std::string_view unit, Words& why) {
  using Value = std::variant<std::monostate, double, bool, std::string>;
  const auto text = [&] { return std::string(json.get_string()); };
  if (unit == "table") {
    if (json.is_array() || json.is_object()) return Value(boost::json::serialize(json));
    why = {"单位为table，应为列表或表", "unit is table: expected a list or a table"};
  } else if (unit == "text") {
    if (json.is_string()) return Value(text());
    why = {"单位为text，应为文字", "unit is text: expected a text"};
  } else if (unit == "clock") {
    if (json.is_string() && parse_clock(text())) return Value(text());
    why = {"单位为clock，应为“HH:MM”", "unit is clock: expected \"HH:MM\""};
  } else if (unit == "flag") {
    if (json.is_bool()) return Value(json.get_bool());
    why = {"单位为flag，应为true或false", "unit is flag: expected true or false"};
  } else {
    if (json.is_double()) return Value(json.get_double());
    if (json.is_int64()) return Value(static_cast<double>(json.get_int64()));
    why = {fmt::format("单位为{}，应为数值", unit), fmt::format("unit is {}: expected a number", unit)};
  }
  return std::nullopt;
}

namespace {

/// The parts a profile's cell and an overlay share. `at`: JSON pointer of the cell.
template <class C>
void fill_row(const Entry& entry, const std::string& at, const C& cell, std::string_view as, Row& row, Problems& problems) {
  int said = as.empty() ? 0 : 1;
  const auto state = [&](const std::optional<bool>& flag, RuleValue::State means, std::string_view name) {
    if (!flag) return;
    ++said;
    row.state = means;
    if (!*flag) entry.error(problems, at, fmt::format("{}只能为true", name), fmt::format("{} can only be true", name));
  };
  state(cell.not_allowed, RuleValue::State::not_allowed, "not_allowed");
  state(cell.local, RuleValue::State::local, "local");
  state(cell.assessed, RuleValue::State::assessed, "assessed");
  state(cell.off, RuleValue::State::off, "off");
  if (cell.value) {
    ++said;
    row.state = RuleValue::State::value;
    Words why;
    if (auto value = cell_value(cell.value->json, row.meta->unit, why)) row.value = std::move(*value);
    else entry.error(problems, at, why.zh, why.en);
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

void check_evidence(const Entry& entry, const std::string& at, const std::string& evidence, Problems& problems) {
  if (evidence.size() == 1 && std::string_view("CSMPT").find(evidence) != std::string_view::npos) return;
  entry.error(problems, at, "evidence应为C、S、M、P、T之一", "evidence is one of C, S, M, P, T");
}

}  // namespace

void Values::load_profiles(const std::vector<Entry>& entries, const std::vector<std::string>& order, Problems& problems) {
  std::vector<std::pair<std::string, std::vector<std::pair<Profile, const Entry*>>>> all;
  for (const std::string& name : order) all.emplace_back(name, std::vector<std::pair<Profile, const Entry*>>());
  for (const Entry& entry : entries) {
    if (entry.kind() != "profile") continue;
    const auto read = entry.decode<ProfileEntry>(entry.body(), problems);
    auto found = std::ranges::find(all, read.pathogen, [](const auto& p) { return p.first; });
    if (found == all.end()) {
      if (!order.empty()) continue;  // not active in this realm
      found = all.insert(all.end(), {read.pathogen, {}});
    }
    Profile profile{read.id, {read.name.zh, read.name.en}, read.from.at, read.until ? read.until->at : for_ever};
    if (profile.until <= profile.from)
      entry.error(problems, "/until", "止期不晚于起期", "the profile ends before it begins");
    found->second.emplace_back(std::move(profile), &entry);
  }
  for (auto& [name, profiles] : all) {
    std::ranges::stable_sort(profiles, {}, [](const auto& p) { return p.first.from; });
    Pathogen pathogen;
    pathogen.name = name;
    for (std::size_t i = 0; i < profiles.size(); ++i) {
      const auto& [profile, entry] = profiles[i];
      for (std::size_t j = 0; j < i; ++j)
        if (profiles[j].first.id == profile.id)
          entry->error(problems, "/id", "同一病原的版本重名", "two profiles of one pathogen have this name");
      if (i > 0 && profiles[i - 1].first.until > profile.from)
        entry->error(problems, "/from", fmt::format("与版本{}的期间重叠", profiles[i - 1].first.id),
                     fmt::format("overlaps with profile {}", profiles[i - 1].first.id));
      if (i > 0 && profiles[i - 1].first.until < profile.from)
        entry->error(problems, "/from", fmt::format("与版本{}之间有空档", profiles[i - 1].first.id),
                     fmt::format("leaves a gap after profile {}", profiles[i - 1].first.id));
      profile_ids_.insert(profile.id);
      pathogen.profiles.push_back(profile);
    }
    pathogens_.push_back(std::move(pathogen));
  }
}

void Values::load_sources(const std::vector<Entry>& entries, Problems& problems) {
  for (const Entry& entry : entries) {
    if (entry.kind() != "source") continue;
    auto source = entry.decode<SourceEntry>(entry.body(), problems);
    const std::string id = source.id;
    if (!sources_.emplace(id, std::move(source)).second)
      entry.error(problems, "/id", "出处编号重复", "two sources have this id");
  }
}

void Values::load_value(const Entry& entry, Problems& problems) {
  const int at = pathogen_index(entry.pathogen());
  if (at < 0) {
    if (entry.pathogen().empty())
      entry.error(problems, "", "取值文件须写pathogen", "a file of values must name its pathogen");
    return;  // a pathogen that is not active in this realm
  }
  Pathogen& pathogen = pathogens_[static_cast<std::size_t>(at)];
  boost::json::object own;
  std::vector<std::pair<std::size_t, boost::json::object>> cells;
  for (const auto& [key, value] : entry.body()) {
    const std::string name(key);
    const auto profile = std::ranges::find(pathogen.profiles, name, &Profile::id);
    if (profile == pathogen.profiles.end()) {
      own[key] = value;
    } else if (value.is_object()) {
      cells.emplace_back(profile - pathogen.profiles.begin(), value.get_object());
    } else {
      entry.error(problems, "/" + name, "应为 { value = …, source, evidence }", "expected { value = …, source, evidence }");
    }
  }
  const auto read = entry.decode<ValueEntry>(own, problems);
  auto meta = std::make_unique<ValueMeta>();
  meta->id = read.id;
  meta->unit = read.unit;
  meta->meaning = {read.meaning.zh, read.meaning.en};
  meta->stricter = read.stricter.value_or(Stricter::none);
  meta->bounds = read.bounds;
  meta->pathogen = static_cast<std::size_t>(at);
  meta->note = read.note.value_or("");
  meta->file = entry.file();
  meta->line = entry.line();
  meta->by_profile.resize(pathogen.profiles.size());
  if (cells.empty()) entry.error(problems, "", "没有任何版本的取值", "no profile states a value");
  for (auto& [profile, object] : cells) {
    const std::string path = "/" + pathogen.profiles[profile].id;
    Faults faults;
    Cell cell;
    read_json(boost::json::value(object), cell, faults);
    for (const Fault& fault : faults)
      entry.error(problems, path + fault.path, path + fault.path + ": " + fault.say.zh, path + fault.path + ": " + fault.say.en);
    auto row = std::make_unique<Row>();
    row->meta = meta.get();
    row->profile = pathogen.profiles[profile].id;
    row->as = cell.as.value_or("");
    row->widen = cell.widen.value_or(true);
    row->number = rows_++;
    fill_row(entry, path, cell, row->as, *row, problems);
    check_evidence(entry, path + "/evidence", cell.evidence, problems);
    if (!sources_.empty() && !cell.source.empty() && !sources_.contains(cell.source))
      entry.error(problems, path + "/source", fmt::format("没有出处“{}”", cell.source),
                  fmt::format("unknown source \"{}\"", cell.source));
    meta->by_profile[profile] = std::move(row);
  }
  const auto [slot, fresh] = pathogen.values.try_emplace(meta->id);
  if (!fresh) {
    entry.error(problems, "/id", fmt::format("{}已在{}:{}", meta->id, slot->second->file, slot->second->line),
                fmt::format("{} already stands in {}:{}", meta->id, slot->second->file, slot->second->line));
    return;
  }
  slot->second = std::move(meta);
}

void Values::load(const std::vector<Entry>& entries, const std::vector<std::string>& order, Problems& problems) {
  load_profiles(entries, order, problems);
  load_sources(entries, problems);
  for (const Entry& entry : entries)
    if (entry.kind() == "value") load_value(entry, problems);
  for (const Entry& entry : entries)
    if (entry.kind() == "overlay") load_overlay(entry, problems);
  check_references(entries, problems);
}

void Values::check_references(const std::vector<Entry>& entries, Problems& problems) const {
  for (const Entry& entry : entries) {
    if (entry.kind() != "value") continue;
    const int at = pathogen_index(entry.pathogen());
    if (at < 0) continue;
    const Pathogen& pathogen = pathogens_[static_cast<std::size_t>(at)];
    const auto meta = pathogen.values.find(entry.id());
    if (meta == pathogen.values.end()) continue;
    for (std::size_t profile = 0; profile < meta->second->by_profile.size(); ++profile) {
      const Row* row = meta->second->by_profile[profile].get();
      std::set<std::string> seen{entry.id()};
      while (row != nullptr && !row->as.empty()) {
        const std::string path = "/" + pathogen.profiles[profile].id + "/as";
        const auto other = pathogen.values.find(row->as);
        if (other == pathogen.values.end()) {
          entry.error(problems, path, fmt::format("没有取值“{}”", row->as), fmt::format("unknown value \"{}\"", row->as));
          break;
        }
        if (!seen.insert(row->as).second) {
          entry.error(problems, path, "as 绕成了圈", "as goes round in a circle");
          break;
        }
        row = stated(*other->second, static_cast<int>(profile), Instant{INT64_MIN}, 0);
      }
    }
  }
}

// ---- overlays ----------------------------------------------------------------------------------------------------

void Values::load_overlay(const Entry& entry, Problems& problems) {
  const int at = pathogen_index(entry.pathogen());
  if (at < 0) {
    if (entry.pathogen().empty())
      entry.error(problems, "", "属地取值文件须写pathogen", "a file of overlays must name its pathogen");
    return;
  }
  const auto read = entry.decode<OverlayEntry>(entry.body(), problems);
  Pathogen& pathogen = pathogens_[static_cast<std::size_t>(at)];
  const auto found = pathogen.values.find(read.id);
  if (found == pathogen.values.end()) {
    if (!read.id.empty())
      entry.error(problems, "/id", fmt::format("没有取值“{}”", read.id), fmt::format("unknown value \"{}\"", read.id));
    return;
  }
  ValueMeta& meta = *found->second;
  if (read.profile && std::ranges::find(pathogen.profiles, *read.profile, &Profile::id) == pathogen.profiles.end())
    entry.error(problems, "/profile", fmt::format("没有版本“{}”", *read.profile),
                fmt::format("unknown profile \"{}\"", *read.profile));
  auto row = std::make_unique<Row>();
  row->meta = &meta;
  row->jurisdiction = read.jurisdiction;
  row->profile = read.profile.value_or("");
  row->from = read.from.at;
  row->until = read.until ? read.until->at : for_ever;
  if (read.approved_by) {
    const auto& by = read.approved_by->json;
    row->approved_by = by.is_string() ? std::string(by.get_string()) : boost::json::serialize(by);
  }
  row->number = rows_++;
  fill_row(entry, "", read, "", *row, problems);
  check_evidence(entry, "/evidence", read.evidence, problems);
  if (!sources_.empty() && !read.source.empty() && !sources_.contains(read.source))
    entry.error(problems, "/source", fmt::format("没有出处“{}”", read.source), fmt::format("unknown source \"{}\"", read.source));
  if (row->until <= row->from) entry.error(problems, "/until", "止期不晚于起期", "the overlay ends before it begins");
  for (const auto& other : meta.overlays)
    if (other->jurisdiction == row->jurisdiction && other->from < row->until && row->from < other->until &&
        (other->profile.empty() || row->profile.empty() || other->profile == row->profile))
      entry.error(problems, "/from", fmt::format("同一属地同一时段已有取值：{}:{}", other->file, other->line),
                  fmt::format("two overlays in force for one id and place: {}:{}", other->file, other->line));
  check_overlay(entry, meta, *row, problems);
  meta.overlays.push_back(std::move(row));
}

namespace {

/// Is `code` a jurisdiction strictly above `place`?
bool above(const std::string& code, std::int32_t place) {
  if (code.empty() || code.size() > 6 || code.find_first_not_of("0123456789") != std::string::npos) return false;
  const std::int32_t higher = std::stoi(code);
  return higher != place && within(higher, place);
}

}  // namespace

/// Against the national cell of each profile that the overlay meets.
void Values::check_overlay(const Entry& entry, const ValueMeta& meta, const Row& overlay, Problems& problems) const {
  const Pathogen& pathogen = pathogens_[meta.pathogen];
  const bool approved = above(overlay.approved_by, overlay.jurisdiction);
  if (!overlay.approved_by.empty() && !approved)
    entry.error(problems, "/approved_by", "批准者须为上级行政区划代码", "approved_by is the code of a jurisdiction above");
  const auto laxer = [&](const std::string& than, const std::string& profile, bool widen) {
    if (!widen)
      entry.error(problems, "/value", fmt::format("{}版规定不得加宽：{}", profile, than),
                  fmt::format("profile {} allows no widening beyond {}", profile, than), "R-RUL-2");
    else if (!approved)
      entry.error(problems, "/value", fmt::format("宽于{}版的{}，须上级批准（approved_by）", profile, than),
                  fmt::format("laxer than {} of profile {}: needs approval above (approved_by)", than, profile), "R-RUL-2");
  };
  bool tightened = false;
  for (std::size_t i = 0; i < pathogen.profiles.size(); ++i) {
    const Profile& profile = pathogen.profiles[i];
    if (!overlay.profile.empty() && overlay.profile != profile.id) continue;
    if (overlay.until <= profile.from || profile.until <= overlay.from) continue;
    const Row* national = stated(meta, static_cast<int>(i), Instant{INT64_MIN}, 0);
    if (national == nullptr) continue;
    if (national->state == RuleValue::State::not_allowed && overlay.state == RuleValue::State::value)
      laxer("“不得采取”（not_allowed）", profile.id, national->widen);
    const auto ours = overlay.as_number();
    const auto theirs = national->as_number();
    if (!ours || !theirs || meta.stricter == Stricter::none) continue;
    const double sign = meta.stricter == Stricter::less ? 1 : -1;
    const double lax = meta.bounds && meta.bounds->lax ? *meta.bounds->lax : *theirs;
    const double strict = meta.bounds && meta.bounds->strict ? *meta.bounds->strict : *theirs;
    if (sign * (*ours - lax) > 0) laxer(number_text(lax), profile.id, national->widen);
    else if (sign * (strict - *ours) > 0 && !std::exchange(tightened, true))
      entry.warn(problems, "/value", fmt::format("层层加码：严于{}版的{}，须复核", profile.id, number_text(strict)),
                 fmt::format("layer-by-layer tightening (层层加码): stricter than {} of profile {}, to be reviewed",
                             number_text(strict), profile.id));
  }
}

}  // namespace fx::rulebook
