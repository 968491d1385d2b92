#include "bin/lost_control.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <map>

#include "api/house.hpp"
#include "desks/investigation/area_list/facts.hpp"
#include "desks/investigation/facts.hpp"
#include "rulebook/compile.hpp"
#include "rulebook/rulebook.hpp"

namespace fx::bin {
namespace {

constexpr std::size_t most_lines = 1000;
constexpr std::int64_t day_ms = 86'400'000;

using rulebook::LossReason;
using rulebook::LostControl;

/// By rule id, of every rule that may have opened a duty.
using Watched = std::map<std::string, LostControl>;

Watched watched_by(const rulebook::Rulebook& book) {
  Watched out;
  for (const auto& rule : book.compiled().rules)
    if (rule->lost_control) out.emplace(rule->id, *rule->lost_control);
  return out;
}

std::optional<RawId> person_of(const LostControl& lost, journal::Reader& reader, const RawId& about) {
  if (lost.itself) return about;
  const RowPtr row = lost.row != nullptr ? reader.row(*lost.row, about) : nullptr;
  if (!row) return std::nullopt;
  const FieldValue person = lost.row->info->fields[lost.person].get(row.get());
  const auto* id = std::get_if<RawId>(&person);
  return id != nullptr ? std::optional(*id) : std::nullopt;
}

struct Line {
  rulebook::Loss loss = rulebook::Loss::left;
  LossReason reason = LossReason::left_control;
  std::optional<RawId> person;
  std::optional<RawId> list_line;
  std::int32_t times = 1;  ///< checks missed in a row
  Duty duty;
};

/// A check not done is owed on; each slot of the day that passed since is one more.
std::int32_t missed_in_a_row(const api::PageAsk& ask, const LostControl& lost, const Duty& duty) {
  if (lost.per_day.empty()) return 1;
  const RuleValue rule = ask.rules.value(lost.per_day, ask.now, duty.jurisdiction);
  const auto per_day = rule.state == RuleValue::State::value ? rule.number() : std::nullopt;
  if (!per_day || *per_day < 1) return 1;
  const auto slot = static_cast<std::int64_t>(static_cast<double>(day_ms) / *per_day);
  return 1 + static_cast<std::int32_t>((ask.now - duty.due_at).count() / slot);
}

/// Not settled, and longer on the list than the rulebook allows without being enrolled.
bool is_lost(const investigation::ListLine& line, Instant now) {
  using enum investigation::LineState;
  const bool open = line.state == to_check || line.state == reached || line.state == refused;
  return open && line.enrol_by && *line.enrol_by < now;
}

void add_lines_of_list(const api::PageAsk& ask, const Duty& duty, std::vector<Line>& out) {
  journal::ListQuery query;
  query.table = &table_type<investigation::ListLine>();
  query.scope.places = {journal::places_of(0)};
  query.filters = {{"list", {duty.about}}};
  query.order_by = "number";
  query.descending = false;
  query.limit = journal::longest_page;
  while (out.size() < most_lines) {
    const auto page = ask.reader.list(query);
    for (const RowPtr& row : page.rows) {
      const auto& line = *static_cast<const investigation::ListLine*>(row.get());
      if (is_lost(line, ask.now))
        out.push_back({rulebook::Loss::never, LossReason::line_unsettled,
                       line.person ? std::optional(line.person->raw) : std::nullopt, line.id.raw, 1, duty});
    }
    if (page.next.empty()) return;
    query.cursor = page.next;
  }
}

bool is_untraced(const api::PageAsk& ask, const Duty& duty) {
  const auto contact = ask.reader.row<investigation::Contact>(ContactId{duty.about});
  return contact && contact->state == investigation::ContactState::untraced;
}

void add(const api::PageAsk& ask, const LostControl& lost, const Duty& duty, std::vector<Line>& out) {
  const bool late = duty.due_at < ask.now;
  Line line{lost.loss, lost.reason, person_of(lost, ask.reader, duty.about), {}, 1, duty};
  if (lost.reason == LossReason::list_open) add_lines_of_list(ask, duty, out);
  if (lost.reason == LossReason::not_in_control && is_untraced(ask, duty)) {
    line.reason = LossReason::untraced;
  } else if (!late && !lost.at_once) {
    return;
  }
  line.times = missed_in_a_row(ask, lost, duty);
  if (line.times > 1 && lost.again) line.reason = *lost.again;
  out.push_back(std::move(line));
}

std::vector<Line> lines_of(const api::PageAsk& ask) {
  const Watched watched = watched_by(ask.rules);
  std::vector<Line> out;
  if (watched.empty()) return out;
  journal::DutyQuery query;
  query.places = {journal::places_of(0)};
  query.filters = {{"rule", {}}};
  for (const auto& [rule, lost] : watched) query.filters.front().values.emplace_back(rule);
  query.limit = journal::longest_page;
  for (;;) {
    const auto page = ask.reader.duties(query);
    for (const Duty& duty : page.rows)
      if (out.size() < most_lines && ask.sees_duty(duty)) add(ask, watched.at(duty.rule), duty, out);
    if (page.next.empty() || out.size() >= most_lines) return out;
    query.cursor = page.next;
  }
}

std::string json_of(const api::PageAsk& ask, const Line& line, api::PageAnswer& answer) {
  std::string out = fmt::format(R"({{"loss":"{}","reason":"{}","times":{})", enum_text(line.loss),
                                enum_text(line.reason), line.times);
  if (line.person) {
    out += fmt::format(R"(,"person":"{}")", line.person->text());
    if (answer.persons.insert(*line.person).second) answer.looked.push_back(*line.person);
  }
  if (line.list_line) out += fmt::format(R"(,"list_line":"{}")", line.list_line->text());
  return out + R"(,"duty":)" + ask.duty(line.duty) + "}";
}

api::PageAnswer lost(const api::PageAsk& ask) {
  const std::vector<Line> lines = lines_of(ask);
  api::PageAnswer answer;
  std::array<std::size_t, 3> count{};
  std::string rows;
  for (const Line& line : lines) {
    ++count.at(static_cast<std::size_t>(line.loss));
    (rows += rows.empty() ? "" : ",") += json_of(ask, line, answer);
  }
  answer.body = fmt::format(R"({{"left":{},"missed":{},"never":{},"whole":{},"lines":[{}]}})", count[0],
                            count[1], count[2], lines.size() < most_lines, rows);
  return answer;
}

}  // namespace

api::DeskPage lost_control_page() {
  return {.desk = "isolation",
          .name = "lost_control",
          .readers = {Role::QM, Role::QD, Role::TRN, Role::GRID, Role::FRP, Role::INV, Role::CDC, Role::POL,
                      Role::DO, Role::DL, Role::CMD, Role::HA},
          .audit = "lost_control_read",
          .answer = lost};
}

}  // namespace fx::bin
