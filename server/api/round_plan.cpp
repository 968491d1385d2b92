// A plan of a mass round, or its forecast: worked out, not kept.
#include "api/round_plan.hpp"

#include "api/handlers.hpp"

namespace fx::api {
namespace {

/// Nothing is loaded: a plan that is not kept stands on no row.
class NoRows final : public View {
 public:
  [[nodiscard]] const void* find_row(const RowKey&) const override { return nullptr; }
  [[nodiscard]] std::vector<const Duty*> open_duties(const RawId&) const override { return {}; }
};

/// What the rulebook says to a round of that day and place: who may not order one is not shown how it would go.
Refusals barred(Instant start, const Registry& registry, const Rules& rules, const Actor& actor,
                const Reference& reference) {
  const Operation* ordering = registry.operation("screening.plan_round");
  if (ordering == nullptr) return {};
  Faults left_out;  // everything that a bar of a whole profile does not ask about
  const std::shared_ptr<void> command =
      ordering->decode(boost::json::object{{"outbreak", true}}, left_out, Path{});
  const Context context{.now = start,
                        .occurred_at = start,
                        .actor = actor,
                        .command = {},
                        .reference = reference,
                        .rules = rules};
  return rules.bars(*ordering, command.get(), NoRows{}, context);
}

void answer_plan(const ExchangePtr& exchange, const boost::json::value& json) {
  Faults faults;
  AskedPlan asked;
  read_json(json, asked, faults);
  if (!faults.empty()) return exchange->answer(malformed(faults));
  const auto book = exchange->house.parts.rulebook();
  const Refusals no = plan_refusals(asked, exchange->house.parts.registry, *book, exchange->who.actor,
                                    *exchange->who.reference);
  if (!no.empty()) return exchange->answer(refused(422, no.list()));
  const auto plan = exchange->house.parts.round_plan(json, *book, exchange->who.actor.jurisdiction, faults);
  exchange->answer(plan ? http::json(200, *plan) : malformed(faults));
}

}  // namespace

Refusals plan_refusals(const AskedPlan& asked, const Registry& registry, const Rules& rules,
                       const Actor& actor, const Reference& reference) {
  Refusals no = barred(asked.start, registry, rules, actor, reference);
  for (std::size_t i = 0; i < asked.labs.size(); ++i) {
    const Unit* lab = reference.unit(asked.labs[i].lab);
    if (lab == nullptr || lab->kind != UnitKind::laboratory)
      no.add({"F-REF",
              {"没有这个实验室", "There is no such laboratory"},
              {},
              {},
              "/labs/" + std::to_string(i) + "/lab",
              {}});
  }
  return no;
}

void propose_round_plan(const ExchangePtr& exchange) {
  require_role(*exchange, {Role::CMD, Role::DO, Role::DL, Role::HA, Role::CDC, Role::FRP});
  if (!exchange->house.parts.round_plan) not_found();
  Faults faults;
  auto json = parse_json(exchange->request.body, faults);
  if (!faults.empty()) return exchange->answer(malformed(faults));
  const bool taken = exchange->house.reads.post(
      [exchange, asked = std::move(*json)] { guarded(exchange, [&] { answer_plan(exchange, asked); }); });
  if (!taken) exchange->answer(busy());
}

}  // namespace fx::api
