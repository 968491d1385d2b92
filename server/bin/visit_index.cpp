#include "bin/visit_index.hpp"

#include <array>

#include "bin/visit_snapshot.hpp"
#include "desks/investigation/events.hpp"
#include "desks/investigation/visits/facts.hpp"
#include "desks/people/events.hpp"
#include "kernel/command.hpp"

namespace fx::bin {
namespace {

constexpr std::size_t page = 1000;  // events in one look
constexpr std::size_t least_growth =
    50'000;  // visits: fewer are read again faster than a file is worth writing

using namespace investigation;
/// What it follows the ledger for.
constexpr std::array<std::string_view, 6> followed{VisitsRecorded::name,        VisitsWithdrawn::name,
                                                   StopRecorded::name,          StopWithdrawn::name,
                                                   people::PersonsMerged::name, people::PersonUnmerged::name};

std::int64_t seconds(Instant at) { return at.ms / 1000; }

bool is_vehicle(std::string_view place) { return place.starts_with("service "); }

}  // namespace

RawId VisitNumbers::standing(RawId id) const {
  // A merge into somebody who was merged in turn; the registry lets no circle arise.
  for (auto at = into_.find(id); at != into_.end(); at = into_.find(id)) id = at->second;
  return id;
}

exposure::PersonNo VisitNumbers::person(const RawId& id) {
  const RawId one = standing(id);
  const auto [at, fresh] = by_id_.try_emplace(one, static_cast<std::uint32_t>(people_.size()));
  if (fresh) people_.push_back(one);
  return exposure::PersonNo{at->second};
}

exposure::PlaceNo VisitNumbers::place(const std::string& name) {
  const auto [at, fresh] = by_name_.try_emplace(name, static_cast<std::uint32_t>(places_.size()));
  if (fresh) places_.push_back(name);
  return exposure::PlaceNo{at->second};
}

std::optional<exposure::PersonNo> VisitNumbers::find(const RawId& id) const {
  const auto at = by_id_.find(standing(id));
  return at != by_id_.end() ? std::optional(exposure::PersonNo{at->second}) : std::nullopt;
}

void VisitNumbers::forget() {
  auto into = std::move(into_);
  *this = VisitNumbers();
  into_ = std::move(into);
}

std::shared_ptr<const std::vector<std::uint8_t>> VisitNumbers::classes() {
  if (!classes_ || classes_->size() != places_.size()) {
    auto next = std::make_shared<std::vector<std::uint8_t>>(places_.size());
    std::ranges::transform(places_, next->begin(), [](const std::string& name) {
      return is_vehicle(name) ? std::uint8_t{1} : std::uint8_t{0};
    });
    classes_ = std::move(next);
  }
  return classes_;
}

void VisitNumbers::adopt(const std::map<RawId, RawId>& into, std::vector<RawId> people,
                         std::vector<std::string> places) {
  *this = VisitNumbers();
  into_.insert(into.begin(), into.end());
  people_ = std::move(people);
  places_ = std::move(places);
  for (std::size_t i = 0; i < people_.size(); ++i) by_id_.emplace(people_[i], static_cast<std::uint32_t>(i));
  for (std::size_t i = 0; i < places_.size(); ++i)
    by_name_.emplace(places_[i], static_cast<std::uint32_t>(i));
}

VisitIndex::VisitIndex(journal::Readers& readers, const Registry& registry, std::filesystem::path file)
    : readers_(readers), registry_(registry), file_(std::move(file)) {}

VisitIndex::~VisitIndex() { stop(); }

void VisitIndex::start() {
  thread_ = std::thread([this] { loop(); });
}

void VisitIndex::stop() {
  {
    const std::lock_guard lock(wake_mutex_);
    stopping_ = true;
  }
  wake_.notify_all();
  if (!thread_.joinable()) return;
  thread_.join();
  if (cursor_ > saved_cursor_) save();
}

bool VisitIndex::load() {
  if (file_.empty()) return false;
  auto snapshot = read_snapshot(file_);
  if (!snapshot) return false;
  {
    auto reader = readers_.open(std::chrono::seconds(10));
    const auto seal = reader.as_of() >= snapshot->cursor ? reader.seal(snapshot->cursor) : std::nullopt;
    if (!seal || seal->link != snapshot->link) return false;
  }
  const std::unique_lock lock(mutex_);
  forget_everything();
  numbers_.adopt(snapshot->into, std::move(snapshot->people), std::move(snapshot->places));
  for (const auto& run : snapshot->runs) book_.adopt(exposure::Run(*run));
  stops_ = std::move(snapshot->stops);
  withdrawn_ = std::move(snapshot->withdrawn);
  merges_ = std::move(snapshot->merges);
  refresh();
  saved_visits_ = view_.visits();
  saved_cursor_ = snapshot->cursor;
  const std::lock_guard moving(wake_mutex_);
  cursor_ = snapshot->cursor;
  return true;
}

bool VisitIndex::save() {
  if (file_.empty()) return false;
  try {
    VisitSnapshot snapshot;
    snapshot.cursor = cursor_;
    {
      auto reader = readers_.open(std::chrono::seconds(10));
      const auto seal = reader.seal(snapshot.cursor);
      if (!seal) return false;
      snapshot.link = seal->link;
    }
    snapshot.into.insert(numbers_.merged().begin(), numbers_.merged().end());
    snapshot.people = numbers_.people();
    snapshot.places = numbers_.places();
    snapshot.stops = stops_;
    snapshot.withdrawn = withdrawn_;
    snapshot.merges = merges_;
    snapshot.runs = book_.view().runs;
    write_snapshot(file_, snapshot);
    saved_visits_ = book_.size();
    saved_cursor_ = snapshot.cursor;
    return true;
  } catch (const std::exception&) {  // no room, no reader: the next start reads the ledger instead
    return false;
  }
}

void VisitIndex::loop() {
  try {
    load();
  } catch (const std::exception&) {  // the database is busy or away: made from the ledger
  }
  for (;;) {
    bool more = false;
    try {
      more = follow();
      if (!more && book_.size() > saved_visits_ + std::max(least_growth, saved_visits_ / 4)) save();
    } catch (const std::exception&) {  // the database is busy or away: the next look catches up
    }
    std::unique_lock lock(wake_mutex_);
    wake_.wait_for(lock, std::chrono::milliseconds(more ? 0 : 100), [&] { return stopping_ || wanted_; });
    if (stopping_) return;
    wanted_ = false;
  }
}

bool VisitIndex::follow() {
  std::vector<StoredEvent> events;
  std::int64_t seen = cursor_;
  {
    auto reader = readers_.open(std::chrono::seconds(10));
    if (reader.as_of() <= seen) return false;
    events = reader.events_after(seen, page, followed);
    seen = events.size() < page ? reader.as_of() : events.back().batch;
  }
  if (!events.empty() || !classes_) {
    const std::unique_lock lock(mutex_);
    for (const StoredEvent& event : events) take(event);
    if (again_) {
      forget_everything();
      return true;
    }
    refresh();
  }
  {
    const std::lock_guard moving(wake_mutex_);
    cursor_ = seen;
  }
  moved_.notify_all();
  return events.size() >= page;
}

bool VisitIndex::reaches(std::int64_t batch, std::chrono::milliseconds longest) {
  std::unique_lock lock(wake_mutex_);
  if (cursor_ >= batch) return true;
  wanted_ = true;
  wake_.notify_all();
  return moved_.wait_for(lock, longest, [&] { return stopping_ || cursor_ >= batch; }) && cursor_ >= batch;
}

void VisitIndex::refresh() {
  if (stops_changed_) {
    std::vector<exposure::Visit> visits;
    for (const auto& [stop, visit] : stops_) visits.push_back(visit);
    stop_runs_.clear();
    for (exposure::Run& run : exposure::build_runs(std::span<const exposure::Visit>(visits)))
      stop_runs_.push_back(std::make_shared<const exposure::Run>(std::move(run)));
    stops_changed_ = false;
  }
  view_ = book_.view();
  view_.runs.insert(view_.runs.end(), stop_runs_.begin(), stop_runs_.end());
  classes_ = numbers_.classes();
}

void VisitIndex::forget_everything() {
  book_ = exposure::VisitBook();
  numbers_.forget();
  stops_.clear();
  stop_runs_.clear();
  stops_changed_ = true;
  again_ = false;
  view_ = {};
  classes_.reset();
  cursor_ = 0;
}

void VisitIndex::take(const StoredEvent& event) {
  const std::string_view type = event.row.type;
  if (type == VisitsRecorded::name) return take_visits(event);
  if (type == StopRecorded::name) return take_stop(event);
  if (type == StopWithdrawn::name) {
    stops_changed_ = stops_.erase(event.row.about) > 0 || stops_changed_;
  } else if (type == people::PersonsMerged::name || type == people::PersonUnmerged::name) {
    take_merge(event);
  } else if (type == VisitsWithdrawn::name) {
    again_ = withdrawn_.insert(event.row.about).second || again_;
  }
}

void VisitIndex::take_visits(const StoredEvent& event) {
  if (withdrawn_.contains(event.row.about)) return;
  Faults faults;
  const auto body = registry_.event(event.row.type)->read(parse_own_json(event.row.body), faults);
  const auto& recorded = *static_cast<const investigation::VisitsRecorded*>(body.get());
  for (const investigation::VisitSeen& seen : recorded.visits) {
    const exposure::Visit visit{
        .person = numbers_.person(seen.person.raw),
        .place = numbers_.place(seen.place),
        .from_s = seconds(seen.from),
        .until_s = seconds(seen.until),
        .spot = {static_cast<std::uint16_t>(seen.section), static_cast<std::uint16_t>(seen.row), 0},
        .knowledge = static_cast<exposure::Knowledge>(seen.known_by),
        .is_protected = seen.is_protected};
    (void)book_.append(visit);  // what it cannot hold was refused at the door; an empty stay meets nobody
  }
}

void VisitIndex::take_merge(const StoredEvent& event) {
  if (!merges_.insert(event.row.no).second) return;
  const RawId& person = event.row.about;
  const bool had_visits = numbers_.find(person).has_value();
  if (event.row.type == people::PersonUnmerged::name) {
    numbers_.unmerge(person);
  } else {
    Faults faults;
    const auto body = registry_.event(event.row.type)->read(parse_own_json(event.row.body), faults);
    numbers_.merge(person, static_cast<const people::PersonsMerged*>(body.get())->into.raw);
  }
  again_ = again_ || had_visits;
}

void VisitIndex::take_stop(const StoredEvent& event) {
  Faults faults;
  const auto body = registry_.event(event.row.type)->read(parse_own_json(event.row.body), faults);
  const auto& stop = *static_cast<const investigation::StopRecorded*>(body.get());
  const std::string place =
      investigation::place_name(stop.kind, stop.service, stop.division, stop.place, stop.from);
  stops_changed_ = true;
  if (stop.place.empty() && stop.service.empty()) {  // an address alone is a sealed text: nobody else's place
    stops_.erase(stop.stop.raw);
    return;
  }
  std::uint32_t section = 0;
  for (const char c : stop.carriage)
    if (c >= '0' && c <= '9') section = (section * 10 + static_cast<std::uint32_t>(c - '0')) & 0xFFFFU;
  stops_[stop.stop.raw] = {
      .person = numbers_.person(stop.person.raw),
      .place = numbers_.place(place),
      .from_s = seconds(stop.from),
      .until_s = seconds(stop.until),
      .spot = {static_cast<std::uint16_t>(section), static_cast<std::uint16_t>(stop.row & 0xFFFF), 0},
      .knowledge = static_cast<exposure::Knowledge>(stop.known_by),
      .is_protected = false};
}

}  // namespace fx::bin
