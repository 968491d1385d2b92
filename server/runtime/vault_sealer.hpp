#pragma once

#include "kernel/command.hpp"
#include "runtime/crypto.hpp"
#include "runtime/keystore.hpp"

namespace fx::runtime {

/// The Sealer of the front door: encrypts identities and free texts of one command. What it made is put into the
/// command with `finish`; it reaches the ledger only if the command is accepted.
class VaultSealer final : public Sealer {
 public:
  VaultSealer(const Vault& vault, const KeyStore& keys, PasswordGate& passwords)
      : vault_(vault), keys_(keys), passwords_(passwords) {}

  TextRef seal(TextId id, std::string_view words) override;
  std::string seal_identity(const RawId& subject, std::string_view kind, std::string_view json) override;
  std::string token(std::string_view kind, std::string_view value, const RawId& subject) override;
  std::vector<std::string> initials(std::string_view name) override;
  std::string password_hash(std::string_view password) override;

  void finish(Command& command);

 private:
  SecretKey key_of(const RawId& person);

  const Vault& vault_;
  const KeyStore& keys_;
  PasswordGate& passwords_;
  std::vector<IdentityWrite> identities_;
  std::vector<TokenWrite> tokens_;
  std::vector<std::pair<RawId, std::string>> new_keys_;
  std::vector<std::pair<RawId, SecretKey>> fresh_;
};

/// Opens what a VaultSealer closed. Nothing when the person was erased or the bytes were altered.
class VaultOpener {
 public:
  VaultOpener(const Vault& vault, const KeyStore& keys)
      : vault_(vault), keys_(keys), text_key_(vault.derive("texts")) {}
  [[nodiscard]] std::optional<std::string> open_identity(const RawId& subject, std::string_view kind,
                                                         std::string_view cipher) const;
  [[nodiscard]] std::optional<std::string> open_text(const RawId& id, std::string_view cipher) const;
  /// Tokens to search by; `kind` as in Sealer::token.
  [[nodiscard]] std::string token(std::string_view kind, std::string_view value) const;

 private:
  const Vault& vault_;
  const KeyStore& keys_;
  SecretKey text_key_;
};

}  // namespace fx::runtime
