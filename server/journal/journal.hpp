#pragma once

// The ledger on SQLite, for those who start a server: the writer's store.
#include "journal/store.hpp"
