#pragma once

#include <memory>
#include <string>

struct sqlite3_backup;

namespace fx::journal {

class Connection;

/// A snapshot of the ledger taken while it is written: a few pages at a time between batches, on the writer's own
/// connection, since from another one every commit would make it start again (kernel-notes §10).
/// The copy is whole only when step() has said so; give it another name until then.
class Backup {
 public:
  Backup(Connection& ledger, const std::string& target);
  Backup(const Backup&) = delete;
  Backup& operator=(const Backup&) = delete;
  ~Backup();

  /// Copies at most `pages`; true when the copy is whole, synced and closed.
  bool step(int pages);
  /// 0…1
  [[nodiscard]] double progress() const;

 private:
  std::unique_ptr<Connection> target_;
  sqlite3_backup* handle_ = nullptr;
  bool done_ = false;
};

}  // namespace fx::journal
