#pragma once

#include "journal/postgres/link.hpp"
#include "runtime/keystore.hpp"

namespace fx::bin {

/// Persons' wrapped keys in a PostgreSQL database of their own, so that several servers share them. Never the ledger's
/// database: whoever restores data must not restore keys (decision 0005).
/// PostgreSQL keeps a deleted row until it is vacuumed, and in its log for longer: docs/postgres.md says what to do.
class SharedKeyStore final : public runtime::KeyStore {
 public:
  explicit SharedKeyStore(std::string url);

  std::size_t put(std::span<const Entry> entries) override;
  [[nodiscard]] std::optional<runtime::WrappedKey> get(const RawId& person) const override;
  [[nodiscard]] std::unordered_map<RawId, runtime::WrappedKey> get(
      std::span<const RawId> persons) const override;
  std::size_t destroy(std::span<const RawId> persons) override;
  [[nodiscard]] bool is_erased(const RawId& person) const override;
  [[nodiscard]] std::vector<RawId> erased() const override;
  [[nodiscard]] std::size_t size() const override;

 private:
  /// Runs `work` on the connection; once more on a new one when it was lost, which is harmless: nothing is replaced.
  template <class F>
  auto with(F work) const;

  std::string url_;
  mutable std::mutex mutex_;
  mutable std::unique_ptr<journal::pg::Link> link_;
};

/// Makes the tables of keys and sessions, as the owner of their database; again is harmless.
void prepare_keys(journal::pg::Link& owner);

/// The database of the keys that belongs to a ledger's: its name and "_keys".
std::string keys_url(const std::string& store_url);

}  // namespace fx::bin
