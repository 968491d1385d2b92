#include "bin/lost_control.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "api/house.hpp"
#include "desks/gates/landing/facts.hpp"
#include "desks/gates/persons/facts.hpp"
#include "desks/investigation/area_list/facts.hpp"
#include "desks/investigation/facts.hpp"
#include "desks/isolation/facts.hpp"

namespace fx::bin {
namespace {

constexpr std::size_t most_lines = 1000;
constexpr std::int64_t day_ms = 86'400'000;

using PersonOf = std::optional<RawId> (*)(journal::Reader&, const RawId&);

template <class Row>
std::optional<RawId> person_in(journal::Reader& reader, const RawId& about) {
  const auto row = reader.row<Row>(decltype(Row::id){about});
  return row ? std::optional(row->person.raw) : std::nullopt;
}
std::optional<RawId> itself(journal::Reader& /*reader*/, const RawId& about) { return about; }
std::optional<RawId> nobody(journal::Reader& /*reader*/, const RawId& /*about*/) { return std::nullopt; }

struct Watched {
  std::string_view rule;
  Loss loss;
  LossReason reason;
  PersonOf person;
  bool at_once = false;  ///< lost from the first minute, not only when the time is over
};

const std::array watched{
    Watched{"OB-F5", Loss::left, LossReason::left_control, person_in<isolation::Stay>, true},
    Watched{"OB-F3", Loss::left, LossReason::not_arrived, person_in<isolation::Leg>},
    Watched{"OB-F1", Loss::left, LossReason::not_admitted, person_in<isolation::Stay>},
    Watched{"OB-F2.check", Loss::missed, LossReason::check_missed, person_in<isolation::Stay>},
    Watched{"OB-F8", Loss::missed, LossReason::check_missed, person_in<isolation::Stay>},
    Watched{"OB-F8.first", Loss::missed, LossReason::check_missed, person_in<isolation::Stay>},
    Watched{"OB-F2.test", Loss::missed, LossReason::test_missed, person_in<isolation::StayTest>},
    Watched{"OB-G6.tests", Loss::missed, LossReason::test_missed, person_in<gates::Arrival>},
    Watched{"OB-G9.check", Loss::missed, LossReason::key_check_missed, person_in<gates::KeyPerson>},
    Watched{"OB-D3", Loss::never, LossReason::not_in_control, person_in<investigation::Contact>},
    Watched{"OB-D5", Loss::never, LossReason::list_open, nobody},
    Watched{"OB-G9", Loss::never, LossReason::not_enrolled, person_in<gates::KeyPerson>},
    Watched{"OB-G5", Loss::never, LossReason::returnee_unsettled, itself},
    Watched{"OB-G5.found", Loss::never, LossReason::returnee_unsettled, itself},
    Watched{"OB-G6.lost", Loss::never, LossReason::left_unclassed, person_in<gates::Arrival>, true},
};

const Watched& watch_of(const std::string& rule) {
  return *std::ranges::find(watched, std::string_view(rule), &Watched::rule);
}

struct Line {
  Loss loss = Loss::left;
  LossReason reason = LossReason::left_control;
  std::optional<RawId> person;
  std::optional<RawId> list_line;
  std::int32_t times = 1;  ///< checks missed in a row
  Duty duty;
};

/// A check not done is owed on; each slot of the day that passed since is one more.
std::int32_t missed_in_a_row(const api::PageAsk& ask, const Duty& duty) {
  const RuleValue rule = ask.rules.value("F.check.per_day", ask.now, duty.jurisdiction);
  const double per_day = rule.state == RuleValue::State::value ? rule.number().value_or(1) : 1;
  const auto slot = static_cast<std::int64_t>(static_cast<double>(day_ms) / std::max(1.0, per_day));
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
        out.push_back({Loss::never, LossReason::line_unsettled,
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

void add(const api::PageAsk& ask, const Duty& duty, std::vector<Line>& out) {
  const Watched& watch = watch_of(duty.rule);
  const bool late = duty.due_at < ask.now;
  Line line{watch.loss, watch.reason, watch.person(ask.reader, duty.about), {}, 1, duty};
  if (watch.reason == LossReason::list_open) add_lines_of_list(ask, duty, out);
  if (watch.reason == LossReason::not_in_control && is_untraced(ask, duty)) {
    line.reason = LossReason::untraced;
  } else if (!late && !watch.at_once) {
    return;
  }
  if (watch.reason == LossReason::check_missed) {
    line.times = missed_in_a_row(ask, duty);
    if (line.times > 1) line.reason = LossReason::check_missed_again;
  }
  out.push_back(std::move(line));
}

std::vector<Line> lines_of(const api::PageAsk& ask) {
  journal::DutyQuery query;
  query.places = {journal::places_of(0)};
  query.filters = {{"rule", {}}};
  for (const Watched& one : watched) query.filters.front().values.emplace_back(std::string(one.rule));
  query.limit = journal::longest_page;
  std::vector<Line> out;
  for (;;) {
    const auto page = ask.reader.duties(query);
    for (const Duty& duty : page.rows)
      if (out.size() < most_lines && ask.sees_duty(duty)) add(ask, duty, out);
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

std::vector<std::string> lost_control_rules() {
  std::vector<std::string> out;
  for (const Watched& one : watched) out.emplace_back(one.rule);
  return out;
}

api::DeskPage lost_control_page() {
  return {.desk = "isolation",
          .name = "lost_control",
          .readers = {Role::QM, Role::QD, Role::TRN, Role::GRID, Role::FRP, Role::INV, Role::CDC, Role::POL,
                      Role::DO, Role::DL, Role::CMD, Role::HA},
          .audit = "lost_control_read",
          .answer = lost};
}

}  // namespace fx::bin
