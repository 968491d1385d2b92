#pragma once

#include "journal/postgres/copy.hpp"
#include "journal/postgres/read_session.hpp"
#include "journal/postgres/store.hpp"
#include "journal/reader.hpp"
#include "journal/store.hpp"
#include "journal/testing/author.hpp"
#include "journal/testing/cluster.hpp"
#include "journal/verify.hpp"

// One ledger on either engine, so that the same test runs on both.
namespace fx::journal::testing_desk {

enum class OnEngine { sqlite, postgres };

inline std::string name_of(OnEngine engine) { return engine == OnEngine::sqlite ? "sqlite" : "postgres"; }
/// Names the instances of a parameterised test.
inline constexpr auto engine_name = [](const auto& info) { return name_of(info.param); };

class TestLedger {
 public:
  virtual ~TestLedger() = default;
  /// Another server of this ledger; SQLite allows one at a time.
  virtual std::unique_ptr<Store> open(const Registry& registry) = 0;
  virtual std::unique_ptr<Readers> readers(const Registry& registry, ReaderOptions options) = 0;
  virtual VerifyReport verify(const Registry& registry) = 0;
  /// Past the store, as somebody who may do anything.
  virtual std::int64_t number(const std::string& sql) = 0;
  virtual void run(const std::string& sql) = 0;
};

class SqliteLedger final : public TestLedger {
 public:
  std::unique_ptr<Store> open(const Registry& registry) override {
    auto store = std::make_unique<SqliteStore>(
        registry, StoreOptions{.directory = directory_.path(), .sync = false, .copy_in_background = false});
    log_ = store->log();
    return store;
  }
  std::unique_ptr<Readers> readers(const Registry& registry, ReaderOptions options) override {
    return std::make_unique<Readers>(file(), registry, log_, options);
  }
  VerifyReport verify(const Registry& registry) override { return journal::verify(file(), registry); }
  std::int64_t number(const std::string& sql) override {
    return Connection(file(), Connection::Mode::read).number(sql);
  }
  void run(const std::string& sql) override { Connection(file(), Connection::Mode::create).run(sql); }
  [[nodiscard]] std::string file() const { return directory_.path() / "ledger.db"; }

 private:
  ScratchDirectory directory_;
  std::shared_ptr<LogGauge> log_;
};

class PgLedger final : public TestLedger {
 public:
  PgLedger() = default;
  explicit PgLedger(const ScratchDatabase& like) : database_(like) {}
  std::unique_ptr<Store> open(const Registry& registry) override {
    database_.prepare(registry);
    return std::make_unique<PgStore>(registry, PgOptions{.url = database_.app()});
  }
  std::unique_ptr<Readers> readers(const Registry& registry, ReaderOptions options) override {
    return std::make_unique<Readers>(pg::source(database_.app()), registry, options);
  }
  VerifyReport verify(const Registry& registry) override { return pg::verify(database_.app(), registry); }
  std::int64_t number(const std::string& sql) override {
    return database_.as("postgres").ask(sql).take_number();
  }
  void run(const std::string& sql) override { database_.as("postgres").run(sql); }
  [[nodiscard]] const ScratchDatabase& database() const { return database_; }
  /// Until no server has the ledger open: a session that was closed ends a little later, and its slot with it.
  void wait_until_closed() {
    while (number("SELECT count(*) FROM pg_stat_activity WHERE usename = 'fangxian_app' AND datname = "
                  "current_database()") > 0)
      std::this_thread::sleep_for(std::chrono::milliseconds(2));
  }

 private:
  ScratchDatabase database_;
};

inline std::unique_ptr<TestLedger> test_ledger(OnEngine engine) {
  if (engine == OnEngine::sqlite) return std::make_unique<SqliteLedger>();
  return std::make_unique<PgLedger>();
}

}  // namespace fx::journal::testing_desk
