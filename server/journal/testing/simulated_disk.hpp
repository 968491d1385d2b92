#pragma once

#include <sqlite3.h>

#include <algorithm>
#include <cstring>
#include <map>
#include <memory>
#include <random>
#include <string>
#include <vector>

namespace fx::journal::testing_desk {

/// A disk in memory, as an SQLite VFS: what was written since a file's last sync is kept apart, and when the power goes
/// any part of it may be dropped, torn at a sector, or applied in another order. The n-th write or sync can also fail
/// with an I/O error (a failed sync loses what it was asked to keep, though reads still show it, as Linux does) or find
/// the disk full. Opening and deleting a file are durable at once. While one lives it is SQLite's default; one thread,
/// one at a time. The same seed and the same calls give the same disk.
class SimulatedDisk {
 public:
  enum class Fault { none, power, error, full };

  explicit SimulatedDisk(std::uint64_t seed) : real_(sqlite3_vfs_find(nullptr)), vfs_(*real_), chance_(seed) {
    vfs_.iVersion = 1;
    vfs_.zName = "simulated-disk";
    vfs_.szOsFile = static_cast<int>(sizeof(File));
    vfs_.pAppData = this;
    vfs_.xOpen = open;
    vfs_.xDelete = remove;
    vfs_.xAccess = access;
    vfs_.xSleep = [](sqlite3_vfs*, int microseconds) { return microseconds; };
    vfs_.xRandomness = randomness;
    sqlite3_vfs_register(&vfs_, 1);
  }
  SimulatedDisk(const SimulatedDisk&) = delete;
  SimulatedDisk& operator=(const SimulatedDisk&) = delete;
  ~SimulatedDisk() {
    sqlite3_vfs_unregister(&vfs_);
    sqlite3_vfs_register(real_, 1);
  }

  /// At the n-th write, truncation or sync from now.
  void plan(Fault fault, std::int64_t in_operations) {
    fault_ = fault;
    fault_at_ = operations_ + in_operations;
  }
  /// The process was killed: nothing more is written, not even while its files are closed.
  void freeze() { dead_ = true; }
  /// A disk that says "synced" and keeps nothing: to see that the simulation notices.
  void lie(bool on) { lies_ = on; }
  [[nodiscard]] bool dead() const { return dead_; }
  [[nodiscard]] bool struck() const { return struck_; }
  [[nodiscard]] std::int64_t operations() const { return operations_; }

  /// After everything was closed: memory is gone, and of what was not synced any part.
  void lose_power() {
    shared_.clear();
    for (auto& [name, content] : files_) lose(*content);
    come_back();
  }
  /// After everything was closed: the process ended, the machine did not.
  void come_back() {
    shared_.clear();
    dead_ = struck_ = false;
    fault_ = Fault::none;
  }

 private:
  struct Piece {
    sqlite3_int64 at;
    std::string bytes;
    bool cuts;  ///< a truncation to `at`
  };
  struct Content {
    std::string now;
    std::string durable;
    std::vector<Piece> unsynced;
    std::map<const sqlite3_file*, int> locks;  ///< level by who holds it
  };
  struct File {
    sqlite3_file base;
    SimulatedDisk* disk;
    std::shared_ptr<Content>* content;
    std::string* name;  ///< empty: a temporary file, which no fault touches
  };
  using Regions = std::vector<std::unique_ptr<char[]>>;
  static constexpr std::size_t sector = 512;

  static File& file(sqlite3_file* f) { return *reinterpret_cast<File*>(f); }
  static Content& content(sqlite3_file* f) { return **file(f).content; }
  static SimulatedDisk& of(sqlite3_vfs* vfs) { return *static_cast<SimulatedDisk*>(vfs->pAppData); }

  static void apply(std::string& bytes, const Piece& piece) {
    const auto at = static_cast<std::size_t>(piece.at);
    if (piece.cuts) {
      bytes.resize(std::min(bytes.size(), at));
      return;
    }
    if (bytes.size() < at + piece.bytes.size()) bytes.resize(at + piece.bytes.size());
    piece.bytes.copy(bytes.data() + at, piece.bytes.size());
  }
  std::uint64_t draw(std::uint64_t below) { return chance_() % below; }

