#include "bench/raw_rows.hpp"

#include <sodium.h>
#include <sqlite3.h>

#include <algorithm>
#include <array>
#include <concepts>
#include <cstring>
#include <stdexcept>
#include <string>

#include "bench/measure.hpp"

namespace fx::bench {
namespace {

constexpr const char* schema = R"(
PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA wal_autocheckpoint = 0; PRAGMA cache_size = -65536;
CREATE TABLE event (no INTEGER PRIMARY KEY, batch INTEGER NOT NULL, jurisdiction INTEGER NOT NULL, type TEXT NOT NULL,
  about BLOB NOT NULL, occurred_at INTEGER NOT NULL, recorded_at INTEGER NOT NULL, command BLOB NOT NULL, actor BLOB NOT NULL,
  unit BLOB NOT NULL, operation TEXT NOT NULL, device TEXT NOT NULL, device_seq INTEGER NOT NULL, device_time INTEGER,
  caused_by INTEGER NOT NULL, reference_generation INTEGER NOT NULL, body TEXT NOT NULL, effects TEXT NOT NULL,
  "check" BLOB NOT NULL) STRICT;
CREATE INDEX event_about ON event (about);
CREATE TABLE answer (key BLOB NOT NULL, actor BLOB NOT NULL, body_hash INTEGER NOT NULL, batch INTEGER NOT NULL,
  first INTEGER NOT NULL, count INTEGER NOT NULL, refusals TEXT NOT NULL, decided_at INTEGER NOT NULL,
  PRIMARY KEY (key, actor)) STRICT, WITHOUT ROWID;
CREATE TABLE batch (batch INTEGER PRIMARY KEY, epoch INTEGER NOT NULL, slot INTEGER NOT NULL, incarnation INTEGER NOT NULL,
  first INTEGER NOT NULL, last INTEGER NOT NULL, events INTEGER NOT NULL, decided_at INTEGER NOT NULL,
  handoff_cursor INTEGER NOT NULL, rhythm_cursor INTEGER NOT NULL, reference_generation INTEGER NOT NULL,
  schema_generation INTEGER NOT NULL, audit INTEGER NOT NULL, audit_link BLOB NOT NULL, digest BLOB NOT NULL,
  link BLOB NOT NULL) STRICT;
CREATE TABLE head (id INTEGER PRIMARY KEY, batch INTEGER NOT NULL, next_n INTEGER NOT NULL, decided_at INTEGER NOT NULL,
  handoff_cursor INTEGER NOT NULL, rhythm_cursor INTEGER NOT NULL, reference_generation INTEGER NOT NULL, audit INTEGER NOT NULL,
  audit_link BLOB NOT NULL, link BLOB NOT NULL) STRICT;
CREATE TABLE counter (jurisdiction INTEGER NOT NULL, measure TEXT NOT NULL, occurred_day INTEGER NOT NULL,
  recorded_day INTEGER NOT NULL, slot INTEGER NOT NULL, value INTEGER NOT NULL,
  PRIMARY KEY (jurisdiction, measure, occurred_day, recorded_day, slot)) STRICT, WITHOUT ROWID;
CREATE TABLE duty (no INTEGER PRIMARY KEY, jurisdiction INTEGER, rule TEXT, frozen TEXT, about BLOB, about_kind TEXT,
  debtor_unit BLOB, debtor_role TEXT, creditor_unit BLOB, creditor_role TEXT, opened_at INTEGER, counted_from INTEGER,
  due_at INTEGER, step INTEGER, step_at INTEGER, state TEXT, opened_by INTEGER, met_by INTEGER, met_at INTEGER,
  by_claim INTEGER, member BLOB, period TEXT) STRICT;
CREATE INDEX duty_about ON duty (about) WHERE state IN ('open', 'due_soon', 'overdue');
CREATE INDEX duty_owed ON duty (jurisdiction, debtor_unit, debtor_role, due_at, no, state)
  WHERE state IN ('open', 'due_soon', 'overdue');
CREATE INDEX duty_step ON duty (step_at) WHERE state IN ('open', 'due_soon', 'overdue') AND step_at IS NOT NULL;
CREATE TABLE tube (home INTEGER NOT NULL, id BLOB NOT NULL, code TEXT, state TEXT, size INTEGER, class TEXT, pathogen TEXT,
  sender BLOB, person BLOB, encounter BLOB, members TEXT, resample_of BLOB, lab BLOB, box BLOB, sampler BLOB, run_by BLOB,
  tester BLOB, authoriser BLOB, printed_at INTEGER, opened_at INTEGER, sealed_at INTEGER, boxed_at INTEGER,
  received_at INTEGER, tested_at INTEGER, authorised_at INTEGER, amended_at INTEGER, plate TEXT, well TEXT, reagent_lot TEXT,
  ct TEXT, control_valid INTEGER, provisional TEXT, result TEXT, reject_reason TEXT, case_id BLOB,
  PRIMARY KEY (home, id)) STRICT, WITHOUT ROWID;
CREATE INDEX tube_printed_at ON tube (home, printed_at);
CREATE INDEX tube_code ON tube (home, code);
CREATE INDEX tube_encounter ON tube (home, encounter);
CREATE INDEX tube_of_lab ON tube (home, lab, printed_at);
CREATE INDEX tube_of_sender ON tube (home, sender, printed_at);
CREATE INDEX tube_state_lab ON tube (home, state, lab);
CREATE INDEX tube_state_sender ON tube (home, state, sender);
INSERT INTO head VALUES (1, 0, 1, 0, 0, 0, 0, 0, zeroblob(32), zeroblob(32));
)";

constexpr int home = 990121;
constexpr std::int64_t start_ms = 1'658'045'100'000;

using Id = std::array<unsigned char, 16>;

/// As the program makes ids: neighbours in time are neighbours in the index, the end is chance.
Id id_of(std::uint64_t kind, std::uint64_t n) {
  const std::uint64_t first = (static_cast<std::uint64_t>(start_ms) << 16) + n * 37;
  const std::uint64_t last = (n ^ (kind << 40)) * 0x9E3779B97F4A7C15ULL;
  Id id{};
  for (unsigned i = 0; i < 8; ++i) {
    id[i] = static_cast<unsigned char>(first >> (56 - 8 * i));
    id[8 + i] = static_cast<unsigned char>(last >> (8 * i));
  }
  return id;
}

class Sql {
 public:
  Sql(sqlite3* db, const char* text) : db_(db) {
    if (sqlite3_prepare_v3(db, text, -1, SQLITE_PREPARE_PERSISTENT, &handle_, nullptr) != SQLITE_OK)
      throw std::runtime_error(std::string("raw rows: ") + sqlite3_errmsg(db));
  }
  Sql(const Sql&) = delete;
  Sql& operator=(const Sql&) = delete;
  ~Sql() { sqlite3_finalize(handle_); }
  Sql& put(std::integral auto value) {
    sqlite3_bind_int64(handle_, ++at_, static_cast<sqlite3_int64>(value));
    return *this;
  }
  Sql& put(std::string_view text) {
    sqlite3_bind_text(handle_, ++at_, text.data(), static_cast<int>(text.size()), SQLITE_STATIC);
    return *this;
  }
  Sql& put(const char* text) { return put(std::string_view(text)); }
  template <std::size_t size>
  Sql& put(const std::array<unsigned char, size>& bytes) {
    sqlite3_bind_blob(handle_, ++at_, bytes.data(), static_cast<int>(size), SQLITE_STATIC);
    return *this;
  }
  Sql& null() {
    sqlite3_bind_null(handle_, ++at_);
    return *this;
  }
  void run() {
    const int code = sqlite3_step(handle_);
    sqlite3_reset(handle_);
    at_ = 0;
    if (code != SQLITE_DONE) throw std::runtime_error(std::string("raw rows: ") + sqlite3_errmsg(db_));
  }

