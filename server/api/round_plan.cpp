// A plan of a mass round, or its forecast: worked out, not kept.
#include "api/round_plan.hpp"

#include "api/handlers.hpp"

namespace fx::api {

void propose_round_plan(const ExchangePtr& exchange) {
  require_role(*exchange, {Role::CMD, Role::DO, Role::DL, Role::HA, Role::CDC, Role::FRP});
  if (!exchange->house.parts.round_plan) not_found();
  Faults faults;
  auto json = parse_json(exchange->request.body, faults);
  if (!faults.empty()) return exchange->answer(malformed(faults));
  const bool taken = exchange->house.reads.post([exchange, asked = std::move(*json)] {
    guarded(exchange, [&] {
      Faults found;
      const auto book = exchange->house.parts.rulebook();
      const auto plan =
          exchange->house.parts.round_plan(asked, *book, exchange->who.actor.jurisdiction, found);
      exchange->answer(plan ? http::json(200, *plan) : malformed(found));
    });
  });
  if (!taken) exchange->answer(busy());
}

}  // namespace fx::api
