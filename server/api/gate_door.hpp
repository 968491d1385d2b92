#pragma once

#include <functional>
#include <memory>
#include <optional>

#include "api/house.hpp"
#include "runtime/code_service.hpp"

namespace fx::api {

/// What a gate takes along to judge by without the server; the program makes it, for it knows the desks.
struct GateSheet {
  std::string json;              ///< an object: values, places, versions; nobody in it
  std::vector<RawId> stopped;    ///< on the control list
  std::vector<RawId> unclassed;  ///< left the first landing place unclassed
};

/// What the program hands to the gates' routes; one program serves one realm.
struct GateDoor {
  /// Nothing: no such gate, or it is closed.
  std::function<std::optional<GateSheet>(journal::Reader&, UnitId gate, std::int32_t county, Instant now,
                                         const Rules&)>
      sheet;
  runtime::CodeService* codes = nullptr;  ///< none: phones are shown, or paper kept
  std::shared_ptr<Pool> askers;           ///< few: a service that hangs holds no more than these
};
/// Set once, before serving; an empty one closes it, when nobody asks any more.
void open_gate_door(GateDoor door);
const GateDoor& gate_door();

void take_gate_snapshot(const ExchangePtr& exchange);  // gate_snapshot.cpp
void ask_codes(const ExchangePtr& exchange);           // gate_codes.cpp

}  // namespace fx::api
