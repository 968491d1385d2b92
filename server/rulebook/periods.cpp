#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "rulebook/frozen.hpp"
#include "rulebook/rulebook.hpp"

namespace fx::rulebook {
namespace {

struct Span {
  std::string name;
  Instant opens;   ///< when the duties appear
  Instant starts;  ///< when the period begins
  Instant due;
};

std::optional<Duration> length(const std::optional<ValueRef>& ref, const Values& values, const Asked& when) {
  if (!ref) return Duration(0);
  const Found found = ref->find(values, when, nullptr);
  const auto n = found.has_value() ? found.row->as_number() : std::nullopt;
  const auto unit = n ? unit_ms(found.row->meta->unit) : std::nullopt;
  if (!unit) return std::nullopt;
  return Duration(std::llround(*n * static_cast<double>(*unit)));
}

/// The text of the rhythm as it stands on that day at that place, and the row it comes from.
std::optional<std::pair<Every, Found>> every_of(const RhythmRule& rhythm, const Values& values,
                                                const Asked& when) {
  if (rhythm.every) return std::pair(*rhythm.every, Found{});
  const ValueRef& ref = rhythm.every_ref ? *rhythm.every_ref : *rhythm.clock_ref;
  const Found found = ref.find(values, when, nullptr);
  if (!found.has_value()) return std::nullopt;
  const auto* text = std::get_if<std::string>(&found.row->value);
  if (text == nullptr) return std::nullopt;
  auto every = parse_every(rhythm.every_ref ? *text : "daily by " + *text);
  if (!every) return std::nullopt;
  return std::pair(std::move(*every), found);
}

std::vector<Span> spans_of_day(const Every& every, Day day, Duration grace, Duration lead) {
  std::vector<Span> out;
  const Instant start = start_of(day);
  switch (every.kind) {
    case Every::Kind::daily_by:
      out.push_back({fx::format(day), start, start, start + std::chrono::minutes(every.clocks.front())});
      break;
    case Every::Kind::daily_at:
      for (const int clock : every.clocks) {
        const Instant at = start + std::chrono::minutes(clock);
        out.push_back({fmt::format("{}T{}", fx::format(day), clock_text(clock)), at - lead, at, at + grace});
      }
      break;
    case Every::Kind::weekly:
      if (fx::weekday(day) == every.weekday)
        out.push_back({fx::format(day), start, start, start + std::chrono::minutes(every.clocks.front())});
      break;
  }
  return out;
}

/// Opens the periods of one rhythm that begin in (after, until].
class Opener {
 public:
  Opener(const Compiled& book, const RhythmRule& rhythm, const Reference& reference, std::vector<Period>& out)
      : book_(book), rhythm_(rhythm), reference_(reference), out_(out) {}

  void day(Day day, Instant after, Instant until) {
    for (const Member& member :
         rhythm_.population->members(reference_, std::clamp(start_of(day), after, until))) {
      if (!rhythm_.roles.empty() && std::ranges::find(rhythm_.roles, member.role) == rhythm_.roles.end())
        continue;
      const Unit* unit = reference_.unit(member.unit);
      Asked when{start_of(day), unit != nullptr ? unit->jurisdiction : member.id.home(),
                 rhythm_.rule->pathogen};
      const auto every = every_of(rhythm_, book_.values, when);
      const auto grace = length(rhythm_.grace, book_.values, when);
      const auto lead = length(rhythm_.lead, book_.values, when);
      if (!every || !grace || !lead) continue;
      for (const Span& span : spans_of_day(every->first, day, *grace, *lead)) {
        when.at = span.starts;
        if (span.opens <= after || span.opens > until || !rhythm_.rule->speaks(when, book_.values)) continue;
        open(member, span, every->second, when);
      }
    }
  }

 private:
  void open(const Member& member, const Span& span, const Found& found, const Asked& when) {
    Period& period = period_of(span);
    Frozen frozen = freeze(book_, *rhythm_.rule, rhythm_.population->name, found, when);
    Origin origin;
    origin.place = when.jurisdiction;
    origin.member = Post{member.unit, member.role};
    Duty duty;
    const Post debtor =
        answerable(follow(rhythm_.owed_by, origin, reference_), origin.place, span.opens, reference_);
    origin.debtor = debtor;
    const Post creditor =
        follow(rhythm_.owed_to, origin, reference_).value_or(duty_officer(origin.place, reference_));
    duty.jurisdiction = member.id.home() != 0 ? member.id.home() : when.jurisdiction;
    duty.rule = rhythm_.rule->id;
    duty.frozen = frozen.key;
    duty.about = member.id;
    duty.about_kind = "post";
    duty.debtor_unit = debtor.unit;
    duty.debtor_role = debtor.role;
    duty.creditor_unit = creditor.unit;
    duty.creditor_role = creditor.role;
    duty.opened_at = span.opens;
    duty.counted_from = span.opens;
    duty.due_at = span.due;
    duty.step_at = step_time(ladder_line(frozen.json), 0, duty);
    duty.member = member.id;
    duty.period = span.name;
    period.duties.push_back(std::move(duty));
    const bool known =
        std::ranges::any_of(period.frozen, [&](const Frozen& f) { return f.key == frozen.key; });
    if (!known) period.frozen.push_back(std::move(frozen));
  }

  Period& period_of(const Span& span) {
    for (Period& period : out_)
      if (period.rhythm == rhythm_.rule->id && period.period == span.name && period.starts == span.opens)
        return period;
    return out_.emplace_back(Period{rhythm_.rule->id, span.name, span.opens, {}, {}});
  }

  const Compiled& book_;
  const RhythmRule& rhythm_;
  const Reference& reference_;
  std::vector<Period>& out_;
};

}  // namespace

std::vector<Period> Rulebook::periods(Instant after, Instant until, const Reference& reference) const {
  std::vector<Period> out;
  if (after >= until) return out;
  for (const RhythmRule& rhythm : compiled_->rhythms) {
    Opener opener(*compiled_, rhythm, reference, out);
    // A period may open the day before it starts (lead): one day more on either side.
    for (Day day = day_of(after) + (-1); day <= day_of(until) + 1; day = day + 1)
      opener.day(day, after, until);
  }
  std::ranges::stable_sort(out, [](const Period& a, const Period& b) {
    return std::tie(a.starts, a.rhythm, a.period) < std::tie(b.starts, b.rhythm, b.period);
  });
  return out;
}

}  // namespace fx::rulebook