  /// Some sectors of a write; a write of a few bytes is whole or not there.
  void tear(Piece& piece) {
    const std::size_t cut = draw(piece.bytes.size() / sector + 1) * sector;
    if (draw(2) == 0) {
      piece.bytes.resize(cut);
    } else {
      piece.bytes.erase(0, cut);
      piece.at += static_cast<sqlite3_int64>(cut);
    }
  }
  void lose(Content& content) {
    auto& pieces = content.unsynced;
    const std::uint64_t kept_of_ten = draw(12);  // from none to all
    std::erase_if(pieces, [&](const Piece&) { return draw(10) >= kept_of_ten; });
    for (Piece& piece : pieces)
      if (!piece.cuts && draw(4) == 0) tear(piece);
    if (draw(2) == 0) std::ranges::shuffle(pieces, chance_);
    for (const Piece& piece : pieces) apply(content.durable, piece);
    pieces.clear();
    content.now = content.durable;
  }

  /// What happens to this write or sync.
  Fault next(const File& f) {
    if (f.name->empty()) return Fault::none;
    if (dead_) return Fault::power;
    if (++operations_ < fault_at_ || fault_ == Fault::none || struck_) return Fault::none;
    struck_ = true;
    dead_ = fault_ == Fault::power;
    return fault_;
  }

  static int open(sqlite3_vfs* vfs, const char* name, sqlite3_file* out, int flags, int* out_flags) {
    SimulatedDisk& disk = of(vfs);
    File& opened = file(out);
    opened.base.pMethods = nullptr;
    const std::string path = name != nullptr ? name : "";
    if (disk.dead_ && !path.empty()) return SQLITE_CANTOPEN;
    auto& known = disk.files_[path];
    // A main file is made beforehand on the real disk, so that it is never readable by others.
    if (known == nullptr && (flags & (SQLITE_OPEN_CREATE | SQLITE_OPEN_MAIN_DB)) == 0) return SQLITE_CANTOPEN;
    if (known == nullptr || path.empty()) known = std::make_shared<Content>();
    opened.disk = &disk;
    opened.content = new std::shared_ptr<Content>(known);
    opened.name = new std::string(path);
    opened.base.pMethods = &methods();
    if (out_flags != nullptr) *out_flags = flags;
    return SQLITE_OK;
  }
  static int remove(sqlite3_vfs* vfs, const char* name, int /*sync*/) {
    SimulatedDisk& disk = of(vfs);
    if (disk.dead_) return SQLITE_IOERR_DELETE;
    return disk.files_.erase(name) > 0 ? SQLITE_OK : SQLITE_IOERR_DELETE_NOENT;
  }
  static int access(sqlite3_vfs* vfs, const char* name, int /*flags*/, int* out) {
    *out = of(vfs).files_.contains(name) ? 1 : 0;
    return SQLITE_OK;
  }
  static int randomness(sqlite3_vfs* vfs, int size, char* out) {
    for (int i = 0; i < size; ++i) out[i] = static_cast<char>(of(vfs).chance_());
    return size;
  }

