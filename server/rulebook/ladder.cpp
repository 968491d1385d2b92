#include "rulebook/ladder.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <cmath>

#include "base/text.hpp"

namespace fx::rulebook {

Ladder read_ladder(const Reading& reading, const LadderEntry& read) {
  Ladder ladder;
  ladder.id = read.id;
  if (read.steps.empty()) reading.error("/steps", "阶梯没有台阶", "the ladder has no steps");
  for (std::size_t i = 0; i < read.steps.size(); ++i) {
    const LadderStep& one = read.steps[i];
    const std::string path = "/steps/" + std::to_string(i);
    Ladder::Step step;
    step.tell = one.tell;
    step.urgent = one.urgent.value_or(false);
    read_routes({reading.entry, reading.registry, reading.values, reading.problems}, path + "/tell", one.tell,
                nullptr);
    for (const std::string& route : one.tell)
      if (!route.starts_with("debtor") && !route.starts_with("creditor") && !route.starts_with("place"))
        reading.error(path + "/tell", "阶梯的路由只能从debtor、creditor、place开始",
                      "routes of a ladder start at debtor, creditor or place");
    std::string_view ref = one.at;
    std::string_view wants = "percent";
    if (one.at == "due") {
      ladder.steps.push_back(std::move(step));
      continue;
    }
    step.when = Ladder::Step::When::share;
    if (ref.starts_with('+')) {
      step.when = Ladder::Step::When::after;
      ref.remove_prefix(1);
      wants = "minute";
    }
    step.ref = read_value_ref(reading, path + "/at", ref, nullptr);
    if (!step.ref) continue;
    const std::string& unit = reading.values.meta(step.ref->id)->unit;
    if (wants == "percent" ? unit != wants : !unit_ms(unit))
      reading.error(path + "/at", fmt::format("取值{}的单位是{}", step.ref->id, unit),
                    fmt::format("value {} has unit {}; a share is in percent, \"+\" in minutes or hours",
                                step.ref->id, unit));
    ladder.steps.push_back(std::move(step));
  }
  return ladder;
}

namespace {

std::string packed(const FrozenStep& step) {
  std::string out = step.share ? fmt::format("p{}", number_text(step.amount))
                               : fmt::format("+{}", static_cast<std::int64_t>(step.amount));
  if (step.urgent) out += '!';
  for (const std::string& route : step.tell) (out += ' ') += route;
  return out;
}

}  // namespace

std::string freeze_ladder(const Ladder* ladder, const Values& values, const Asked& when, bool urgent) {
  std::vector<FrozenStep> steps;
  const auto any = [&](const ValueRef& ref) -> std::optional<std::pair<double, std::string_view>> {
    // Ladders are the organisation's, not the pathogen's: what the pathogen does not state, another may.
    Found found = ref.find(values, when, nullptr);
    if (found.row == nullptr) found = ref.find(values, {when.at, when.jurisdiction, any_pathogen}, nullptr);
    const auto n = found.has_value() ? found.row->as_number() : std::nullopt;
    if (!n) return std::nullopt;
    return std::pair(*n, std::string_view(found.row->meta->unit));
  };
  if (ladder == nullptr)
    steps.push_back({false, 0, {"debtor"}, urgent});
  else
    for (const Ladder::Step& step : ladder->steps) {
      FrozenStep frozen{step.when == Ladder::Step::When::share, 0, step.tell, urgent || step.urgent};
      if (step.ref) {
        const auto n = any(*step.ref);
        if (!n || (frozen.share && (n->first <= 0 || n->first >= 100))) continue;
        frozen.amount = frozen.share
                            ? n->first
                            : std::round(n->first * static_cast<double>(unit_ms(n->second).value_or(0)));
      }
      steps.push_back(std::move(frozen));
    }
  std::ranges::stable_sort(steps, [](const FrozenStep& a, const FrozenStep& b) {
    return a.share != b.share ? a.share : a.amount < b.amount;
  });
  std::string out;
  for (const FrozenStep& step : steps) (out += out.empty() ? "" : "|") += packed(step);
  return out;
}

namespace {

FrozenStep thaw(std::string_view text) {
  FrozenStep step;
  const std::size_t blank = text.find(' ');
  std::string_view head = text.substr(0, blank);
  if (head.ends_with('!')) {
    step.urgent = true;
    head.remove_suffix(1);
  }
  step.share = head.starts_with('p');
  std::from_chars(head.data() + 1, head.data() + head.size(), step.amount);
  if (blank != std::string_view::npos)
    for (const std::string_view route : split(text.substr(blank + 1), ' ')) step.tell.emplace_back(route);
  return step;
}

/// The piece with this index; empty when there are fewer.
std::string_view piece(std::string_view line, std::size_t index) {
  for (;; --index) {
    const std::size_t bar = line.find('|');
    if (index == 0) return line.substr(0, bar);
    if (bar == std::string_view::npos) return {};
    line.remove_prefix(bar + 1);
  }
}

}  // namespace

std::vector<FrozenStep> thaw_ladder(std::string_view line) {
  std::vector<FrozenStep> out;
  if (line.empty()) return out;
  for (const std::string_view part : split(line, '|')) out.push_back(thaw(part));
  return out;
}

std::string_view ladder_line(std::string_view frozen_json) {
  static constexpr std::string_view head = R"({"ladder":")";
  FX_ASSERT(frozen_json.starts_with(head), "a frozen text begins with its ladder");
  frozen_json.remove_prefix(head.size());
  return frozen_json.substr(0, frozen_json.find('"'));
}

