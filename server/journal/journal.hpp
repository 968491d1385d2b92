#pragma once

// The ledger on SQLite: the writer's store, the readers, verification.
#include "journal/reader.hpp"
#include "journal/store.hpp"
#include "journal/verify.hpp"
