// Asks the code service about a person at a gate. What it answered, and when, is recorded before the gate hears of it, by
// the system and not by whoever asked; without an answer the gate goes on with the phone, or with paper.
#include <fmt/format.h>
#include <boost/json.hpp>

#include "api/front_door.hpp"
#include "api/gate_door.hpp"
#include "api/row_json.hpp"

namespace fx::api {
namespace {

struct AskedFor {
  PersonId person;
};
BOOST_DESCRIBE_STRUCT(AskedFor, (), (person))

constexpr std::string_view no_answer = R"({"source":"none","health":null,"travel":null})";

std::string answer_json(const runtime::CodeAnswer& answer, const std::string& service) {
  const auto word = [](const std::string& text) { return text.empty() ? "null" : quoted(text); };
  return fmt::format(R"({{"source":"service","service":{},"health":{},"travel":{}}})", quoted(service),
                     word(answer.health), word(answer.travel));
}

Command recorded(const Exchange& exchange, PersonId person, const runtime::CodeAnswer& answer,
                 const std::string& service) {
  Command command;
  command.operation = exchange.house.parts.registry.operation("gates.record_code_answer");
  FX_ASSERT(command.operation != nullptr, "there is no gates desk");
  boost::json::object body{{"person", person.text()}, {"service", service}};
  if (!answer.health.empty()) body["health"] = answer.health;
  if (!answer.travel.empty()) body["travel"] = answer.travel;
  Faults faults;
  command.body = command.operation->decode(body, faults, {});
  FX_ASSERT(faults.empty(), "record_code_answer changed its shape");
  command.id = RawId::make(exchange.house.now().ms, person.home(), runtime::random_u64(), 0);
  command.system = true;
  command.jurisdiction = exchange.who.actor.jurisdiction;
  return command;
}

void ask(const ExchangePtr& exchange, PersonId person) {
  House& house = exchange->house;
  std::string number;
  {
    auto reader = house.parts.readers.open();
    if (const auto identity = house.cards.open(reader, person.raw, "person"))
      number = text_in(*identity, "document_number");
  }
  const auto answer = number.empty() ? std::nullopt : gate_door().codes->ask(number);
  if (!answer) return exchange->answer(http::json(200, std::string(no_answer)));
  const std::string service = gate_door().codes->name();
  const std::string told = answer_json(*answer, service);
  const bool taken =
      house.parts.writer.submit(recorded(*exchange, person, *answer, service), runtime::Lane::life,
                                [exchange, told](const Outcome& outcome) {
                                  const bool done = outcome.kind == Outcome::Kind::accepted;
                                  exchange->answer(done ? http::json(200, told) : refused(503, "F-BUSY"));
                                });
  if (!taken) exchange->answer(busy());
}

}  // namespace

void ask_codes(const ExchangePtr& exchange) {
  require_role(*exchange, {Role::GK, Role::NUR});
  Faults faults;
  AskedFor asked;
  if (const auto json = parse_json(exchange->request.body, faults)) read_json(*json, asked, faults);
  if (!faults.empty()) return exchange->answer(malformed(faults));
  if (gate_door().codes == nullptr || gate_door().askers == nullptr)
    return exchange->answer(http::json(200, std::string(no_answer)));
  // A full pool means the service is slow: the gate does not wait for it.
  const bool taken = gate_door().askers->post(
      [exchange, person = asked.person] { guarded(exchange, [&] { ask(exchange, person); }); });
  if (!taken) exchange->answer(http::json(200, std::string(no_answer)));
}

}  // namespace fx::api
