#pragma once

#include "journal/sqlite/rows.hpp"
#include "journal/store.hpp"

namespace fx::journal {

/// The writer's statements, prepared once.
struct SqliteStore::Statements {
  Statements(Connection& connection, const FactTables& tables);

  Statement begin, end;
  // loads
  Statement duties_about, duties_due, next_step, answer, events, batches_after, frozen;
  // writes
  Statement put_event, put_answer, put_audit, put_identity, put_token, put_frozen, add_counter, put_batch,
      move_head;
};

}  // namespace fx::journal
