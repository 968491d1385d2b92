#pragma once

#include <gtest/gtest.h>

#include <atomic>
#include <filesystem>
#include <functional>

#include "access/scope.hpp"
#include "api/http/client.hpp"
#include "api/service.hpp"
#include "journal/journal.hpp"
#include "journal/testing/cluster.hpp"
#include "runtime/vault_sealer.hpp"

namespace fx::api::testing {

/// Somebody signed in over HTTP. Not for two threads at once.
class Caller {
 public:
  Caller(std::uint16_t port, std::string cookie) : client_(port), cookie_(std::move(cookie)) {}

  http::Answer get(const std::string& target) { return client_.get(target, headers()); }
  http::Answer post(const std::string& target, const std::string& body, const std::string& key = {});
  /// POST /v1/<operation> under a fresh key; `operation` is "<desk>/<operation>".
  http::Answer run(const std::string& operation, const std::string& body);
  http::Answer request(std::string_view method, const std::string& target, std::string_view body,
                       std::vector<http::Header> more);
  [[nodiscard]] const std::string& cookie() const { return cookie_; }

 private:
  std::vector<http::Header> headers() const;

  http::Client client_;
  std::string cookie_;
};

/// A store whose disk can be made full.
class ThinDisk final : public Store {
 public:
  explicit ThinDisk(Store& inner) : inner_(inner) {}
  Head head() override { return inner_.head(); }
  void load(std::span<const RowKey> keys, const std::function<void(const RowKey&, RowPtr)>& found) override {
    inner_.load(keys, found);
  }
  void load_open_duties(std::span<const RawId> about, const std::function<void(Duty)>& found) override {
    inner_.load_open_duties(about, found);
  }
  std::vector<Duty> due_duties(Instant now, std::size_t limit) override {
    return inner_.due_duties(now, limit);
  }
  std::optional<Instant> next_step_at() override { return inner_.next_step_at(); }
  void load_answers(std::span<const AnswerKey> keys, const std::function<void(AnswerRow)>& found) override {
    inner_.load_answers(keys, found);
  }
  std::vector<EventRow> events(No first, std::int32_t count) override { return inner_.events(first, count); }
  std::vector<StoredEvent> events_after(std::int64_t batch, std::size_t limit) override {
    return inner_.events_after(batch, limit);
  }
  std::string frozen(std::string_view key) override { return inner_.frozen(key); }
  void each_row(const TableType& table, const std::function<void(const void*)>& visit) override {
    inner_.each_row(table, visit);
  }
  Head commit(const Batch& batch) override {
    if (full) throw StoreFull("the disk is full");
    return inner_.commit(batch);
  }

  std::atomic<bool> full{false};

 private:
  Store& inner_;
};

/// The whole program runs on a file, or with FX_ENGINE=postgres on a database of its own.
bool on_postgres();

/// A county with its hospital, laboratory, CDC and command, the city above it and the county beside it: the whole
/// production core on a store of its own, served over HTTP.
class World {
 public:
  struct Options {
    Realm realm = Realm::training;
    std::size_t queue = 8192;
    bool one_hand = false;  ///< a single writing hand, on a shared store too
    /// What desks show besides their lists; asked for once readers and registry are there.
    std::function<std::vector<DeskPage>(World&)> pages;
    OpenDoor open_door;
  };
  World() : World(Options{}) {}
  explicit World(Options options);
  ~World();

  /// A fresh id at home in the county.
  static std::string id(std::int32_t home = county);
  Caller sign_in(const std::string& user);
  Caller nobody() { return {server->port(), {}}; }
  /// Waits until handoffs of what was answered are done.
  void settle();
  /// Events, and every row of every table: what must not change when something is refused.
  std::string everything();
  /// The lines of one kind, newest first, with those that were still waiting to be written.
  std::vector<AuditLine> audit(const std::string& kind);
  /// A registered person.
  std::string person(Caller& registrar, const std::string& name, const std::string& document);

  static constexpr std::int32_t county = 990121;
  static constexpr std::int32_t neighbour = 990122;
  static constexpr std::string_view password = "correct horse battery";

  std::filesystem::path directory;
  std::unique_ptr<Registry> registry;
  RulebookPtr book;
  std::unique_ptr<runtime::Vault> vault;
  std::unique_ptr<runtime::KeyStore> keys;
  runtime::PasswordGate passwords{16};
  ScopeAccess access;
  std::unique_ptr<journal::testing_desk::ScratchDatabase> database;  ///< on PostgreSQL
  std::vector<std::unique_ptr<Store>> stores;  ///< one, or on PostgreSQL one for each writing hand
  std::unique_ptr<ThinDisk> disk;              ///< on a file
  runtime::SystemClock clock;
  std::unique_ptr<Engine> engine, second;
  std::unique_ptr<runtime::Writer> writer;
  std::unique_ptr<journal::Readers> readers;
  std::unique_ptr<Service> service;
  std::unique_ptr<http::Server> server;
  std::mutex log_mutex;
  std::vector<std::string> log;
  std::map<std::string, std::string> units;     ///< "hospital" → id
  std::map<std::string, std::string> accounts;  ///< user → id

 private:
  void open();
  void make_units();
  void make_people();
  void system(const std::string& operation, const std::string& body);
  void unit(const std::string& name, const std::string& zh, UnitKind kind, std::int32_t place,
            const std::string& parent = {});
  void account(const std::string& user, const std::string& name, const std::string& at,
               const std::vector<Role>& roles);
  void serve(const Options& options);
};

/// One world for all tests of a suite: making it hashes a password for each account.
World& shared_world();

/// The first refusal's code in an answer; empty when there is none.
std::string code_in(const http::Answer& answer);
/// Paths of the faults of a 400, in order.
std::vector<std::string> fault_paths(const http::Answer& answer);
boost::json::value json_in(const http::Answer& answer);

}  // namespace fx::api::testing
