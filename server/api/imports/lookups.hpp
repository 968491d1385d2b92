#pragma once

#include "importing/command_sink.hpp"
#include "journal/reader.hpp"
#include "kernel/registry.hpp"
#include "rulebook/rulebook.hpp"
#include "runtime/vault_sealer.hpp"

namespace fx::api {

/// What an import may ask of the realm. All of it outlives the import.
struct ImportLedger {
  const Registry& registry;
  journal::Readers& readers;
  const runtime::VaultOpener& opener;
  std::shared_ptr<const rulebook::Rulebook> rules;
  std::int32_t jurisdiction = 0;
};

importing::ImportLookups lookups_of(const ImportLedger& ledger);

}  // namespace fx::api
