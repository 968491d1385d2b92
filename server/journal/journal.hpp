#pragma once

// The ledger on SQLite: the writer's store, the readers, verification, backup.
#include "journal/backup.hpp"
#include "journal/reader.hpp"
#include "journal/restore.hpp"
#include "journal/store.hpp"
#include "journal/verify.hpp"
