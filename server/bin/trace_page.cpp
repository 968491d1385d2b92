#include "bin/trace_page.hpp"

#include <fmt/format.h>

#include <charconv>
#include <map>
#include <ranges>

#include "api/house.hpp"
#include "bin/trace_rules.hpp"
#include "desks/investigation/facts.hpp"
#include "engines/exposure/trace.hpp"
#include "kernel/guards.hpp"

namespace fx::bin {
namespace {

using investigation::Case;

constexpr std::size_t default_limit = 50;  // people listed of a ring
constexpr std::size_t most_listed = 500;
constexpr std::size_t most_skipped = 1'000'000'000;
constexpr std::size_t longest_least = 60 * 24 * 366;  // minutes: no visit is longer
constexpr std::chrono::seconds longest_wait{2};       // for an index that is behind

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

enum class Ring { ring1, ring2, sources };
BOOST_DESCRIBE_ENUM(Ring, ring1, ring2, sources)

struct Asked {
  std::shared_ptr<const Case> file;
  exposure::Span window;     ///< in which the case could infect
  exposure::Span exposed;    ///< in which it was infected
  Ring ring = Ring::ring1;   ///< whose people are listed; all are counted
  std::int64_t least_s = 0;  ///< together at least once so long
  std::size_t first = 0;
  std::size_t limit = default_limit;
  double min_overlap_min = 0;
  exposure::MeetingRules rules;
  exposure::Onward onward;
};

struct Bounds {
  std::size_t least = 1;
  std::size_t most = 0;
};

/// A whole number within the bounds; `fallback` when none is given.
std::size_t number_of(const api::PageAsk& ask, std::string_view name, std::size_t fallback, Bounds bounds) {
  const std::string words = ask.query(name);
  if (words.empty()) return fallback;
  std::size_t value = 0;
  const auto [end, fault] = std::from_chars(words.data(), words.data() + words.size(), value);
  if (fault != std::errc() || end != words.data() + words.size() || value < bounds.least ||
      value > bounds.most)
    throw api::Declined(api::malformed("/" + std::string(name),
                                       fmt::format("应为{}至{}的整数", bounds.least, bounds.most),
                                       fmt::format("expected {} to {}", bounds.least, bounds.most)));
  return value;
}

/// Minutes together at least once; never under the rulebook's.
double least_of(const api::PageAsk& ask, double least) {
  const std::size_t asked = number_of(ask, "least", 0, {.least = 0, .most = longest_least});
  return std::max(least, static_cast<double>(asked));
}

Ring ring_of(const api::PageAsk& ask) {
  const std::string words = ask.query("ring");
  if (words.empty()) return Ring::ring1;
  const auto ring = enum_from<Ring>(words);
  if (!ring)
    throw api::Declined(
        api::malformed("/ring", "应为ring1、ring2或sources", "expected ring1, ring2 or sources"));
  return *ring;
}

Asked asked_of(const api::PageAsk& ask) {
  const auto id = RawId::parse(ask.query("case"));
  if (!id) throw api::Declined(api::malformed("/case", "应为病例编号", "expected the id of a case"));
  Asked asked;
  asked.file = ask.reader.row<Case>(CaseId{*id});
  if (!asked.file || !ask.sees(id->home(), {asked.file->cdc, asked.file->hospital})) api::not_found();
  const Case& file = *asked.file;
  const std::int32_t county = file.id.home();
  const auto overlap = rule_number(ask.rules, "D.trace.min_overlap_min", ask.now, county);
  if (!overlap || !file.window_from)
    throw api::Declined(api::malformed("/case", "现行方案没有该病例的传染期或检索时长",
                                       "the rulebook gives no infectious window or least time together"));
  asked.min_overlap_min = *overlap;
  asked.ring = ring_of(ask);
  asked.least_s = static_cast<std::int64_t>(least_of(ask, *overlap) * 60);
  asked.first = number_of(ask, "from", 0, {.least = 0, .most = most_skipped});
  asked.limit = number_of(ask, "limit", default_limit, {.least = 1, .most = most_listed});
  asked.window = {seconds(*file.window_from), std::max(seconds(*file.window_from), seconds(file.opened_at))};
  const Day ill = file.onset_day.value_or(day_of(file.sampled_at));
  const auto back = rule_number(ask.rules, "D.trace.source_back_d", ask.now, county);
  asked.exposed = {seconds(start_of(ill + -static_cast<int>(back.value_or(0)))), seconds(start_of(ill + 1))};
  asked.onward.length_s = static_cast<std::int64_t>(
      rule_number(ask.rules, "D.trace.onward_d", ask.now, county).value_or(0) * 86'400);
  asked.onward.not_after_s = seconds(ask.now);
  asked.rules = meeting_rules(ask.rules, ask.now, county, *overlap);
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
  std::vector<std::pair<RawId, exposure::Visit>> stops;  ///< of the case

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
    if (const auto stop =
            std::ranges::find_if(stops, [&](const auto& one) { return is_at(one.second, meeting); });
        stop != stops.end())
      text(out, "stop", stop->first.text());
    name(meeting.source);
    return out + "}";
  }
  static bool is_at(const exposure::Visit& stop, const exposure::Meeting& meeting) {
    return stop.person == meeting.source && stop.place == meeting.place &&
           stop.from_s < meeting.span.until_s && stop.until_s > meeting.span.from_s;
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

  /// Counts all who were together long enough, the longest first; of the page asked for, the rows with their evidence.
  template <class Row>
  void ring(Ring which, std::vector<exposure::Contact> contacts, Row row) {
    std::erase_if(contacts, [&](const exposure::Contact& one) { return one.longest_s < asked.least_s; });
    std::string rows;
    if (which == asked.ring && asked.first < contacts.size()) {
      std::ranges::stable_sort(contacts, std::ranges::greater(), &exposure::Contact::longest_s);
      for (const exposure::Contact& one :
           contacts | std::views::drop(asked.first) | std::views::take(asked.limit))
        (rows += rows.empty() ? "" : ",") += row(one);
    }
    raw(answer.body, enum_text(which), fmt::format(R"({{"total":{},"rows":[{}]}})", contacts.size(), rows));
  }
};

void answer_rings(Writer& writer, const exposure::VisitView& view, exposure::PersonNo person) {
  const Asked& asked = writer.asked;
  const std::vector<exposure::Source> cases{{person, asked.window}};
  auto rings = exposure::rings(view, cases, asked.rules, asked.onward, 2);
  rings.resize(2);
  const auto onward = exposure::next_sources(rings[0], asked.onward);
  const auto row_of = [&](const std::vector<exposure::Source>& sources) {
    return [&](const exposure::Contact& one) {
      return writer.contact(one,
                            exposure::meetings_of(view, one.person, exposure::always, sources, asked.rules));
    };
  };
  writer.ring(Ring::ring1, std::move(rings[0]), row_of(cases));
  writer.ring(Ring::ring2, std::move(rings[1]), row_of(onward));
}

void answer_sources(Writer& writer, const exposure::VisitView& view, exposure::PersonNo person,
                    const Numbered& candidates) {
  const Asked& asked = writer.asked;
  auto found = exposure::possible_sources(view, person, asked.exposed, candidates.sources, asked.rules);
  writer.ring(Ring::sources, std::move(found), [&](const exposure::Contact& one) {
    std::vector<exposure::Source> source;
    std::ranges::copy_if(candidates.sources, std::back_inserter(source),
                         [&](const exposure::Source& candidate) { return candidate.person == one.person; });
    return writer.contact(one, exposure::meetings_of(view, person, asked.exposed, source, asked.rules),
                          candidates.cases.at(one.person));
  });
}

std::vector<std::pair<RawId, exposure::Visit>> stops_of(const IndexNow& index, exposure::PersonNo person) {
  std::vector<std::pair<RawId, exposure::Visit>> out;
  std::ranges::copy_if(index.stops, std::back_inserter(out),
                       [&](const auto& one) { return one.second.person == person; });
  return out;
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
    index.ask([&](const IndexNow& now) {
      if (now.classes) asked.rules.class_of_place = *now.classes;
      raw(out.body, "visits", std::to_string(now.view.visits()));
      const auto person = now.numbers.find(file.person.raw);
      raw(out.body, "known", person ? "true" : "false");
      if (!person) return;
      Writer writer{now.numbers, asked, out, stops_of(now, *person)};
      answer_rings(writer, now.view, *person);
      answer_sources(writer, now.view, *person, Numbered(candidates, now.numbers));
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
