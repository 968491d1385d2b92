#pragma once

#include <functional>
#include <memory>
#include <span>
#include <string>
#include <string_view>

#include "api/assets.hpp"
#include "api/open_door.hpp"
#include "journal/reader.hpp"
#include "rulebook/rulebook.hpp"
#include "runtime/crypto.hpp"
#include "runtime/system_clock.hpp"
#include "runtime/writer.hpp"

namespace fx::api {

enum class Realm { live, drill, training };
BOOST_DESCRIBE_ENUM(Realm, live, drill, training)

using RulebookPtr = std::shared_ptr<const rulebook::Rulebook>;

/// What the service works with. All of it outlives the service; all of it may be called from any thread.
struct ServiceParts {
  const Registry& registry;
  runtime::Writer& writer;
  journal::Readers& readers;
  const runtime::Vault& vault;
  const runtime::KeyStore& keys;
  runtime::PasswordGate& passwords;
  const Access& access;
  runtime::SystemClock& clock;
  std::function<RulebookPtr()> rulebook;  ///< the one in force now
  Realm realm = Realm::live;
  std::string version = "0";  ///< of the program
  std::string
      session_file;  ///< keeps sessions over a restart: an SQLite file, or postgres://… shared by servers; empty: memory only
  std::size_t queue = 8192;      ///< Writer::Limits::queue
  unsigned readers_at_once = 4;  ///< as many as Readers has connections
  std::span<const assets::Asset> assets = assets::all();
  /// Works out a mass round; nothing when `faults` says why. The program makes it, for it knows the engines.
  std::function<std::optional<std::string>(const boost::json::value& asked, const Rules&, std::int32_t county,
                                           Faults& faults)>
      round_plan;
  OpenDoor open_door;                         ///< what anybody may ask; empty: nothing
  std::function<void(std::string_view)> log;  ///< one line of JSON; none: stderr
};

}  // namespace fx::api
