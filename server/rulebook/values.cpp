#include "rulebook/cells.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

namespace fx::rulebook {
namespace {

constexpr int most_hops = 8;  // of `as` after `as`

/// A time longer than this is a slip of the pen, and its milliseconds would not fit a number of 64 bits.
constexpr double longest_years = 100;
constexpr double days_a_year = 366;

/// How many of a unit of time make a year at most; nothing for what is no time.
std::optional<double> a_year(std::string_view unit) {
  if (const auto ms = unit_ms(unit)) return days_a_year * 24 * 3'600'000 / static_cast<double>(*ms);
  if (unit == "day") return days_a_year;
  if (unit == "month") return 12;
  if (unit == "year") return 1;
  return std::nullopt;
}

/// Why no value of this unit can be this number; empty when it can. "At once" is 0 minutes, never 0 hours: whoever
/// writes those has left something out.
Words out_of_range(double number, std::string_view unit) {
  if (!std::isfinite(number)) return {"应为有限数值", "expected a finite number"};
  const std::string text = number_text(number);
  if (number < 0 && unit != "celsius")
    return {fmt::format("{}{}小于零", text, unit), fmt::format("{} {} is less than nothing", text, unit)};
  if (number == 0 && unit == "hour")
    return {"0小时不成时限：立即应写0分钟（minute）", "0 hours is no time limit: at once is 0 minutes"};
  if (const auto year = a_year(unit); year && number > longest_years * *year)
    return {fmt::format("{}{}长于{}年", text, unit, longest_years),
            fmt::format("{} {} is longer than {} years", text, unit, longest_years)};
  return {};
}

}  // namespace

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

bool is_number(std::string_view unit) {
  return unit != "table" && unit != "text" && unit != "clock" && unit != "flag";
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

std::string_view state_text(const Row& row) {
  if (!row.as.empty()) return "as";
  switch (row.state) {
    case RuleValue::State::value: return "value";
    case RuleValue::State::not_allowed: return "not_allowed";
    case RuleValue::State::off: return "off";
    case RuleValue::State::local: return "local";
    case RuleValue::State::assessed: return "assessed";
    case RuleValue::State::absent: return "absent";
  }
  return "";
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

const Row* Values::followed(const ValueMeta& meta, int profile, Instant at, std::int32_t jurisdiction) const {
  const auto& values = pathogens_[meta.pathogen].values;
  const Row* row = stated(meta, profile, at, jurisdiction);
  for (int hops = 0; row != nullptr && !row->as.empty(); ++hops) {
    const auto other = values.find(row->as);
    if (other == values.end() || hops == most_hops) return nullptr;
    row = stated(*other->second, profile, at, jurisdiction);
  }
  return row;
}

Found Values::resolve(const ValueMeta& meta, Instant at, std::int32_t jurisdiction) const {
  const Pathogen& pathogen = pathogens_[meta.pathogen];
  const int profile = pathogen.profile_at(at);
  if (profile < 0) return {&meta, nullptr, nullptr};
  const Profile* in_force = &pathogen.profiles[static_cast<std::size_t>(profile)];
  return {&meta, followed(meta, profile, at, jurisdiction), in_force};
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
    if (const auto found = pathogen.values.find(id); found != pathogen.values.end())
      return found->second.get();
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

void check_cited(const Entry& entry, const std::string& at, const std::string& source,
                 const std::string& evidence, const std::map<std::string, SourceEntry>& sources,
                 Problems& problems) {
  if (entry.has(at + "/evidence") &&
      (evidence.size() != 1 || std::string_view("CSMPT").find(evidence) == std::string_view::npos))
    entry.error(problems, at + "/evidence", "evidence应为C、S、M、P、T之一",
                "evidence is one of C, S, M, P, T");
  if (!entry.has(at + "/source")) return;
  if (source.empty())
    entry.error(problems, at + "/source", "出处（source）为空", "the source is empty");
  else if (!sources.empty() && !sources.contains(source))  // no source at all is said once (load.cpp)
    entry.error(problems, at + "/source", fmt::format("没有出处“{}”", source),
                fmt::format("unknown source \"{}\"", source));
}

void check_jurisdiction(const Entry& entry, std::int32_t code, Problems& problems) {
  if (code == 0 || (code >= 110000 && code <= 999999)) return;
  entry.error(problems, "/jurisdiction", fmt::format("{}不是行政区划代码（六位；全国为0）", code),
              fmt::format("{} is no division code: six digits, or 0 for the nation", code));
}

std::optional<std::variant<std::monostate, double, bool, std::string>> cell_value(
    const boost::json::value& json, std::string_view unit, Words& why) {
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
    if (json.is_double() || json.is_int64()) {
      const double number = json.to_number<double>();
      why = out_of_range(number, unit);
      return why.en.empty() ? std::optional(Value(number)) : std::nullopt;
    }
    why = {fmt::format("单位为{}，应为数值", unit), fmt::format("unit is {}: expected a number", unit)};
  }
  return std::nullopt;
}

void Values::load_profiles(const std::vector<Entry>& entries, const std::vector<std::string>& order,
                           Problems& problems) {
  std::vector<std::pair<std::string, std::vector<std::pair<Profile, const Entry*>>>> all;
  for (const std::string& name : order)
    all.emplace_back(name, std::vector<std::pair<Profile, const Entry*>>());
  for (const Entry& entry : entries) {
    if (entry.kind() != "profile") continue;
    const auto read = entry.decode<ProfileEntry>(entry.body(), problems);
    auto found = std::ranges::find(all, read.pathogen, [](const auto& p) { return p.first; });
    if (found == all.end()) {
      if (!order.empty()) continue;  // not active in this realm
      found = all.insert(all.end(), {read.pathogen, {}});
    }
    Profile profile{
        read.id, {read.name.zh, read.name.en}, read.from.at, read.until ? read.until->at : for_ever};
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

namespace {

/// An order where there can be one; bounds hold it, and stand in it.
void check_order(const Entry& entry, const ValueMeta& meta, Problems& problems) {
  if (!is_number(meta.unit) && meta.unit != "clock" && meta.stricter != Stricter::none)
    entry.error(problems, "/stricter", fmt::format("单位{}没有宽严次序", meta.unit),
                fmt::format("unit {} has no order", meta.unit));
  if (!meta.bounds) return;
  if (!is_number(meta.unit) || meta.stricter == Stricter::none)
    entry.error(problems, "/bounds", "没有宽严次序（stricter）的取值不能有bounds",
                "bounds want a number with an order (stricter)");
  const auto& [lax, strict] = *meta.bounds;
  if (lax && strict && meta.stricter != Stricter::none &&
      (meta.stricter == Stricter::less ? *lax < *strict : *lax > *strict))
    entry.error(problems, "/bounds",
                fmt::format("bounds的lax（{}）严于strict（{}）", number_text(*lax), number_text(*strict)),
                fmt::format("bounds: lax ({}) is stricter than strict ({})", number_text(*lax),
                            number_text(*strict)));
}

}  // namespace

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
      entry.error(problems, "/" + name, "应为 { value = …, source, evidence }",
                  "expected { value = …, source, evidence }");
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
  if (is_number(read.unit) && !read.unit.empty() && !read.stricter)
    entry.error(problems, "", "数值须写stricter = \"less\"、\"more\"或\"none\"：属地取值按它判宽严",
                "a number says stricter = \"less\", \"more\" or \"none\": what a place sets is judged by it");
  check_order(entry, *meta, problems);
  for (auto& [profile, object] : cells) {
    const std::string path = "/" + pathogen.profiles[profile].id;
    Faults faults;
    Cell cell;
    read_json(boost::json::value(object), cell, faults);
    for (const Fault& fault : faults)
      entry.error(problems, path + fault.path, path + fault.path + ": " + fault.say.zh,
                  path + fault.path + ": " + fault.say.en);
    auto row = std::make_unique<Row>();
    row->meta = meta.get();
    row->profile = pathogen.profiles[profile].id;
    row->as = cell.as.value_or("");
    row->widen = cell.widen.value_or(true);
    row->number = rows_++;
    fill_row(entry, path, cell, row->as, *row, problems);
    check_cited(entry, path, cell.source, cell.evidence, sources_, problems);
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

void Values::load(const std::vector<Entry>& entries, const std::vector<std::string>& order,
                  Problems& problems) {
  load_profiles(entries, order, problems);
  load_sources(entries, problems);
  for (const Entry& entry : entries)
    if (entry.kind() == "value") load_value(entry, problems);
  check_references(entries, problems);
  std::vector<std::pair<const Entry*, const Row*>> overlays;
  for (const Entry& entry : entries)
    if (entry.kind() == "overlay")
      if (const Row* row = load_overlay(entry, problems)) overlays.emplace_back(&entry, row);
  for (const auto& [entry, row] : overlays)
    check_overlay(*entry, *row, problems);  // a city's may stand below
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
          entry.error(problems, path, fmt::format("没有取值“{}”", row->as),
                      fmt::format("unknown value \"{}\"", row->as));
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

}  // namespace fx::rulebook
