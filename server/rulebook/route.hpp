#pragma once

#include <span>

#include "rulebook/condition.hpp"

namespace fx::rulebook {

/// A way over the responsibility map: "hospital.county.cdc:CDC". README.md says what may stand in it.
struct Route {
  enum class Start { field, place, debtor, creditor, member };
  struct Hop {
    enum class Kind { parent, level, unit };
    Kind kind = Kind::parent;
    Level level = Level::county;
    UnitKind unit = UnitKind::other;
  };
  Start start = Start::place;
  std::size_t field = 0;
  std::vector<Hop> hops;
  std::optional<Role> role;
  std::string written;
};

/// Where routes may start from, and whence they start now.
struct Origin {
  const Fields* fields = nullptr;
  std::int32_t place = 0;  ///< jurisdiction of the event
  std::optional<Post> debtor;
  std::optional<Post> creditor;
  std::optional<Post> member;
};

/// Syntax and vocabulary of roles, kinds and levels; `type` gives the fields a route may start at. On failure `why` says it.
std::optional<Route> parse_route(std::string_view text, const TypeInfo* type, Words& why);
/// Checked, with problems.
std::vector<Route> read_routes(const Reading& reading, const std::string& path,
                               std::span<const std::string> texts, const TypeInfo* type);

/// The post a route leads to; nothing when a unit on the way is missing.
std::optional<Post> follow(const Route& route, const Origin& origin, const Reference& reference);
/// The first of the routes that leads somewhere.
std::optional<Post> follow(std::span<const Route> routes, const Origin& origin, const Reference& reference);

/// A vacant post falls to FRP of its unit, FRP of the parents, then the duty officer of the county command (rulebook.md
/// §2: nothing is ever silently unassigned). `place` is used when there is no post at all.
Post answerable(const std::optional<Post>& post, std::int32_t place, Instant at, const Reference& reference);
/// The duty officer's queue of a place.
Post duty_officer(std::int32_t place, const Reference& reference);

/// "LAA @ unit-id"; for texts.
std::string post_text(const Post& post);

}  // namespace fx::rulebook
