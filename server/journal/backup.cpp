#include "journal/backup.hpp"

#include <fcntl.h>
#include <fmt/format.h>
#include <sqlite3.h>
#include <unistd.h>

#include <cerrno>
#include <chrono>
#include <cstring>

#include "base/text.hpp"
#include "journal/schema.hpp"

namespace fx::journal {
namespace {

namespace fs = std::filesystem;

/// A file being written under another name; gone unless it was kept.
class Beside {
 public:
  explicit Beside(fs::path path) : path_(std::move(path)) {
    std::error_code ignored;
    fs::remove(path_, ignored);
    const int fd = ::open(path_.c_str(), O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
    if (fd < 0) throw StoreBroken(path_.string() + ": " + std::strerror(errno));
    ::close(fd);
  }
  Beside(const Beside&) = delete;
  Beside& operator=(const Beside&) = delete;
  ~Beside() {
    std::error_code ignored;
    if (!path_.empty()) fs::remove(path_, ignored);
  }
  void keep_as(const fs::path& name) {
    sync_path(path_);
    fs::rename(path_, name);
    path_.clear();
    sync_path(name.parent_path());
  }
  [[nodiscard]] const fs::path& path() const { return path_; }

 private:
  fs::path path_;
};

fs::path absolute_file(const fs::path& path) { return fs::absolute(path).lexically_normal(); }

void refuse_existing(const fs::path& file) {
  if (fs::exists(file)) throw std::runtime_error(file.string() + " exists already");
}

/// `from` holds a read transaction, or the copy would begin again at each write of another connection.
void copy_pages(Connection& from, const fs::path& to, int pages_a_step,
                const std::function<bool(int, int)>& progress) {
  Connection target(to.string(), Connection::Mode::scratch);
  sqlite3_backup* copy = sqlite3_backup_init(target.handle(), "main", from.handle(), "main");
  if (copy == nullptr) fail(target.handle(), sqlite3_errcode(target.handle()), "copying");
  int code = SQLITE_OK;
  bool wanted = true;
  while (wanted && code == SQLITE_OK) {
    code = sqlite3_backup_step(copy, pages_a_step);
    const int all = sqlite3_backup_pagecount(copy);
    if (progress) wanted = progress(all - sqlite3_backup_remaining(copy), all);
  }
  sqlite3_backup_finish(copy);
  if (!wanted && code != SQLITE_DONE) throw std::runtime_error("stopped");
  if (code != SQLITE_DONE) fail(target.handle(), code, "copying to " + to.string());
}

Mark mark_of(Connection& ledger) {
  Statement head(ledger, "SELECT ledger, batch, link, decided_at FROM head");
  if (!head.step()) throw StoreBroken("the ledger has no head");
  Mark mark;
  mark.ledger = hex(head.blob_at(0));
  mark.batch = head.number(1);
  mark.link = hex(head.blob_at(2));
  mark.decided_at = head.instant_at(3);
  mark.last_event = ledger.number("SELECT last FROM batch WHERE events > 0 ORDER BY batch DESC LIMIT 1");
  return mark;
}

/// Opening in this mode also ends the copy's need for a log.
void write_notes(const fs::path& copy, const Mark& mark, const std::map<std::string, std::string>& notes) {
  Connection file(copy.string(), Connection::Mode::scratch);
  file.run("CREATE TABLE backup_note (name TEXT PRIMARY KEY, text TEXT NOT NULL) STRICT, WITHOUT ROWID");
  Statement put(file, "INSERT INTO backup_note (name, text) VALUES (?, ?)");
  const std::string json = to_json(mark);
  put.bind_text("mark").bind_text(json).run();
  for (const auto& [name, text] : notes) put.reset().bind_text(name).bind_text(text).run();
}

fs::path named(const fs::path& to, const Mark& mark) {
  if (!fs::is_directory(to)) return absolute_file(to);
  return absolute_file(to / fmt::format("fangxian-{}-{}.backup", mark.ledger.substr(0, 8), mark.batch));
}

std::int64_t since(std::chrono::steady_clock::time_point start) {
  return std::chrono::duration_cast<std::chrono::milliseconds>(std::chrono::steady_clock::now() - start)
      .count();
}

}  // namespace

void sync_path(const fs::path& path) {
  const int fd = ::open(path.empty() ? "." : path.c_str(), O_RDONLY | O_CLOEXEC);
  const bool synced = fd >= 0 && ::fsync(fd) == 0;
  const int why = errno;
  if (fd >= 0) ::close(fd);
  if (!synced) throw StoreBroken(path.string() + ": " + std::strerror(why));
}

Mark backup(const fs::path& ledger, const fs::path& to, const BackupOptions& options) {
  const auto start = std::chrono::steady_clock::now();
  Connection source((fs::is_directory(ledger) ? ledger / "ledger.db" : ledger).string(),
                    Connection::Mode::read);
  const Transaction snapshot(source, Transaction::Kind::read);
  check_schema(source);
  Mark mark = mark_of(source);
  const fs::path file = named(to, mark);
  refuse_existing(file);
  Beside beside(fs::path(file) += ".part");
  copy_pages(source, beside.path(), options.pages_a_step, options.progress);
  write_notes(beside.path(), mark, options.notes);
  beside.keep_as(file);
  mark.file = file.string();
  mark.bytes = static_cast<std::int64_t>(fs::file_size(file));
  mark.took_ms = since(start);
  return mark;
}

void copy_database(const fs::path& from, const fs::path& to) {
  Connection source(from.string(), Connection::Mode::read);
  const fs::path file = absolute_file(to);
  refuse_existing(file);
  Beside beside(fs::path(file) += ".part");
  copy_pages(source, beside.path(), -1, {});
  {
    const Connection settled(beside.path().string(), Connection::Mode::scratch);
  }
  beside.keep_as(file);
}

std::string note_of(Connection& backup, std::string_view name) {
  Statement note(backup, "SELECT text FROM backup_note WHERE name = ?");
  note.bind_text(name);
  return note.step() ? note.string_at(0) : std::string();
}

}  // namespace fx::journal
