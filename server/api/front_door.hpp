#pragma once

#include "api/house.hpp"

namespace fx::api {

/// A command as somebody sent it: the fields every operation takes beside its own.
struct Envelope {
  RawId key;
  std::optional<Instant> occurred_at;
  std::string device;
  std::int64_t device_seq = 0;
  std::optional<Instant> device_time;
};

/// Takes the reserved fields out of a body.
Envelope take_envelope(boost::json::object& body, Faults& faults, const Path& at);

/// Who asks, and from where.
struct Sender {
  House& house;
  const Visitor& who;
  std::string_view peer;
};
/// A command ready for the writer; nothing when there are faults; `body` is an object. Seals names, texts and passwords.
std::optional<Command> make_command(const Sender& sender, const Operation& operation,
                                    const Envelope& envelope, const boost::json::value& body, Faults& faults,
                                    const Path& at);
inline std::optional<Command> make_command(const Exchange& exchange, const Operation& operation,
                                           const Envelope& envelope, const boost::json::value& body,
                                           Faults& faults, const Path& at) {
  return make_command(Sender{exchange.house, exchange.who, exchange.request.peer}, operation, envelope, body,
                      faults, at);
}

/// May the visitor ask this at all? Else a recorded 403.
std::optional<http::Response> forbidden(const Exchange& exchange, const Operation& operation);

/// Answers are kept for a time: an older key could have been used before and must not be run as new. Else a recorded 422.
std::optional<http::Response> outdated(const Exchange& exchange, const Operation& operation,
                                       const RawId& key);

/// How urgent an operation is to the writer.
runtime::Lane lane_of(const Operation& operation);

/// Hashing a password takes long: such operations are prepared beside the servers' threads.
bool takes_long(const Operation& operation);

}  // namespace fx::api
