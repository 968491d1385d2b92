// What jurisdictions set for themselves, and whether they may.
#include <fmt/format.h>

#include <algorithm>

#include "rulebook/cells.hpp"

namespace fx::rulebook {

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
      entry.error(problems, "/id", fmt::format("没有取值“{}”", read.id),
                  fmt::format("unknown value \"{}\"", read.id));
    return;
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
  check_evidence(entry, "/evidence", read.evidence, problems);
  if (!sources_.empty() && !read.source.empty() && !sources_.contains(read.source))
    entry.error(problems, "/source", fmt::format("没有出处“{}”", read.source),
                fmt::format("unknown source \"{}\"", read.source));
  if (row->until <= row->from)
    entry.error(problems, "/until", "止期不晚于起期", "the overlay ends before it begins");
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
  if (code.empty() || code.size() > 6 || code.find_first_not_of("0123456789") != std::string::npos)
    return false;
  const std::int32_t higher = std::stoi(code);
  return higher != place && within(higher, place);
}

}  // namespace

/// Against the national cell of each profile that the overlay meets.
void Values::check_overlay(const Entry& entry, const ValueMeta& meta, const Row& overlay,
                           Problems& problems) const {
  const Pathogen& pathogen = pathogens_[meta.pathogen];
  const bool approved = above(overlay.approved_by, overlay.jurisdiction);
  if (!overlay.approved_by.empty() && !approved)
    entry.error(problems, "/approved_by", "批准者须为上级行政区划代码",
                "approved_by is the code of a jurisdiction above");
  const auto laxer = [&](const std::string& than, const std::string& profile, bool widen) {
    if (!widen)
      entry.error(problems, "/value", fmt::format("{}版规定不得加宽：{}", profile, than),
                  fmt::format("profile {} allows no widening beyond {}", profile, than), "R-RUL-2");
    else if (!approved)
      entry.error(
          problems, "/value", fmt::format("宽于{}版的{}，须上级批准（approved_by）", profile, than),
          fmt::format("laxer than {} of profile {}: needs approval above (approved_by)", than, profile),
          "R-RUL-2");
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
    if (sign * (*ours - lax) > 0)
      laxer(number_text(lax), profile.id, national->widen);
    else if (sign * (strict - *ours) > 0 && !std::exchange(tightened, true))
      entry.warn(
          problems, "/value", fmt::format("层层加码：严于{}版的{}，须复核", profile.id, number_text(strict)),
          fmt::format("layer-by-layer tightening (层层加码): stricter than {} of profile {}, to be reviewed",
                      number_text(strict), profile.id));
  }
}

}  // namespace fx::rulebook
