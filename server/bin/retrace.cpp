#include "bin/retrace.hpp"

#include "bin/trace_rules.hpp"
#include "desks/investigation/facts.hpp"
#include "desks/investigation/retrace/facts.hpp"
#include "engines/exposure/trace.hpp"
#include "kernel/derive.hpp"

namespace fx::bin {
namespace {

using investigation::Case;
using investigation::FoundExposure;
using investigation::ProposeExposures;
using investigation::Stop;
using investigation::StopReview;

constexpr std::chrono::seconds beat{1};
constexpr std::chrono::seconds longest_wait{2};  // for an index that is behind

Instant instant(std::int64_t seconds) { return {seconds * 1000}; }

std::vector<StopReview> to_trace(journal::Reader& reader) {
  journal::ListQuery query;
  query.table = &table_type<StopReview>();
  query.scope.places = {journal::places_of(0)};
  query.filters = {{"to_trace", {FieldValue(true)}}};
  query.limit = journal::longest_page;
  std::vector<StopReview> out;
  for (const RowPtr& row : reader.list(query).rows) out.push_back(*static_cast<const StopReview*>(row.get()));
  return out;
}

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
  for (const exposure::Meeting& one : meetings) {
    if (out.size() > investigation::most_proposed) break;
    out.push_back(found_in(one, now.numbers.id_of(one.contact)));
  }
  return out;
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
  const std::vector<StopReview> reviews = to_trace(reader);
  if (reviews.empty() || !parts_.index.reaches(reader.as_of(), longest_wait)) return 0;
  const auto rulebook = parts_.rulebook();
  const Instant now = parts_.clock.wall();
  for (const StopReview& review : reviews) {
    const auto file = reader.row<Case>(review.case_id);
    if (!file) continue;
    const std::int32_t county = file->id.home();
    auto body = std::make_shared<ProposeExposures>();
    body->stop = review.id;
    body->case_id = review.case_id;
    body->version = review.version;
    const auto overlap = rule_number(*rulebook, "D.trace.min_overlap_min", now, county);
    if (overlap && file->window_from) {
      const std::int64_t from = file->window_from->ms / 1000;
      const exposure::Span window{from, std::max(from, file->opened_at.ms / 1000)};
      const auto rules = meeting_rules(*rulebook, now, county, *overlap);
      parts_.index.ask(
          [&](const IndexNow& index) { body->found = found_at(index, review.id.raw, window, rules); });
    }
    if (body->found.size() > investigation::most_proposed) {
      body->found.pop_back();
      body->whole = false;
    }
    Command command;
    command.operation = parts_.registry.operation("investigation.propose_exposures");
    command.body = std::move(body);
    command.id = named_id("retrace", review.id.text() + " " + std::to_string(review.version), county);
    command.system = true;
    command.jurisdiction = county;
    (void)parts_.writer.submit(std::move(command), runtime::Lane::normal, {});  // full: at the next look
  }
  return reviews.size();
}

}  // namespace fx::bin
