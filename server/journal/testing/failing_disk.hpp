#pragma once

#include <sqlite3.h>

#include <atomic>
#include <cstring>
#include <map>
#include <mutex>
#include <random>
#include <string>
#include <vector>

namespace fx::journal::testing_desk {

/// A disk between SQLite and the real one (an SQLite VFS) that can fail an fsync, or lose power: from then on nothing
/// is written, and of what was written since each file's last fsync any part may be lost.
/// While one lives it is SQLite's default; one at a time.
class FailingDisk {
 public:
  FailingDisk() : real_(sqlite3_vfs_find(nullptr)), vfs_(*real_) {
    vfs_.zName = "failing-disk";
    vfs_.szOsFile = static_cast<int>(sizeof(File)) + real_->szOsFile;
    vfs_.pAppData = this;
    vfs_.xOpen = open;
    vfs_.xDelete = remove;
    sqlite3_vfs_register(&vfs_, 1);
  }
  FailingDisk(const FailingDisk&) = delete;
  FailingDisk& operator=(const FailingDisk&) = delete;
  ~FailingDisk() {
    sqlite3_vfs_unregister(&vfs_);
    sqlite3_vfs_register(real_, 1);
  }

  /// Power goes at the n-th write or fsync from now.
  void cut_power_at(std::int64_t operation) { cut_at_ = operations_ + operation; }
  void fail_sync(bool of_log, bool of_database) {
    fail_log_ = of_log;
    fail_database_ = of_database;
  }
  [[nodiscard]] bool dead() const { return dead_; }
  [[nodiscard]] std::int64_t operations() const { return operations_; }
  /// After everything was closed: takes back a random part of what was never synced (`keep` of 10 parts stay).
  void lose_unsynced(unsigned seed, unsigned keep) {
    std::mt19937 chance(seed);
    for (auto& [path, writes] : unsynced_) {
      std::FILE* file = std::fopen(path.c_str(), "r+b");
      if (file == nullptr) continue;
      for (auto write = writes.rbegin(); write != writes.rend(); ++write) {
        if (chance() % 10 < keep) continue;
        std::fseek(file, static_cast<long>(write->at), SEEK_SET);
        std::fwrite(write->before.data(), 1, write->before.size(), file);
      }
      std::fclose(file);
    }
    unsynced_.clear();
  }

 private:
  struct Write {
    sqlite3_int64 at;
    std::string before;
  };
  struct File {
    sqlite3_file base;
    FailingDisk* disk;
    std::string* path;
    bool log;
    [[nodiscard]] sqlite3_file* real() { return reinterpret_cast<sqlite3_file*>(this + 1); }
  };
  static File& file(sqlite3_file* f) { return *reinterpret_cast<File*>(f); }
  static sqlite3_file* real(sqlite3_file* f) { return file(f).real(); }

  /// One more operation; false: the power is gone.
  bool alive() {
    ++operations_;
    if (operations_ == cut_at_) dead_ = true;
    return !dead_;
  }

