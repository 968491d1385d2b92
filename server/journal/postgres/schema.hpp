#pragma once

#include <string>
#include <vector>

#include "journal/postgres/tables.hpp"

namespace fx::journal::pg {

/// The role servers connect as: it owns nothing, so that row-level security binds it.
inline constexpr std::string_view app_role = "fangxian_app";

/// Everything in one realm's database. `fx.places` of a session that may see all of it. Without bounds: a key that a client
/// made by chance names a home that is nowhere, and its answer is kept all the same.
inline constexpr std::string_view all_places = "{(,)}";

/// Makes the tables of a realm in an empty database, or adds fact tables that are missing; grants the application role
/// what a server needs and no more (what happened can be added to, not changed). Run as the owner. Throws StoreBroken
/// when a table has another shape than this program's, StoreTooNew when a newer program made the database.
void prepare(Link& owner, const Registry& registry, std::string_view app = app_role);

/// Throws StoreBroken when it is no realm's, or one that is being copied; StoreTooNew when a newer program made it.
void check_version(Link& link);

/// The first fact table that is missing or has another shape than this program's; empty: none.
std::string other_shape(Link& link, const FactTables& facts);

/// Throws StoreBroken, naming what to do, when this program cannot use the database; StoreTooNew when a newer one can.
void check_schema(Link& link, const Registry& registry);

/// Triggers and rules that nobody of ours made, and indexes that are missing; one line each.
std::vector<std::string> foreign_objects(Link& link, const FactTables& facts);

/// Sets what the session may see.
void see_all(Link& link);

}  // namespace fx::journal::pg
