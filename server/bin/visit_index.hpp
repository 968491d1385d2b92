#pragma once

#include <atomic>
#include <chrono>
#include <condition_variable>
#include <filesystem>
#include <map>
#include <mutex>
#include <set>
#include <shared_mutex>
#include <thread>
#include <unordered_map>

#include "engines/exposure/book.hpp"
#include "journal/reader.hpp"

namespace fx::bin {

/// Persons and places by the engine's numbers.
class VisitNumbers {
 public:
  /// Entries of one person that were merged have one number, that of the entry they were merged into.
  exposure::PersonNo person(const RawId& id);
  void merge(const RawId& person, const RawId& into) { into_[person] = into; }
  void unmerge(const RawId& person) { into_.erase(person); }
  /// All numbers; who is whom stays.
  void forget();
  exposure::PlaceNo place(const std::string& name);
  [[nodiscard]] std::optional<exposure::PersonNo> find(const RawId& id) const;
  [[nodiscard]] const RawId& id_of(exposure::PersonNo person) const { return people_[number(person)]; }
  [[nodiscard]] const std::string& name_of(exposure::PlaceNo place) const { return places_[number(place)]; }
  [[nodiscard]] const std::vector<RawId>& people() const { return people_; }
  [[nodiscard]] const std::vector<std::string>& places() const { return places_; }
  [[nodiscard]] const std::unordered_map<RawId, RawId>& merged() const { return into_; }
  /// As they were numbered before.
  void adopt(const std::map<RawId, RawId>& into, std::vector<RawId> people, std::vector<std::string> places);
  /// By number of place: 1 in a vehicle, 0 elsewhere. Shared with answers under way; never changes once given.
  [[nodiscard]] std::shared_ptr<const std::vector<std::uint8_t>> classes();

 private:
  [[nodiscard]] RawId standing(RawId id) const;

  std::unordered_map<RawId, RawId> into_;  ///< of a merged entry: the other
  std::vector<RawId> people_;
  std::unordered_map<RawId, std::uint32_t> by_id_;
  std::vector<std::string> places_;
  std::unordered_map<std::string, std::uint32_t> by_name_;
  std::shared_ptr<const std::vector<std::uint8_t>> classes_;
};

/// What the index knows at one moment, while nothing changes it.
struct IndexNow {
  const exposure::VisitView& view;
  const VisitNumbers& numbers;
  const std::shared_ptr<const std::vector<std::uint8_t>>& classes;
  const std::map<RawId, exposure::Visit>& stops;  ///< of cases, by stop
};

/// The exposure engine beside the ledger: follows it by a cursor of its own, on a thread of its own. A file beside the
/// ledger holds how it stood (visit_snapshot.hpp): a start reads it and goes on from there. It is made again from the
/// ledger when the file is absent, torn, damaged, ahead of the ledger or of another past, so it can never tell of another
/// ledger than this one.
/// Holds  visits recorded by the hundred (investigation.visits_recorded) and the stops of cases, of merged entries as one
/// Cost   one pass over the ledger without a file, and again when a batch of visits is withdrawn or two entries that have
///        any are merged, or not any more: until cursor() has reached what is asked about, the answer must say that it is
///        not whole. The file is written when the index stops, and whenever it has grown by a quarter
class VisitIndex {
 public:
  /// Without a path nothing is kept between starts.
  VisitIndex(journal::Readers& readers, const Registry& registry, std::filesystem::path file = {});
  VisitIndex(const VisitIndex&) = delete;
  VisitIndex& operator=(const VisitIndex&) = delete;
  ~VisitIndex();

  void start();
  void stop();
  /// Takes up from the file; false when it is of no use, and nothing has changed. By the thread, or by who has not
  /// started it.
  bool load();
  /// Writes the file; false when it could not. Nothing is lost by that but time.
  bool save();
  /// One look at the ledger; true when there may be more. By the thread, or by who has not started it.
  bool follow();

  /// Runs f(IndexNow).
  template <class F>
  auto ask(F f) {
    const std::shared_lock lock(mutex_);
    return f(IndexNow{view_, numbers_, classes_, stops_});
  }
  [[nodiscard]] std::int64_t cursor() const { return cursor_; }
  /// Waits for this batch of the ledger to be in; false when it is not within that time.
  [[nodiscard]] bool reaches(std::int64_t batch, std::chrono::milliseconds longest);

 private:
  void take(const StoredEvent& event);
  void take_visits(const StoredEvent& event);
  void take_stop(const StoredEvent& event);
  void take_merge(const StoredEvent& event);
  void refresh();  ///< what is asked about, after a change
  void forget_everything();
  void loop();

  journal::Readers& readers_;
  const Registry& registry_;
  std::filesystem::path file_;
  std::size_t saved_visits_ = 0;
  std::int64_t saved_cursor_ = 0;
  std::shared_mutex mutex_;  ///< view_, classes_ and numbers_ for those who ask
  VisitNumbers numbers_;
  exposure::VisitBook book_;
  std::map<RawId, exposure::Visit> stops_;  ///< by stop; few, and corrected now and then
  bool stops_changed_ = true;
  std::vector<std::shared_ptr<const exposure::Run>> stop_runs_;
  std::set<RawId> withdrawn_;  ///< batches
  std::set<No> merges_;        ///< events that merged or un-merged entries, each followed once
  bool again_ = false;  ///< what is in the book is wrong: a batch was withdrawn, or somebody is somebody else
  exposure::VisitView view_;
  std::shared_ptr<const std::vector<std::uint8_t>> classes_;
  std::atomic<std::int64_t> cursor_ = 0;

  std::mutex wake_mutex_;
  std::condition_variable wake_;
  std::condition_variable moved_;
  bool stopping_ = false;
  bool wanted_ = false;  ///< somebody waits for a batch: look at once, not at the next beat
  std::thread thread_;
};

}  // namespace fx::bin
