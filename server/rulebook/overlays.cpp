// What jurisdictions set for themselves, and whether they may.
#include <fmt/format.h>

#include <algorithm>

#include "rulebook/cells.hpp"
#include "rulebook/standing.hpp"

namespace fx::rulebook {
namespace {

/// An overlay of one profile lies inside that profile's interval; one of none meets at least one of them.
void check_interval(const Entry& entry, const Pathogen& pathogen, const Row& overlay, Problems& problems) {
  const auto named = std::ranges::find(pathogen.profiles, overlay.profile, &Profile::id);
  if (named != pathogen.profiles.end()) {
    const bool ends = overlay.until != for_ever;
    if (overlay.from < named->from || overlay.from >= named->until)
      entry.error(problems, "/from", fmt::format("起期不在版本{}的期间内", named->id),
                  fmt::format("begins outside the interval of profile {}", named->id));
    else if (ends && overlay.until > named->until)
      entry.error(problems, "/until", fmt::format("止期在版本{}的期间之后", named->id),
                  fmt::format("ends after the interval of profile {}", named->id));
  } else if (overlay.profile.empty() && std::ranges::none_of(pathogen.profiles, [&](const Profile& profile) {
               return overlay.from < profile.until && profile.from < overlay.until;
             })) {
    entry.error(problems, "/from", "期间内没有任何版本有效", "no profile is in force in its interval");
  }
}

}  // namespace

const Row* Values::load_overlay(const Entry& entry, Problems& problems) {
  const int at = pathogen_index(entry.pathogen());
  if (at < 0) {
    if (entry.pathogen().empty())
      entry.error(problems, "", "属地取值文件须写pathogen", "a file of overlays must name its pathogen");
    return nullptr;
  }
  const auto read = entry.decode<OverlayEntry>(entry.body(), problems);
  Pathogen& pathogen = pathogens_[static_cast<std::size_t>(at)];
  const auto found = pathogen.values.find(read.id);
  if (found == pathogen.values.end()) {
    if (!read.id.empty())
      entry.error(problems, "/id", fmt::format("没有取值“{}”", read.id),
                  fmt::format("unknown value \"{}\"", read.id));
    return nullptr;
  }
  ValueMeta& meta = *found->second;
  if (read.profile &&
      std::ranges::find(pathogen.profiles, *read.profile, &Profile::id) == pathogen.profiles.end())
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
  check_cited(entry, "", read.source, read.evidence, sources_, problems);
  check_jurisdiction(entry, read.jurisdiction, problems);
  if (row->until <= row->from)
    entry.error(problems, "/until", "止期不晚于起期", "the overlay ends before it begins");
  check_interval(entry, pathogen, *row, problems);
  for (const auto& other : meta.overlays)
    if (other->jurisdiction == row->jurisdiction && other->from < row->until && row->from < other->until &&
        (other->profile.empty() || row->profile.empty() || other->profile == row->profile))
      entry.error(problems, "/from", fmt::format("同一属地同一时段已有取值：{}:{}", other->file, other->line),
                  fmt::format("two overlays in force for one id and place: {}:{}", other->file, other->line));
  return meta.overlays.emplace_back(std::move(row)).get();
}

namespace {

/// Is `code` a jurisdiction strictly above `place`?
bool above(const std::string& code, std::int32_t place) {
  if (code.empty() || code.size() > 6 || code.find_first_not_of("0123456789") != std::string::npos)
    return false;
  const std::int32_t higher = std::stoi(code);
  return higher != place && within(higher, place);
}

}  // namespace

/// Of the city, the province, the nation what each set for some of that time, from below up to what stands for all of it;
/// nobody did: the nation's own cell.
std::vector<Values::Above> Values::over(const Row& overlay, int profile) const {
  const ValueMeta& meta = *overlay.meta;
  const Profile& in_force = pathogens_[meta.pathogen].profiles[static_cast<std::size_t>(profile)];
  const Instant from = std::max(overlay.from, in_force.from);
  const Instant until = std::min(overlay.until, in_force.until);
  std::vector<Above> out;
  for (const std::int32_t scope : {city_of(overlay.jurisdiction), province_of(overlay.jurisdiction), 0}) {
    if (scope == overlay.jurisdiction) continue;
    for (const auto& other : meta.overlays) {
      if (other->jurisdiction != scope || until <= other->from || other->until <= from) continue;
      if (!other->profile.empty() && other->profile != in_force.id) continue;
      out.push_back({other.get(), from < other->from});
      if (other->from <= from && until <= other->until) return out;
    }
  }
  out.push_back({followed(meta, profile, Instant{INT64_MIN}, 0), false});
  return out;
}

namespace {

bool says_one_thing(const Row& overlay) {
  return overlay.state != RuleValue::State::absent &&
         (overlay.state != RuleValue::State::value || !std::holds_alternative<std::monostate>(overlay.value));
}

/// May nobody set more, and does it? Then it is said.
bool widened(const Entry& entry, const Row& overlay, const Profile& profile, const Row* nation,
             Problems& problems) {
  if (nation == nullptr || nation->widen) return false;
  const Standing side = standing(*overlay.meta, overlay, nation);
  if (side != Standing::stricter && side != Standing::apart) return false;
  const std::string than = limit_text(*overlay.meta, nation, side);
  entry.error(problems, "/" + std::string(state_text(overlay)),
              fmt::format("{}版规定不得扩大：{}（经批准也不行）", profile.id, than),
              fmt::format("profile {} lets nobody set more than {}, approved or not", profile.id, than),
              "R-RUL-2");
  return true;
}

/// Says what needs approval above. What was set above only later makes nobody's rulebook unreadable: that is a warning.
/// True when it is stricter, which is flagged once an overlay.
bool judge(const Entry& entry, const Row& overlay, const Profile& profile, const Row* above, bool later,
           bool approved, bool flag, Problems& problems) {
  const std::string path = "/" + std::string(state_text(overlay));
  const Standing side = standing(*overlay.meta, overlay, above);
  std::string than = limit_text(*overlay.meta, above, side);
  if (above != nullptr && above->jurisdiction != 0) than += fmt::format(" ({})", above->jurisdiction);
  const auto say = [&](std::string zh, std::string en) {
    if (later)
      entry.warn(problems, path, std::move(zh), std::move(en));
    else
      entry.error(problems, path, std::move(zh), std::move(en), "R-RUL-2");
  };
  if (side == Standing::laxer && !approved)
    say(fmt::format("宽于{}版的{}，须上级批准（approved_by）", profile.id, than),
        fmt::format("laxer than {} of profile {}: needs approval above (approved_by)", than, profile.id));
  if (side == Standing::apart && !approved)
    say(fmt::format("不同于{}版的{}，且无宽严次序可比，须上级批准（approved_by）", profile.id, than),
        fmt::format("other than {} of profile {}, and no order says it is stricter: needs approval above "
                    "(approved_by)",
                    than, profile.id));
  if (side == Standing::stricter && flag)
    entry.warn(
        problems, path, fmt::format("层层加码：严于{}版的{}，须复核", profile.id, than),
        fmt::format("layer-by-layer tightening (层层加码): stricter than {} of profile {}, to be reviewed",
                    than, profile.id));
  return side == Standing::stricter;
}

}  // namespace

/// Against what is stated above in each profile that the overlay meets (settled 11 and 12): laxer, and what no order
/// can judge, needs approval above; stricter is flagged; where the nation lets nobody set more, that is refused.
void Values::check_overlay(const Entry& entry, const Row& overlay, Problems& problems) const {
  const bool nation = overlay.jurisdiction == 0;  // nobody is above it; it restates its own value
  const bool approved = nation || above(overlay.approved_by, overlay.jurisdiction);
  if (!overlay.approved_by.empty() && !approved)
    entry.error(problems, "/approved_by", "批准者须为上级行政区划代码",
                "approved_by is the code of a jurisdiction above");
  if (!says_one_thing(overlay)) return;  // said already
  const Pathogen& pathogen = pathogens_[overlay.meta->pathogen];
  bool flag = !nation;
  for (std::size_t i = 0; i < pathogen.profiles.size(); ++i) {
    const Profile& profile = pathogen.profiles[i];
    if (!overlay.profile.empty() && overlay.profile != profile.id) continue;
    if (overlay.until <= profile.from || profile.until <= overlay.from) continue;
    const int index = static_cast<int>(i);
    const Row* cell = followed(*overlay.meta, index, Instant{INT64_MIN}, 0);
    if (widened(entry, overlay, profile, cell, problems)) continue;
    for (const auto& [above, later] : over(overlay, index))
      if (judge(entry, overlay, profile, above, later, approved, flag, problems)) flag = false;
  }
}

}  // namespace fx::rulebook