  static int close(sqlite3_file* f) {
    content(f).locks.erase(f);
    delete file(f).content;
    delete file(f).name;
    return SQLITE_OK;
  }
  static int read(sqlite3_file* f, void* out, int size, sqlite3_int64 at) {
    const std::string& bytes = content(f).now;
    const auto from = static_cast<std::size_t>(at);
    const std::size_t there =
        from < bytes.size() ? std::min<std::size_t>(bytes.size() - from, static_cast<std::size_t>(size)) : 0;
    if (there > 0) std::memcpy(out, bytes.data() + from, there);
    if (there == static_cast<std::size_t>(size)) return SQLITE_OK;
    std::memset(static_cast<char*>(out) + there, 0, static_cast<std::size_t>(size) - there);
    return SQLITE_IOERR_SHORT_READ;
  }
  static int write(sqlite3_file* f, const void* bytes, int size, sqlite3_int64 at) {
    SimulatedDisk& disk = *file(f).disk;
    Piece piece{at, std::string(static_cast<const char*>(bytes), static_cast<std::size_t>(size)), false};
    const bool too_late = disk.dead_ && !file(f).name->empty();
    const Fault fault = disk.next(file(f));
    if (fault == Fault::full) return SQLITE_FULL;
    if (too_late) return SQLITE_IOERR_WRITE;
    if (fault != Fault::none) disk.tear(piece);
    apply(content(f).now, piece);
    content(f).unsynced.push_back(std::move(piece));
    return fault == Fault::none ? SQLITE_OK : SQLITE_IOERR_WRITE;
  }
  static int truncate(sqlite3_file* f, sqlite3_int64 size) {
    if (file(f).disk->next(file(f)) != Fault::none) return SQLITE_IOERR_TRUNCATE;
    content(f).unsynced.push_back({size, {}, true});
    apply(content(f).now, content(f).unsynced.back());
    return SQLITE_OK;
  }
  static int sync(sqlite3_file* f, int /*flags*/) {
    SimulatedDisk& disk = *file(f).disk;
    auto& pieces = content(f).unsynced;
    const Fault fault = disk.next(file(f));
    if (fault == Fault::power) return SQLITE_IOERR_FSYNC;
    if (fault != Fault::none) {
      // The pages count as clean from here on, on disk or not.
      std::erase_if(pieces, [&](const Piece&) { return disk.draw(2) == 0; });
      return SQLITE_IOERR_FSYNC;
    }
    if (disk.lies_) return SQLITE_OK;
    for (const Piece& piece : pieces) apply(content(f).durable, piece);
    pieces.clear();
    return SQLITE_OK;
  }
  static int map(sqlite3_file* f, int region, int size, int extend, void volatile** out) {
    Regions& regions = file(f).disk->shared_[*file(f).name];
    *out = nullptr;
    while (regions.size() <= static_cast<std::size_t>(region)) {
      if (extend == 0) return SQLITE_OK;
      regions.push_back(std::make_unique<char[]>(static_cast<std::size_t>(size)));
    }
    *out = regions[static_cast<std::size_t>(region)].get();
    return SQLITE_OK;
  }

  /// A connection that closes must see that it is not the last.
  static int lock(sqlite3_file* f, int level) {
    for (const auto& [other, held] : content(f).locks) {
      if (other == f) continue;
      const bool clash = level == SQLITE_LOCK_SHARED     ? held >= SQLITE_LOCK_PENDING
                         : level == SQLITE_LOCK_RESERVED ? held >= SQLITE_LOCK_RESERVED
                                                         : held >= SQLITE_LOCK_SHARED;
      if (clash) return SQLITE_BUSY;
    }
    content(f).locks[f] = level;
    return SQLITE_OK;
  }

  /// One thread, and no transaction is open between two steps: the log's own locks are always free.
  static const sqlite3_io_methods& methods() {
    static const sqlite3_io_methods all = [] {
      sqlite3_io_methods m{};
      m.iVersion = 2;
      m.xClose = close;
      m.xRead = read;
      m.xWrite = write;
      m.xTruncate = truncate;
      m.xSync = sync;
      m.xFileSize = [](sqlite3_file* f, sqlite3_int64* size) {
        *size = static_cast<sqlite3_int64>(content(f).now.size());
        return SQLITE_OK;
      };
      m.xLock = lock;
      m.xUnlock = [](sqlite3_file* f, int level) {
        content(f).locks[f] = level;
        return SQLITE_OK;
      };
      m.xCheckReservedLock = [](sqlite3_file*, int* out) {
        *out = 0;
        return SQLITE_OK;
      };
      m.xFileControl = [](sqlite3_file*, int, void*) { return SQLITE_NOTFOUND; };
      m.xSectorSize = [](sqlite3_file*) { return 4096; };
      m.xDeviceCharacteristics = [](sqlite3_file*) { return SQLITE_IOCAP_POWERSAFE_OVERWRITE; };
      m.xShmMap = map;
      m.xShmLock = [](sqlite3_file*, int, int, int) { return SQLITE_OK; };
      m.xShmBarrier = [](sqlite3_file*) {};
      m.xShmUnmap = [](sqlite3_file* f, int remove_it) {
        if (remove_it != 0) file(f).disk->shared_.erase(*file(f).name);
        return SQLITE_OK;
      };
      return m;
    }();
    return all;
  }

  sqlite3_vfs* real_;
  sqlite3_vfs vfs_;
  std::mt19937_64 chance_;
  std::map<std::string, std::shared_ptr<Content>> files_;
  std::map<std::string, Regions> shared_;
  Fault fault_ = Fault::none;
  std::int64_t fault_at_ = 0;
  std::int64_t operations_ = 0;
  bool dead_ = false;
  bool struck_ = false;
  bool lies_ = false;
};

}  // namespace fx::journal::testing_desk
