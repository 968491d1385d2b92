// A training or drill realm's clock can be set and moved forward; a live realm's is the machine's (settled.md 9).
#include <fmt/format.h>

#include "api/handlers.hpp"
#include "api/row_json.hpp"

namespace fx::api {
namespace {

struct MoveClock {
  std::optional<std::int64_t> advance_s;
  std::optional<Instant> set;
};
BOOST_DESCRIBE_STRUCT(MoveClock, (), (advance_s, set))

constexpr std::int64_t farthest_s = std::int64_t{3650} * 24 * 3600;

void move(const ExchangePtr& exchange, const MoveClock& wanted, Engine& engine) {
  House& house = exchange->house;
  const Instant now = house.now();
  const Instant to = wanted.set ? *wanted.set : now + std::chrono::seconds(*wanted.advance_s);
  // Ledger time never goes back, so neither does the clock.
  if (to < std::max(now, engine.head().decided_at))
    return exchange->answer(refused(422, "R-CLK-2", wanted.set ? "/set" : "/advance_s"));
  house.parts.clock.set_offset(house.parts.clock.offset() + (to - now));
  house.herald.clock_moved(engine.head().batch);
  AuditLine line = audit_line(*exchange, "clock_moved");
  line.detail = fmt::format(R"({{"from":"{}","to":"{}"}})", format(now), format(to));
  house.parts.writer.audit(std::move(line));
  exchange->answer(http::json(200, fmt::format(R"({{"now":"{}","offset_ms":{},"zone":"+08:00"}})",
                                               format(house.now()), house.parts.clock.offset().count())));
}

}  // namespace

void move_clock(const ExchangePtr& exchange) {
  if (exchange->house.parts.realm == Realm::live) {
    AuditLine line = audit_line(*exchange, "refused");
    line.code = "R-CLK-1";
    exchange->house.parts.writer.audit(std::move(line));
    return exchange->answer(refused(422, "R-CLK-1"));
  }
  Faults faults;
  MoveClock wanted;
  if (const auto json = parse_json(exchange->request.body, faults)) read_json(*json, wanted, faults);
  if (faults.empty() && wanted.advance_s.has_value() == wanted.set.has_value())
    add_fault(faults, Path{nullptr, "advance_s", 0}, "advance_s 与 set 须且只须一项",
              "exactly one of advance_s and set");
  if (wanted.advance_s && (*wanted.advance_s < 0 || *wanted.advance_s > farthest_s))
    add_fault(faults, Path{nullptr, "advance_s", 0}, "超出范围", "out of range");
  if (!faults.empty()) return exchange->answer(malformed(faults));
  // Between two transactions, on the writer's thread: no batch sees the clock jump, and the timer takes the new time.
  exchange->house.parts.writer.post([exchange, wanted](Engine& engine) { move(exchange, wanted, engine); });
}

}  // namespace fx::api
