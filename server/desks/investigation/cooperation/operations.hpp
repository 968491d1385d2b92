#pragma once

#include "desks/investigation/cooperation/commands.hpp"
#include "desks/investigation/cooperation/facts.hpp"
#include "kernel/guards.hpp"

namespace fx::investigation {

template <class C>
void own_request(const C& c, const Context&, KeySet& keys) {
  keys.own<Request>(c.request);
}
template <class C>
std::optional<UnitId> sender_of(const C& c, const View& view, const Context&) {
  const Request* request = view.find<Request>(c.request);
  return request != nullptr ? std::optional(request->sender) : std::nullopt;
}
/// The receiver acts in its own affairs: it is asked here, whoever's request it is.
template <class C>
std::optional<UnitId> receiver_of(const C& c, const View& view, const Context&) {
  const Request* request = view.find<Request>(c.request);
  return request != nullptr ? request->receiver : std::nullopt;
}

}  // namespace fx::investigation
