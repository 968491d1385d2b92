#include "api/session_book.hpp"

#include <filesystem>

#include "base/text.hpp"
#include "journal/postgres/link.hpp"
#include "journal/sqlite/connection.hpp"
#include "runtime/crypto.hpp"

namespace fx::api {
namespace {

constexpr std::size_t most_sessions = 100'000;
constexpr std::size_t most_watched = 50'000;
constexpr Duration save_use_every = std::chrono::minutes(1);
/// Many people share the address of one hospital: a peer may fail this many times as often as an account.
constexpr int tries_of_a_peer = 10;

constexpr const char* schema = R"(
CREATE TABLE IF NOT EXISTS session (      -- who is signed in, over a restart
  key TEXT PRIMARY KEY,                   -- SHA-256 of the token, hexadecimal
  account BLOB NOT NULL,
  unit BLOB NOT NULL,
  opened_at INTEGER NOT NULL,             -- ms, machine time
  used_at INTEGER NOT NULL                -- ms, machine time
) STRICT, WITHOUT ROWID;
)";

std::string key_of(std::string_view token) {
  const auto digest = runtime::sha256(token);
  return hex({reinterpret_cast<const char*>(digest.data()), digest.size()});
}

}  // namespace

SessionBook::SessionBook(const std::string& path, MachineTime now, SessionLimits limits)
    : path_(path), limits_(limits) {
  if (path.empty()) return;
  if (path.starts_with("postgres")) {
    url_ = path;
    link_ = std::make_unique<journal::pg::Link>(
        journal::pg::Link::Settings{.url = url_, .name = "fangxian sessions"});
    journal::pg::Params old;
    old.add((now.wall - limits_.absolute).ms);
    link_->ask("DELETE FROM session WHERE opened_at < $1", old);
    return;
  }
  file_ = std::make_unique<journal::Connection>(path, journal::Connection::Mode::create);
  file_->run("PRAGMA synchronous = NORMAL");  // a session lost with the power is a new sign-in
  file_->run(schema);
  load(now);
}

SessionBook::~SessionBook() = default;

template <class F>
bool SessionBook::shared(F work) {
  for (int tries = 0; tries < 2; ++tries) {
    try {
      if (!link_)
        link_ = std::make_unique<journal::pg::Link>(
            journal::pg::Link::Settings{.url = url_, .name = "fangxian sessions"});
      work(*link_);
      return true;
    } catch (const journal::pg::LinkLost&) {
      link_.reset();
    } catch (const std::runtime_error&) {
      return false;
    }
  }
  return false;
}

void SessionBook::look(const std::string& key, MachineTime now) {
  constexpr Duration fresh = std::chrono::seconds(1);
  if (owed_.contains(key)) {
    sessions_.erase(key);
    return forget(key);
  }
  const auto known = sessions_.find(key);
  if (url_.empty() || (known != sessions_.end() && now.monotonic - known->second.seen < fresh)) return;
  journal::pg::Params params;
  params.text(key);
  journal::pg::Rows rows;
  const bool told = shared([&](journal::pg::Link& link) {
    rows = link.ask("SELECT account, unit, opened_at, used_at FROM session WHERE key = $1", params);
  });
  if (!told) return;
  if (rows.size() == 0) {
    sessions_.erase(key);
    return;
  }
  const auto at = [&](int column) {
    return now.monotonic - std::max(Duration::zero(), now.wall - rows.instant(0, column));
  };
  Entry& entry = sessions_[key];
  entry.session = {key, {rows.id(0, 0)}, {rows.id(0, 1)}, at(2), std::max(at(3), entry.session.used)};
  entry.saved = at(3);
  entry.seen = now.monotonic;
}

void SessionBook::load(MachineTime now) {
  journal::Statement select(*file_, "SELECT key, account, unit, opened_at, used_at FROM session");
  while (select.step()) {
    // A machine clock that went back makes nobody younger than now.
    const auto ago = [&](int column) {
      return std::max(Duration::zero(), now.wall - select.instant_at(column));
    };
    Session session{select.string_at(0),
                    {select.id_at(1)},
                    {select.id_at(2)},
                    now.monotonic - ago(3),
                    now.monotonic - ago(4)};
    if (session_alive(session.opened, session.used, now.monotonic, limits_))
      sessions_.emplace(session.key, Entry{session, session.used});
  }
  file_->run("DELETE FROM session WHERE opened_at < " + std::to_string((now.wall - limits_.absolute).ms));
}

// A file that cannot be written (a full disk) is given up: who is signed in signs in anew after the next restart, and
// nobody who signed out comes back with it.
void SessionBook::give_up() {
  if (!file_) return;
  file_.reset();
  std::error_code ignored;
  for (const char* part : {"", "-wal", "-shm", "-journal"}) std::filesystem::remove(path_ + part, ignored);
}

