#pragma once

#include "api/house.hpp"
#include "importing/command_sink.hpp"

namespace fx::api {

/// Under whose account something comes in, and how patiently it waits for its turn.
struct Bearer {
  AccountId account;
  UnitId unit;
  std::string peer;
  runtime::Lane lane = runtime::Lane::bulk;
  std::function<bool()> cancelled;  ///< asked while waiting; none: never
};

/// The account with the roles it has now: a post may end meanwhile.
Visitor visitor_now(House& house, const Bearer& bearer);
/// Where what it brings is at home, and the units near by.
importing::ImportPlace place_near(House& house, const Visitor& who);
/// Runs planned commands as the front door would, and waits for all answers. Not on a server's thread.
std::vector<Outcome> issue(House& house, const Bearer& bearer,
                           const std::vector<importing::PlannedCommand>& commands);

/// One command that is the program's own; waits for its answer. Not on a server's thread.
Outcome run_and_wait(House& house, Command command);

}  // namespace fx::api
