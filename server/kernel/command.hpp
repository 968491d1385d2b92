#pragma once

#include <memory>
#include <optional>

#include "kernel/operation.hpp"
#include "kernel/store.hpp"

namespace fx {

/// A command at the front door: decoded, its texts and identities sealed. `id` is the idempotency key, client-made.
struct Command {
  const Operation* operation = nullptr;
  std::shared_ptr<void> body;
  RawId id;
  std::uint64_t body_hash = 0;
  AccountId account;
  UnitId unit;
  bool system = false;  ///< timer and handoffs; then `jurisdiction` says where
  std::int32_t jurisdiction = 0;
  std::optional<Instant> occurred_at;
  std::string device;
  std::int64_t device_seq = 0;
  std::optional<Instant> device_time;
  std::string peer;
  No caused_by = 0;
  int hops = 0;
  std::string arrow;    ///< name of the arrow that handed it over
  bool queued = false;  ///< from a device's offline queue: what a deed of it says has happened already
  std::vector<IdentityWrite> identities;
  std::vector<TokenWrite> tokens;
  std::vector<std::pair<RawId, std::string>>
      new_keys;  ///< wrapped data keys of new persons, for the key store
};

/// What became of a command.
struct Outcome {
  enum class Kind { accepted, refused, conflict, defect, unavailable };
  Kind kind = Kind::defect;
  bool replayed = false;  ///< answered from memory: the same key was answered before
  std::int64_t batch = 0;
  std::vector<EventRow> events;
  Refusals refusals;
  std::string defect;  ///< for the log, never for the user
};

/// Hash of a command's content, to tell a retry from another command under the same key.
std::uint64_t content_hash(std::string_view operation, std::string_view body);

/// A clock port. `wall` may jump; `monotonic` never does.
class Clock {
 public:
  virtual ~Clock() = default;
  [[nodiscard]] virtual Instant wall() const = 0;
  [[nodiscard]] virtual Duration monotonic() const = 0;
};

/// A source of new ids: time from the clock, chance from outside.
class IdSource {
 public:
  virtual ~IdSource() = default;
  virtual RawId next(std::int32_t home) = 0;
};

}  // namespace fx
