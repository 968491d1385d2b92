// GET /v1/<desk>/<page>: role, scope, then the audit line, then the answer, in this order.
#include "api/show_desk_page.hpp"

#include <fmt/format.h>

#include "api/handlers.hpp"
#include "api/labels.hpp"
#include "api/pages.hpp"
#include "api/row_json.hpp"

namespace fx::api {
namespace {

void require_reader(const Exchange& exchange, const DeskPage& page) {
  if (std::ranges::any_of(page.readers, [&](Role role) { return exchange.who.actor.has(role); })) return;
  AuditLine line = audit_line(exchange, "refused");
  line.code = "R-ROLE";
  exchange.house.parts.writer.audit(std::move(line));
  throw Declined(refused(403, "R-ROLE"));
}

std::string words_of(const Exchange& exchange, journal::Reader& reader, const RawId& text) {
  const auto sealed = text.is_nil() ? std::nullopt : reader.identity(text, "text");
  return sealed ? exchange.house.opener.open_text(text, sealed->cipher).value_or("") : "";
}

std::string name_of(Exchange& exchange, journal::Reader& reader, const RawId& person) {
  const auto identity = exchange.house.cards.open(reader, person, "person");
  const auto* name = identity ? identity->if_contains("name") : nullptr;
  return name != nullptr && name->is_string() ? std::string(name->as_string()) : "";
}

PageAnswer answer_of(Exchange& exchange, const DeskPage& page) {
  auto reader = exchange.house.parts.readers.open();
  const RulebookPtr rules = exchange.house.parts.rulebook();
  PageAnswer answer = page.answer({
      .query = [&](std::string_view name) { return text_in_query(exchange.request, name); },
      .sees =
          [&](std::int32_t place, const std::vector<UnitId>& units) {
            return sees(exchange.who, place, {}) ||
                   std::ranges::any_of(units, [&](UnitId unit) { return sees(exchange.who, 0, {unit}); });
          },
      .words = [&](const RawId& text) { return words_of(exchange, reader, text); },
      .person = [&](const RawId& person) { return name_of(exchange, reader, person); },
      .sees_duty = [&](const Duty& duty) { return sees_duty(exchange.who, duty); },
      .duty = [&](const Duty& duty) { return duty_row_json(exchange, reader, duty); },
      .reader = reader,
      .rules = *rules,
      .now = exchange.who.now,
  });
  if (answer.type == "application/json" && answer.body.ends_with('}')) {
    answer.body.pop_back();
    answer.body +=
        fmt::format(R"({}"as_of":{},"persons":{}}})", answer.body == "{" ? "" : ",", as_of_json(reader),
                    exchange.house.cards.json(reader, answer.persons, answer.accounts));
  }
  return answer;
}

http::Response response_of(PageAnswer answer) {
  if (answer.type == "application/json") return http::json(200, std::move(answer.body));
  http::Response response = http::text(200, std::move(answer.body), answer.type);
  if (!answer.file.empty())
    response.headers.push_back(
        {"Content-Disposition", fmt::format("attachment; filename=\"{}\"", answer.file)});
  return response;
}

void show(const ExchangePtr& exchange, const DeskPage& page) {
  require_reader(*exchange, page);
  PageAnswer answer = answer_of(*exchange, page);
  if (page.audit.empty()) return exchange->answer(response_of(std::move(answer)));
  AuditLine line = audit_line(*exchange, page.audit);
  line.purpose = "investigation";
  std::string ids;
  for (std::size_t i = 0; i < answer.looked.size(); ++i)
    ids += fmt::format(R"({}"{}")", i == 0 ? "" : ",", answer.looked[i].text());
  line.detail = fmt::format(R"({{"ids":[{}],"count":{}}})", ids, answer.looked.size());
  auto shown = std::make_shared<http::Response>(response_of(std::move(answer)));
  const bool taken = exchange->house.parts.writer.audit(std::move(line), [exchange, shown](bool written) {
    exchange->answer(written ? std::move(*shown) : refused(507, "F-DISK"));
  });
  if (!taken) exchange->answer(busy());
}

}  // namespace

const DeskPage* desk_page(const DeskPages& pages, const Exchange& exchange) {
  if (!pages || exchange.steps.size() != 3) return nullptr;
  for (const DeskPage& page : *pages)
    if (page.desk == exchange.steps[1] && page.name == exchange.steps[2]) return &page;
  return nullptr;
}

void show_desk_page(const ExchangePtr& exchange, const DeskPages& pages, const DeskPage& page) {
  if (exchange->house.shedding()) return exchange->answer(busy());
  const bool taken = exchange->house.reads.post(
      [exchange, pages, &page] { guarded(exchange, [&] { show(exchange, page); }); });
  if (!taken) exchange->answer(busy());
}

}  // namespace fx::api
