#include <sqlite3.h>

#include "journal/reader.hpp"

namespace fx::journal {
namespace {

class SqliteSession final : public ReadSession {
 public:
  explicit SqliteSession(const std::string& path) : connection_(path, Connection::Mode::read) {}

  SqlConnection& sql() override { return connection_; }
  void begin(std::chrono::steady_clock::time_point deadline) override {
    constexpr int instructions = 1000;  // a few tens of µs between two looks at the clock
    deadline_ = deadline;
    connection_.trim();
    sqlite3_progress_handler(
        connection_.handle(), instructions,
        [](void* until) {
          return std::chrono::steady_clock::now() >
                         *static_cast<std::chrono::steady_clock::time_point*>(until)
                     ? 1
                     : 0;
        },
        &deadline_);
    connection_.cached("BEGIN").run();
  }
  bool end() noexcept override {
    sqlite3_progress_handler(connection_.handle(), 0, nullptr, nullptr);
    sqlite3_exec(connection_.handle(), "ROLLBACK", nullptr, nullptr, nullptr);
    // A connection that could not end its transaction would hold the log for ever.
    return !connection_.in_transaction();
  }
  void see(const std::vector<Places>&) override {}

 private:
  Connection connection_;
  std::chrono::steady_clock::time_point deadline_;
};

}  // namespace

ReadSource sqlite_source(std::string path) {
  return [path = std::move(path)] { return std::make_unique<SqliteSession>(path); };
}

}  // namespace fx::journal
