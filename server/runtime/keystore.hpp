#pragma once

#include <memory>
#include <mutex>
#include <optional>
#include <span>
#include <stdexcept>
#include <string>
#include <unordered_map>
#include <utility>
#include <vector>

#include "base/id.hpp"
#include "runtime/crypto.hpp"

struct sqlite3;
struct sqlite3_stmt;

namespace fx::runtime {

/// The key store's disk failed or its file is damaged. Never caught to go on: a key that is not durable is a
/// person whose data nobody can ever read.
class KeyStoreError : public std::runtime_error {
 public:
  using std::runtime_error::runtime_error;
};

/// Persons' wrapped data keys, outside the ledger and its backups (kernel-notes §8): restoring data never restores keys.
/// Destroying a key erases the person; what is left is the id in the erasure list, which is applied again to any older
/// copy of the store.
/// Keeps  a key is durable when put returns, and is never replaced by another;
///        a missing key is "erased", not an error; an erased person never gets a key again
/// Safe to use from several threads.
class KeyStore {
 public:
  virtual ~KeyStore() = default;

  using Entry = std::pair<RawId, WrappedKey>;

  /// All or none, durable on return; throws StoreFull when there is no room. Goes before the ledger's commit: a key without a person harms nobody.
  /// Gives how many were new; a known or erased person's entry is left as it is.
  virtual std::size_t put(std::span<const Entry> entries) = 0;
  [[nodiscard]] virtual std::optional<WrappedKey> get(const RawId& person) const = 0;
  [[nodiscard]] virtual std::unordered_map<RawId, WrappedKey> get(std::span<const RawId> persons) const = 0;

  /// Erases these persons, durably. Gives how many keys went.
  virtual std::size_t destroy(std::span<const RawId> persons) = 0;
  [[nodiscard]] virtual bool is_erased(const RawId& person) const = 0;
  [[nodiscard]] virtual std::vector<RawId> erased() const = 0;
  [[nodiscard]] virtual std::size_t size() const = 0;
};

/// In an SQLite file of its own; a destroyed key leaves no trace in it, nor in its log. Reading never waits for a put to
/// become durable: it has a connection of its own.
class FileKeyStore final : public KeyStore {
 public:
  explicit FileKeyStore(const std::string& path);
  FileKeyStore(const FileKeyStore&) = delete;
  FileKeyStore& operator=(const FileKeyStore&) = delete;
  ~FileKeyStore() override;

  std::size_t put(std::span<const Entry> entries) override;
  [[nodiscard]] std::optional<WrappedKey> get(const RawId& person) const override;
  [[nodiscard]] std::unordered_map<RawId, WrappedKey> get(std::span<const RawId> persons) const override;
  std::size_t destroy(std::span<const RawId> persons) override;
  [[nodiscard]] bool is_erased(const RawId& person) const override;
  [[nodiscard]] std::vector<RawId> erased() const override;
  [[nodiscard]] std::size_t size() const override;

 private:
  class Statement;
  /// One at a time uses it.
  struct Connection {
    explicit Connection(const std::string& to);
    Connection(const Connection&) = delete;
    Connection& operator=(const Connection&) = delete;
    ~Connection();
    void run(const char* sql) const;
    [[nodiscard]] Statement& statement(const char* sql);

    const std::string& path;
    sqlite3* db = nullptr;
    std::mutex mutex;
    std::unordered_map<std::string, std::unique_ptr<Statement>> statements;
  };

  std::string path_;
  std::unique_ptr<Connection> writing_;
  std::unique_ptr<Connection> reading_;
};

}  // namespace fx::runtime
