#include "bin/retrace.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "base/codec.hpp"
#include "bin/trace_rules.hpp"
#include "desks/investigation/facts.hpp"
#include "desks/investigation/retrace/facts.hpp"
#include "engines/exposure/trace.hpp"
#include "kernel/derive.hpp"

namespace fx::bin {
namespace {

using investigation::AskStopsAnew;
using investigation::Case;
using investigation::ExposureProposal;
using investigation::FoundExposure;
using investigation::most_asked_anew;
using investigation::most_proposed;
using investigation::ProposalState;
using investigation::ProposeExposures;
using investigation::StopReview;
using investigation::TouchedStop;
using investigation::VisitBatch;
using investigation::VisitsRecorded;

constexpr std::chrono::seconds beat{1};
constexpr std::chrono::seconds longest_wait{2};  // for an index that is behind
constexpr std::size_t most_batches = 100;        // of visits a look: each is read whole

Instant instant(std::int64_t seconds) { return {seconds * 1000}; }

/// Rows that wait for the index's answer.
template <class T>
std::vector<T> to_trace(journal::Reader& reader, std::size_t most) {
  journal::ListQuery query;
  query.table = &table_type<T>();
  query.scope.places = {journal::places_of(0)};
  query.filters = {{"to_trace", {FieldValue(true)}}};
  query.limit = most;
  std::vector<T> out;
  for (const RowPtr& row : reader.list(query).rows) out.push_back(*static_cast<const T*>(row.get()));
  return out;
}

// ---- visits that came or went ------------------------------------------------------------------------------------------

/// What the visits of a batch say stands in their event alone.
std::shared_ptr<const VisitsRecorded> visits_of(journal::Reader& reader, const Registry& registry,
                                                const VisitBatch& batch) {
  std::string cursor;
  do {
    const auto page = reader.events_about(batch.id.raw, cursor, journal::longest_page);
    for (const StoredEvent& event : page.rows) {
      if (event.row.type != VisitsRecorded::name) continue;
      Faults faults;
      const auto body = registry.event(event.row.type)->read(parse_own_json(event.row.body), faults);
      return std::static_pointer_cast<const VisitsRecorded>(body);
    }
    cursor = page.next;
  } while (!cursor.empty());
  return nullptr;
}

/// The stops of cases where and while somebody of the batch was, and by which visits.
std::vector<TouchedStop> touched_by(const VisitsRecorded& batch, const IndexNow& now) {
  std::map<std::string_view, std::vector<const investigation::VisitSeen*>> seen;
  for (const investigation::VisitSeen& visit : batch.visits) seen[visit.place].push_back(&visit);
  std::vector<TouchedStop> out;
  for (const auto& [id, stop] : now.stops) {
    const auto there = seen.find(now.numbers.name_of(stop.place));
    if (there == seen.end()) continue;
    TouchedStop touched{.stop = {id}, .withdrawn = {}};
    for (const auto* visit : there->second)
      if (visit->from < instant(stop.until_s) && instant(stop.from_s) < visit->until)
        touched.withdrawn.push_back({visit->person, visit->known_by});
    if (!touched.withdrawn.empty()) out.push_back(std::move(touched));
  }
  return out;
}

// ---- who was at a stop -------------------------------------------------------------------------------------------------

/// Both seats known: how far apart they were.
FoundExposure found_in(const exposure::Meeting& meeting, const RawId& person) {
  FoundExposure out{.person = PersonId{person},
                    .from = instant(meeting.span.from_s),
                    .until = instant(meeting.span.until_s),
                    .rows_apart = {},
                    .same_carriage = {},
                    .known_by = static_cast<investigation::KnownBy>(meeting.contact_knowledge)};
  const auto& [one, other] = std::tie(meeting.source_spot, meeting.contact_spot);
  if (one.row != 0 && other.row != 0) out.rows_apart = std::abs(one.row - other.row);
  if (one.section != 0 && other.section != 0) out.same_carriage = one.section == other.section;
  return out;
}

/// Everybody at the stop together with the case, while it could infect; the longest together first.
std::vector<FoundExposure> found_at(const IndexNow& now, const RawId& stop, exposure::Span window,
                                    exposure::MeetingRules rules) {
  const auto at = now.stops.find(stop);
  if (at == now.stops.end()) return {};
  const exposure::Visit& visit = at->second;
  const exposure::Span when{std::max(window.from_s, visit.from_s), std::min(window.until_s, visit.until_s)};
  if (when.until_s <= when.from_s) return {};
  if (now.classes) rules.class_of_place = *now.classes;
  const std::vector<exposure::Source> source{{visit.person, when}};
  auto meetings = exposure::ring_meetings(now.view, source, rules);
  std::erase_if(meetings, [&](const exposure::Meeting& one) { return one.place != visit.place; });
  std::ranges::stable_sort(meetings, std::ranges::greater(),
                           [](const exposure::Meeting& one) { return one.span.seconds(); });
  std::vector<FoundExposure> out;
  for (const exposure::Meeting& one : meetings) out.push_back(found_in(one, now.numbers.id_of(one.contact)));
  return out;
}

/// When more were there than are proposed at once: whoever is in doubt and what an officer has yet to decide on, then who is
/// no contact of the case yet, then the others; what was decided on as it stands is asked no more. Gives how many come first.
std::size_t put_first_what_is_undecided(std::vector<FoundExposure>& found, const StopReview& review,
                                        journal::Reader& reader) {
  std::vector<RawId> proposals;
  std::vector<RawId> claims;
  for (const FoundExposure& one : found) {
    proposals.push_back(investigation::exposure_proposal_of(review.id, one.person, one.from).raw);
    claims.push_back(investigation::contact_claim(review.case_id, one.person));
  }
  const auto decided = reader.rows(table_type<ExposureProposal>(), proposals);
  const auto known = reader.rows(table_type<Claim>(), claims);
  std::array<std::vector<FoundExposure>, 3> turns;
  for (std::size_t i = 0; i < found.size(); ++i) {
    const auto row = decided.find(proposals[i]);
    const auto* proposal =
        row != decided.end() ? static_cast<const ExposureProposal*>(row->second.get()) : nullptr;
    const bool doubted =
        std::ranges::find(review.withdrawn, found[i].person, &investigation::WithdrawnPresence::person) !=
        review.withdrawn.end();
    if (doubted || (proposal != nullptr && proposal->state == ProposalState::open))
      turns[0].push_back(found[i]);
    else if (proposal == nullptr || proposal->state == ProposalState::fallen ||
             !investigation::says_the_same(*proposal, found[i]))
      turns[known.contains(claims[i]) ? 2 : 1].push_back(found[i]);
  }
  found.clear();
  for (const auto& turn : turns) found.insert(found.end(), turn.begin(), turn.end());
  return turns[0].size();
}

}  // namespace

void Retracer::start() {
  thread_ = std::thread([this] { loop(); });
}

void Retracer::stop() {
  {
    const std::lock_guard lock(mutex_);
    stopping_ = true;
  }
  wake_.notify_all();
  if (thread_.joinable()) thread_.join();
}

void Retracer::loop() {
  for (;;) {
    try {
      look();
    } catch (const std::exception&) {  // the database is busy or away: the next look catches up
    }
    std::unique_lock lock(mutex_);
    if (wake_.wait_for(lock, beat, [&] { return stopping_; })) return;
  }
}

std::size_t Retracer::look() {
  auto reader = parts_.readers.open();
  const auto batches = to_trace<VisitBatch>(reader, most_batches);
  const auto reviews = to_trace<StopReview>(reader, journal::longest_page);
  if (batches.empty() && reviews.empty()) return 0;
  if (!parts_.index.reaches(reader.as_of(), longest_wait)) return 0;
  for (const VisitBatch& batch : batches) ask_anew(batch, reader);
  const auto rulebook = parts_.rulebook();
  for (const StopReview& review : reviews) answer(review, *rulebook, reader);
  return batches.size() + reviews.size();
}

void Retracer::ask_anew(const VisitBatch& batch, journal::Reader& reader) {
  const auto visits = visits_of(reader, parts_.registry, batch);
  if (!visits) return;
  auto stops = parts_.index.ask([&](const IndexNow& now) { return touched_by(*visits, now); });
  if (!batch.withdrawn)
    for (TouchedStop& one : stops) one.withdrawn.clear();
  std::size_t from = 0;
  do {
    const std::size_t until = std::min(stops.size(), from + most_asked_anew);
    AskStopsAnew body{.visit_batch = batch.id,
                      .withdrawn = batch.withdrawn,
                      .stops = {stops.begin() + static_cast<std::ptrdiff_t>(from),
                                stops.begin() + static_cast<std::ptrdiff_t>(until)},
                      .last = until == stops.size()};
    // The same stops, the same command: what is sent again at the next look is answered, not done again.
    std::string key = fmt::format("{} {} {}", batch.id.text(), batch.withdrawn, body.last);
    for (const TouchedStop& one : body.stops) key += one.stop.text();
    if (!submit("investigation.ask_stops_anew", std::move(body), key, batch.id.home())) return;
    from = until;
  } while (from < stops.size());
}

void Retracer::answer(const StopReview& review, const Rules& rulebook, journal::Reader& reader) {
  const auto file = reader.row<Case>(review.case_id);
  if (!file) return;
  const std::int32_t county = file->id.home();
  const Instant now = parts_.clock.wall();
  ProposeExposures body{.stop = review.id, .case_id = review.case_id, .version = review.version, .found = {}};
  const auto overlap = rule_number(rulebook, "D.trace.min_overlap_min", now, county);
  if (overlap && file->window_from) {
    const std::int64_t from = file->window_from->ms / 1000;
    const exposure::Span window{from, std::max(from, file->opened_at.ms / 1000)};
    const auto rules = meeting_rules(rulebook, now, county, *overlap);
    parts_.index.ask(
        [&](const IndexNow& index) { body.found = found_at(index, review.id.raw, window, rules); });
  }
  if (body.found.size() > most_proposed) {
    const std::size_t first = put_first_what_is_undecided(body.found, review, reader);
    body.whole = body.found.size() <= std::max(first, most_proposed);
    if (!body.whole) body.found.resize(std::max(first, most_proposed));
  }
  (void)submit("investigation.propose_exposures", std::move(body),
               fmt::format("{} {}", review.id.text(), review.version), county);
}

template <class Body>
bool Retracer::submit(std::string_view operation, Body body, const std::string& key, std::int32_t county) {
  Command command;
  command.operation = parts_.registry.operation(operation);
  command.body = std::make_shared<Body>(std::move(body));
  command.id = named_id("retrace", key, county);
  command.system = true;
  command.jurisdiction = county;
  return parts_.writer.submit(std::move(command), runtime::Lane::normal, {});  // full: at the next look
}

}  // namespace fx::bin
