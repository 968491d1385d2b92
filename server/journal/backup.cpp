#include "journal/backup.hpp"

#include <sqlite3.h>

#include <utility>

#include "journal/sqlite/connection.hpp"

namespace fx::journal {

Backup::Backup(Connection& ledger, const std::string& target)
    : target_(std::make_unique<Connection>(target, Connection::Mode::copy)) {
  handle_ = sqlite3_backup_init(target_->handle(), "main", ledger.handle(), "main");
  if (handle_ == nullptr) fail(target_->handle(), sqlite3_errcode(target_->handle()), "starting a backup");
}

Backup::~Backup() { sqlite3_backup_finish(handle_); }

bool Backup::step(int pages) {
  if (done_) return true;
  const int code = sqlite3_backup_step(handle_, pages);
  if (code == SQLITE_OK || code == SQLITE_BUSY || code == SQLITE_LOCKED) return false;
  if (code != SQLITE_DONE) fail(target_->handle(), code, "copying pages of a backup");
  const int finished = sqlite3_backup_finish(std::exchange(handle_, nullptr));
  if (finished != SQLITE_OK) fail(target_->handle(), finished, "ending a backup");
  target_.reset();
  return done_ = true;
}

double Backup::progress() const {
  if (done_) return 1;
  const int all = sqlite3_backup_pagecount(handle_);
  return all > 0 ? 1 - static_cast<double>(sqlite3_backup_remaining(handle_)) / all : 0;
}

}  // namespace fx::journal