  static int open(sqlite3_vfs* vfs, const char* name, sqlite3_file* out, int flags, int* out_flags) {
    auto* disk = static_cast<FailingDisk*>(vfs->pAppData);
    File& opened = file(out);
    opened.base.pMethods = nullptr;
    opened.disk = disk;
    opened.path = nullptr;
    opened.log = (flags & SQLITE_OPEN_WAL) != 0;
    const int code = disk->real_->xOpen(disk->real_, name, opened.real(), flags, out_flags);
    if (opened.real()->pMethods == nullptr) return code;
    opened.path = new std::string(name != nullptr ? name : "");
    opened.base.pMethods = &methods();
    return code;
  }
  static int remove(sqlite3_vfs* vfs, const char* name, int /*sync*/) {
    auto* disk = static_cast<FailingDisk*>(vfs->pAppData);
    if (disk->dead_) return SQLITE_IOERR_DELETE;
    {
      const std::lock_guard lock(disk->mutex_);
      disk->unsynced_.erase(name);
    }
    return disk->real_->xDelete(disk->real_, name, 0);
  }
  static int close(sqlite3_file* f) {
    delete file(f).path;
    return real(f)->pMethods->xClose(real(f));
  }
  static int write(sqlite3_file* f, const void* bytes, int size, sqlite3_int64 at) {
    FailingDisk& disk = *file(f).disk;
    const std::lock_guard lock(disk.mutex_);
    if (!disk.alive()) return SQLITE_IOERR_WRITE;
    std::string before(static_cast<std::size_t>(size), '\0');
    real(f)->pMethods->xRead(real(f), before.data(), size, at);  // beyond the end it gives zeros
    disk.unsynced_[*file(f).path].push_back({at, std::move(before)});
    return real(f)->pMethods->xWrite(real(f), bytes, size, at);
  }
  static int sync(sqlite3_file* f, int /*flags*/) {
    FailingDisk& disk = *file(f).disk;
    const std::lock_guard lock(disk.mutex_);
    if (!disk.alive() || (file(f).log ? disk.fail_log_ : disk.fail_database_)) return SQLITE_IOERR_FSYNC;
    disk.unsynced_.erase(*file(f).path);
    return SQLITE_OK;  // synced for this disk's purposes; the real one is not asked, it would take minutes
  }
  static int truncate(sqlite3_file* f, sqlite3_int64 size) {
    if (file(f).disk->dead_) return SQLITE_IOERR_TRUNCATE;
    return real(f)->pMethods->xTruncate(real(f), size);
  }

  static const sqlite3_io_methods& methods() {
    static const sqlite3_io_methods all = [] {
      sqlite3_io_methods m{};
      m.iVersion = 2;
      m.xClose = close;
      m.xRead = [](sqlite3_file* f, void* out, int n, sqlite3_int64 at) {
        return real(f)->pMethods->xRead(real(f), out, n, at);
      };
      m.xWrite = write;
      m.xTruncate = truncate;
      m.xSync = sync;
      m.xFileSize = [](sqlite3_file* f, sqlite3_int64* size) {
        return real(f)->pMethods->xFileSize(real(f), size);
      };
      m.xLock = [](sqlite3_file* f, int lock) { return real(f)->pMethods->xLock(real(f), lock); };
      m.xUnlock = [](sqlite3_file* f, int lock) { return real(f)->pMethods->xUnlock(real(f), lock); };
      m.xCheckReservedLock = [](sqlite3_file* f, int* out) {
        return real(f)->pMethods->xCheckReservedLock(real(f), out);
      };
      m.xFileControl = [](sqlite3_file* f, int op, void* arg) {
        return real(f)->pMethods->xFileControl(real(f), op, arg);
      };
      m.xSectorSize = [](sqlite3_file* f) { return real(f)->pMethods->xSectorSize(real(f)); };
      m.xDeviceCharacteristics = [](sqlite3_file* f) {
        return real(f)->pMethods->xDeviceCharacteristics(real(f));
      };
      m.xShmMap = [](sqlite3_file* f, int page, int size, int extend, void volatile** out) {
        return real(f)->pMethods->xShmMap(real(f), page, size, extend, out);
      };
      m.xShmLock = [](sqlite3_file* f, int at, int n, int flags) {
        return real(f)->pMethods->xShmLock(real(f), at, n, flags);
      };
      m.xShmBarrier = [](sqlite3_file* f) { real(f)->pMethods->xShmBarrier(real(f)); };
      m.xShmUnmap = [](sqlite3_file* f, int remove_it) {
        return real(f)->pMethods->xShmUnmap(real(f), remove_it);
      };
      return m;
    }();
    return all;
  }

  sqlite3_vfs* real_;
  sqlite3_vfs vfs_;
  std::mutex mutex_;
  std::map<std::string, std::vector<Write>> unsynced_;
  std::atomic<std::int64_t> cut_at_{0};
  std::atomic<std::int64_t> operations_{0};
  std::atomic<bool> dead_{false};
  std::atomic<bool> fail_log_{false};
  std::atomic<bool> fail_database_{false};
};

}  // namespace fx::journal::testing_desk
