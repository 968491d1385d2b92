#include "journal/postgres/link.hpp"

#include <fmt/format.h>
#include <libpq-fe.h>

#include <array>

#include "base/described.hpp"
#include "journal/sql.hpp"
#include "kernel/shared_store.hpp"

namespace fx::journal::pg {
namespace {

constexpr int binary = 1;

std::string state_of(const PGresult* result) {
  const char* state = PQresultErrorField(result, PG_DIAG_SQLSTATE);
  return state != nullptr ? state : "";
}

bool is_lost(std::string_view state) {
  return state.starts_with("08") || state.starts_with("57P0") || state == "25P03";
}

}  // namespace

void fail(std::string_view state, const std::string& what) {
  const std::string why = fmt::format("{} ({})", what, state);
  if (is_lost(state)) throw LinkLost(why);
  if (state.starts_with("23")) throw Defect("a constraint of the ledger fired: " + why);
  if (state == "40001" || state == "40P01" || state == "55P03") throw Contended(why);
  if (state == "57014") throw Interrupted(why);
  if (state == "25006") throw LinkLost("the server became a standby: " + why);
  if (state == "53200") throw TooManyLocks(why);
  if (state.starts_with("53")) throw StoreFull(why);
  throw StoreBroken(why);
}

std::string without_password(const std::string& url) {
  const auto at = url.find('@');
  const auto slashes = url.find("://");
  if (at == std::string::npos || slashes == std::string::npos) return url;
  const auto colon = url.find(':', slashes + 3);
  if (colon == std::string::npos || colon > at) return url;
  return url.substr(0, colon) + url.substr(at);
}

// ---- rows --------------------------------------------------------------------------------------------------------

Rows::Rows(pg_result* result) : result_(result, PQclear), rows_(PQntuples(result)) {}

bool Rows::is_null(int row, int column) const { return PQgetisnull(result_.get(), row, column) == 1; }

std::string_view Rows::bytes(int row, int column) const {
  return {PQgetvalue(result_.get(), row, column),
          static_cast<std::size_t>(PQgetlength(result_.get(), row, column))};
}

RawId Rows::id(int row, int column) const {
  const auto all = bytes(row, column);
  if (all.size() != 16) throw StoreBroken("an id that has not 16 bytes");
  return id_of_blob(all);
}

std::int64_t Rows::touched() const {
  const std::string text = PQcmdTuples(result_.get());
  return text.empty() ? 0 : std::stoll(text);
}

bool RowCells::null() {
  if (!rows_.is_null(row_, column_)) return false;
  ++column_;
  return true;
}

// ---- link --------------------------------------------------------------------------------------------------------

Link::Link(const Settings& settings) {
  const std::string timeout = std::to_string(settings.connect_timeout.count());
  // A dead peer is noticed within half a minute, not by the next morning.
  const std::array<const char*, 9> names = {
      "dbname",           "connect_timeout",  "fallback_application_name",
      "client_encoding",  "keepalives_idle",  "keepalives_interval",
      "keepalives_count", "tcp_user_timeout", nullptr};
  const std::array<const char*, 9> values = {
      settings.url.c_str(), timeout.c_str(), settings.name.c_str(), "UTF8", "10", "5", "3", "30000", nullptr};
  conn_ = PQconnectdbParams(names.data(), values.data(), 1);
  if (PQstatus(conn_) != CONNECTION_OK) {
    const std::string why = fmt::format("{}: {}", without_password(settings.url), PQerrorMessage(conn_));
    PQfinish(conn_);
    throw LinkLost(why);
  }
  PQsetNoticeReceiver(
      conn_,
      [](void* self, const PGresult* result) {
        const std::string severity = PQresultErrorField(result, PG_DIAG_SEVERITY_NONLOCALIZED);
        if (severity == "WARNING") static_cast<Link*>(self)->warning_ = PQresultErrorMessage(result);
      },
      this);
  PQenterPipelineMode(conn_);
}

Link::~Link() { PQfinish(conn_); }

bool Link::alive() const { return PQstatus(conn_) == CONNECTION_OK; }

std::string Link::take_warning() { return std::exchange(warning_, {}); }

void Link::fail_to_send() {
  const std::string why = PQerrorMessage(conn_);
  if (!alive()) throw LinkLost(why);
  throw StoreBroken("cannot send a statement: " + why);
}

const std::string& Link::prepared(const std::string& sql, const Params& params) {
  if (const auto found = prepared_.find(sql); found != prepared_.end()) return found->second;
  const std::string name = fmt::format("s{}", ++names_);
  if (PQsendPrepare(conn_, name.c_str(), sql.c_str(), static_cast<int>(params.size()),
                    params.types().data()) == 0)
    fail_to_send();
  sent_.push_back(Sent::prepare);
  fresh_.push_back(sql);
  return prepared_.emplace(sql, name).first->second;
}

void Link::send(const std::string& sql, const Params& params) {
  const std::string& name = prepared(sql, params);
  std::vector<const char*> values(params.size());
  std::vector<int> lengths(params.size());
  const std::vector<int> formats(params.size(), binary);
  for (std::size_t i = 0; i < params.size(); ++i) {
    values[i] = params.value(i);
    lengths[i] = params.length(i);
  }
  if (PQsendQueryPrepared(conn_, name.c_str(), static_cast<int>(params.size()), values.data(), lengths.data(),
                          formats.data(), binary) == 0)
    fail_to_send();
  sent_.push_back(Sent::execute);
}

void Link::sync() {
  results_.clear();
  if (PQpipelineSync(conn_) == 0) fail_to_send();
  ++round_trips_;
  collect();
}

/// Takes every result up to the synchronisation point; the first failure is thrown after the last was taken.
void Link::collect() {
  std::string state;
  std::string why;
  bool failed = false;
  for (;;) {
    PGresult* result = PQgetResult(conn_);
    if (result == nullptr) {
      if (!alive()) {
        failed = true;
        state = "08006";
        why = PQerrorMessage(conn_);
        break;
      }
      continue;  // the end of one statement
    }
    const ExecStatusType status = PQresultStatus(result);
    if (status == PGRES_PIPELINE_SYNC) {
      PQclear(result);
      break;
    }
    const Sent what = sent_.empty() ? Sent::execute : sent_.front();
    if (!sent_.empty()) sent_.pop_front();
    if (status == PGRES_COMMAND_OK || status == PGRES_TUPLES_OK) {
      if (what == Sent::execute)
        results_.emplace_back(result);
      else
        PQclear(result);
      continue;
    }
    if (!failed && status != PGRES_PIPELINE_ABORTED) {
      failed = true;
      state = state_of(result);
      why = PQresultErrorMessage(result);
      if (state.empty()) state = "08006";
    }
    PQclear(result);
    if (!alive()) break;
  }
  sent_.clear();
  const auto fresh = std::exchange(fresh_, {});
  if (!failed) return;
  results_.clear();
  for (const std::string& sql : fresh) prepared_.erase(sql);  // prepared or not: a name is used once
  fail(state, why);
}

Rows Link::take() {
  FX_ASSERT(!results_.empty(), "a result was asked for that no statement gave");
  Rows rows = std::move(results_.front());
  results_.pop_front();
  return rows;
}

Rows Link::take_last() {
  while (results_.size() > 1) results_.pop_front();
  return take();
}

Rows Link::ask(const std::string& sql, const Params& params) {
  send(sql, params);
  sync();
  return take();
}

void Link::run(const std::string& sql) {
  FX_ASSERT(sent_.empty(), "a pipeline is open");
  PQexitPipelineMode(conn_);
  PGresult* result = PQexec(conn_, sql.c_str());
  const ExecStatusType status = PQresultStatus(result);
  const std::string state = state_of(result);
  const std::string why = PQresultErrorMessage(result);
  PQclear(result);
  PQenterPipelineMode(conn_);
  if (status != PGRES_COMMAND_OK && status != PGRES_TUPLES_OK && status != PGRES_EMPTY_QUERY)
    fail(state.empty() ? "08006" : state, why);
}

void Link::cancel(pg_conn* conn) {
  PGcancel* token = PQgetCancel(conn);
  if (token == nullptr) return;
  std::array<char, 256> why{};
  PQcancel(token, why.data(), static_cast<int>(why.size()));
  PQfreeCancel(token);
}

}  // namespace fx::journal::pg