Instant step_time(const FrozenStep& step, const Duty& duty) {
  if (!step.share) return duty.due_at + Duration(static_cast<std::int64_t>(step.amount));
  const auto whole = static_cast<double>((duty.due_at - duty.counted_from).count());
  return duty.counted_from + Duration(std::llround(whole * step.amount / 100));
}

std::optional<Instant> step_time(std::string_view line, std::size_t index, const Duty& duty) {
  const std::string_view text = piece(line, index);
  if (text.empty()) return std::nullopt;
  return step_time(thaw(text), duty);
}

Notice notice_of(const Duty& duty, const Post& to, NoticeKind kind, bool urgent, Instant now,
                 const Reference& reference) {
  Notice notice;
  const Unit* unit = reference.unit(to.unit);
  notice.jurisdiction = unit != nullptr ? unit->jurisdiction : duty.jurisdiction;
  notice.duty = duty.no;
  notice.rule = duty.rule;
  notice.about = duty.about;
  notice.about_kind = duty.about_kind;
  notice.kind = kind;
  notice.unit = to.unit;
  notice.role = to.role;
  notice.urgent = urgent;
  notice.sent_at = now;
  notice.due_at = duty.due_at;
  return notice;
}

Step take_step(const Duty& duty, std::string_view frozen_json, Instant now, const Reference& reference) {
  const std::string_view line = ladder_line(frozen_json);
  const auto index = static_cast<std::size_t>(duty.step);
  Step out;
  out.step.duty = duty.no;
  out.step.step = duty.step + 1;
  const std::string_view text = piece(line, index);
  if (text.empty()) {  // a reopened duty whose ladder had been climbed: only its state remains to be said
    out.step.step = duty.step;
    out.step.state = DutyState::overdue;
    return out;
  }
  const FrozenStep step = thaw(text);
  const bool first_overdue = !step.share && (index == 0 || piece(line, index - 1).starts_with('p'));
  out.step.state = step.share ? DutyState::due_soon : DutyState::overdue;
  out.step.next = step_time(line, index + 1, duty);
  const NoticeKind kind = step.share      ? NoticeKind::due_soon
                          : first_overdue ? NoticeKind::overdue
                                          : NoticeKind::climbed;
  Origin origin;
  origin.place = duty.jurisdiction;
  origin.debtor = Post{duty.debtor_unit, duty.debtor_role};
  origin.creditor = Post{duty.creditor_unit, duty.creditor_role};
  std::vector<Post> told;
  const auto tell = [&](const Post& post) {
    if (post.unit.is_nil() || std::ranges::find(told, post) != told.end()) return;
    told.push_back(post);
    out.notices.push_back(notice_of(duty, post, kind, step.urgent, now, reference));
  };
  for (const std::string& written : step.tell) {
    Words why;
    const auto route = parse_route(written, nullptr, why);
    if (!route) continue;  // checked when it was loaded
    if (const auto post = follow(*route, origin, reference))
      tell(answerable(post, duty.jurisdiction, now, reference));
  }
  if (told.empty() && !step.tell.empty()) tell(duty_officer(duty.jurisdiction, reference));
  return out;
}

}  // namespace fx::rulebook