 private:
  sqlite3* db_;
  sqlite3_stmt* handle_ = nullptr;
  int at_ = 0;
};

}  // namespace

class RawRows::Impl {
 public:
  Impl(const std::filesystem::path& directory, int tubes) : db_(open(directory)) {
    const auto measure = [](void* pages, sqlite3*, const char*, int count) {
      *static_cast<int*>(pages) = count;
      return SQLITE_OK;
    };
    sqlite3_wal_hook(db_, measure, &log_pages_);
    body_.assign(body_bytes, 'x');
    effects_.assign(effects_bytes, 'y');
    sqlite3_exec(db_, "BEGIN", nullptr, nullptr, nullptr);
    for (int i = 0; i < tubes; ++i) fill(static_cast<std::uint64_t>(i));
    sqlite3_exec(db_, "COMMIT; PRAGMA wal_checkpoint(TRUNCATE)", nullptr, nullptr, nullptr);
  }
  /// Statements are destroyed after this; the connection waits for them.
  ~Impl() { sqlite3_close_v2(db_); }

  Run run(int commands, int batch) {
    Run out;
    const double cpu = thread_cpu_seconds();
    const double wall = wall_seconds();
    while (out.commands < commands) {
      const int size = std::min(batch, commands - out.commands);
      commit(size);
      out.commands += size;
    }
    out.cpu_us = (thread_cpu_seconds() - cpu) * 1e6 / commands;
    out.wall_us = (wall_seconds() - wall) * 1e6 / commands;
    return out;
  }

