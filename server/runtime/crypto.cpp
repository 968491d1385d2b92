#include "runtime/crypto.hpp"

#include <sodium.h>

#include <cstring>

namespace fx::runtime {
namespace {

const unsigned char* bytes_of(std::string_view text) {
  return reinterpret_cast<const unsigned char*>(text.data());
}
unsigned char* bytes_of(std::string& text) { return reinterpret_cast<unsigned char*>(text.data()); }

/// libsodium chooses its code for this processor once; every entry point of this file goes through here.
void ready() {
  static const bool done = [] {
    if (sodium_init() < 0) throw std::runtime_error("libsodium: no source of randomness");
    return true;
  }();
  (void)done;
}

SecretKey keyed(const SecretKey& key, std::string_view message) {
  std::array<std::uint8_t, SecretKey::size> out{};
  crypto_generichash(out.data(), out.size(), bytes_of(message), message.size(), key.data(), SecretKey::size);
  const SecretKey made(out);
  sodium_memzero(out.data(), out.size());
  return made;
}

std::string_view label_of(const RawId& id) {
  return {reinterpret_cast<const char*>(id.bytes.data()), id.bytes.size()};
}

}  // namespace

static_assert(crypto_secretbox_KEYBYTES == SecretKey::size);
static_assert(crypto_aead_xchacha20poly1305_ietf_KEYBYTES == SecretKey::size);
static_assert(crypto_aead_xchacha20poly1305_ietf_NPUBBYTES + SecretKey::size +
                  crypto_aead_xchacha20poly1305_ietf_ABYTES ==
              std::tuple_size_v<WrappedKey>);
static_assert(sizeof(crypto_hash_sha256_state) <= 104 && sizeof(crypto_generichash_state) <= 384);

SecretKey::~SecretKey() { sodium_memzero(bytes_.data(), bytes_.size()); }

SecretKey SecretKey::random() {
  ready();
  SecretKey key;
  randombytes_buf(key.bytes_.data(), key.bytes_.size());
  return key;
}

bool operator==(const SecretKey& a, const SecretKey& b) {
  return sodium_memcmp(a.data(), b.data(), SecretKey::size) == 0;
}

std::string random_bytes(std::size_t n) {
  ready();
  std::string out(n, '\0');
  randombytes_buf(out.data(), out.size());
  return out;
}

std::uint64_t random_u64() {
  ready();
  std::uint64_t value = 0;
  randombytes_buf(&value, sizeof value);
  return value;
}

Digest32 sha256(std::string_view bytes) {
  Digest32 out{};
  crypto_hash_sha256(out.data(), bytes_of(bytes), bytes.size());
  return out;
}

Sha256::Sha256() { crypto_hash_sha256_init(reinterpret_cast<crypto_hash_sha256_state*>(state_.data())); }

Sha256& Sha256::add(std::string_view bytes) {
  crypto_hash_sha256_update(reinterpret_cast<crypto_hash_sha256_state*>(state_.data()), bytes_of(bytes),
                            bytes.size());
  return *this;
}

Digest32 Sha256::digest() const {
  crypto_hash_sha256_state copy;
  std::memcpy(&copy, state_.data(), sizeof copy);
  Digest32 out{};
  crypto_hash_sha256_final(&copy, out.data());
  return out;
}

Blake2b::Blake2b() {
  ready();
  crypto_generichash_init(reinterpret_cast<crypto_generichash_state*>(state_.data()), nullptr, 0, 32);
}

Blake2b& Blake2b::add(std::string_view bytes) {
  crypto_generichash_update(reinterpret_cast<crypto_generichash_state*>(state_.data()), bytes_of(bytes),
                            bytes.size());
  return *this;
}

Digest32 Blake2b::digest() const {
  crypto_generichash_state copy;
  std::memcpy(&copy, state_.data(), sizeof copy);
  Digest32 out{};
  crypto_generichash_final(&copy, out.data(), out.size());
  return out;
}

std::string password_hash(std::string_view password) {
  ready();
  std::array<char, crypto_pwhash_STRBYTES> out{};
  const int failed =
      crypto_pwhash_str_alg(out.data(), password.data(), password.size(), crypto_pwhash_OPSLIMIT_INTERACTIVE,
                            crypto_pwhash_MEMLIMIT_INTERACTIVE, crypto_pwhash_ALG_ARGON2ID13);
  if (failed != 0) throw std::runtime_error("argon2id: out of memory");
  return out.data();
}

bool password_verify(std::optional<std::string_view> stored, std::string_view password) {
  ready();
  // Its own random password: nobody can sign in as nobody.
  static const std::string dummy = password_hash(random_bytes(32));
  std::array<char, crypto_pwhash_STRBYTES> hash{};
  const auto load = [&](std::string_view text) {
    hash.fill('\0');
    std::memcpy(hash.data(), text.data(), text.size());
  };
  // A hash that libsodium cannot read would fail at once, in no time; needs_rehash reads it without hashing.
  bool known = stored && stored->size() < hash.size();
  if (known) {
    load(*stored);
    known = crypto_pwhash_str_needs_rehash(hash.data(), crypto_pwhash_OPSLIMIT_INTERACTIVE,
                                           crypto_pwhash_MEMLIMIT_INTERACTIVE) >= 0;
  }
  if (!known) load(dummy);
  const bool equal = crypto_pwhash_str_verify(hash.data(), password.data(), password.size()) == 0;
  return known && equal;
}

template <class Work>
auto PasswordGate::one_at_a_time(Work work) -> std::optional<decltype(work())> {
  struct Leave {
    std::atomic<int>& inside;
    ~Leave() { inside.fetch_sub(1); }
  };
  const bool full = inside_.fetch_add(1) > max_waiting_;  // one works, max_waiting_ wait
  const Leave leave{inside_};
  if (full) return std::nullopt;
  const std::lock_guard<std::mutex> turn(turn_);
  return work();
}

std::optional<bool> PasswordGate::verify(std::optional<std::string_view> stored, std::string_view password) {
  return one_at_a_time([&] { return password_verify(stored, password); });
}

std::optional<std::string> PasswordGate::hash(std::string_view password) {
  return one_at_a_time([&] { return password_hash(password); });
}

Vault::Vault(const MasterKey& master) : wrap_(master.wrap), root_(master.root) {
  ready();
  // The uses are part of what is stored: changing a word here loses every index entry made with it.
  static constexpr std::array<std::string_view, 6> uses = {"token/document_number", "token/name",
                                                           "token/document_last4",  "token/phone_last4",
                                                           "token/pinyin_initials", "token/account"};
  for (std::size_t i = 0; i < uses.size(); ++i) token_keys_[i] = derive(uses[i]);
  sign_seed_ = derive("checkpoint signature");
  std::array<std::uint8_t, crypto_sign_SECRETKEYBYTES> secret{};
  crypto_sign_seed_keypair(public_key_.data(), secret.data(), sign_seed_.data());
  sodium_memzero(secret.data(), secret.size());
}

SecretKey Vault::derive(std::string_view use) const {
  return keyed(root_, std::string("fangxian/1/").append(use));
}

WrappedKey Vault::wrap(const RawId& person, const SecretKey& person_key) const {
  const std::string_view plain(reinterpret_cast<const char*>(person_key.data()), SecretKey::size);
  const std::string sealed = seal(wrap_, plain, label_of(person));
  WrappedKey out{};
  std::memcpy(out.data(), sealed.data(), out.size());
  return out;
}

std::optional<SecretKey> Vault::unwrap(const RawId& person, const WrappedKey& wrapped) const {
  const std::string_view sealed(reinterpret_cast<const char*>(wrapped.data()), wrapped.size());
  std::optional<std::string> plain = open(wrap_, sealed, label_of(person));
  if (!plain) return std::nullopt;
  std::array<std::uint8_t, SecretKey::size> bytes{};
  std::memcpy(bytes.data(), plain->data(), bytes.size());
  SecretKey key(bytes);
  sodium_memzero(bytes.data(), bytes.size());
  sodium_memzero(plain->data(), plain->size());
  return key;
}

std::string Vault::seal(const SecretKey& key, std::string_view plain, std::string_view label) {
  ready();
  constexpr std::size_t nonce_size = crypto_aead_xchacha20poly1305_ietf_NPUBBYTES;
  std::string out(nonce_size + plain.size() + crypto_aead_xchacha20poly1305_ietf_ABYTES, '\0');
  randombytes_buf(out.data(), nonce_size);
  crypto_aead_xchacha20poly1305_ietf_encrypt(bytes_of(out) + nonce_size, nullptr, bytes_of(plain),
                                             plain.size(), bytes_of(label), label.size(), nullptr,
                                             bytes_of(out), key.data());
  return out;
}

std::optional<std::string> Vault::open(const SecretKey& key, std::string_view sealed,
                                       std::string_view label) {
  ready();
  constexpr std::size_t nonce_size = crypto_aead_xchacha20poly1305_ietf_NPUBBYTES;
  constexpr std::size_t tag_size = crypto_aead_xchacha20poly1305_ietf_ABYTES;
  if (sealed.size() < nonce_size + tag_size) return std::nullopt;
  std::string out(sealed.size() - nonce_size - tag_size, '\0');
  const int failed = crypto_aead_xchacha20poly1305_ietf_decrypt(
      bytes_of(out), nullptr, nullptr, bytes_of(sealed) + nonce_size, sealed.size() - nonce_size,
      bytes_of(label), label.size(), bytes_of(sealed), key.data());
  if (failed != 0) return std::nullopt;
  return out;
}

Token Vault::token(TokenKind kind, std::string_view text) const {
  const SecretKey& key = token_keys_.at(static_cast<std::size_t>(kind));
  Token out{};
  crypto_generichash(out.data(), out.size(), bytes_of(text), text.size(), key.data(), SecretKey::size);
  return out;
}

Signature Vault::sign(std::string_view message) const {
  PublicKey unused{};
  std::array<std::uint8_t, crypto_sign_SECRETKEYBYTES> secret{};
  crypto_sign_seed_keypair(unused.data(), secret.data(), sign_seed_.data());
  Signature out{};
  crypto_sign_detached(out.data(), nullptr, bytes_of(message), message.size(), secret.data());
  sodium_memzero(secret.data(), secret.size());
  return out;
}

bool Vault::verify(const PublicKey& key, std::string_view message, const Signature& signature) {
  ready();
  return crypto_sign_verify_detached(signature.data(), bytes_of(message), message.size(), key.data()) == 0;
}

}  // namespace fx::runtime
