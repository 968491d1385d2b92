#pragma once

// The ledger on SQLite: the writer's store and the readers.
#include "journal/reader.hpp"
#include "journal/store.hpp"