void SessionBook::save(const Session& session, MachineTime now) try {
  if (!url_.empty()) {
    journal::pg::Params row;
    row.text(session.key).add(session.account.raw).add(session.unit.raw);
    row.add(now.wall - (now.monotonic - session.opened)).add(now.wall - (now.monotonic - session.used));
    shared([&](journal::pg::Link& link) {
      link.ask(
          "INSERT INTO session (key, account, unit, opened_at, used_at) VALUES ($1, $2, $3, $4, $5) "
          "ON CONFLICT (key) DO UPDATE SET used_at = greatest(session.used_at, excluded.used_at)",
          row);
    });
  }
  if (!file_) return;
  journal::Statement& insert = file_->cached(
      "INSERT OR REPLACE INTO session (key, account, unit, opened_at, used_at) VALUES (?, ?, ?, ?, ?)");
  const auto wall_of = [&](Duration at) { return now.wall - (now.monotonic - at); };
  insert.bind_text(session.key).bind(session.account.raw).bind(session.unit.raw);
  insert.bind(wall_of(session.opened)).bind(wall_of(session.used)).run();
} catch (const std::exception&) {
  give_up();
}

void SessionBook::forget(const std::string& key) try {
  if (!url_.empty()) {
    journal::pg::Params params;
    params.text(key);
    if (shared([&](journal::pg::Link& link) { link.ask("DELETE FROM session WHERE key = $1", params); }))
      owed_.erase(key);
    else
      owed_.insert(key);
  }
  if (file_) file_->cached("DELETE FROM session WHERE key = ?").bind_text(key).run();
} catch (const std::exception&) {
  give_up();
}

void SessionBook::drop_ended(Duration now) {
  std::erase_if(sessions_, [&](const auto& entry) {
    const Session& session = entry.second.session;
    if (session_alive(session.opened, session.used, now, limits_)) return false;
    forget(entry.first);
    return true;
  });
}

std::string SessionBook::open(AccountId account, UnitId unit, MachineTime now) {
  constexpr std::size_t token_bytes = 32;
  const std::string token = hex(runtime::random_bytes(token_bytes));
  const Session session{key_of(token), account, unit, now.monotonic, now.monotonic};
  const std::lock_guard lock(mutex_);
  if (sessions_.size() >= most_sessions) drop_ended(now.monotonic);
  sessions_[session.key] = {session, now.monotonic, now.monotonic};
  save(session, now);
  return token;
}

std::optional<Session> SessionBook::use(std::string_view token, MachineTime now) {
  if (token.empty()) return std::nullopt;
  const std::string key = key_of(token);
  const std::lock_guard lock(mutex_);
  look(key, now);
  const auto found = sessions_.find(key);
  if (found == sessions_.end()) return std::nullopt;
  Entry& entry = found->second;
  if (!session_alive(entry.session.opened, entry.session.used, now.monotonic, limits_)) {
    sessions_.erase(found);
    forget(key);
    return std::nullopt;
  }
  entry.session.used = now.monotonic;
  if (now.monotonic - entry.saved >= save_use_every) {
    entry.saved = now.monotonic;
    save(entry.session, now);
  }
  return entry.session;
}

bool SessionBook::alive(std::string_view token, MachineTime now) {
  const std::lock_guard lock(mutex_);
  look(key_of(token), now);
  const auto found = sessions_.find(key_of(token));
  if (found == sessions_.end()) return false;
  const Session& session = found->second.session;
  return session_alive(session.opened, session.used, now.monotonic, limits_);
}

void SessionBook::close(std::string_view token) {
  const std::string key = key_of(token);
  const std::lock_guard lock(mutex_);
  sessions_.erase(key);
  forget(key);
}

void SessionBook::close_all(AccountId account) {
  const std::lock_guard lock(mutex_);
  if (!url_.empty()) {
    journal::pg::Params params;
    params.add(account.raw);
    shared([&](journal::pg::Link& link) { link.ask("DELETE FROM session WHERE account = $1", params); });
  }
  std::erase_if(sessions_, [&](const auto& entry) {
    if (entry.second.session.account != account) return false;
    forget(entry.first);
    return true;
  });
}

std::size_t SessionBook::size() const {
  const std::lock_guard lock(mutex_);
  return sessions_.size();
}

// ---- failed sign-ins ---------------------------------------------------------------------------------------------

Duration SignInGuard::wait(const std::string& account, const std::string& peer, Duration now) const {
  const std::lock_guard lock(mutex_);
  Duration longest{};
  if (const auto found = accounts_.find(account); found != accounts_.end())
    longest = wait_before_try(found->second, now);
  if (const auto found = peers_.find(peer); found != peers_.end())
    longest =
        std::max(longest, wait_before_try({found->second.count / tries_of_a_peer, found->second.last}, now));
  return longest;
}

void SignInGuard::note(Book& book, const std::string& who, Duration now) {
  if (book.size() >= most_watched)  // whoever need not wait is forgotten first
    std::erase_if(book,
                  [&](const auto& entry) { return wait_before_try(entry.second, now) == Duration::zero(); });
  if (book.size() >= most_watched) book.erase(book.begin());
  Failures& failures = book[who];
  failures = after_failure(failures, now);
}

void SignInGuard::failed(const std::string& account, const std::string& peer, Duration now) {
  const std::lock_guard lock(mutex_);
  note(accounts_, account, now);
  note(peers_, peer, now);
}

void SignInGuard::succeeded(const std::string& account) {
  const std::lock_guard lock(mutex_);
  accounts_.erase(account);
}

}  // namespace fx::api
