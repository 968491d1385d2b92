#pragma once

#include "journal/postgres/link.hpp"
#include "journal/reader.hpp"

namespace fx::journal::pg {

/// A connection for statements both engines understand: `?` becomes `$1`…, rows come whole.
class Session final : public SqlConnection {
 public:
  explicit Session(const Link::Settings& settings);
  ~Session() override;

  void run(const std::string& sql) override;
  [[nodiscard]] std::int64_t number(const std::string& sql) override;
  SqlStatement& cached(const std::string& sql) override;
  [[nodiscard]] std::string index_hint(std::string_view) const override { return {}; }

  [[nodiscard]] Link& link() { return link_; }
  [[nodiscard]] std::size_t kept() const { return cached_.size(); }
  /// Statements throw Interrupted when it is over.
  void until(std::chrono::steady_clock::time_point deadline) { deadline_ = deadline; }
  /// `fx.places` from the next statement on, within the transaction.
  void see(std::string places) { places_ = std::move(places); }

 private:
  class Prepared;
  Rows ask(const std::string& sql, const Params& params);

  Link link_;
  std::unordered_map<std::string, std::unique_ptr<Prepared>> cached_;
  std::chrono::steady_clock::time_point deadline_ = std::chrono::steady_clock::time_point::max();
  std::string places_;
};

/// Readers of a realm's database, as the application role.
ReadSource source(const std::string& url);

/// `?` outside of quotes as `$1`, `$2` …
std::string numbered(const std::string& sql);

}  // namespace fx::journal::pg
