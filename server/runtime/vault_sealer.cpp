#include "runtime/vault_sealer.hpp"

#include "base/text.hpp"
#include "runtime/pinyin.hpp"

namespace fx::runtime {
namespace {

std::string label_of(std::string_view kind, const RawId& subject) {
  return std::string(kind) + ":" + subject.text();
}

std::string hash_of(std::string_view cipher) {
  const Digest32 digest = sha256(cipher);
  return hex({reinterpret_cast<const char*>(digest.data()), digest.size()});
}

std::string token_of(const Vault& vault, std::string_view kind, std::string_view value) {
  const auto token_kind = [&]() -> TokenKind {
    if (kind == "document") return TokenKind::document_number;
    if (kind == "name") return TokenKind::name;
    if (kind == "document_tail") return TokenKind::document_last4;
    if (kind == "phone_tail") return TokenKind::phone_last4;
    if (kind == "initials") return TokenKind::pinyin_initials;
    FX_ASSERT(kind == "user", "unknown kind of token " + std::string(kind));
    return TokenKind::account;
  }();
  const std::string text = search_text(token_kind, value);
  if (text.empty()) return {};
  const Token token = vault.token(token_kind, text);
  return {reinterpret_cast<const char*>(token.data()), token.size()};
}

}  // namespace

SecretKey VaultSealer::key_of(const RawId& person) {
  for (const auto& [id, key] : fresh_)
    if (id == person) return key;
  if (const auto wrapped = keys_.get(person)) {
    const auto key = vault_.unwrap(person, *wrapped);
    if (!key) throw KeyStoreError("the key of " + person.text() + " does not open with this key file");
    return *key;
  }
  const SecretKey key = SecretKey::random();
  const WrappedKey wrapped = vault_.wrap(person, key);
  new_keys_.emplace_back(person, std::string(reinterpret_cast<const char*>(wrapped.data()), wrapped.size()));
  fresh_.emplace_back(person, key);
  return key;
}

TextRef VaultSealer::seal(TextId id, std::string_view words) {
  IdentityWrite write{
      id.raw, "text", Vault::seal(vault_.derive("texts"), words, label_of("text", id.raw)), {}};
  write.hash = hash_of(write.cipher);
  TextRef ref{id, write.hash};
  identities_.push_back(std::move(write));
  return ref;
}

std::string VaultSealer::seal_identity(const RawId& subject, std::string_view kind, std::string_view json) {
  IdentityWrite write{
      subject, std::string(kind), Vault::seal(key_of(subject), json, label_of(kind, subject)), {}};
  write.hash = hash_of(write.cipher);
  identities_.push_back(write);
  return write.hash;
}

std::string VaultSealer::token(std::string_view kind, std::string_view value, const RawId& subject) {
  std::string token = token_of(vault_, kind, value);
  if (!token.empty() && !subject.is_nil()) tokens_.push_back({std::string(kind), token, subject});
  return token;
}

std::vector<std::string> VaultSealer::initials(std::string_view name) { return pinyin_initials(name); }

std::string VaultSealer::password_hash(std::string_view password) {
  return passwords_.hash(password).value_or(std::string());
}

void VaultSealer::finish(Command& command) {
  command.identities = std::move(identities_);
  command.tokens = std::move(tokens_);
  command.new_keys = std::move(new_keys_);
}

std::optional<std::string> VaultOpener::open_identity(const RawId& subject, std::string_view kind,
                                                      std::string_view cipher) const {
  const auto wrapped = keys_.get(subject);
  const auto key = wrapped ? vault_.unwrap(subject, *wrapped) : std::nullopt;
  return key ? Vault::open(*key, cipher, label_of(kind, subject)) : std::nullopt;
}

std::optional<std::string> VaultOpener::open_text(const RawId& id, std::string_view cipher) const {
  return Vault::open(text_key_, cipher, label_of("text", id));
}

std::string VaultOpener::token(std::string_view kind, std::string_view value) const {
  return token_of(vault_, kind, value);
}

}  // namespace fx::runtime
