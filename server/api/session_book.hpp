#pragma once

#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <unordered_map>
#include <unordered_set>
#include <vector>

#include "access/lockout.hpp"
#include "kernel/ids.hpp"

namespace fx::journal {
class Connection;
}
namespace fx::journal::pg {
class Link;
}

namespace fx::api {

/// Who is signed in. Times are of the monotonic clock.
struct Session {
  std::string key;  ///< hash of the token; the token itself is nowhere kept
  AccountId account;
  UnitId unit;
  Duration opened{};
  Duration used{};
};

/// The moment on both machine clocks: the one that never jumps, and the one that outlives a restart.
struct MachineTime {
  Duration monotonic{};
  Instant wall;
};

/// Sessions in memory, and in a small file so that a restart signs nobody out. Any thread.
/// Or in a database that several servers share (a path that begins with postgres): then who signs out at one is out at the
/// others within a second, and a database that is away costs new sign-ins only.
/// Keeps  a session ends by idleness or age, whichever is first; the file opens no session, it holds hashes
class SessionBook {
 public:
  /// Empty path: memory only.
  SessionBook(const std::string& path, MachineTime now, SessionLimits limits = {});
  ~SessionBook();

  /// Gives the token for the cookie.
  std::string open(AccountId account, UnitId unit, MachineTime now);
  /// The live session of a token; counts as use.
  std::optional<Session> use(std::string_view token, MachineTime now);
  /// The same without counting as use.
  [[nodiscard]] bool alive(std::string_view token, MachineTime now);
  void close(std::string_view token);
  /// Password reset, account closed.
  void close_all(AccountId account);
  [[nodiscard]] std::size_t size() const;

 private:
  struct Entry {
    Session session;
    Duration saved{};  ///< when `used` was last written
    Duration seen{};   ///< shared: when the database was last asked
  };
  void load(MachineTime now);
  void save(const Session& session, MachineTime now);
  void forget(const std::string& key);
  void give_up();
  void drop_ended(Duration now);
  /// Shared: brings what memory knows of a session up to the second.
  void look(const std::string& key, MachineTime now);
  /// Runs `work` on the shared database, once more when the connection was lost; false when it is away.
  template <class F>
  bool shared(F work);

  std::string path_;
  SessionLimits limits_;
  mutable std::mutex mutex_;
  std::unordered_map<std::string, Entry> sessions_;
  std::unique_ptr<journal::Connection> file_;
  std::unordered_set<std::string> owed_;  ///< signed out while the shared database was away
  std::string url_;                       ///< of the shared database; empty: there is none
  std::unique_ptr<journal::pg::Link> link_;
};

/// Failed sign-ins by account and by peer: the wait before the next try. Bounded; any thread.
class SignInGuard {
 public:
  /// `account`: any name for the account tried, known or not.
  Duration wait(const std::string& account, const std::string& peer, Duration now) const;
  void failed(const std::string& account, const std::string& peer, Duration now);
  void succeeded(const std::string& account);

 private:
  using Book = std::unordered_map<std::string, Failures>;
  static void note(Book& book, const std::string& who, Duration now);

  mutable std::mutex mutex_;
  Book accounts_;
  Book peers_;
};

}  // namespace fx::api
