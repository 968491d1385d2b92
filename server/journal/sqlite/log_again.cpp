#include "journal/sqlite/log_again.hpp"

#include <sqlite3.h>

#include <algorithm>
#include <cstdint>
#include <vector>

#include "journal/sqlite/connection.hpp"

namespace fx::journal {
namespace {

/// A file as SQLite's file system opens it, so that a simulated disk is asked like a real one.
class LogFile {
 public:
  explicit LogFile(const std::string& path)
      : vfs_(sqlite3_vfs_find(nullptr)),
        memory_(static_cast<std::size_t>(vfs_->szOsFile) / sizeof(std::uint64_t) + 1),
        path_(path + '\0') {  // SQLite looks for parameters behind the name
    int there = 0;
    vfs_->xAccess(vfs_, path_.c_str(), SQLITE_ACCESS_EXISTS, &there);
    if (there == 0) return;
    check(vfs_->xOpen(vfs_, path_.c_str(), file(), SQLITE_OPEN_READWRITE | SQLITE_OPEN_WAL, nullptr));
    open_ = true;
  }
  LogFile(const LogFile&) = delete;
  LogFile& operator=(const LogFile&) = delete;
  ~LogFile() {
    if (file()->pMethods != nullptr) file()->pMethods->xClose(file());
  }

  [[nodiscard]] bool is_there() const { return open_; }
  sqlite3_int64 size() {
    sqlite3_int64 size = 0;
    check(file()->pMethods->xFileSize(file(), &size));
    return size;
  }
  void write_again(sqlite3_int64 at, std::vector<char>& bytes) {
    const int size = static_cast<int>(bytes.size());
    check(file()->pMethods->xRead(file(), bytes.data(), size, at));
    check(file()->pMethods->xWrite(file(), bytes.data(), size, at));
  }
  void sync() { check(file()->pMethods->xSync(file(), SQLITE_SYNC_NORMAL)); }

 private:
  sqlite3_file* file() { return reinterpret_cast<sqlite3_file*>(memory_.data()); }
  void check(int code) const {
    if (code != SQLITE_OK) fail(nullptr, code, "writing the log again");
  }

  sqlite3_vfs* vfs_;
  std::vector<std::uint64_t> memory_;
  std::string path_;
  bool open_ = false;
};

}  // namespace

void write_log_again(const std::string& database) {
  constexpr sqlite3_int64 piece = sqlite3_int64{1} << 16;  // SQLite writes at most 128 kB at once
  LogFile log(database + "-wal");
  if (!log.is_there()) return;
  const sqlite3_int64 size = log.size();
  std::vector<char> bytes;
  for (sqlite3_int64 at = 0; at < size; at += piece) {
    bytes.resize(static_cast<std::size_t>(std::min(piece, size - at)));
    log.write_again(at, bytes);
  }
  if (size > 0) log.sync();
}

}  // namespace fx::journal