 private:
  static sqlite3* open(const std::filesystem::path& directory) {
    sqlite3* db = nullptr;
    const int flags = SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE | SQLITE_OPEN_NOMUTEX;
    char* why = nullptr;
    if (sqlite3_open_v2((directory / "raw.db").c_str(), &db, flags, nullptr) != SQLITE_OK ||
        sqlite3_exec(db, schema, nullptr, nullptr, &why) != SQLITE_OK)
      throw std::runtime_error(std::string("raw rows: ") + (why != nullptr ? why : "cannot open"));
    return db;
  }

  void fill(std::uint64_t n) {
    const Id tube = id_of(1, n);
    const Id person = id_of(2, n);
    const auto at = start_ms + static_cast<std::int64_t>(n);
    put_tube_.put(home)
        .put(tube)
        .put(code_of(n))
        .put("provisional")
        .put(1)
        .put("voluntary")
        .put("covid19-cn")
        .put(sender_);
    put_tube_.put(person)
        .null()
        .put(members("linked"))
        .null()
        .put(lab_)
        .null()
        .put(actor_)
        .put(actor_)
        .put(actor_)
        .null();
    put_tube_.put(at)
        .put(at)
        .put(at)
        .null()
        .put(at)
        .put(at)
        .null()
        .null()
        .put("")
        .put("")
        .put("L-1")
        .put("[]")
        .put(1);
    put_tube_.put("negative").null().null().null().run();
    put_duty_.put(number(n))
        .put(home)
        .put("OB-E3")
        .put("OB-E3@04a2a63d452d.d3cb0779aefb1054")
        .put(tube)
        .put("tube");
    put_duty_.put(lab_)
        .put("LAA")
        .put(sender_)
        .put("FRP")
        .put(at)
        .put(at)
        .put(at + 21'600'000)
        .put(0)
        .put(at + 10'800'000);
    put_duty_.put("open").put(number(n)).null().null().put(0).null().put("").run();
  }

  void commit(int size) {
    begin_.run();
    const std::int64_t first = next_;
    ++batch_;
    crypto_generichash_init(&digest_, nullptr, 0, 32);
    for (int i = 0; i < size; ++i) write(next_++);
    add_counter_.put(home).put("duty.discharged").put(19'190).put(19'190).put(1).put(size).run();
    seal(first, size);
    end_.run();
    restart_log();
  }

  void write(std::int64_t n) {
    const auto number_of_tube = static_cast<std::uint64_t>(n);
    const Id tube = id_of(1, number_of_tube);
    const Id command = id_of(3, number_of_tube);
    const auto at = start_ms + 7'200'000 + n;
    set_tube_.put("authorised")
        .put(members("neg"))
        .put(actor_)
        .put(at)
        .put("negative")
        .put(home)
        .put(tube)
        .run();
    set_duty_.put("discharged").put(event_number(n)).put(at).put(number(number_of_tube)).run();
    const auto check = chain(n, tube, command, at);
    put_event_.put(event_number(n))
        .put(batch_)
        .put(home)
        .put("screening.result_authorised")
        .put(tube)
        .put(at)
        .put(at);
    put_event_.put(command)
        .put(actor_)
        .put(lab_)
        .put("screening.authorise_result")
        .put("")
        .put(0)
        .null()
        .put(0)
        .put(46);
    put_event_.put(body_).put(effects_).put(check).run();
    put_answer_.put(command)
        .put(actor_)
        .put(n * 31)
        .put(batch_)
        .put(event_number(n))
        .put(1)
        .put("")
        .put(at)
        .run();
  }

  /// Every stored byte of the event enters the batch's digest; the event keeps 8 bytes of it as it stands then.
  std::array<unsigned char, 8> chain(std::int64_t n, const Id& tube, const Id& command, std::int64_t at) {
    bytes_.clear();
    const auto add = [&](const void* data, std::size_t size) {
      bytes_.append(static_cast<const char*>(data), size);
    };
    for (const std::int64_t value :
         {event_number(n), batch_, std::int64_t{home}, at, at, std::int64_t{0}, std::int64_t{46}})
      add(&value, sizeof value);
    add(tube.data(), tube.size());
    add(command.data(), command.size());
    add(actor_.data(), actor_.size());
    add(lab_.data(), lab_.size());
    bytes_ += "screening.result_authorised screening.authorise_result";
    bytes_ += body_;
    bytes_ += effects_;
    crypto_generichash_update(&digest_, reinterpret_cast<const unsigned char*>(bytes_.data()), bytes_.size());
    auto so_far = digest_;
    unsigned char all[32];
    crypto_generichash_final(&so_far, all, sizeof all);
    std::array<unsigned char, 8> check{};
    std::memcpy(check.data(), all, check.size());
    return check;
  }

