#pragma once

#include <memory>

#include "bin/place.hpp"
#include "journal/verify.hpp"
#include "runtime/vault_sealer.hpp"

namespace fx::bin {

/// Makes the search tokens of identities anew, as the desks that sealed them did, from what the realm's keys open.
class TokensAnew {
 public:
  TokensAnew(const std::filesystem::path& directory, const StorePlace& place);
  [[nodiscard]] std::optional<std::vector<TokenWrite>> operator()(const IdentityWrite& identity) const;

 private:
  runtime::Vault vault_;
  std::unique_ptr<runtime::KeyStore> keys_;
  mutable runtime::PasswordGate passwords_{1};
};

/// Nothing where the realm's key or the persons' keys do not lie.
std::unique_ptr<TokensAnew> tokens_anew(const std::filesystem::path& directory, const StorePlace& place);

}  // namespace fx::bin
