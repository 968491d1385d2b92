#pragma once

#include <array>
#include <atomic>
#include <cstdint>
#include <mutex>
#include <optional>
#include <stdexcept>
#include <string>
#include <string_view>

#include "base/id.hpp"

/// Everything secret stands on libsodium. Faults (a damaged key file, no randomness) are exceptions; what an
/// outsider can cause (a wrong password, an altered ciphertext) is a value.
namespace fx::runtime {

/// The key file is missing, readable by others, or not a key file. The text names the path and the way out.
class KeyFileError : public std::runtime_error {
 public:
  using std::runtime_error::runtime_error;
};

/// 32 secret bytes, wiped when they go out of use.
class SecretKey {
 public:
  static constexpr std::size_t size = 32;

  SecretKey() = default;
  explicit SecretKey(const std::array<std::uint8_t, size>& bytes) : bytes_(bytes) {}
  SecretKey(const SecretKey&) = default;
  SecretKey& operator=(const SecretKey&) = default;
  ~SecretKey();

  static SecretKey random();
  [[nodiscard]] const std::uint8_t* data() const { return bytes_.data(); }
  friend bool operator==(const SecretKey& a, const SecretKey& b);

 private:
  std::array<std::uint8_t, size> bytes_{};
};

using Digest32 = std::array<std::uint8_t, 32>;
using Token = std::array<std::uint8_t, 16>;       ///< blind index entry
using WrappedKey = std::array<std::uint8_t, 72>;  ///< nonce 24 · key 32 · tag 16
using Signature = std::array<std::uint8_t, 64>;
using PublicKey = std::array<std::uint8_t, 32>;

std::string random_bytes(std::size_t n);
std::uint64_t random_u64();

Digest32 sha256(std::string_view bytes);

/// SHA-256 fed piece by piece, for files and streams.
class Sha256 {
 public:
  Sha256();
  Sha256& add(std::string_view bytes);
  [[nodiscard]] Digest32 digest() const;  ///< of what came so far; more may follow

 private:
  alignas(8) std::array<std::uint8_t, 104> state_{};
};

/// BLAKE2b-256 fed piece by piece: the running digest of a batch (kernel-notes §2).
class Blake2b {
 public:
  Blake2b();
  Blake2b& add(std::string_view bytes);
  [[nodiscard]] Digest32 digest() const;  ///< of what came so far; more may follow

 private:
  alignas(64) std::array<std::uint8_t, 384> state_{};
};

// ---- passwords
// ---------------------------------------------------------------------------------------------------

/// Argon2id at libsodium's INTERACTIVE limits (settled 23), as a printable string that carries its
/// parameters.
std::string password_hash(std::string_view password);

/// Takes about as long for an account that does not exist (`stored` empty) or holds a damaged hash as for a
/// wrong password, so that the answer's time names no account.
bool password_verify(std::optional<std::string_view> stored, std::string_view password);

/// One Argon2id at a time, since each takes 64 MiB, and a bounded number of callers waiting (settled 23).
class PasswordGate {
 public:
  explicit PasswordGate(int max_waiting) : max_waiting_(max_waiting) {}

  /// Nothing when the queue is full: the caller answers 503 with Retry-After.
  std::optional<bool> verify(std::optional<std::string_view> stored, std::string_view password);
  std::optional<std::string> hash(std::string_view password);

 private:
  template <class Work>
  auto one_at_a_time(Work work) -> std::optional<decltype(work())>;

  int max_waiting_;
  std::atomic<int> inside_{0};
  std::mutex turn_;
};

// ---- the vault
// ---------------------------------------------------------------------------------------------------

/// The two secrets of the key file. `wrap` closes the persons' keys and can be replaced (rewrap all, then
/// destroy the old one); `root` feeds the blind index, the checkpoint signature and session secrets, which
/// must outlive that.
struct MasterKey {
  SecretKey wrap;
  SecretKey root;
};

/// Writes a new key file with mode 0600; refuses to overwrite one.
MasterKey create_key_file(const std::string& path);
/// Refuses a symbolic link, another owner's file, and one that group or others may touch.
MasterKey load_key_file(const std::string& path);

/// What exact search may ask for (settled 22). Each kind has its own subkey, so equal texts of two kinds do
/// not meet.
enum class TokenKind : std::uint8_t {
  document_number,
  name,
  document_last4,
  phone_last4,
  pinyin_initials,
  account
};

/// Closes and opens identity fields.
/// Keeps  open(seal(x)) = x under the same key and label, and nothing else opens; two seals of one text
/// differ;
///        a token is a function of (key file, kind, text) and tells nothing without the key file
class Vault {
 public:
  explicit Vault(const MasterKey& master);

  /// A person's own random data key, closed for the key store and bound to that person's id.
  [[nodiscard]] WrappedKey wrap(const RawId& person, const SecretKey& person_key) const;
  [[nodiscard]] std::optional<SecretKey> unwrap(const RawId& person, const WrappedKey& wrapped) const;

  /// XChaCha20-Poly1305: nonce 24 · ciphertext · tag 16. The label (person, table, column) is authenticated
  /// too, so a ciphertext cannot be moved to another field.
  [[nodiscard]] static std::string seal(const SecretKey& key, std::string_view plain, std::string_view label);
  [[nodiscard]] static std::optional<std::string> open(const SecretKey& key, std::string_view sealed,
                                                       std::string_view label);

  /// `text` already in its search form (search_text in pinyin.hpp).
  [[nodiscard]] Token token(TokenKind kind, std::string_view text) const;

  /// Signs a chain checkpoint with a key that the database does not hold (kernel-notes §2).
  [[nodiscard]] Signature sign(std::string_view message) const;
  [[nodiscard]] PublicKey public_key() const { return public_key_; }
  static bool verify(const PublicKey& key, std::string_view message, const Signature& signature);

  /// A further secret for one named use, e.g. "session cookie".
  [[nodiscard]] SecretKey derive(std::string_view use) const;

 private:
  SecretKey wrap_;
  SecretKey root_;
  std::array<SecretKey, 6> token_keys_;
  SecretKey sign_seed_;
  PublicKey public_key_{};
};

}  // namespace fx::runtime
