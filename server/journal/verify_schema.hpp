#pragma once

#include "journal/sqlite/facts.hpp"
#include "journal/verify_findings.hpp"

namespace fx::journal {

/// Tables, indexes and triggers of the file against those this program makes: a trigger could change what is written, a
/// view stand in for a table, and without its index a list shows nothing of its order.
void check_objects(Connection& ledger, const FactTables& tables, Findings& findings);

}  // namespace fx::journal
