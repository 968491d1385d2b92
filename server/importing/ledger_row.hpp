#pragma once

#include "importing/command_sink.hpp"
#include "kernel/view.hpp"

namespace fx::importing {

/// A row as the ledger has it now; null when it is not there.
template <class T>
std::shared_ptr<const T> ledger_row(const ImportLookups& ledger, const RawId& id) {
  return std::static_pointer_cast<const T>(ledger.row(table_type<T>().name, id));
}

}  // namespace fx::importing
