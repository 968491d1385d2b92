#pragma once

#include <string>
#include <vector>

#include "journal/sqlite/facts.hpp"

namespace fx::journal {

/// The SQL of schema/current.sql.
const char* journal_schema();

/// Makes the journal's tables in an empty file, or checks that this program can use the ones that are there: an older
/// schema is migrated, a newer one refused.
void open_schema(Connection& connection);

/// Throws StoreBroken when the file is not a ledger, StoreTooNew when a newer program wrote it.
void check_schema(Connection& connection);

/// Brings the fact tables to the shape the registry asks for, in one transaction. Gives the names of the tables that
/// were rebuilt by replay; new ones that no stored event touches are only created.
std::vector<std::string> open_facts(Connection& connection, const FactTables& tables,
                                    const Registry& registry);

/// Empties and refills all derived tables from the ledger, in the caller's transaction.
void rebuild_facts(Connection& connection, const FactTables& tables, const Registry& registry);

}  // namespace fx::journal
