#include "journal/postgres/read_session.hpp"

#include <fmt/format.h>

#include "journal/postgres/schema.hpp"

namespace fx::journal::pg {

std::string numbered(const std::string& sql) {
  std::string out;
  int parameter = 0;
  char quote = 0;
  for (const char c : sql) {
    if (quote != 0) {
      if (c == quote) quote = 0;
    } else if (c == '\'' || c == '"') {
      quote = c;
    } else if (c == '?') {
      out += fmt::format("${}", ++parameter);
      continue;
    }
    out += c;
  }
  return out;
}

// ---- statement ---------------------------------------------------------------------------------------------------

class Session::Prepared final : public SqlStatement {
 public:
  Prepared(Session& session, const std::string& sql) : session_(session), sql_(numbered(sql)) {}

  void null() override { params_.null(); }
  void integer(std::int64_t value) override { params_.add(value); }
  void real(double value) override { params_.add(value); }
  void text(std::string_view value) override { params_.text(value); }
  void blob(std::string_view bytes) override { params_.bytes(bytes); }
  SqlStatement& bind(std::int64_t value) override {
    params_.add(value);
    return *this;
  }
  SqlStatement& bind(const RawId& id) override {
    params_.add(id);
    return *this;
  }
  SqlStatement& bind_text(std::string_view value) override {
    params_.text(value);
    return *this;
  }
  SqlStatement& bind_blob(std::string_view bytes) override {
    params_.bytes(bytes);
    return *this;
  }
  SqlStatement& bind_null() override {
    params_.null();
    return *this;
  }

  bool step() override {
    if (!ran_) {
      rows_ = session_.ask(sql_, params_);
      ran_ = true;
      row_ = -1;
    }
    if (++row_ < rows_.size()) return true;
    reset();
    return false;
  }
  void run() override {
    while (step()) {
    }
  }
  SqlStatement& reset() override {
    params_ = {};
    ran_ = false;
    return *this;
  }

  [[nodiscard]] bool is_null(int column) const override { return rows_.is_null(row_, column); }
  [[nodiscard]] std::int64_t number(int column) const override { return rows_.number(row_, column); }
  [[nodiscard]] double real_number(int column) const override { return rows_.real_number(row_, column); }
  [[nodiscard]] std::string_view text_at(int column) const override { return rows_.bytes(row_, column); }
  [[nodiscard]] std::string_view blob_at(int column) const override { return rows_.bytes(row_, column); }

 private:
  Session& session_;
  std::string sql_;
  Params params_;
  Rows rows_;
  bool ran_ = false;
  int row_ = -1;
};

// ---- connection --------------------------------------------------------------------------------------------------

Session::Session(const Link::Settings& settings) : link_(settings) {
  link_.run(
      "SET default_transaction_read_only = on; SET default_transaction_isolation = 'repeatable read'; "
      "SET idle_in_transaction_session_timeout = '60s'; SET jit = off");
}

Session::~Session() = default;

SqlStatement& Session::cached(const std::string& sql) {
  auto& known = cached_[sql];
  if (!known) known = std::make_unique<Prepared>(*this, sql);
  return known->reset();
}

Rows Session::ask(const std::string& sql, const Params& params) try {
  if (std::chrono::steady_clock::now() > deadline_) throw Interrupted("the time of this reader is over");
  if (!places_.empty()) {
    Params places;
    places.text(std::exchange(places_, {}));
    link_.send("SELECT set_config('fx.places', $1, true)", places);
  }
  link_.send(sql, params);
  link_.sync();
  return link_.take_last();
} catch (const LinkLost& lost) {
  throw ReadersBusy(lost.what());
}

void Session::run(const std::string& sql) { (void)ask(sql, {}); }

std::int64_t Session::number(const std::string& sql) {
  const Rows rows = ask(sql, {});
  return rows.size() > 0 ? rows.number(0, 0) : 0;
}

// ---- reading sessions --------------------------------------------------------------------------------------------

namespace {

std::string range_of(const std::vector<Places>& places) {
  if (places.empty()) return std::string(all_places);
  std::string out;
  for (const Places& one : places)
    out += fmt::format("{}[{},{}]", out.empty() ? "" : ",", one.first, one.last);
  return "{" + out + "}";
}

class PgReadSession final : public ReadSession {
 public:
  explicit PgReadSession(const std::string& url) : session_({.url = url, .name = "fangxian reader"}) {}

  SqlConnection& sql() override { return session_; }
  void begin(std::chrono::steady_clock::time_point deadline) override {
    const auto left =
        std::chrono::duration_cast<std::chrono::milliseconds>(deadline - std::chrono::steady_clock::now());
    session_.until(deadline);
    Params limit;
    limit.text(std::to_string(std::max<std::int64_t>(left.count(), 1)));
    Link& link = session_.link();
    link.send("BEGIN");
    link.send("SELECT set_config('statement_timeout', $1, true)", limit);
    see({});
  }
  bool end() noexcept override try {
    session_.until(std::chrono::steady_clock::time_point::max());
    session_.see({});
    session_.link().run("ROLLBACK");
    return session_.kept() < most_statements;
  } catch (const std::exception&) {
    return false;
  }
  void see(const std::vector<Places>& places) override { session_.see(range_of(places)); }

 private:
  static constexpr std::size_t most_statements = 500;
  Session session_;
};

}  // namespace

ReadSource source(const std::string& url) {
  return [url]() -> std::unique_ptr<ReadSession> {
    try {
      return std::make_unique<PgReadSession>(url);
    } catch (const LinkLost& lost) {
      throw ReadersBusy(lost.what());
    }
  };
}

}  // namespace fx::journal::pg
