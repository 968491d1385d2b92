#pragma once

#include <functional>

#include "api/house.hpp"
#include "bin/visit_index.hpp"
#include "desks/investigation/retrace/facts.hpp"
#include "desks/investigation/visits/facts.hpp"
#include "runtime/writer.hpp"

namespace fx::bin {

/// A stop was corrected or withdrawn, or visits came or went where a case was: asks the index of visits who was there, and
/// hands what it finds to the investigation desk, which proposes the difference to an officer. What is still to be asked
/// stands in the ledger's own rows (to_trace of stop_review and visit_batch), so neither a crash nor a second server loses or
/// doubles anything.
class Retracer {
 public:
  struct Parts {
    runtime::Writer& writer;
    journal::Readers& readers;
    VisitIndex& index;
    const Registry& registry;
    const Clock& clock;
    std::function<std::shared_ptr<const Rules>()> rulebook;
  };
  explicit Retracer(Parts parts) : parts_(std::move(parts)) {}
  Retracer(const Retracer&) = delete;
  Retracer& operator=(const Retracer&) = delete;
  ~Retracer() { stop(); }

  void start();
  void stop();
  /// Looks once; gives how many stops and batches were answered. By the thread, or by who has not started it.
  std::size_t look();

 private:
  void loop();
  /// Which stops of cases the batch touches.
  void ask_anew(const investigation::VisitBatch& batch, journal::Reader& reader);
  /// Who was at the stop.
  void answer(const investigation::StopReview& review, const Rules& rulebook, journal::Reader& reader);
  template <class Body>
  bool submit(std::string_view operation, Body body, const std::string& key, std::int32_t county);

  Parts parts_;
  std::mutex mutex_;
  std::condition_variable wake_;
  bool stopping_ = false;
  std::thread thread_;
};

}  // namespace fx::bin
