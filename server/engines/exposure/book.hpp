#pragma once

#include <memory>
#include <vector>

#include "engines/exposure/build.hpp"

namespace fx::exposure {

/// The visits of one moment, for asking. Cheap to copy; never changes, whatever is appended behind it, so it may be read
/// by any thread.
struct VisitView {
  std::vector<std::shared_ptr<const Run>> runs;

  /// One more than the largest number of a person.
  [[nodiscard]] std::uint32_t people() const;
  [[nodiscard]] std::size_t visits() const;
  [[nodiscard]] std::size_t bytes() const;
};

/// All visits we know of, as a few runs and a buffer for the newest. One writer.
/// Keeps  a visit can be asked about as soon as append() has returned (take a new view());
///        appended one by one, or built at once, or both in any order: the same answers
/// Cost   append: amortised; now and then one merges up to `merge_up_to` visits. Larger merges are the caller's, by
///        compact(): until then a question looks into more runs.
class VisitBook {
 public:
  struct Sizes {
    std::size_t buffer = 8192;
    std::size_t merge_up_to = 1UL << 20;
  };
  VisitBook() = default;
  explicit VisitBook(Sizes sizes) : sizes_(sizes) {}

  /// Refuses what an index cannot hold; then nothing has changed.
  [[nodiscard]] VisitFault append(const Visit& visit);
  /// Many at once, e.g. when the index is rebuilt from the ledger. Visits must be without fault.
  void append_all(const Replay& replay);
  /// A run read back from its bytes.
  void adopt(Run run);

  [[nodiscard]] VisitView view();
  [[nodiscard]] std::size_t size() const;

  /// Makes one run of the two smallest of the epoch that has most. False when no epoch has more than one. The old runs
  /// stay until no view holds them.
  bool compact_step();
  /// One run for each epoch.
  void compact();

 private:
  using Held = std::shared_ptr<const Run>;

  void seal();
  void add(Run run);
  void keep_order();
  [[nodiscard]] std::size_t behind(std::int64_t epoch) const;
  void merge_last_two(std::int64_t epoch);
  void settle(std::int64_t epoch);

  Sizes sizes_;
  std::vector<Visit> buffer_;
  std::vector<Held> runs_;  ///< by epoch, then the largest first
};

}  // namespace fx::exposure
