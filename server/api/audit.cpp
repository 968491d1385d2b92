// The audit for those who read it: reads of identities, refusals, sign-ins. Auditors read and change nothing.
#include "api/handlers.hpp"
#include "api/pages.hpp"
#include "api/row_json.hpp"

namespace fx::api {
namespace {

std::optional<Instant> instant_in_query(const http::Request& request, std::string_view name) {
  const std::string text = text_in_query(request, name);
  if (text.empty()) return std::nullopt;
  const auto at = parse_instant(text);
  if (!at) throw Declined(malformed("/" + std::string(name), "应为时间", "expected time"));
  return at;
}

std::string line_json(const journal::StoredAudit& stored) {
  const AuditLine& line = stored.row;
  std::string out = "{";
  add_text(out, "line", std::to_string(stored.line));
  add_json(out, "batch", std::to_string(stored.batch));
  add_text(out, "at", format(line.at));
  add_text(out, "kind", line.kind);
  if (!line.actor.is_nil()) add_text(out, "account", line.actor.text());
  if (!line.unit.is_nil()) add_text(out, "unit", line.unit.text());
  if (!line.operation.empty()) add_text(out, "operation", line.operation);
  if (!line.code.empty()) add_text(out, "code", line.code);
  if (!line.purpose.empty()) add_text(out, "purpose", line.purpose);
  if (!line.detail.empty()) add_json(out, "detail", line.detail);
  add_text(out, "peer", line.peer);
  return out + "}";
}

}  // namespace

http::Response show_audit(Exchange& exchange) {
  require_role(exchange, {Role::AUD});
  const http::Request& request = exchange.request;
  journal::AuditQuery query;
  const std::string account = text_in_query(request, "account");
  if (!account.empty()) {
    const auto id = RawId::parse(account);
    if (!id) throw Declined(malformed("/account", "应为编号", "expected id"));
    query.actor = AccountId{*id};
  }
  query.kind = text_in_query(request, "kind");
  query.from = instant_in_query(request, "from");
  query.until = instant_in_query(request, "until");
  query.cursor = text_in_query(request, "after");
  query.limit = number_in_query(request, "limit", 100, journal::longest_page);
  auto reader = exchange.house.parts.readers.open();
  const auto page = reader.audit(query);
  std::string rows;
  std::set<RawId> accounts;
  for (const auto& line : page.rows) {
    (rows += rows.empty() ? "" : ",") += line_json(line);
    if (!line.row.actor.is_nil()) accounts.insert(line.row.actor.raw);
  }
  return http::json(200, page_json(rows, page.next, reader, exchange.house.cards.json(reader, {}, accounts)));
}

}  // namespace fx::api
