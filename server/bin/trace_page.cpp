#include "bin/trace_page.hpp"

#include <fmt/format.h>

#include <charconv>
#include <map>
#include <ranges>

#include "api/house.hpp"
#include "desks/investigation/facts.hpp"
#include "engines/exposure/trace.hpp"
#include "kernel/guards.hpp"

namespace fx::bin {
namespace {

using investigation::Case;

constexpr std::size_t default_limit = 200;  // people listed of a ring
constexpr std::size_t most_listed = 500;
constexpr std::chrono::seconds longest_wait{2};  // for an index that is behind

std::int64_t seconds(Instant at) { return at.ms / 1000; }
Instant instant(std::int64_t seconds) { return {seconds * 1000}; }

void text(std::string& out, std::string_view key, std::string_view value) {
  out += out.ends_with('{') || out.empty() ? "\"" : ",\"";
  out += key;
  out += "\":";
  write_json_string(out, value);
}
void raw(std::string& out, std::string_view key, std::string_view value) {
  out += out.ends_with('{') ? "\"" : ",\"";
  out += key;
  out += "\":";
  out += value;
}

struct Asked {
  std::shared_ptr<const Case> file;
  exposure::Span window;   ///< in which the case could infect
  exposure::Span exposed;  ///< in which it was infected
  int rings = 2;
  std::size_t limit = default_limit;
  double min_overlap_min = 0;
  exposure::MeetingRules rules;
  exposure::Onward onward;
};

std::optional<double> rule_number(const api::PageAsk& ask, std::string_view id, std::int32_t county) {
  const RuleValue value = ask.rules.value(id, ask.now, county);
  return value.state == RuleValue::State::value ? value.number() : std::nullopt;
}

std::size_t number_of(const api::PageAsk& ask, std::string_view name, std::size_t fallback,
                      std::size_t most) {
  const std::string words = ask.query(name);
  if (words.empty()) return fallback;
  std::size_t value = 0;
  const auto [end, fault] = std::from_chars(words.data(), words.data() + words.size(), value);
  if (fault != std::errc() || end != words.data() + words.size() || value == 0 || value > most)
    throw api::Declined(api::malformed("/" + std::string(name), fmt::format("应为1至{}的整数", most),
                                       fmt::format("expected 1 to {}", most)));
  return value;
}

/// Two kinds of place: any, and a vehicle, where a known row or carriage counts.
exposure::MeetingRules rules_of(const api::PageAsk& ask, double min_overlap_min, std::int32_t county) {
  exposure::MeetingRules rules;
  rules.classes.assign(2, {});
  for (exposure::MeetingRule& rule : rules.classes)
    rule.min_overlap_s = static_cast<std::int64_t>(min_overlap_min * 60);
  rules.classes[1].same_section = true;
  if (const auto rows = rule_number(ask, "D.contact.rows_plane", county))
    rules.classes[1].rows = {static_cast<std::uint16_t>(*rows), static_cast<std::uint16_t>(*rows)};
  return rules;
}

Asked asked_of(const api::PageAsk& ask) {
  const auto id = RawId::parse(ask.query("case"));
  if (!id) throw api::Declined(api::malformed("/case", "应为病例编号", "expected the id of a case"));
  Asked asked;
  asked.file = ask.reader.row<Case>(CaseId{*id});
  if (!asked.file || !ask.sees(id->home(), {asked.file->cdc, asked.file->hospital})) api::not_found();
  const Case& file = *asked.file;
  const std::int32_t county = file.id.home();
  const auto overlap = rule_number(ask, "D.trace.min_overlap_min", county);
  if (!overlap || !file.window_from)
    throw api::Declined(api::malformed("/case", "现行方案没有该病例的传染期或检索时长",
                                       "the rulebook gives no infectious window or least time together"));
  asked.min_overlap_min = *overlap;
  asked.rings = static_cast<int>(number_of(ask, "rings", 2, 2));
  asked.limit = number_of(ask, "limit", default_limit, most_listed);
  asked.window = {seconds(*file.window_from), std::max(seconds(*file.window_from), seconds(file.opened_at))};
  const Day ill = file.onset_day.value_or(day_of(file.sampled_at));
  const auto back = rule_number(ask, "D.trace.source_back_d", county);
  asked.exposed = {seconds(start_of(ill + -static_cast<int>(back.value_or(0)))), seconds(start_of(ill + 1))};
  asked.onward.length_s =
      static_cast<std::int64_t>(rule_number(ask, "D.trace.onward_d", county).value_or(0) * 86'400);
  asked.onward.not_after_s = seconds(ask.now);
  asked.rules = rules_of(ask, *overlap, county);
  return asked;
}

/// A case that could infect, and when.
struct Candidate {
  CaseId case_id;
  RawId person;
  exposure::Span window;
};

std::vector<Candidate> other_cases(const api::PageAsk& ask, const Case& file) {
  journal::ListQuery query;
  query.table = &table_type<Case>();
  query.scope.places = {journal::places_of(0)};
  query.order_by = "opened_at";
  query.limit = journal::longest_page;
  std::vector<Candidate> out;
  for (;;) {
    const auto page = ask.reader.list(query);
    for (const RowPtr& row : page.rows) {
      const Case& other = *static_cast<const Case*>(row.get());
      if (other.id != file.id && other.window_from && !other.history &&
          other.state != investigation::CaseState::excluded && ask.sees(other.id.home(), {other.cdc}))
        out.push_back(
            {other.id,
             other.person.raw,
             {seconds(*other.window_from), std::max(seconds(*other.window_from), seconds(other.opened_at))}});
    }
    if (page.next.empty()) return out;
    query.cursor = page.next;
  }
}

/// The candidates whose visits the index knows, as it numbers them.
struct Numbered {
  std::vector<exposure::Source> sources;
  std::map<exposure::PersonNo, CaseId> cases;  ///< the latest opened of each

  Numbered(const std::vector<Candidate>& candidates, const VisitNumbers& numbers) {
    for (const Candidate& one : candidates)
      if (const auto person = numbers.find(one.person)) {
        sources.push_back({*person, one.window});
        cases.try_emplace(*person, one.case_id);
      }
  }
};

/// What is written into the answer, while the numbers stand still.
struct Writer {
  const VisitNumbers& numbers;
  const Asked& asked;
  api::PageAnswer& answer;

  void name(exposure::PersonNo person) {
    const RawId& id = numbers.id_of(person);
    if (answer.persons.insert(id).second) answer.looked.push_back(id);
  }

  std::string meeting(const exposure::Meeting& meeting) {
    std::string out = "{";
    text(out, "with", numbers.id_of(meeting.source).text());
    text(out, "place", numbers.name_of(meeting.place));
    text(out, "from", format(instant(meeting.span.from_s)));
    text(out, "until", format(instant(meeting.span.until_s)));
    raw(out, "minutes", std::to_string(meeting.span.seconds() / 60));
    text(out, "known_by", enum_text(known_by(meeting.source_knowledge)));
    text(out, "contact_known_by", enum_text(known_by(meeting.contact_knowledge)));
    seat(out, "seat", meeting.source_spot);
    seat(out, "contact_seat", meeting.contact_spot);
    if (meeting.source_spot.row != 0 && meeting.contact_spot.row != 0)
      raw(out, "rows_apart", std::to_string(std::abs(meeting.source_spot.row - meeting.contact_spot.row)));
    name(meeting.source);
    return out + "}";
  }

  /// The index holds the code of KnownBy (VisitIndex::take_visits).
  static investigation::KnownBy known_by(exposure::Knowledge knowledge) {
    return static_cast<investigation::KnownBy>(knowledge);
  }
  /// Room or carriage, and row, as far as known.
  static void seat(std::string& out, std::string_view key, const exposure::Spot& spot) {
    if (spot.section == 0 && spot.row == 0) return;
    raw(out, key, fmt::format(R"({{"section":{},"row":{}}})", spot.section, spot.row));
  }

  std::string contact(const exposure::Contact& contact, std::span<const exposure::Meeting> meetings,
                      std::optional<CaseId> case_id = {}) {
    name(contact.person);
    std::string out = "{";
    text(out, "person", numbers.id_of(contact.person).text());
    if (case_id) text(out, "case_id", case_id->text());
    text(out, "exposure_from", format(instant(contact.first_exposure_s)));
    text(out, "exposure_until", format(instant(contact.last_exposure_s)));
    raw(out, "meetings", std::to_string(contact.meetings));
    raw(out, "longest_min", std::to_string(contact.longest_s / 60));
    raw(out, "total_min", std::to_string(contact.total_s / 60));
    const auto longest = std::ranges::max_element(
        meetings, {}, [](const exposure::Meeting& one) { return one.span.seconds(); });
    if (longest != meetings.end()) text(out, "place", numbers.name_of(longest->place));
    std::string evidence;
    for (const exposure::Meeting& one : meetings) (evidence += evidence.empty() ? "" : ",") += meeting(one);
    raw(out, "evidence", "[" + evidence + "]");
    return out + "}";
  }

  /// The longest together first.
  std::string ring(std::vector<exposure::Contact> contacts, const exposure::VisitView& view,
                   std::span<const exposure::Source> sources) {
    const std::size_t total = contacts.size();
    std::ranges::stable_sort(contacts, std::ranges::greater(), &exposure::Contact::longest_s);
    contacts.resize(std::min(contacts.size(), asked.limit));
    std::string rows;
    for (const exposure::Contact& one : contacts) {
      const auto meetings = exposure::meetings_of(view, one.person, exposure::always, sources, asked.rules);
      (rows += rows.empty() ? "" : ",") += contact(one, meetings);
    }
    return fmt::format(R"({{"total":{},"rows":[{}]}})", total, rows);
  }
};

void answer_rings(Writer& writer, const exposure::VisitView& view, exposure::PersonNo person) {
  const Asked& asked = writer.asked;
  const std::vector<exposure::Source> cases{{person, asked.window}};
  const auto rings = exposure::rings(view, cases, asked.rules, asked.onward, asked.rings);
  raw(writer.answer.body, "ring1", writer.ring(rings.at(0), view, cases));
  if (asked.rings < 2) return;
  const auto onward = exposure::next_sources(rings[0], asked.onward);
  raw(writer.answer.body, "ring2",
      writer.ring(rings.size() > 1 ? rings[1] : std::vector<exposure::Contact>{}, view, onward));
}

void answer_sources(Writer& writer, const exposure::VisitView& view, exposure::PersonNo person,
                    const Numbered& candidates) {
  const auto found =
      exposure::possible_sources(view, person, writer.asked.exposed, candidates.sources, writer.asked.rules);
  std::string rows;
  for (const exposure::Contact& one : found | std::views::take(writer.asked.limit)) {
    std::vector<exposure::Source> source;
    std::ranges::copy_if(candidates.sources, std::back_inserter(source),
                         [&](const exposure::Source& candidate) { return candidate.person == one.person; });
    const auto meetings =
        exposure::meetings_of(view, person, writer.asked.exposed, source, writer.asked.rules);
    (rows += rows.empty() ? "" : ",") += writer.contact(one, meetings, candidates.cases.at(one.person));
  }
  raw(writer.answer.body, "sources", fmt::format(R"({{"total":{},"rows":[{}]}})", found.size(), rows));
}

}  // namespace

api::DeskPage trace_page(VisitIndex& index) {
  const auto answer = [&index](const api::PageAsk& ask) {
    Asked asked = asked_of(ask);
    const Case& file = *asked.file;
    api::PageAnswer out;
    out.body = "{";
    text(out.body, "case_id", file.id.text());
    text(out.body, "person", file.person.text());
    text(out.body, "window_from", format(instant(asked.window.from_s)));
    text(out.body, "window_until", format(instant(asked.window.until_s)));
    raw(out.body, "min_overlap_min", fmt::format("{:g}", asked.min_overlap_min));
    out.persons.insert(file.person.raw);
    out.looked.push_back(file.person.raw);
    raw(out.body, "whole", index.reaches(ask.reader.as_of(), longest_wait) ? "true" : "false");
    const std::vector<Candidate> candidates = other_cases(ask, file);
    index.ask([&](const exposure::VisitView& view, const VisitNumbers& numbers, const auto& classes) {
      if (classes) asked.rules.class_of_place = *classes;
      raw(out.body, "visits", std::to_string(view.visits()));
      const auto person = numbers.find(file.person.raw);
      raw(out.body, "known", person ? "true" : "false");
      if (!person) return;
      Writer writer{numbers, asked, out};
      answer_rings(writer, view, *person);
      answer_sources(writer, view, *person, Numbered(candidates, numbers));
    });
    out.body += "}";
    return out;
  };
  return {.desk = "investigation",
          .name = "trace",
          .readers = {Role::INV, Role::CDC},
          .audit = "trace_read",
          .answer = answer};
}

}  // namespace fx::bin