  void seal(std::int64_t first, int size) {
    std::array<unsigned char, 32> digest{};
    crypto_generichash_final(&digest_, digest.data(), digest.size());
    unsigned char before[160];
    std::memset(before, 0, sizeof before);
    std::memcpy(before, link_.data(), link_.size());
    std::memcpy(before + 32, digest.data(), digest.size());
    crypto_hash_sha256(link_.data(), before, sizeof before);
    const auto at = start_ms + 7'200'000 + next_;
    put_batch_.put(batch_)
        .put(1)
        .put(1)
        .put(1)
        .put(event_number(first))
        .put(event_number(next_ - 1))
        .put(size)
        .put(at);
    put_batch_.put(batch_).put(at).put(46).put(1).put(0).put(none_).put(digest).put(link_).run();
    move_head_.put(batch_)
        .put(next_)
        .put(at)
        .put(batch_)
        .put(at)
        .put(46)
        .put(0)
        .put(none_)
        .put(link_)
        .put(batch_ - 1)
        .run();
  }

  void restart_log() {
    constexpr int restart_at = (64 << 20) / 4096;
    if (log_pages_ < restart_at) return;
    sqlite3_wal_checkpoint_v2(db_, nullptr, SQLITE_CHECKPOINT_RESTART, nullptr, nullptr);
    log_pages_ = 0;
  }

  std::string_view code_of(std::uint64_t n) {
    code_ = "T" + std::to_string(100'000'000 + n) + "A";
    return code_;
  }
  std::string_view members(std::string_view state) {
    members_ = R"([{"person":"01820a50-2200-8000-bc6e-a4d646bdc124","state":")";
    members_ += state;
    members_ += R"(","linked_at":"2022-07-17T12:58:00+08:00"}])";
    return members_;
  }
  static std::int64_t number(std::uint64_t n) {
    return (std::int64_t{1} << 54) + static_cast<std::int64_t>(n) * 64 + 1;
  }
  static std::int64_t event_number(std::int64_t n) {
    return (std::int64_t{1} << 54) + ((std::int64_t{1} << 40) + n) * 64;
  }

  sqlite3* db_;
  Sql begin_{db_, "BEGIN IMMEDIATE"};
  Sql end_{db_, "COMMIT"};
  Sql put_tube_{
      db_, "INSERT INTO tube VALUES (?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?)"};
  Sql put_duty_{db_, "INSERT INTO duty VALUES (?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?)"};
  Sql set_tube_{db_,
                "UPDATE tube SET state = ?, members = ?, authoriser = ?, authorised_at = ?, result = ? WHERE "
                "home = ? AND id = ?"};
  Sql set_duty_{db_, "UPDATE duty SET state = ?, met_by = ?, met_at = ?, step_at = NULL WHERE no = ?"};
  Sql put_event_{db_, "INSERT INTO event VALUES (?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?)"};
  Sql put_answer_{db_, "INSERT INTO answer VALUES (?,?,?,?,?,?,?,?)"};
  Sql add_counter_{
      db_,
      "INSERT INTO counter VALUES (?,?,?,?,?,?) ON CONFLICT DO UPDATE SET value = value + excluded.value"};
  Sql put_batch_{db_, "INSERT INTO batch VALUES (?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?)"};
  Sql move_head_{
      db_,
      "UPDATE head SET batch = ?, next_n = ?, decided_at = ?, handoff_cursor = ?, rhythm_cursor = ?, "
      "reference_generation = ?, audit = ?, audit_link = ?, link = ? WHERE id = 1 AND batch = ?"};
  int log_pages_ = 0;
  std::string body_, effects_, bytes_, code_, members_;
  crypto_generichash_state digest_{};
  std::array<unsigned char, 32> link_{};
  std::array<unsigned char, 32> none_{};
  Id actor_ = id_of(7, 1), lab_ = id_of(8, 1), sender_ = id_of(9, 1);
  std::int64_t next_ = 0;
  std::int64_t batch_ = 0;
};

RawRows::RawRows(const std::filesystem::path& directory, int tubes)
    : impl_(std::make_unique<Impl>(directory, tubes)) {}
RawRows::~RawRows() = default;
RawRows::Run RawRows::run(int commands, int batch) { return impl_->run(commands, batch); }

}  // namespace fx::bench
